//! The texts of a column, each understood once.

use std::borrow::Cow;

use crate::{
    domain::ProblemKind,
    facts::ByteIndex,
    ingest::{
        batch::{OwnTexts, Said},
        encoding::CellEncoding,
    },
};

/// A column with more texts than this holds ids: to remember them all would cost more than to read
/// each anew.
const MAX_KNOWN: usize = 65_536;
/// Rows after which a column whose texts do not repeat is taken for one of ids.
const N_TRIED: usize = 2_048;

/// The texts that a column's cells had so far, and what each of them means.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnTexts {
    cells: ByteIndex,
    meanings: Vec<Meaning<'static>>,
    n_rows: usize,
    /// Whether further texts are not remembered.
    is_full: bool,
}

/// What a cell's text stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Meaning<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) problem: Option<ProblemKind>,
}

impl ColumnTexts {
    /// The meaning with this number; empty when there is none.
    pub(crate) fn text(&self, id: u32) -> &str {
        self.meanings.get(id as usize).map_or("", |meaning| &meaning.text)
    }

    /// Takes note that as many rows have been read, and judges once whether their texts repeat.
    pub(crate) fn add_rows(&mut self, n: usize) {
        let is_judged = self.n_rows >= N_TRIED;
        self.n_rows += n;
        if !is_judged && self.n_rows >= N_TRIED {
            self.is_full |= self.meanings.len() > self.n_rows / 2;
        }
    }

    /// What a cell says; a text that is not remembered is added to `own`. `understand` is asked about a
    /// text that is new.
    pub(crate) fn read(
        &mut self,
        cell: &[u8],
        encoding: CellEncoding,
        own: &mut OwnTexts,
        understand: impl for<'t> FnOnce(&'t str) -> Meaning<'t>,
    ) -> (Said, Option<ProblemKind>) {
        if self.is_full {
            let text = encoding.text(cell);
            let meaning = understand(&text);
            return (own.add(&meaning.text), meaning.problem);
        }
        let id = self.cells.intern(cell);
        if id as usize == self.meanings.len() {
            let text = encoding.text(cell);
            let Meaning { text, problem } = understand(&text);
            self.meanings.push(Meaning { text: Cow::Owned(text.into_owned()), problem });
        }
        self.is_full = self.meanings.len() >= MAX_KNOWN;
        (Said::Known(id), self.meanings.get(id as usize).and_then(|meaning| meaning.problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upper(cell: &str) -> Meaning<'_> {
        Meaning { text: Cow::Owned(cell.to_uppercase()), problem: None }
    }

    #[test]
    fn a_text_is_understood_once() {
        let (mut column, mut own) = (ColumnTexts::default(), OwnTexts::default());
        let mut n_asked = 0;
        for cell in ["a", "b", "a"] {
            let read = column.read(cell.as_bytes(), CellEncoding::of(b""), &mut own, |cell| {
                n_asked += 1;
                upper(cell)
            });
            let (Said::Known(id), None) = read else { panic!("{read:?}") };
            assert_eq!(column.text(id), cell.to_uppercase());
        }
        assert_eq!(n_asked, 2);
    }

    #[test]
    fn columns_of_ids_are_read_anew_each_time() {
        for n_repeats in [1, 3] {
            let (mut column, mut own) = (ColumnTexts::default(), OwnTexts::default());
            for number in 0..MAX_KNOWN + 10 {
                let cell = format!("id{}", number / n_repeats * n_repeats);
                let (said, _) =
                    column.read(cell.as_bytes(), CellEncoding::of(b""), &mut own, upper);
                let text = match said {
                    Said::Known(id) => column.text(id),
                    Said::Own(from, to) => own.text(from, to),
                    Said::Nothing => "",
                };
                assert_eq!(text, cell.to_uppercase());
                column.add_rows(1);
            }
            assert_eq!(column.is_full, n_repeats == 1);
        }
    }
}
