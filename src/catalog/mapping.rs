//! What a person can make of the columns of a file that no recipe fits.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{
    report::{Dated, Feed},
    source::{self, built_in},
};
use crate::domain::Names;

/// A fact table that files can be mapped to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingTable {
    pub id: String,
    /// What one row of a file is.
    pub meaning: Names,
    #[serde(default)]
    pub feeds: Vec<Feed>,
    #[serde(default)]
    pub dated: Dated,
    /// Columns that identify a row across files, where they are mapped; none: the whole row does.
    pub key: Vec<String>,
    /// Columns without which a row says nothing: an empty cell makes it a problem.
    #[serde(default)]
    pub filled: Vec<String>,
    /// Numbers that lower others: written as negative numbers they are turned.
    #[serde(default)]
    pub reductions: Vec<String>,
    /// Of each list one has to be mapped.
    pub needs: Vec<Vec<String>>,
    /// Of each list one should be mapped.
    pub wants: Vec<Vec<String>>,
    pub days: Vec<String>,
    pub ids: Vec<String>,
    pub texts: Vec<String>,
    #[serde(default)]
    pub numbers: Vec<String>,
    #[serde(default)]
    pub amounts: Vec<MappingAmount>,
    /// An amount column whose rows are of several kinds.
    #[serde(default)]
    pub by_kind: Option<AmountByKind>,
    /// Number column of the table → what it is made of when it is not mapped itself.
    #[serde(default)]
    pub made: BTreeMap<String, String>,
    /// What the texts of `status` mean; all others count.
    #[serde(default)]
    pub values: BTreeMap<String, Vec<String>>,
}

/// A column that becomes postings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingAmount {
    pub column: String,
    pub category: String,
    pub feed: Feed,
}

/// An amount column of which another column says what each amount is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountByKind {
    pub amount: String,
    /// The column that says it.
    pub kind: String,
    /// What an amount can be.
    pub categories: Vec<KindCategory>,
}

/// What an amount of some kind is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindCategory {
    /// Category of the posting.
    pub id: String,
    pub names: Names,
    /// What a report tells that has such amounts.
    #[serde(default)]
    pub feed: Option<Feed>,
    /// The seller pays it or gives it back: it may be written as a positive number.
    #[serde(default)]
    pub is_cost: bool,
    /// What such kinds are called, or hold.
    pub spelled: Vec<String>,
}

impl MappingTable {
    /// All columns that are offered, in the order in which they are.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let amounts = self.amounts.iter().map(|amount| &amount.column);
        let amounts = self.by_kind.iter().map(|it| &it.amount).chain(amounts);
        let listed = self.days.iter().chain(&self.ids).chain(&self.numbers).chain(amounts);
        listed.chain(&self.texts).map(String::as_str)
    }

    /// Whether a column holds numbers.
    pub fn is_number(&self, column: &str) -> bool {
        self.numbers.iter().any(|it| it == column)
            || self.amount(column).is_some()
            || self.by_kind.as_ref().is_some_and(|it| it.amount == column)
    }

    pub fn amount(&self, column: &str) -> Option<&MappingAmount> {
        self.amounts.iter().find(|amount| amount.column == column)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mappings {
    /// What columns are called beside all that known reports call them.
    spelled: BTreeMap<String, Vec<String>>,
    table: Vec<MappingTable>,
}

static MAPPINGS: LazyLock<Mappings> = LazyLock::new(|| {
    source::read(built_in!("mapping")).expect("the built-in tables are valid, as a test checks")
});

/// The tables that files can be mapped to, the likeliest first.
pub fn mapping_tables() -> &'static [MappingTable] {
    &MAPPINGS.table
}

pub fn mapping_table(id: &str) -> Option<&'static MappingTable> {
    MAPPINGS.table.iter().find(|table| table.id == id)
}

/// What tools and people call a column, beside the headers of known reports.
pub fn spellings_of(column: &str) -> &'static [String] {
    MAPPINGS.spelled.get(column).map_or(&[], Vec::as_slice)
}

/// The columns that have such spellings.
#[cfg(test)]
pub(crate) fn spelled_columns() -> impl Iterator<Item = &'static str> {
    MAPPINGS.spelled.keys().map(String::as_str)
}
