//! Facts row by row become a segment.

use super::{
    Segment, SegmentMeta, Table, TextIndex,
    segment::{Columns, TextColumn},
};

/// One fact. Texts and numbers stand in the table's order; all texts of the table are given.
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
    pub texts: &'a [&'a str],
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

    pub fn push(&mut self, row: &FactRow<'_>) {
        self.columns.at.push(row.at);
        self.columns.n_days.push(row.n_days);
        self.columns.line.push(row.line);
        self.columns.key.push(row.key);
        self.columns.as_of.push(row.as_of);
        for ((index, ids), text) in self.texts.iter_mut().zip(row.texts) {
            ids.push(index.intern(text));
        }
        for (column, number) in self.columns.numbers.iter_mut().zip(row.numbers) {
            column.push(*number);
        }
    }

    /// Changes what every fact is dated with: a reading of day and month, a zone.
    pub fn redate_each(&mut self, change: &mut impl FnMut(i64) -> i64) {
        self.columns.at.iter_mut().for_each(|at| *at = change(*at));
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
