//! What some rows say, column by column, while they are on their way to become facts.

use crate::{
    catalog::report::ColumnKind,
    domain::{Day, Fixed},
    ingest::{column_texts::ColumnTexts, moment::Moment},
};

/// Rows that were read together. Columns are slots of the plan, all of one length.
#[derive(Debug, Clone, Default)]
pub(crate) struct Batch {
    lines: Vec<u64>,
    columns: Vec<Column>,
    own: OwnTexts,
}

/// The texts of `Said::Own`, one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct OwnTexts(String);

/// One slot's values, row by row.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    Texts(Vec<Said>),
    Numbers(Vec<Option<Fixed>>),
    Dates(Vec<Option<Dating>>),
}

/// The text of one column in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Said {
    #[default]
    Nothing,
    /// One of the column's `ColumnTexts`, by number.
    Known(u32),
    /// Stands in the batch's own texts, from the first place to before the second.
    Own(u32, u32),
}

/// A date or span of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dating {
    pub(crate) moment: Moment,
    /// The last day of a span.
    pub(crate) until: Option<Day>,
}

impl Batch {
    /// No rows yet; a column for each kind.
    pub(crate) fn new(kinds: impl Iterator<Item = ColumnKind>) -> Self {
        let column = |kind| match kind {
            ColumnKind::Number | ColumnKind::Percent => Column::Numbers(Vec::new()),
            ColumnKind::Moment | ColumnKind::Span => Column::Dates(Vec::new()),
            ColumnKind::Text | ColumnKind::Id | ColumnKind::Currency | ColumnKind::Buyer => {
                Column::Texts(Vec::new())
            }
        };
        Self { columns: kinds.map(column).collect(), ..Self::default() }
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.lines.len()
    }

    pub(crate) fn line(&self, row: usize) -> u64 {
        self.lines.get(row).copied().unwrap_or(0)
    }

    /// Adds rows that say nothing yet; a value for each of them is then pushed to each slot's column.
    pub(crate) fn add_rows(&mut self, lines: impl Iterator<Item = u64>) {
        self.lines.extend(lines);
    }

    /// The column of a slot, and where texts are kept that no column knows.
    pub(crate) fn column_mut(&mut self, slot: usize) -> Option<(&mut Column, &mut OwnTexts)> {
        Some((self.columns.get_mut(slot)?, &mut self.own))
    }

    /// Keeps a text that is no column's known text.
    pub(crate) fn own(&mut self, text: &str) -> Said {
        self.own.add(text)
    }

    /// What is said in the slot, row by row; nothing when it is no column of texts.
    pub(crate) fn texts(&self, slot: usize) -> &[Said] {
        match self.columns.get(slot) {
            Some(Column::Texts(texts)) => texts,
            _ => &[],
        }
    }

    pub(crate) fn said(&self, slot: usize, row: usize) -> Said {
        self.texts(slot).get(row).copied().unwrap_or_default()
    }

    /// The text of a slot; empty where there is none. `known` are the columns' texts.
    pub(crate) fn text<'a>(&'a self, slot: usize, row: usize, known: &'a [ColumnTexts]) -> &'a str {
        match self.said(slot, row) {
            Said::Nothing => "",
            Said::Known(id) => known.get(slot).map_or("", |texts| texts.text(id)),
            Said::Own(from, to) => self.own.text(from, to),
        }
    }

    pub(crate) fn number(&self, slot: usize, row: usize) -> Option<Fixed> {
        match self.columns.get(slot) {
            Some(Column::Numbers(numbers)) => numbers.get(row).copied().flatten(),
            _ => None,
        }
    }

    pub(crate) fn date(&self, slot: usize, row: usize) -> Option<Dating> {
        match self.columns.get(slot) {
            Some(Column::Dates(dates)) => dates.get(row).copied().flatten(),
            _ => None,
        }
    }

    pub(crate) fn set_text(&mut self, slot: usize, row: usize, said: Said) {
        if let Some(Column::Texts(texts)) = self.columns.get_mut(slot) {
            set(texts, row, said);
        }
    }

    pub(crate) fn set_number(&mut self, slot: usize, row: usize, number: Option<Fixed>) {
        if let Some(Column::Numbers(numbers)) = self.columns.get_mut(slot) {
            set(numbers, row, number);
        }
    }

    /// Appends what is said in the slot, in whatever kind of column, to bytes that tell rows apart.
    pub(crate) fn write_to(
        &self,
        bytes: &mut Vec<u8>,
        slot: usize,
        row: usize,
        known: &[ColumnTexts],
    ) {
        match self.columns.get(slot) {
            Some(Column::Texts(_)) => {
                bytes.extend_from_slice(self.text(slot, row, known).as_bytes());
            }
            Some(Column::Numbers(numbers)) => {
                if let Some(number) = numbers.get(row).copied().flatten() {
                    bytes.extend_from_slice(&number.ten_thousandths().to_le_bytes());
                }
            }
            Some(Column::Dates(dates)) => {
                if let Some(dating) = dates.get(row).copied().flatten() {
                    bytes.extend_from_slice(&dating.moment.day.days_since_epoch().to_le_bytes());
                    bytes.extend_from_slice(&dating.moment.time.unwrap_or(-1).to_le_bytes());
                    let until = dating.until.map_or(0, Day::days_since_epoch);
                    bytes.extend_from_slice(&until.to_le_bytes());
                }
            }
            None => (),
        }
    }

