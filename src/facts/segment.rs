//! The facts of one import in one table: immutable, with provenance on every row.

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Fixed, Period};

use super::{Table, TextIndex};

/// What holds for all facts of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentMeta {
    /// Report kind id: facts of different kinds are never the same fact.
    pub report: String,
    /// The statement group of its facts; empty where nothing else states them, and in segments of before.
    #[serde(default)]
    pub group: String,
    /// Whether `at` is a moment; else it is midnight of a day and no zone changes it.
    pub is_moment: bool,
    /// The store's zone.
    pub zone: String,
    /// Whether the recipe names key columns; else the whole row is the key and equal rows of one
    /// file are several facts.
    pub is_keyed: bool,
    /// Number columns that the file states, as a set of positions.
    pub stated: Vec<usize>,
}

/// Columns of one length.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    pub(crate) at: Vec<i64>,
    pub(crate) n_days: Vec<u32>,
    pub(crate) line: Vec<u64>,
    pub(crate) key: Vec<u128>,
    pub(crate) as_of: Vec<i64>,
    pub(crate) numbers: Vec<Vec<i64>>,
}

impl Columns {
    /// Empty ones with as much room as these have.
    pub(crate) fn another(&self) -> Self {
        let numbers = self.numbers.iter().map(|column| Vec::with_capacity(column.capacity()));
        Self {
            at: Vec::with_capacity(self.at.capacity()),
            n_days: Vec::with_capacity(self.n_days.capacity()),
            line: Vec::with_capacity(self.line.capacity()),
            key: Vec::with_capacity(self.key.capacity()),
            as_of: Vec::with_capacity(self.as_of.capacity()),
            numbers: numbers.collect(),
        }
    }

    /// Keeps no more room than the facts need.
    pub(crate) fn give_back_room(&mut self) {
        self.at.shrink_to_fit();
        self.n_days.shrink_to_fit();
        self.line.shrink_to_fit();
        self.key.shrink_to_fit();
        self.as_of.shrink_to_fit();
        self.numbers.iter_mut().for_each(Vec::shrink_to_fit);
    }
}

/// A column of repeated texts.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextColumn {
    pub(crate) index: TextIndex,
    pub(crate) ids: Vec<u32>,
}

impl TextColumn {
    /// The text in one row; empty when there is none.
    pub(crate) fn text_at(&self, row: usize) -> &str {
        self.ids.get(row).map_or("", |id| self.index.text(*id))
    }

    /// The id of a text; `None` when no row has it.
    pub(crate) fn id_of(&self, text: &str) -> Option<u32> {
        (0..).zip(self.index.texts()).find(|(_, it)| *it == text).map(|(id, _)| id)
    }
}

/// The facts of one import in one table.
#[derive(Debug, Clone)]
pub struct Segment {
    table: Table,
    meta: SegmentMeta,
    columns: Columns,
    texts: Vec<TextColumn>,
}

impl Segment {
    pub(crate) fn new(
        table: Table,
        meta: SegmentMeta,
        columns: Columns,
        texts: Vec<TextColumn>,
    ) -> Self {
        Self { table, meta, columns, texts }
    }

    pub fn table(&self) -> Table {
        self.table
    }

    pub fn meta(&self) -> &SegmentMeta {
        &self.meta
    }

    pub fn len(&self) -> usize {
        self.columns.at.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Counts lines from `n_lines` further above.
    pub fn move_down(&mut self, n_lines: u64) {
        self.columns.line.iter_mut().for_each(|line| *line += n_lines);
    }

    pub(crate) fn columns(&self) -> &Columns {
        &self.columns
    }

    pub(crate) fn text_columns(&self) -> &[TextColumn] {
        &self.texts
    }

    /// A text column by name; empty when the table has none of that name.
    pub(crate) fn text_column(&self, name: &str) -> Option<&TextColumn> {
        self.texts.get(self.table.text_index(name)?)
    }

    /// A number column by name, in ten-thousandths.
    pub fn numbers(&self, name: &str) -> &[i64] {
        let index = self.table.number_index(name);
        index.and_then(|index| self.columns.numbers.get(index)).map_or(&[], Vec::as_slice)
    }

    /// The text in one row; empty when there is none.
    pub fn text(&self, name: &str, row: usize) -> &str {
        self.text_column(name).map_or("", |column| column.text_at(row))
    }

    /// Whether the file has the number column at all.
    pub fn states(&self, name: &str) -> bool {
        self.table.number_index(name).is_some_and(|index| self.meta.stated.contains(&index))
    }

    /// The days that a fact is of, as the file dates it, before any zone; `None` when no day is known.
    pub fn days_of(&self, row: usize) -> Option<Period> {
        let from = Day::from_seconds(*self.columns.at.get(row)?);
        let n_days = i32::try_from(*self.columns.n_days.get(row)?).ok()?;
        (n_days > 0).then(|| Period { from, to: from.plus(n_days - 1) })
    }

    /// The line of the file that a fact stands in; 0 when there is no such fact.
    pub fn line(&self, row: usize) -> u64 {
        self.columns.line.get(row).copied().unwrap_or(0)
    }

    /// Names of what `fields` gives: when and from where a fact is, then its texts and numbers.
    pub fn field_names(table: Table) -> Vec<&'static str> {
        let dated = ["line", "at", "is_moment", "zone", "n_days"];
        dated.into_iter().chain(table.texts()).chain(table.numbers().iter().copied()).collect()
    }

    /// A fact as texts, as long as `field_names`; `at` in seconds since the epoch, numbers as decimals,
    /// empty where the file does not have the column.
    pub fn fields(&self, row: usize) -> Vec<String> {
        let Columns { at, n_days, line, .. } = &self.columns;
        let number = |name: &&str| {
            let value = self.numbers(name).get(row).filter(|_| self.states(name));
            value.map(|it| Fixed::from_ten_thousandths(*it).to_string()).unwrap_or_default()
        };
        let mut fields = vec![
            line.get(row).map(u64::to_string).unwrap_or_default(),
            at.get(row).map(i64::to_string).unwrap_or_default(),
            self.meta.is_moment.to_string(),
            self.meta.zone.clone(),
            n_days.get(row).map(u32::to_string).unwrap_or_default(),
        ];
        fields.extend(self.table.texts().map(|name| self.text(name, row).to_owned()));
        fields.extend(self.table.numbers().iter().map(number));
        fields
    }

    /// First and last day as the file dates its facts, before any zone; `None` when empty.
    pub fn days_as_dated(&self) -> Option<(Day, Day)> {
        let first = self.columns.at.iter().min()?;
        let last = self.columns.at.iter().max()?;
        Some((Day::from_seconds(*first), Day::from_seconds(*last)))
    }
}
