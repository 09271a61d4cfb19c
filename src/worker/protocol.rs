//! What the page asks of the engine and what it gets back.
//!
//! A closed protocol of plain values: no fact and no text for people crosses it, only view models
//! with ids, numbers as decimal text and both names of things of the catalogue. The page makes
//! sentences in the reader's language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{Currency, Day, Dimension, Filters, Granularity, Names, Period, Problem};

pub use crate::ingest::{
    ColumnView, Correction, DateOrder, FactPreview, MappedColumn, Mapping, NearestReport, Question,
    Refusal, Target, TotalCheck, UnknownTable,
};

/// One question; the answer carries the same id.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Envelope<T> {
    pub id: u64,
    pub body: T,
}

/// What the page may ask. A request is whole: the engine remembers data, not questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// All workbooks of this browser. Answered by `Workbooks`.
    Workbooks,
    /// Makes an empty workbook and opens it. Answered by `Opened`.
    CreateWorkbook { name: String },
    /// Opens a workbook. Answered by `Opened`.
    OpenWorkbook { workbook: String },
    /// Deletes a workbook and everything in it for good. Answered by `Workbooks`.
    DeleteWorkbook { workbook: String },
    /// Makes (or opens, when it is there already) the demo company's workbook. `Opened`.
    OpenDemo,
    /// The demo company's export files as one zip. Answered by `Bytes`.
    DemoFiles,
    /// Reads files; the `File` objects travel beside this message in the same order. Each file
    /// becomes a pending import. Answered by `Pending` when all are read; progress comes as
    /// `Event::Reading`.
    ReadFiles { files: Vec<FileMeta> },
    /// Stops reading; files already read stay pending. Answered by `Pending`.
    CancelReading,
    /// The pending imports as they are. Answered by `Pending`.
    Pending,
    /// Changes how a pending file is understood and reads it again. Answered by `Pending`.
    EditPending { pending: u32, edit: ReadingEdit },
    /// What the columns of a pending file are, as `mapping` says it or as they probably are; nothing is
    /// changed. Answered by `Mapping`.
    Mapping { pending: u32, mapping: Option<MappingDraft> },
    /// Forgets a pending file. Answered by `Pending`.
    DiscardPending { pending: u32 },
    /// Takes all pending files that are ready into the workbook, as one undoable step; recipes that were
    /// made for them are kept in steps before it.
    /// Answered by `Confirmed` once stored.
    ConfirmPending,
    /// Home: tiles, cards, trend, members for the filters. Answered by `Home`.
    Home(HomeRequest),
    /// One KPI in full: its formula, contracts, measures, series. Answered by `Kpi`.
    Kpi { kpi: String, home: HomeRequest },
    /// What is loaded. Answered by `Data`.
    Data { today: Day },
    /// A change of the workbook, one event of its log. Answered by `Changed`.
    Change(Change),
    /// Takes back the newest change. Answered by `Changed`.
    Undo,
    /// Does again what was taken back last. Answered by `Changed`.
    Redo,
}

/// A file a person dropped, before it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMeta {
    pub name: String,
    pub size_bytes: u64,
    /// `File.lastModified`, in milliseconds since the epoch.
    pub modified_millis: i64,
}

/// What a person may set right about a pending file; the file is then read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadingEdit {
    /// Report kind id, when the recognised one is wrong.
    Report {
        report: String,
    },
    /// IANA zone in which the file's dates without a zone are meant.
    Zone {
        zone: String,
    },
    DateOrder {
        order: DateOrder,
    },
    Shop {
        shop: String,
    },
    Currency {
        currency: Currency,
    },
    /// The period of a report that does not say it.
    Period {
        period: Period,
    },
    /// A cell that could not be read, typed anew, in place of what was typed for it before.
    Correct {
        correction: Correction,
    },
    /// The cell is read as it stands in the file again.
    TakeBack {
        line: u64,
        column: String,
    },
    /// All rows that could not be read may be left out.
    LeaveOut,
    /// What the columns are; the file is read by the recipe that follows.
    Mapping {
        mapping: Mapping,
    },
}

/// A mapping that is being made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MappingDraft {
    /// Only what the rows are is known: the columns are to be guessed.
    Table {
        table: String,
    },
    Whole(Mapping),
}

