//! What the page asks of the engine and what it gets back.
//!
//! A closed protocol of plain values: no fact and no text for people crosses it, only view models
//! with ids, numbers as decimal text and both names of things of the catalogue. The page makes
//! sentences in the reader's language.

mod case_file;
mod explore;
mod facts;
mod figures;
mod loaded;
mod own_kpis;
mod pending;
mod products;
mod questionnaire;
mod reconciliation;
mod references;
mod scorecards;
mod sealed;
mod targets;
mod what_if;

use serde::{Deserialize, Serialize};

use crate::domain::{
    Annotation, Currency, Day, KpiDefinition, Limit, Names, Peers, Period, ProductEdit,
    ScorecardChange, TargetChange,
};

pub use self::{
    case_file::{CaseRequest, CaseView},
    explore::{Axis, ExploreRequest, ExploreView, ExploredKpi, Head, KpiChoice, PackedTable},
    facts::{FactField, FactRow, FactsFile, FactsRequest, FactsView},
    figures::{
        AlignedView, AnnotationView, CardTarget, ChannelRow, Comparison, ContractEffect,
        DirectionView, Figure, FormulaPart, Freshness, HomeRequest, HomeView, KpiCard, KpiInFrame,
        KpiView, KpisView, LikelyView, LineView, ListedKpi, Member, Members, MovedKpi, MovedMonth,
        NoteView, PeriodTile, RangeView, ReportName, SignedMonths, StatedByView, StatingChannel,
        Trend, TrendLimits, TrendNote, TrendSeries, TypedValueView, UndefinedView, UnitView,
        ValueView, ViewFrame, Warning, WarningReason,
    },
    loaded::{
        CostEntry, CoverageRow, DataView, FeasibilityView, GainView, ImportView, KnownReport,
        RecipeView, SkuWithoutCost,
    },
    own_kpis::{FormulaProblem, FormulaWord, OwnKpiView, TrialRequest, TrialView},
    pending::{
        CategoryView, CellsView, ColumnName, Effect, HeaderRowView, MappingPreview,
        MappingTableView, MappingView, MonthChange, PendingFile, Reading, SignView, TargetView,
        Understood, Words,
    },
    products::{ProductView, ProductsView, ToldProduct},
    questionnaire::{
        AnswerChoice, Answers, FirstCard, ProposedView, QuestionView, QuestionnaireView,
    },
    reconciliation::{
        CauseView, MonthView, ReconciliationView, SignOffView, SignedFigure, TotalKpi, TotalSource,
        TotalView, TotalsChannel,
    },
    references::{BenchmarkView, HistoryView, PeersView, ReferencesView},
    scorecards::{
        CardCycleView, CardLineView, CardScoreView, CardState, CardSummary, ChargeRow, GamingSign,
        GateLine, GuardCapView, ImbalanceView, OwnerRow, OwnersView, RestockedSku, ScorecardAnswer,
        ScorecardProblem, ScorecardRequest, ScorecardView, SideView, SignedView, SkuRow, SkusView,
        VerdictView,
    },
    sealed::Sealed,
    targets::{
        ForecastView, PacePlan, PaceView, PastCell, PlanAction, PlanAnswer, PlanBy, PlanCell,
        PlanChoice, PlanDrafts, PlanPast, PlanRequest, PlanRow, PlanView, PlannedKpi, PresumedAds,
        PresumedStock, PresumedView, RowsAsked, SpreadWay, TargetProblem,
    },
    what_if::{SwingView, WhatIfNode, WhatIfRequest, WhatIfView},
};
pub use crate::ingest::{
    ColumnView, Correction, DateOrder, FactPreview, MappedColumn, MappedKind, Mapping,
    NearestReport, Question, Refusal, Target, TotalCheck, UnknownTable,
};
pub use crate::targets::{PlanColumn, PlanSpan, Standing};
pub use crate::whatif::{Lever, LeverRange, Levers, Node};

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
    /// Of which files no import is loaded. Answered by `NewFiles`.
    NewFiles { files: Vec<FileMeta> },
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
    /// A figure that is not what somebody expected. Answered by `Case`.
    Case(Box<CaseRequest>),
    /// What a formula would give; nothing is changed. Answered by `Trial`.
    TryFormula(Box<TrialRequest>),
    /// What formulas can be made of. Answered by `FormulaWords`.
    FormulaWords,
    /// What a KPI's value is held beside. Answered by `References`.
    References { kpi: String, home: HomeRequest },
    /// All KPIs with their values. Answered by `Kpis`.
    Kpis(HomeRequest),
    /// A table of KPIs that a person puts together. Answered by `Explore`.
    Explore(ExploreRequest),
    /// What a person should look at first. Answered by `Warnings`.
    Warnings { today: Day },
    /// What another choice in a contract would change; nothing is changed. Answered by `ContractEffect`.
    ContractEffect { contract: String, choice: String, home: HomeRequest },
    /// The facts that a measure is made of. Answered by `Facts`.
    Facts(FactsRequest),
    /// What is loaded. Answered by `Data`.
    Data { today: Day },
    /// What is known of products. Answered by `Products`.
    Products,
    /// What platforms state against ours, and which months somebody stands for. Answered by
    /// `Reconciliation`.
    Reconciliation,
    /// The plan. Answered by `Plan`.
    Plan(Sealed<PlanRequest>),
    /// Scorecards. Answered by `Scorecards`.
    Scorecards(Sealed<ScorecardRequest>),
    /// What answers to the first questionnaire lead to; `None`: those taken over already. Answered by
    /// `Questionnaire`.
    Questionnaire(Sealed<Option<Answers>>),
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
    /// Only which row is the header is known, by the rows above it: all else is to be guessed.
    Header {
        n_above: u64,
    },
    /// That, and what the rows are: the columns are to be guessed.
    Table {
        table: String,
        n_above: u64,
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
        /// Why; empty when nobody said.
        reason: String,
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
    /// Says of products what no export tells, beside what was said before.
    EditProducts {
        products: Vec<ProductEdit>,
    },
    /// What a platform's own page states of a KPI; decimal text. `shop` may be empty.
    EnterTotal {
        channel: String,
        shop: String,
        period: Period,
        kpi: String,
        stated: String,
    },
    RemoveTotal {
        total: String,
    },
    /// What makes up the gap between a total and ours.
    ExplainTotal {
        total: String,
        causes: Vec<String>,
    },
    /// The person of that name stands for the figures of a month.
    SignOff {
        month: Day,
        name: String,
    },
    WithdrawSignOff {
        month: Day,
    },
    /// What a channel's own pages show of a KPI on a day; decimal text, 0.97 for 97 %.
    EnterValue {
        kpi: String,
        channel: String,
        /// Empty: the whole channel.
        shop: String,
        day: Day,
        value: String,
    },
    RemoveValue {
        kpi: String,
        channel: String,
        shop: String,
        day: Day,
    },
    /// Puts a KPI on home, or takes it off.
    ShowOnHome {
        kpi: String,
        is_shown: bool,
    },
    /// Defines a KPI, or a version of it. A name in one language is enough.
    DefineKpi {
        definition: KpiDefinition,
    },
    RemoveKpi {
        kpi: String,
    },
    /// Takes over a KPI that somebody shared as text, with all its versions.
    AddKpi {
        text: String,
    },
    /// Draws a line for a KPI, or ends it.
    SetLimit {
        limit: Limit,
    },
    RemoveLimit {
        /// `Limit::id`.
        limit: String,
    },
    /// What comparable sellers reach.
    EnterPeers {
        peers: Peers,
    },
    RemovePeers {
        /// `Peers::id`.
        peers: String,
    },
    /// Says something of a warning, and lays it aside until a newer day speaks of it.
    NoteWarning {
        /// `Warning::id`.
        warning: String,
        /// Empty: nothing is said.
        note: String,
        /// The warning's day; `None`: it is shown.
        snoozed_on: Option<Day>,
    },
    /// Says what happened on days.
    Annotate {
        /// `AnnotationView::number` of the one in whose place it stands; `None`: it is new.
        replaces: Option<u64>,
        annotation: Annotation,
    },
    RemoveAnnotation {
        /// `AnnotationView::number`.
        number: u64,
    },
    /// Sets targets, or what holds for them.
    Targets(Sealed<TargetChange>),
    /// Changes scorecards. Of a signature only the name counts.
    Scorecards(Sealed<ScorecardChange>),
    /// Takes over what the answers to the first questionnaire lead to: a card of that name, whose KPIs go on
    /// home.
    AdoptFramework {
        answers: Answers,
        name: String,
    },
    /// Whether buyers are kept as salted hashes from now on, else dropped while reading.
    KeepBuyers {
        keeps: bool,
    },
}

