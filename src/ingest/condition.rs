//! Tests of cells. Cells repeat themselves: what came of a test is remembered.

use std::cell::RefCell;

use crate::{
    catalog::{header::normalised, report::Condition},
    domain::Fixed,
    facts::ByteIndex,
    ingest::{
        batch::{Batch, Said},
        column_texts::ColumnTexts,
        encoding::CellEncoding,
    },
};

/// Most results that a test of raw cells remembers; columns with more texts hold ids.
const MAX_KNOWN: usize = 4_096;

/// A condition with its column found.
#[derive(Debug)]
pub(crate) struct Test {
    /// `None`: any cell of the row, or a column that the file lacks.
    pub(crate) slot: Option<usize>,
    /// What the file lacks cannot be said of it.
    pub(crate) is_false: bool,
    condition: Condition,
    /// What came of the column's known texts, by their numbers.
    known: RefCell<Vec<Option<bool>>>,
    /// What came of raw cells.
    cells: RefCell<(ByteIndex, Vec<bool>)>,
}

impl Test {
    /// `condition` must be about the column at `slot`.
    pub(crate) fn new(condition: &Condition, slot: Option<usize>) -> Self {
        let compared = |texts: &[String]| texts.iter().map(|text| normalised(text)).collect();
        Self {
            slot,
            is_false: slot.is_none() && condition.column != "*" && !condition.empty,
            condition: Condition {
                column: condition.column.clone(),
                is: compared(&condition.is),
                is_not: compared(&condition.is_not),
                starts_with: compared(&condition.starts_with),
                contains: compared(&condition.contains),
                ..*condition
            },
            known: RefCell::default(),
            cells: RefCell::default(),
        }
    }

    /// Whether it holds for a row that has been read.
    pub(crate) fn holds(&self, batch: &Batch, row: usize, texts: &[ColumnTexts]) -> bool {
        if self.is_false {
            return false;
        }
        let Some(slot) = self.slot else { return self.condition.empty };
        if self.condition.filled {
            return !batch.is_empty_at(slot, row, texts);
        }
        if self.condition.is_number || self.condition.nonzero {
            let is_zero = batch.number(slot, row).map(|it| it == Fixed::ZERO);
            return is_zero.is_some_and(|is_zero| !self.condition.nonzero || !is_zero);
        }
        let fits = || self.fits(batch.text(slot, row, texts));
        let Said::Known(id) = batch.said(slot, row) else { return fits() };
        let mut known = self.known.borrow_mut();
        let id = id as usize;
        if known.len() <= id {
            known.resize(id + 1, None);
        }
        known.get_mut(id).is_some_and(|result| *result.get_or_insert_with(fits))
    }

    /// Whether a cell of a row that has not been read yet fits.
    pub(crate) fn holds_for_cell(&self, cell: &[u8], encoding: CellEncoding) -> bool {
        let mut cells = self.cells.borrow_mut();
        let (known, results) = &mut *cells;
        if known.len() >= MAX_KNOWN {
            let result = known.find(cell).and_then(|id| results.get(id as usize)).copied();
            return result.unwrap_or_else(|| self.fits(&encoding.text(cell)));
        }
        let id = known.intern(cell) as usize;
        if id == results.len() {
            results.push(self.fits(&encoding.text(cell)));
        }
        results.get(id).copied().unwrap_or(false)
    }

    fn fits(&self, text: &str) -> bool {
        let condition = &self.condition;
        let text = text.trim();
        if condition.empty && !text.is_empty()
            || condition.no_digit && text.bytes().any(|it| it.is_ascii_digit())
        {
            return false;
        }
        let needs_text =
            [&condition.is, &condition.is_not, &condition.starts_with, &condition.contains];
        if needs_text.iter().all(|list| list.is_empty()) {
            return true;
        }
        let text = normalised(text);
        let any = |list: &Vec<String>, fits: fn(&str, &str) -> bool| {
            list.is_empty() || list.iter().any(|it| fits(&text, it))
        };
        any(&condition.is, |text, it| text == it)
            && any(&condition.starts_with, |text, it| text.starts_with(it))
            && any(&condition.contains, |text, it| text.contains(it))
            && !condition.is_not.contains(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog::report::ColumnKind, ingest::batch::Column};

    #[track_caller]
    fn check(condition: Condition, text: &str, expected: bool) {
        let test = Test::new(&Condition { column: "status".to_owned(), ..condition }, Some(0));
        let holds = || test.holds_for_cell(text.as_bytes(), CellEncoding::of(b""));
        assert_eq!(holds(), expected, "{text:?}");
        assert_eq!(holds(), expected, "{text:?} again");
        let mut batch = Batch::new(std::iter::once(ColumnKind::Text));
        batch.add_rows(std::iter::once(1));
        let said = batch.own(text);
        let (Column::Texts(texts), _) = batch.column_mut(0).unwrap() else { panic!() };
        texts.push(said);
        assert_eq!(test.holds(&batch, 0, &[]), expected, "{text:?} of a row");
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn all_that_is_given_must_hold() {
        let is = || Condition { is: texts(&["Cancelled", "已取消"]), ..Condition::default() };
        check(is(), " CANCELLED ", true);
        check(is(), "已取消", true);
        check(is(), "cancelled!", false);
        let total = || Condition {
            starts_with: texts(&["Total"]),
            is_not: texts(&["total loss"]),
            no_digit: true,
            ..Condition::default()
        };
        check(total(), "total: all", true);
        check(total(), "Total loss", false);
        check(total(), "Total 7", false);
        check(Condition { empty: true, ..Condition::default() }, " ", true);
        check(Condition { empty: true, ..Condition::default() }, "x", false);
        check(
            Condition { contains: texts(&["advert"]), ..Condition::default() },
            "Advertising",
            true,
        );
    }

    #[test]
    fn what_the_file_lacks_is_empty_and_nothing_else() {
        let lacking = |condition| Test::new(&condition, None);
        let column = || "status".to_owned();
        let empty = lacking(Condition { column: column(), empty: true, ..Condition::default() });
        assert!(empty.holds(&Batch::default(), 0, &[]));
        let is = lacking(Condition { column: column(), is: texts(&[""]), ..Condition::default() });
        assert!(!is.holds(&Batch::default(), 0, &[]));
    }
}