/// One change made by a person, an event of the workbook's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    RenameWorkbook {
        name: String,
    },
    /// Contract id and choice id as listed in `ContractView`.
    ChooseContract {
        contract: String,
        choice: String,
    },
    /// A unit cost typed by hand; decimal text.
    EnterCost {
        sku: String,
        unit_cost: String,
        currency: Currency,
        valid_from: Day,
    },
    /// Takes an import out of force; its figures are gone until undone.
    RemoveImport {
        import: String,
    },
    /// Keeps a recipe that somebody shared as text.
    AddRecipe {
        text: String,
    },
    /// New files are not read by the recipe any more.
    RemoveRecipe {
        recipe: String,
    },
}

/// Everything the engine answers or tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Response {
    Workbooks {
        workbooks: Vec<WorkbookEntry>,
    },
    Opened(WorkbookState),
    Pending {
        files: Vec<PendingFile>,
    },
    Confirmed {
        state: WorkbookState,
        imports: Vec<String>,
    },
    Mapping(Box<MappingView>),
    Home(Box<HomeView>),
    Kpi(Box<KpiView>),
    Data(Box<DataView>),
    Changed(WorkbookState),
    /// A file for the person; its bytes travel beside the message.
    Bytes {
        name: String,
    },
    /// The request could not be met; nothing was lost.
    Failed(Failure),
}

/// Told without being asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The engine is loaded and ready for requests.
    Ready,
    /// A file is being read.
    Reading { name: String, index: u32, n_files: u32, bytes_done: u64, bytes_all: u64, rows: u64 },
    /// How safely the last change is kept.
    Saving(SaveState),
    /// The demo company is being written and read.
    Demo { files_done: u32, n_files: u32 },
}

/// How safe the newest change is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SaveState {
    Saving,
    /// The transaction completed and was read back.
    Saved,
    /// The change is in memory only.
    Failed {
        failure: Failure,
    },
    /// Another tab is the writer; this one only reads.
    ReadOnly,
}

/// Why a request could not be met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// No workbook is open.
    NoWorkbook,
    /// The workbook is not in this browser.
    UnknownWorkbook,
    /// The browser's storage is full.
    QuotaExceeded,
    /// The browser gives no storage (private window, blocked by settings).
    StorageBlocked { detail: String },
    /// Another tab holds the workbook open for writing.
    ReadOnly,
    /// What was typed is no valid value.
    InvalidValue { value: String },
    /// A text is no recipe; `detail` says what in it is not as it should be.
    InvalidRecipe { detail: String },
    /// Nothing to undo or redo.
    NothingToUndo,
    /// A defect of ours; `detail` is for a bug report.
    Internal { detail: String },
}

/// A workbook in the list of workbooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkbookEntry {
    pub id: String,
    pub name: String,
    pub is_demo: bool,
    pub n_imports: u32,
    /// When it was changed last, in milliseconds since the epoch.
    pub changed_millis: i64,
}

/// The open workbook, as every page's frame shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkbookState {
    pub id: String,
    pub name: String,
    pub is_demo: bool,
    pub n_imports: u32,
    /// Grows with every change: views computed for an older revision are stale.
    pub revision: u64,
    pub contracts: Vec<ContractView>,
    /// First and last day with a fact; `None` while empty.
    pub covered: Option<Period>,
    /// What the next undo and redo would do.
    pub undo: Option<ChangeName>,
    pub redo: Option<ChangeName>,
}

/// What kind of change an undo or redo concerns; `subject` is a name typed by the person or a
/// file name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeName {
    /// `rename_workbook`, `choose_contract`, `enter_cost`, `add_imports`, `remove_import`,
    /// `save_recipe`, `remove_recipe`.
    pub kind: String,
    pub subject: String,
    /// Of what the catalogue knows (a contract); `subject` then is its id.
    pub names: Option<Box<Names>>,
}

/// A contract and the choice in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractView {
    pub id: String,
    pub names: Names,
    pub explanation: Names,
    pub choice: String,
    pub choices: Vec<ChoiceView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceView {
    pub id: String,
    pub names: Names,
}

