//! What rows gave: of a whole file, or of a part of it that joins the others.

use serde::{Deserialize, Serialize};

use crate::{
    domain::Fixed,
    ingest::{
        DateOrder, clock::Told, date_order::OrderNotes, post::N_PREVIEW, posted::TableParts,
        problems::Problems,
    },
};

/// Rows told of that break an invariant.
pub(crate) const MAX_UNTIED: usize = 20;

/// A total that the file states about itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StatedTotal {
    pub(crate) label: String,
    /// Place among `plan.skips`.
    pub(crate) skip: usize,
    /// Slot → number.
    pub(crate) numbers: Vec<(usize, Fixed)>,
}

/// A row in which a number is not the sum of its parts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Untied {
    pub(crate) line: u64,
    /// The number's slot.
    pub(crate) slot: usize,
    pub(crate) stated: Fixed,
    pub(crate) parts: Fixed,
}

/// What some rows of a file gave. Lines are counted from the first of them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Tally {
    /// Data rows, those with problems included.
    pub(crate) rows: u64,
    pub(crate) problems: Problems,
    pub(crate) totals: Vec<StatedTotal>,
    /// The first rows that break an invariant.
    pub(crate) untied: Vec<Untied>,
    /// The first rows as texts, to be shown.
    pub(crate) raw_rows: Vec<Vec<String>>,
    /// Sum per number slot, to check stated totals.
    pub(crate) slot_sums: Vec<Fixed>,
    /// One per `plan.facts`.
    pub(crate) tables: Vec<TableParts>,
    pub(crate) order: OrderNotes,
    /// How dates are told; `None` where no row has one.
    pub(crate) told: Option<Told>,
    /// The order in which the dates of the facts were read; `None` where there are no facts.
    pub(crate) dated_by: Option<DateOrder>,
}

/// Parts of a file whose dates cannot stand beside each other: they were understood differently,
/// for want of what the others say. The file has to be read as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unlike;

impl Tally {
    pub(crate) fn new(n_slots: usize, n_facts: usize) -> Self {
        Self {
            slot_sums: vec![Fixed::ZERO; n_slots],
            tables: (0..n_facts).map(|_| TableParts::default()).collect(),
            ..Self::default()
        }
    }

    /// An empty one for rows of the same file.
    pub(crate) fn like(other: &Self) -> Self {
        Self::new(other.slot_sums.len(), other.tables.len())
    }

    pub(crate) fn has_facts(&self) -> bool {
        self.tables.iter().any(|table| !table.is_empty())
    }

    /// Adds what the rows behind these gave, the first of which stands `n_lines` below the first of
    /// these.
    pub(crate) fn append(&mut self, next: Self, n_lines: u64) -> Result<(), Unlike> {
        self.told = one_of(self.told, next.told)?;
        self.dated_by = one_of(self.dated_by, next.dated_by)?;
        self.order.append(next.order, n_lines);
        self.rows += next.rows;
        self.problems.append(next.problems, n_lines);
        self.totals.extend(next.totals);
        let untied = next.untied.into_iter().map(|it| Untied { line: it.line + n_lines, ..it });
        self.untied.extend(untied);
        self.untied.truncate(MAX_UNTIED);
        self.raw_rows.extend(next.raw_rows);
        self.raw_rows.truncate(N_PREVIEW);
        for (sum, next) in self.slot_sums.iter_mut().zip(next.slot_sums) {
            *sum = sum.plus(next);
        }
        for (table, next) in self.tables.iter_mut().zip(next.tables) {
            table.append(next, n_lines);
        }
        Ok(())
    }

    /// Whether the dates of all facts were read in the order that all rows together prove.
    pub(crate) fn is_dated_by(&self, order: DateOrder) -> bool {
        !self.order.is_contradictory() && self.dated_by.is_none_or(|it| it == order)
    }
}

/// What both say, or the only one that says something.
fn one_of<T: PartialEq>(one: Option<T>, other: Option<T>) -> Result<Option<T>, Unlike> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Err(Unlike),
        (one, other) => Ok(one.or(other)),
    }
}
