//! Files that no recipe fits: what a person says their columns are, and the recipe that follows.

mod guess;
mod kinds;
mod recipe;
mod unknown;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{
    catalog::mapping::{AmountByKind, mapping_table},
    domain::Currency,
};

pub use guess::{guess, mapping_by};
pub use kinds::{positive_kinds, with_kinds};
pub use recipe::own_recipe;
pub use unknown::UnknownTable;

/// What the columns of a file are, as a person says it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// What the person calls such reports.
    pub name: String,
    /// Where the person gets such files; empty when nobody said.
    pub how_to_get: String,
    /// Fact table that the rows become.
    pub table: String,
    /// Sales channel or ad platform that the figures belong to.
    pub channel: String,
    pub shop: String,
    /// Of amounts that show none; `None`: it is asked for.
    pub currency: Option<Currency>,
    /// What the rows state, when a recipe of before states the same: its group, so that it is counted
    /// once. Empty when there is none.
    pub group: String,
    /// Every column of the file, in its order.
    pub columns: Vec<MappedColumn>,
    /// What the texts of the column of kinds mean, where there is an amount of several kinds.
    pub kinds: Vec<MappedKind>,
    /// That column, as it stands in the file: kinds of another one mean nothing.
    pub kinds_of: String,
}

/// A kind of amounts and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MappedKind {
    /// As it stands in the file.
    pub text: String,
    /// Category of the postings; empty when it has not been said.
    pub category: String,
    /// What the seller pays is written as a positive number.
    pub is_negated: bool,
}

/// A column of a file and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MappedColumn {
    /// As it stands in the file.
    pub header: String,
    pub target: Target,
    /// The amounts are written with the other sign: what the seller pays as a positive number.
    pub is_negated: bool,
}

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Target {
    /// Known and not used.
    #[default]
    Unused,
    /// Says who a buyer is: dropped while reading.
    Personal,
    /// A column of the fact table or one that it is made of, as `mapping.toml` lists them.
    Column(String),
}

impl Target {
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Column(column) => Some(column),
            Self::Unused | Self::Personal => None,
        }
    }
}

impl Mapping {
    /// The header that is mapped to a column.
    pub fn header_of(&self, column: &str) -> Option<&str> {
        let mut columns = self.columns.iter();
        let found = columns.find(|it| it.target.column() == Some(column));
        found.map(|it| it.header.as_str())
    }

    /// How its amounts are of several kinds, when both columns are there.
    pub(crate) fn by_kind(&self) -> Option<&'static AmountByKind> {
        let by_kind = mapping_table(&self.table)?.by_kind.as_ref()?;
        let is_there = |column| self.header_of(column).is_some();
        (is_there(&by_kind.amount) && is_there(&by_kind.kind)).then_some(by_kind)
    }
}