/// A file that was read but is not part of the workbook yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingFile {
    pub pending: u32,
    pub name: String,
    pub size_bytes: u64,
    /// Whether a person can say what its columns are.
    pub can_be_mapped: bool,
    pub reading: Reading,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reading {
    /// Ready to be confirmed.
    Ready(Box<Understood>),
    /// Recognised, but something must be answered first (`Understood::questions`).
    Asking(Box<Understood>),
    /// Byte for byte a file that the workbook already holds.
    AlreadyLoaded { import: String },
    /// Cannot be imported.
    Refused(Refusal),
}

/// A file as it was understood. Everything here is shown; what is in `ReadingEdit` can be edited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Understood {
    pub report: String,
    pub names: Names,
    pub channel: String,
    pub shop: String,
    pub period: Option<Period>,
    pub currencies: Vec<Currency>,
    /// IANA name of the zone that gives the days.
    pub zone: String,
    pub date_order: DateOrder,
    /// A cell that proves the date order, when one was found.
    pub date_order_proof: Option<String>,
    /// `utf-8`, `windows-1252`, `utf-16le`, `gb18030` …; empty for sheets.
    pub encoding: String,
    /// `csv`, `xlsx`.
    pub container: String,
    /// `,`, `\t`, `;`; empty for sheets.
    pub delimiter: String,
    /// Lines before the header.
    pub preamble_lines: u32,
    pub rows: u64,
    pub questions: Vec<Question>,
    /// Header of the file, each with the canonical column it feeds; `None`: kept out.
    pub columns: Vec<ColumnView>,
    /// The first rows as read.
    pub raw_rows: Vec<Vec<String>>,
    /// The first rows as understood: fact table, then column names and values.
    pub understood: Vec<FactPreview>,
    /// Facts per table.
    pub facts: BTreeMap<String, u64>,
    /// `table.column` to decimal text, as read from this file.
    pub sums: BTreeMap<String, String>,
    pub n_problems: u64,
    /// The first problems, at most 1 000.
    pub problems: Vec<Problem>,
    /// Cells that were typed anew.
    pub corrections: Vec<Correction>,
    /// Totals that the file states about itself, beside ours.
    pub checks: Vec<TotalCheck>,
    /// Columns with personal data that were not kept.
    pub dropped_columns: Vec<String>,
    /// Columns that the recipe does not know.
    pub unknown_columns: Vec<String>,
    /// Whether the report's form is known from descriptions only: a person should look first.
    pub is_described: bool,
    /// What the tables and columns above are called.
    pub words: Words,
    pub effect: Effect,
}

/// A mapping in the making, what can be chosen, and what would come of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MappingView {
    pub mapping: Mapping,
    /// What stands in each column, in the order of `mapping.columns`.
    pub cells: Vec<CellsView>,
    pub tables: Vec<MappingTableView>,
    /// Where the figures can belong.
    pub channels: Vec<Member>,
    /// What a column can be.
    pub targets: Vec<TargetView>,
    /// Without one of each of these the file cannot be read.
    pub needs: Vec<Vec<String>>,
    /// Without these, figures that need them stay empty.
    pub wants: Vec<Vec<String>>,
    /// Columns of the table that several columns are said to be.
    pub doubled: Vec<String>,
    pub preview: MappingPreview,
    /// What the tables and columns above are called.
    pub words: Words,
}

/// What stands in a column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CellsView {
    /// The first ones, none twice.
    pub samples: Vec<String>,
    /// Whether it has a name of its own, by which it can be told from the others.
    pub can_be_read: bool,
    /// Whether its numbers add up to more than nothing, or to less.
    pub is_positive: bool,
    pub is_negative: bool,
}

/// A fact table that rows can become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingTableView {
    pub table: String,
    /// What one row then is.
    pub meaning: Names,
}

/// A column that a column of a file can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetView {
    pub column: String,
    pub sign: SignView,
}

/// Which sign the numbers of a column are written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum SignView {
    /// The one that they have.
    #[default]
    Plain,
    /// Costs: either one.
    Cost,
    /// Discounts: either one.
    Reduction,
}

