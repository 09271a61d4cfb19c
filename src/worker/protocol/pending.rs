//! Files that were read and are not part of the workbook yet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{Currency, Day, Names, Period, Problem},
    worker::protocol::{
        ColumnView, Correction, DateOrder, FactPreview, Mapping, Member, Question, Refusal,
        TotalCheck,
    },
};

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
    /// Of a workbook with several sheets, the one that was read.
    pub sheet: String,
    /// Its sheets that are no known report.
    pub unknown_sheets: Vec<String>,
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
    /// Columns of buyers of which a salted hash is kept.
    pub hashed_columns: Vec<String>,
    /// Columns that the recipe does not know.
    pub unknown_columns: Vec<String>,
    /// Columns that the report has and this copy of it lacks, though figures need them.
    pub lacking_columns: Vec<String>,
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
    /// Rows of the file above its header.
    pub n_above: u64,
    /// Rows that can be the header.
    pub header_rows: Vec<HeaderRowView>,
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
    /// What a kind of amounts can be; none where amounts are not of several kinds.
    pub categories: Vec<CategoryView>,
    /// The kinds with positive amounts.
    pub positive_kinds: Vec<String>,
    pub preview: MappingPreview,
    /// What the tables and columns above are called.
    pub words: Words,
}

/// What an amount can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryView {
    pub id: String,
    pub names: Names,
    /// The seller pays it or gives it back: it may be written as a positive number.
    pub is_cost: bool,
}

/// A row that can be a file's header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeaderRowView {
    /// Rows of the file above it.
    pub n_above: u64,
    /// The first filled cells.
    pub cells: Vec<String>,
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
