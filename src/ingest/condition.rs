//! Tests of cells. Cells repeat themselves: what came of a test is remembered.

use std::cell::RefCell;

use crate::{
    catalog::{header::normalised, report::Condition},
    domain::Fixed,
    facts::TextIndex,
    ingest::values::{ColumnTexts, Said, Values},
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
    cells: RefCell<(TextIndex, Vec<bool>)>,
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
    pub(crate) fn holds(&self, values: &Values, texts: &[ColumnTexts]) -> bool {
        if self.is_false {
            return false;
        }
        let Some(slot) = self.slot else { return self.condition.empty };
        if self.condition.nonzero {
            return values.number(slot).is_some_and(|it| it != Fixed::ZERO);
        }
        let Said::Known(id) = values.said(slot) else { return self.fits(values.text(slot, texts)) };
        let mut known = self.known.borrow_mut();
        let id = id as usize;
        if known.len() <= id {
            known.resize(id + 1, None);
        }
        let fits = || self.fits(values.text(slot, texts));
        known.get_mut(id).is_some_and(|result| *result.get_or_insert_with(fits))
    }

    /// Whether a cell of a row that has not been read yet fits.
    pub(crate) fn holds_for_cell(&self, text: &str) -> bool {
        let mut cells = self.cells.borrow_mut();
        let (texts, results) = &mut *cells;
        if let Some(result) = texts.find(text).and_then(|id| results.get(id as usize)) {
            return *result;
        }
        let result = self.fits(text);
        if texts.len() < MAX_KNOWN {
            texts.intern(text);
            results.push(result);
        }
        result
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

    #[track_caller]
    fn check(condition: Condition, text: &str, expected: bool) {
        let test = Test::new(&Condition { column: "status".to_owned(), ..condition }, Some(0));
        assert_eq!(test.holds_for_cell(text), expected, "{text:?}");
        assert_eq!(test.holds_for_cell(text), expected, "{text:?} again");
        let mut values = Values::new(1);
        values.say_own(0, text);
        assert_eq!(test.holds(&values, &[]), expected, "{text:?} of a row");
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
        assert!(empty.holds(&Values::new(0), &[]));
        let is = lacking(Condition { column: column(), is: texts(&[""]), ..Condition::default() });
        assert!(!is.holds(&Values::new(0), &[]));
    }
}