/// What the first rows become.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MappingPreview {
    /// Something that is needed is missing or doubled.
    Incomplete,
    /// The rows cannot be read so.
    Refused(Refusal),
    Read {
        rows: u64,
        /// The first of them as facts.
        facts: Vec<FactPreview>,
        n_problems: u64,
        /// The first problems.
        problems: Vec<Problem>,
        /// `table.column` to decimal text, of these rows.
        sums: BTreeMap<String, String>,
    },
}

/// Names of fact tables and columns by their ids.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words {
    pub tables: BTreeMap<String, Names>,
    pub columns: BTreeMap<String, ColumnName>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnName {
    pub names: Names,
    /// Amounts of a currency; all other numbers are counted.
    pub is_money: bool,
}

/// What confirming a file would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Effect {
    /// Facts that are new.
    pub new: u64,
    /// Facts in force today that this file's newer rows replace.
    pub replaced: u64,
    /// Facts of this file that are in force already, word for word.
    pub same: u64,
    /// Facts of this file that stay out because a newer statement is in force.
    pub outdated: u64,
    /// Net sales per month that change, before and after.
    pub months: Vec<MonthChange>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthChange {
    pub month: Day,
    pub before: Option<String>,
    pub after: Option<String>,
    pub currency: Currency,
}

/// What home shows: the person's choices, all from the URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeRequest {
    pub filters: Filters,
    /// `None`: the last 30 days covered by data.
    pub period: Option<Period>,
    pub comparison: Comparison,
    pub granularity: Granularity,
    /// KPI of the trend chart.
    pub trend_kpi: String,
    /// Whether the trend is split by channel.
    pub trend_by: Option<Dimension>,
    pub today: Day,
}

/// What a period is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    #[default]
    PreviousPeriod,
    YearBefore,
    None,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HomeView {
    /// The period shown, after defaults.
    pub period: Period,
    pub comparison: Option<Period>,
    pub currency: Currency,
    /// Currencies with facts in the slice that are not part of the figures.
    pub other_currencies: Vec<Currency>,
    pub tiles: Vec<PeriodTile>,
    pub cards: Vec<KpiCard>,
    pub trend: Trend,
    /// KPIs per channel, for the table under the chart.
    pub channels: Vec<ChannelRow>,
    pub members: Members,
    pub freshness: Vec<Freshness>,
}

/// A few KPIs for one of the fixed periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeriodTile {
    /// `yesterday`, `last_7_days`, `month_to_date`, `last_month`: counted from the last day with
    /// data.
    pub id: String,
    pub period: Period,
    /// sales.net, sales.orders, sales.units, ads.spend, pl.cm3: in this order.
    pub figures: Vec<Figure>,
}

/// One KPI value with what it is held against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub kpi: String,
    pub names: Names,
    pub unit: UnitView,
    pub direction: DirectionView,
    pub value: ValueView,
    pub previous: Option<ValueView>,
}

/// How a value is written: `usd`-like money in the workbook's currency, a count, a share, …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitView {
    Money,
    Count,
    /// 0.25 is shown as 25 %.
    Share,
    Ratio,
    Days,
    TurnsPerYear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectionView {
    Up,
    Down,
    Band,
    None,
}

/// A KPI value: decimal text, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ValueView {
    /// The exact machine value; `None` when undefined.
    pub value: Option<String>,
    pub undefined: Option<UndefinedView>,
    /// The denominator of a rate, or the number of facts behind a sum.
    pub n: Option<String>,
    /// Share of the basis (net sales, …) that the value covers, when not all of it; 0.97.
    pub coverage: Option<String>,
    pub notes: Vec<NoteView>,
}

/// Why a KPI has no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndefinedView {
    /// `no_data`, `division_by_zero`, `negative_denominator`, `missing_cost`, `missing_fees`, `not_additive`,
    /// `needs_snapshots`, `no_sku_detail`, `out_of_range`.
    pub reason: String,
    /// What it is about: a fact table, a measure, a share; empty when nothing more is to say.
    pub about: String,
    /// Report kinds that would give it.
    pub fed_by: Vec<ReportName>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportName {
    pub report: String,
    pub names: Names,
}

