//! What a row says, column by column, while it is on its way to become facts.

use crate::{
    domain::{Day, Fixed, ProblemKind},
    facts::TextIndex,
    ingest::moment::Moment,
};

/// A column with more texts than this holds ids: to remember them all would cost more than to read
/// each anew.
const MAX_KNOWN: usize = 65_536;

/// What one row says. Columns are slots of the plan.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values {
    pub(crate) line: u64,
    said: Vec<Said>,
    /// The texts of `Said::Own`, one after the other.
    own: String,
    pub(crate) numbers: Vec<Option<Fixed>>,
    pub(crate) moments: Vec<Option<Dating>>,
}

/// The text of one column in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Said {
    #[default]
    Nothing,
    /// One of the column's `ColumnTexts`, by number.
    Known(u32),
    /// Stands in the row's own texts, from the first place to before the second.
    Own(usize, usize),
}

/// A date or span of dates.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dating {
    pub(crate) moment: Moment,
    /// The last day of a span.
    pub(crate) until: Option<Day>,
}

impl Values {
    /// A row that says nothing yet.
    pub(crate) fn new(n_slots: usize) -> Self {
        Self {
            said: vec![Said::Nothing; n_slots],
            numbers: vec![None; n_slots],
            moments: vec![None; n_slots],
            ..Self::default()
        }
    }

    /// Starts the next row; every slot that has a text, number or moment must be set anew.
    pub(crate) fn begin(&mut self, line: u64) {
        self.line = line;
        self.own.clear();
        self.said.fill(Said::Nothing);
    }

    pub(crate) fn n_slots(&self) -> usize {
        self.said.len()
    }

    pub(crate) fn said(&self, slot: usize) -> Said {
        self.said.get(slot).copied().unwrap_or_default()
    }

    /// The text of a slot; empty where there is none. `known` are the columns' texts.
    pub(crate) fn text<'a>(&'a self, slot: usize, known: &'a [ColumnTexts]) -> &'a str {
        match self.said(slot) {
            Said::Nothing => "",
            Said::Known(id) => known.get(slot).map_or("", |texts| texts.text(id)),
            Said::Own(from, to) => self.own.get(from..to).unwrap_or(""),
        }
    }

    pub(crate) fn say(&mut self, slot: usize, said: Said) {
        if let Some(place) = self.said.get_mut(slot) {
            *place = said;
        }
    }

    pub(crate) fn say_own(&mut self, slot: usize, text: &str) {
        let from = self.own.len();
        self.own.push_str(text);
        self.say(slot, Said::Own(from, self.own.len()));
    }

    /// Says what `first` says in the slot, where this row says nothing there.
    pub(crate) fn inherit(&mut self, slot: usize, first: &Self, known: &[ColumnTexts]) {
        if self.text(slot, known).is_empty() {
            match first.said(slot) {
                Said::Own(..) => self.say_own(slot, first.text(slot, known)),
                said => self.say(slot, said),
            }
        }
        if self.moment(slot).is_none() {
            self.set_moment(slot, first.moment(slot));
        }
        if self.number(slot).is_none() {
            self.set_number(slot, first.number(slot));
        }
    }

    /// Whether nothing is said in the slot, in whatever kind of column.
    pub(crate) fn is_empty_at(&self, slot: usize, known: &[ColumnTexts]) -> bool {
        self.text(slot, known).is_empty()
            && self.number(slot).is_none()
            && self.moment(slot).is_none()
    }

    pub(crate) fn set_number(&mut self, slot: usize, number: Option<Fixed>) {
        if let Some(place) = self.numbers.get_mut(slot) {
            *place = number;
        }
    }

    pub(crate) fn number(&self, slot: usize) -> Option<Fixed> {
        self.numbers.get(slot).copied().flatten()
    }

    pub(crate) fn set_moment(&mut self, slot: usize, moment: Option<Dating>) {
        if let Some(place) = self.moments.get_mut(slot) {
            *place = moment;
        }
    }

    pub(crate) fn moment(&self, slot: usize) -> Option<Dating> {
        self.moments.get(slot).copied().flatten()
    }
}

/// The texts that a column's cells had so far, and what each of them means.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnTexts {
    cells: TextIndex,
    meanings: Vec<Meaning>,
}

/// What a cell's text stands for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meaning {
    /// `None`: the text as it is.
    pub(crate) text: Option<String>,
    pub(crate) problem: Option<ProblemKind>,
}

impl ColumnTexts {
    /// The meaning with this number; empty when there is none.
    pub(crate) fn text(&self, id: u32) -> &str {
        let meaning = self.meanings.get(id as usize).and_then(|it| it.text.as_deref());
        meaning.unwrap_or_else(|| self.cells.text(id))
    }

    /// Says a cell's text in `values`. `understand` is asked about a text when it is new.
    pub(crate) fn read(
        &mut self,
        slot: usize,
        cell: &str,
        values: &mut Values,
        understand: impl FnOnce(&str) -> Meaning,
    ) -> Option<ProblemKind> {
        if self.meanings.len() >= MAX_KNOWN {
            let meaning = understand(cell);
            values.say_own(slot, meaning.text.as_deref().unwrap_or(cell));
            return meaning.problem;
        }
        let id = self.cells.intern(cell);
        if id as usize == self.meanings.len() {
            self.meanings.push(understand(cell));
        }
        values.say(slot, Said::Known(id));
        self.meanings.get(id as usize).and_then(|meaning| meaning.problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upper(cell: &str) -> Meaning {
        Meaning { text: (cell != "as is").then(|| cell.to_uppercase()), problem: None }
    }

    #[test]
    fn a_text_is_understood_once() {
        let (mut column, mut values) = (ColumnTexts::default(), Values::new(1));
        let mut n_asked = 0;
        for cell in ["a", "as is", "a"] {
            let understand = |cell: &str| {
                n_asked += 1;
                upper(cell)
            };
            assert_eq!(column.read(0, cell, &mut values, understand), None);
            let expected = if cell == "a" { "A" } else { cell };
            assert_eq!(values.text(0, std::slice::from_ref(&column)), expected);
        }
        assert_eq!(n_asked, 2);
    }

    #[test]
    fn columns_of_ids_are_read_anew_each_time() {
        let (mut column, mut values) = (ColumnTexts::default(), Values::new(1));
        for number in 0..MAX_KNOWN + 10 {
            values.begin(1);
            column.read(0, &format!("id{number}"), &mut values, upper);
            let text = values.text(0, std::slice::from_ref(&column));
            assert_eq!(text, format!("ID{number}"));
        }
        assert_eq!(column.meanings.len(), MAX_KNOWN);
    }

    #[test]
    fn own_texts_end_with_the_row() {
        let mut values = Values::new(2);
        values.say_own(0, "first");
        values.say_own(1, "second");
        assert_eq!((values.text(0, &[]), values.text(1, &[])), ("first", "second"));
        values.begin(2);
        values.say(0, Said::Nothing);
        assert_eq!(values.text(0, &[]), "");
    }
}
