//! What was wrong with a cell, a row or a file.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a row was left out, or what is doubtful about it; the rest of the file is still read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The line of the file as an editor counts it, or the row of the sheet; 1-based.
    pub line: u64,
    /// The column as the file names it; empty when the whole row is meant.
    pub column: String,
    /// What was found, cut to a readable length.
    pub value: String,
    pub kind: ProblemKind,
}

/// What was expected and not found. Texts for people are made from it in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    NotANumber,
    NotADate,
    /// A cell that the report kind cannot do without is empty.
    MissingValue,
    TooFewCells,
    /// More filled cells than the header has columns: an unquoted delimiter shifted the row.
    TooManyCells,
    /// An id such as `1.11E+17`: a spreadsheet rounded it, the digits are lost.
    DestroyedId,
    /// A currency code that is none.
    NotACurrency,
    /// A kind that nobody has said the meaning of.
    UnknownKind,
    /// A quote that is never closed.
    OpenQuote,
    /// Bytes that are no text in the file's encoding.
    NotText,
}

impl ProblemKind {
    /// The stable name used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::NotANumber => "not_a_number",
            Self::NotADate => "not_a_date",
            Self::MissingValue => "missing_value",
            Self::TooFewCells => "too_few_cells",
            Self::TooManyCells => "too_many_cells",
            Self::DestroyedId => "destroyed_id",
            Self::NotACurrency => "not_a_currency",
            Self::UnknownKind => "unknown_kind",
            Self::OpenQuote => "open_quote",
            Self::NotText => "not_text",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}: column {:?}: {}: {:?}",
            self.line,
            self.column,
            self.kind.id(),
            self.value
        )
    }
}