/// Everything the engine answers or tells. Sealed is what only pages behind home show.
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
    Mapping(Sealed<MappingView>),
    Home(Box<HomeView>),
    Kpis(Sealed<KpisView>),
    Explore(Sealed<PackedTable>),
    ContractEffect(Sealed<ContractEffect>),
    Facts(Sealed<FactsView>),
    Warnings {
        warnings: Vec<Warning>,
    },
    Kpi(Sealed<KpiInFrame>),
    References(Sealed<ReferencesView>),
    Trial(Sealed<TrialView>),
    Case(Sealed<CaseView>),
    FormulaWords(Sealed<Vec<FormulaWord>>),
    Data(Sealed<DataView>),
    Products(Sealed<ProductsView>),
    Reconciliation(Sealed<ReconciliationView>),
    Plan(Sealed<PlanAnswer>),
    Scorecards(Sealed<ScorecardAnswer>),
    Questionnaire(Sealed<QuestionnaireView>),
    Changed(WorkbookState),
    /// Places of the new ones among the files that were asked about, in order.
    NewFiles {
        places: Vec<u32>,
    },
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
    /// The tab that wrote this workbook is gone: opened again, it is written here.
    Free { workbook: String },
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
    /// A formula that makes no KPI.
    InvalidFormula(FormulaProblem),
    /// Targets that make no sense.
    InvalidTarget(TargetProblem),
    /// A scorecard that makes no sense, or is not as far yet.
    InvalidScorecard(ScorecardProblem),
    /// A text is no recipe; `detail` says what in it is not as it should be.
    InvalidRecipe { detail: String },
    /// The part of the program that does it could not be fetched.
    PartMissing,
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
    /// Buyers are kept as salted hashes while files are read, else dropped.
    pub keeps_buyers: bool,
}

/// What kind of change an undo or redo concerns; `subject` is a name typed by the person or a
/// file name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeName {
    /// `rename_workbook`, `choose_contract`, `enter_cost`, `add_imports`, `remove_import`,
    /// `save_recipe`, `remove_recipe`, `enter_total`, `remove_total`, `explain_total`, `sign_off`,
    /// `withdraw_sign_off`, `edit_product`, `edit_products`, `note_warning`, `snooze_warning`,
    /// `annotate`, `change_annotation`, `remove_annotation`;
    /// `subject` of the last is their number.
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
    /// Why the choice in force was made; empty when nobody said.
    pub reason: String,
    pub choice: String,
    pub choices: Vec<ChoiceView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceView {
    pub id: String,
    pub names: Names,
}
