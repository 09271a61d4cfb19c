//! Facts row by row become a segment.

use super::{
    Segment, SegmentMeta, Table, TextIndex,
    segment::{Columns, TextColumn},
};

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

    /// An empty one with as much room as this one has.
    #[must_use]
    pub fn another(&self) -> Self {
        let texts = self.texts.iter();
        Self {
            table: self.table,
            columns: self.columns.another(),
            texts: texts
                .map(|(index, ids)| (index.another(), Vec::with_capacity(ids.capacity())))
                .collect(),
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
        let hardly_repeats = self.table.text_index("order_id") == Some(column);
        self.texts.get_mut(column).map_or(0, |(index, _)| {
            if hardly_repeats { index.append(text) } else { index.intern(text) }
        })
    }

    /// The text that has the id in the text column at `column`.
    pub fn text(&self, column: usize, id: u32) -> &str {
        self.texts.get(column).map_or("", |(index, _)| index.text(id))
    }

    /// The id that stands in a row of the text column at `column`.
    pub fn id_at(&self, column: usize, row: usize) -> u32 {
        self.texts.get(column).and_then(|(_, ids)| ids.get(row)).copied().unwrap_or(0)
    }

    // Facts are added column by column: the same number of them to each, provenance last.

    /// Texts of further facts, as the ids that `text_id` gave.
    pub fn push_texts(&mut self, column: usize, ids: &[u32]) {
        if let Some((_, all)) = self.texts.get_mut(column) {
            all.extend_from_slice(ids);
        }
    }

    /// Numbers of further facts in ten-thousandths; an empty cell is 0.
    pub fn push_numbers(&mut self, column: usize, numbers: &[i64]) {
        if let Some(all) = self.columns.numbers.get_mut(column) {
            all.extend_from_slice(numbers);
        }
    }

    /// What identifies further facts across files.
    pub fn push_keys(&mut self, keys: &[u128]) {
        self.columns.key.extend_from_slice(keys);
    }

    /// Where further facts stand: `at` in seconds since the epoch, or midnight of the day where the
    /// source knows only days; the days they cover from then on, 1 for all but summaries; their lines of
    /// the file, 1-based; newer statements have a larger `as_of`, 0 when the source does not say.
    pub fn push_provenance(
        &mut self,
        at: impl IntoIterator<Item = i64>,
        n_days: impl IntoIterator<Item = u32>,
        lines: impl IntoIterator<Item = u64>,
        as_of: impl IntoIterator<Item = i64>,
    ) {
        self.columns.at.extend(at);
        self.columns.n_days.extend(n_days);
        self.columns.line.extend(lines);
        self.columns.as_of.extend(as_of);
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

    /// Closes the segment; room that is not needed is given back.
    pub fn finish(mut self, meta: SegmentMeta) -> Segment {
        self.columns.give_back_room();
        let texts = self.texts.into_iter().map(|(mut index, mut ids)| {
            index.give_back_room();
            ids.shrink_to_fit();
            TextColumn { index, ids }
        });
        Segment::new(self.table, meta, self.columns, texts.collect())
    }
}