    /// Whether nothing is said in the slot, in whatever kind of column.
    pub(crate) fn is_empty_at(&self, slot: usize, row: usize, known: &[ColumnTexts]) -> bool {
        match self.columns.get(slot) {
            Some(Column::Numbers(_)) => self.number(slot, row).is_none(),
            Some(Column::Dates(_)) => self.date(slot, row).is_none(),
            Some(Column::Texts(_)) | None => self.text(slot, row, known).is_empty(),
        }
    }

    /// Says in the slot what the row `first` says there, where this row says nothing.
    pub(crate) fn inherit(&mut self, slot: usize, row: usize, first: usize, known: &[ColumnTexts]) {
        if !self.is_empty_at(slot, row, known) {
            return;
        }
        match self.columns.get_mut(slot) {
            Some(Column::Texts(texts)) => copy(texts, first, row),
            Some(Column::Numbers(numbers)) => copy(numbers, first, row),
            Some(Column::Dates(dates)) => copy(dates, first, row),
            None => (),
        }
    }

    /// Keeps the rows for which `keeps` holds, in their order.
    pub(crate) fn retain(&mut self, keeps: impl Fn(usize) -> bool) {
        keep(&mut self.lines, &keeps);
        for column in &mut self.columns {
            match column {
                Column::Texts(texts) => keep(texts, &keeps),
                Column::Numbers(numbers) => keep(numbers, &keeps),
                Column::Dates(dates) => keep(dates, &keeps),
            }
        }
    }

    /// Forgets the rows before `row`.
    pub(crate) fn forget_until(&mut self, row: usize) {
        if row == 0 {
            return;
        }
        if row >= self.n_rows() {
            self.lines.clear();
            self.columns.iter_mut().for_each(Column::clear);
            self.own.0.clear();
            return;
        }
        self.retain(|it| it >= row);
        let before = std::mem::take(&mut self.own);
        for column in &mut self.columns {
            let Column::Texts(texts) = column else { continue };
            for said in texts {
                if let Said::Own(from, to) = *said {
                    *said = self.own.add(before.text(from, to));
                }
            }
        }
    }
}

impl Column {
    fn clear(&mut self) {
        match self {
            Self::Texts(texts) => texts.clear(),
            Self::Numbers(numbers) => numbers.clear(),
            Self::Dates(dates) => dates.clear(),
        }
    }
}

impl OwnTexts {
    pub(crate) fn add(&mut self, text: &str) -> Said {
        let from = self.end();
        self.0.push_str(text);
        Said::Own(from, self.end())
    }

    /// The text from one place to before another.
    pub(crate) fn text(&self, from: u32, to: u32) -> &str {
        self.0.get(from as usize..to as usize).unwrap_or("")
    }

    /// They are far below 4 GB.
    fn end(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }
}

fn set<T>(values: &mut [T], row: usize, value: T) {
    if let Some(place) = values.get_mut(row) {
        *place = value;
    }
}

fn copy<T: Copy>(values: &mut [T], from: usize, to: usize) {
    if let Some(value) = values.get(from).copied() {
        set(values, to, value);
    }
}

fn keep<T>(values: &mut Vec<T>, keeps: &impl Fn(usize) -> bool) {
    let mut row = 0;
    values.retain(|_| {
        row += 1;
        keeps(row - 1)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(texts: &[&str]) -> Batch {
        let mut batch = Batch::new([ColumnKind::Text, ColumnKind::Number].into_iter());
        batch.add_rows(1..=texts.len() as u64);
        for (row, text) in texts.iter().enumerate() {
            let said = if text.is_empty() { Said::Nothing } else { batch.own(text) };
            let number = i64::try_from(row).ok().filter(|row| row % 2 == 0);
            let (Column::Texts(texts), _) = batch.column_mut(0).unwrap() else { panic!() };
            texts.push(said);
            let (Column::Numbers(numbers), _) = batch.column_mut(1).unwrap() else { panic!() };
            numbers.push(number.map(Fixed::from_whole));
        }
        batch
    }

    fn texts(batch: &Batch) -> Vec<&str> {
        (0..batch.n_rows()).map(|row| batch.text(0, row, &[])).collect()
    }

    #[test]
    fn what_is_left_of_a_batch_says_the_same() {
        let mut batch = batch(&["first", "", "third", "fourth"]);
        batch.forget_until(2);
        assert_eq!(texts(&batch), ["third", "fourth"]);
        assert_eq!((batch.line(0), batch.number(1, 0)), (3, Some(Fixed::from_whole(2))));
        batch.retain(|row| row == 1);
        assert_eq!(texts(&batch), ["fourth"]);
        let said = batch.own("fifth");
        batch.set_text(0, 0, said);
        assert_eq!(texts(&batch), ["fifth"]);
    }

    #[test]
    fn only_empty_places_inherit() {
        let mut batch = batch(&["first", "", "third"]);
        for row in 1..3 {
            batch.inherit(0, row, 0, &[]);
            batch.inherit(1, row, 0, &[]);
        }
        assert_eq!(texts(&batch), ["first", "first", "third"]);
        let numbers: Vec<_> = (0..3).map(|row| batch.number(1, row)).collect();
        let number = |whole| Some(Fixed::from_whole(whole));
        assert_eq!(numbers, [number(0), number(0), number(2)]);
    }
}
