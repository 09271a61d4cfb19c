//! What came of reading a file.

use std::{collections::BTreeMap, rc::Rc};

use serde::{Deserialize, Serialize};

use crate::{
    domain::{Currency, Fixed, Names, Period, Problem},
    facts::Segment,
    ingest::{DateOrder, UnknownTable},
};

/// Why a file cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    Empty,
    /// Only zero bytes or other non-text.
    NotText,
    /// A web page saved under a data file's name: the download had expired or needed a login.
    WebPage,
    /// A sheet that cannot be opened: damaged or half a download.
    DamagedSheet {
        detail: String,
    },
    /// A packed file that cannot be unpacked to its end: damaged or half a download.
    DamagedArchive {
        detail: String,
    },
    PasswordProtected,
    EmptySheet,
    /// An archive without a file.
    EmptyArchive,
    /// An archive with more files than are read together.
    TooManyFiles {
        limit: u64,
    },
    /// Unpacked it would not fit into the memory; `bytes` as the archive states them, or as many as
    /// had come when it was enough.
    TooLarge {
        bytes: u64,
        limit: u64,
    },
    /// A file type that is not read yet (`pdf`, `xls`, `zip`, …).
    UnsupportedContainer {
        container: String,
    },
    /// No recipe fits.
    UnknownReport {
        /// The header and the first rows: a person can say what they are.
        table: Box<UnknownTable>,
        nearest: Vec<NearestReport>,
    },
    /// Header found, but no data row.
    NoRows {
        report: String,
    },
    /// The order ids were rounded by a spreadsheet.
    DestroyedIds {
        line: u64,
        column: String,
        value: String,
        n_rows: u64,
    },
    /// Rows do not fit the header: columns are shifted.
    ShiftedColumns {
        line: u64,
        expected: u32,
        found: u32,
        n_rows: u64,
    },
    /// The file ends in the middle of a row or a quoted cell.
    CutShort {
        line: u64,
    },
    /// More than the allowed share of rows is unreadable.
    TooManyProblems {
        problems: u64,
        rows: u64,
        first: Problem,
    },
    /// The person stopped the reading.
    Cancelled,
    /// The browser could not give the file's bytes: it was moved, changed or is a folder.
    Gone,
    /// The part of the program that reads such files could not be fetched.
    PartMissing,
}

impl Refusal {
    /// The stable name used in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotText => "not_text",
            Self::WebPage => "web_page",
            Self::DamagedSheet { .. } => "damaged_sheet",
            Self::DamagedArchive { .. } => "damaged_archive",
            Self::EmptyArchive => "empty_archive",
            Self::TooManyFiles { .. } => "too_many_files",
            Self::TooLarge { .. } => "too_large",
            Self::PasswordProtected => "password_protected",
            Self::EmptySheet => "empty_sheet",
            Self::UnsupportedContainer { .. } => "unsupported_container",
            Self::UnknownReport { .. } => "unknown_report",
            Self::NoRows { .. } => "no_rows",
            Self::DestroyedIds { .. } => "destroyed_ids",
            Self::ShiftedColumns { .. } => "shifted_columns",
            Self::CutShort { .. } => "cut_short",
            Self::TooManyProblems { .. } => "too_many_problems",
            Self::Cancelled => "cancelled",
            Self::Gone => "gone",
            Self::PartMissing => "part_missing",
        }
    }
}

/// A report kind that an unknown file resembles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearestReport {
    pub report: String,
    pub names: Names,
    /// Share of its required columns that were found, in percent.
    pub match_percent: u32,
    pub missing: Vec<String>,
}

/// What must be answered before a file can be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// No date in the file decides between month-first and day-first; `sample` is one of them.
    DateOrder { sample: String },
    /// The report does not say its period.
    Period,
    /// A snapshot without a date.
    SnapshotDay,
    /// The report does not say its currency.
    Currency,
    /// More rows could not be read than are left out without asking.
    LeftOut { rows: u64, of: u64, max_percent: u32 },
}

impl Question {
    /// The stable name used in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Self::DateOrder { .. } => "needs_date_order",
            Self::Period => "needs_period",
            Self::SnapshotDay => "needs_snapshot_day",
            Self::Currency => "needs_currency",
            Self::LeftOut { .. } => "problem_rows",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnView {
    pub header: String,
    /// Canonical name such as `order_id`, when the recipe uses the column.
    pub role: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactPreview {
    pub line: u64,
    pub table: String,
    /// Column name and value as text.
    pub values: Vec<(String, String)>,
}

/// A number printed in the file against the sum of what was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalCheck {
    /// What the file calls its total row; empty for a row that does not add up in itself.
    pub label: String,
    /// Of a row that does not add up.
    pub line: Option<u64>,
    pub column: String,
    pub stated: String,
    pub ours: String,
}

/// A file as read: what it is and what it says.
#[derive(Debug, Clone)]
pub struct Reading {
    pub report: String,
    /// `csv`, `xlsx`, `json`.
    pub container: &'static str,
    /// Name of the encoding; empty for sheets.
    pub encoding: String,
    /// Empty for sheets.
    pub delimiter: String,
    pub preamble_lines: u32,
    pub columns: Vec<ColumnView>,
    pub dropped_columns: Vec<String>,
    pub unknown_columns: Vec<String>,
    /// Columns that the report has and this copy of it lacks, though figures need them.
    pub lacking_columns: Vec<String>,
    /// Data rows, those with problems included.
    pub rows: u64,
    pub n_problems: u64,
    /// Rows with a problem.
    pub n_problem_rows: u64,
    /// The first problems, at most 1 000.
    pub problems: Vec<Problem>,
    /// Kinds of amounts that nobody has said the meaning of, each once with its column.
    pub unknown_kinds: Vec<(String, String)>,
    pub raw_rows: Vec<Vec<String>>,
    pub understood: Vec<FactPreview>,
    pub sums: BTreeMap<String, Fixed>,
    /// First and last day in the store's zone.
    pub period: Option<Period>,
    /// The period is the day on which the file was saved: a snapshot that says no day.
    pub period_is_guessed: bool,
    pub currencies: Vec<Currency>,
    pub shops: Vec<String>,
    pub zone: String,
    pub date_order: DateOrder,
    pub date_order_proof: Option<String>,
    pub questions: Vec<Question>,
    pub checks: Vec<TotalCheck>,
    /// One segment or, of many facts, several per fact table that the report feeds, empty ones left
    /// out.
    pub segments: Vec<Rc<Segment>>,
    /// Hash of all bytes, of the name of the sheet where there are several, and of whether buyers are
    /// kept: the same is the same reading.
    pub content_hash: u64,
    pub sheets: Sheets,
    /// Columns of buyers of which a salted hash is kept.
    pub hashed_columns: Vec<String>,
}

/// The sheets of a workbook. All empty of other files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheets {
    /// The one that was read, where there are several.
    pub read: String,
    /// Others that are reports and have rows, each to be read by itself; none when it was said which one
    /// to read.
    pub further: Vec<String>,
    /// Others with cells that fit no report.
    pub unknown: Vec<String>,
}

/// A file that was read, or why it was not.
pub type ReadOutcome = Result<Reading, Refusal>;
