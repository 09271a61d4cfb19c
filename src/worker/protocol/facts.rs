//! The facts behind a figure, as pages show them.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{Currency, Day, Names, Period},
    worker::protocol::{HomeRequest, Members, UnitView, ValueView},
};

/// Of which measure the facts are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactsRequest {
    /// Measure id.
    pub measure: String,
    /// Only those of one import, when given.
    pub import: Option<String>,
    pub home: HomeRequest,
}

/// What a measure is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactsView {
    pub measure: String,
    pub names: Names,
    pub unit: UnitView,
    pub currency: Currency,
    /// After defaults; a measure that looks back goes beyond it.
    pub period: Period,
    /// The measure's value in the slice.
    pub value: ValueView,
    /// Whether it is made of single facts: a level of stock is not.
    pub is_of_facts: bool,
    /// All of them.
    pub n_facts: u64,
    /// Their sum; decimal text.
    pub sum: String,
    /// Each is rounded by itself: money is converted, or costs come from batches.
    pub is_rounded: bool,
    /// Most facts first.
    pub files: Vec<FactsFile>,
    /// The largest amounts first, of the import that was asked for.
    pub facts: Vec<FactRow>,
    pub members: Members,
}

/// A file with facts of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactsFile {
    pub import: String,
    pub file: String,
    pub report: Names,
    pub n_facts: u64,
    pub sum: String,
    pub first_day: Day,
    pub last_day: Day,
}

/// A fact with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactRow {
    pub file: String,
    /// Line of the file, its header being line 1; a row of a sheet.
    pub line: u64,
    pub day: Day,
    /// What it adds to the measure; decimal text.
    pub amount: String,
    /// What the file says; empty columns are left out.
    pub fields: Vec<FactField>,
}

/// A column of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactField {
    pub id: String,
    pub names: Names,
    pub text: String,
    /// The text is an amount of money in the fact's currency.
    pub is_money: bool,
}