/// Something to know about a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    /// `refunds_missing`, `spend_missing`, `platform_discounts_missing`, `partial_cost`,
    /// `partial_fees`, `immature`, `small_denominator`, `mixed_windows`.
    pub note: String,
    /// Channels, windows or shares it concerns.
    pub about: Vec<String>,
}

/// The card of one KPI on home.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KpiCard {
    pub figure: Figure,
    pub year_before: Option<ValueView>,
    /// Values of the 13 newest buckets up to the period's end.
    pub spark: Vec<Option<f64>>,
    pub is_immature: bool,
    /// One sentence of what it means.
    pub meaning: Names,
    pub group: String,
}

/// A line chart of one KPI.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    pub kpi: String,
    pub names: Names,
    pub unit: UnitView,
    pub granularity: Granularity,
    pub buckets: Vec<Period>,
    /// One series, or one per member when split.
    pub series: Vec<TrendSeries>,
    /// The comparison period's values, bucket by bucket, only when not split.
    pub comparison: Option<TrendSeries>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrendSeries {
    /// Empty for the whole slice, else the member's id.
    pub member: String,
    /// One per bucket.
    pub values: Vec<ValueView>,
    /// The buckets of the series, where they differ from the chart's (comparison).
    pub buckets: Vec<Period>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChannelRow {
    /// Empty for the total.
    pub channel: String,
    /// Net sales, channel share, orders, ad spend, `TACoS`, CM3: in this order.
    pub figures: Vec<Figure>,
}

/// What can be chosen in the filters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Members {
    pub channels: Vec<Member>,
    pub shops: Vec<Member>,
    pub skus: Vec<Member>,
    pub brands: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: String,
    /// Name beside the id: channel name, product title; empty when there is none.
    pub names: Names,
}

/// How new a report kind's data is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freshness {
    pub report: String,
    pub names: Names,
    pub last_day: Day,
}

/// One KPI in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KpiView {
    pub card: KpiCard,
    pub trend: Trend,
    /// The formula as written in the catalogue.
    pub formula: String,
    /// The parts of the formula with their values.
    pub parts: Vec<FormulaPart>,
    pub contracts: Vec<ContractView>,
    pub fed_by: Vec<ReportName>,
    pub traps: Names,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormulaPart {
    /// Measure or KPI id as it stands in the formula.
    pub id: String,
    pub names: Names,
    pub unit: UnitView,
    pub value: ValueView,
}

/// What is loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataView {
    /// Newest first.
    pub imports: Vec<ImportView>,
    pub coverage: Vec<CoverageRow>,
    /// All report kinds that can be read, for "what can I drop here".
    pub supported: Vec<SupportedReport>,
    /// SKUs sold without a cost, by net sales, at most 50.
    pub skus_without_cost: Vec<SkuWithoutCost>,
    /// The person's own recipes.
    pub recipes: Vec<RecipeView>,
    pub costs_entered: Vec<CostEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportView {
    pub import: String,
    pub file: String,
    pub report: String,
    pub names: Names,
    pub channel: String,
    pub shop: String,
    pub period: Option<Period>,
    pub currencies: Vec<Currency>,
    pub rows: u64,
    pub n_problems: u64,
    pub size_bytes: u64,
    /// Facts in force of all its facts.
    pub in_force: u64,
    pub facts: u64,
    pub imported_millis: i64,
}

/// Which days of a report kind are covered, as spans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageRow {
    pub report: String,
    pub names: Names,
    pub spans: Vec<Period>,
    /// Days from its last day to today.
    pub age_days: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportedReport {
    pub report: String,
    pub platform: String,
    pub names: Names,
    /// Where to get it: menu path and format.
    pub how_to_get: Names,
}

/// A recipe that a person made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipeView {
    pub id: String,
    pub names: Names,
    pub channel: String,
    /// Fact table that the rows become, and what it is called.
    pub table: String,
    pub table_names: Names,
    /// Imports in force that were read by it.
    pub n_imports: u32,
    /// By which it is shared.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuWithoutCost {
    pub sku: String,
    pub title: String,
    pub net_sales: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostEntry {
    pub sku: String,
    pub unit_cost: String,
    pub currency: Currency,
    pub valid_from: Day,
    pub is_typed: bool,
}
