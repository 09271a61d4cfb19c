//! Facts row by row become a segment.

use super::{
    Segment, SegmentMeta, Table, TextIndex,
    segment::{Columns, TextColumn},
};

/// One fact. Texts and numbers stand in the table's order; all texts of the table are given, as
/// the ids that `TableBuilder::text_id` gave for them.
#[derive(Debug, Clone, Copy)]
pub struct FactRow<'a> {
    /// Seconds since the epoch, or midnight of the day where the source knows only days.
    pub at: i64,
    /// Days the fact covers from `at` on; 1 for all but summaries.
    pub n_days: u32,
    /// Line of the file, for provenance; 1-based.
    pub line: u64,
    /// What identifies the fact across files.
    pub key: u128,
    /// Newer statements have larger values; 0 when the source does not say.
    pub as_of: i64,
    pub texts: &'a [u32],
    /// Ten-thousandths; an empty cell is 0.
    pub numbers: &'a [i64],
}

/// Collects the facts of one import in one table.
#[derive(Debug, Clone)]
pub struct TableBuilder {
    table: Table,
    columns: Columns,
    texts: Vec<(TextIndex, Vec<u32>)>,
}

impl TableBuilder {
    pub fn new(table: Table) -> Self {
        Self {
            table,
            columns: Columns {
                numbers: vec![Vec::new(); table.numbers().len()],
                ..Columns::default()
            },
            texts: table.texts().map(|_| (TextIndex::default(), Vec::new())).collect(),
        }
    }

    pub fn table(&self) -> Table {
        self.table
    }

    pub fn len(&self) -> usize {
        self.columns.at.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id of a text in the text column at `column`, by position in the table.
    pub fn text_id(&mut self, column: usize, text: &str) -> u32 {
        self.texts.get_mut(column).map_or(0, |(index, _)| index.intern(text))
    }

    /// The text that has the id in the text column at `column`.
    pub fn text(&self, column: usize, id: u32) -> &str {
        self.texts.get(column).map_or("", |(index, _)| index.text(id))
    }

    pub fn push(&mut self, row: &FactRow<'_>) {
        self.columns.at.push(row.at);
        self.columns.n_days.push(row.n_days);
        self.columns.line.push(row.line);
        self.columns.key.push(row.key);
        self.columns.as_of.push(row.as_of);
        for ((_, ids), id) in self.texts.iter_mut().zip(row.texts) {
            ids.push(*id);
        }
        for (column, number) in self.columns.numbers.iter_mut().zip(row.numbers) {
            column.push(*number);
        }
    }

    /// Changes what every fact is dated with: a reading of day and month, a zone.
    pub fn redate_each(&mut self, change: &mut impl FnMut(i64) -> i64) {
        self.columns.at.iter_mut().for_each(|at| *at = change(*at));
    }

    /// One fact's line, date, texts and numbers; `None` behind the last one.
    pub fn row(&self, row: usize) -> Option<(u64, i64, Vec<&str>, Vec<i64>)> {
        let columns = &self.columns;
        let texts = self.texts.iter();
        let texts = texts.filter_map(|(index, ids)| Some(index.text(*ids.get(row)?))).collect();
        let numbers = columns.numbers.iter().filter_map(|column| column.get(row).copied());
        Some((*columns.line.get(row)?, *columns.at.get(row)?, texts, numbers.collect()))
    }

    /// Distinct texts of a column in order of appearance; none when the table has no such column.
    pub fn distinct(&self, column: &str) -> impl Iterator<Item = &str> {
        let index = self.table.text_index(column).and_then(|index| self.texts.get(index));
        index.into_iter().flat_map(|(index, _)| index.texts())
    }

    /// The sum of one number column.
    pub fn sum(&self, number: usize) -> i64 {
        let column = self.columns.numbers.get(number).map_or(&[][..], Vec::as_slice);
        column.iter().fold(0, |sum: i64, value| sum.saturating_add(*value))
    }

    /// Smallest and largest date, the last day of summaries included; `None` when empty.
    pub fn span(&self) -> Option<(i64, i64)> {
        let first = self.columns.at.iter().min()?;
        let last = self.columns.at.iter().zip(&self.columns.n_days);
        let last =
            last.map(|(at, n_days)| at + i64::from(n_days.saturating_sub(1)) * 86_400).max()?;
        Some((*first, last))
    }

    pub fn finish(self, meta: SegmentMeta) -> Segment {
        let texts = self.texts.into_iter().map(|(index, ids)| TextColumn { index, ids });
        Segment::new(self.table, meta, self.columns, texts.collect())
    }
}
