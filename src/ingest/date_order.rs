//! What the dates of a file say about the order of day and month.

use serde::{Deserialize, Serialize};

use crate::ingest::{DateOrder, moment::OrderEvidence};

/// The first date of each kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct OrderNotes {
    proves_month_first: Option<Note>,
    proves_day_first: Option<Note>,
    ambiguous: Option<Note>,
}

/// A date cell and its line. Rows are read some together, column by column: the cell noted first
/// need not be the first one of the file.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Note {
    line: u64,
    text: String,
}

/// The order that a file's dates have, after all of them were seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrderSettled {
    pub(crate) order: DateOrder,
    /// A date that can be read in one order only.
    pub(crate) proof: Option<String>,
    /// A date that only the person can decide.
    pub(crate) open: Option<String>,
}

impl OrderNotes {
    pub(crate) fn note(&mut self, evidence: OrderEvidence, line: u64, text: &str) {
        let place = match evidence {
            OrderEvidence::Irrelevant => return,
            OrderEvidence::Ambiguous => &mut self.ambiguous,
            OrderEvidence::Proves(DateOrder::MonthFirst) => &mut self.proves_month_first,
            OrderEvidence::Proves(DateOrder::DayFirst) => &mut self.proves_day_first,
        };
        if place.as_ref().is_none_or(|first| line < first.line) {
            *place = Some(Note { line, text: text.to_owned() });
        }
    }

    /// Adds what was noted of the rows behind, which begin `n_lines` below.
    pub(crate) fn append(&mut self, next: Self, n_lines: u64) {
        let join = |first: &mut Option<Note>, next: Option<Note>| {
            let below = next.map(|note| Note { line: note.line + n_lines, ..note });
            *first = first.take().or(below);
        };
        join(&mut self.proves_month_first, next.proves_month_first);
        join(&mut self.proves_day_first, next.proves_day_first);
        join(&mut self.ambiguous, next.ambiguous);
    }

    /// Whether some dates can be read in the one order only, and others in the other.
    pub(crate) fn is_contradictory(&self) -> bool {
        self.proves_month_first.is_some() && self.proves_day_first.is_some()
    }

    /// The order that the dates seen so far have, unless one that comes may still decide it.
    pub(crate) fn so_far(&self, assumed: DateOrder) -> Option<DateOrder> {
        match (&self.proves_month_first, &self.proves_day_first, &self.ambiguous) {
            (None, None, Some(_)) => None,
            (None, None, None) | (Some(_), Some(_), _) => Some(assumed),
            (Some(_), None, _) => Some(DateOrder::MonthFirst),
            (None, Some(_), _) => Some(DateOrder::DayFirst),
        }
    }

    /// `assumed` is the order in which the dates were read; where nothing is proved and it was
    /// `open` from the beginning, the person is asked.
    pub(crate) fn settle(&self, assumed: DateOrder, is_open: bool) -> OrderSettled {
        let text = |note: &Note| Some(note.text.clone());
        let settled = |order, proof, open| OrderSettled { order, proof, open };
        match (&self.proves_month_first, &self.proves_day_first) {
            (Some(_), Some(proof)) => settled(assumed, None, text(proof)),
            (Some(proof), None) => settled(DateOrder::MonthFirst, text(proof), None),
            (None, Some(proof)) => settled(DateOrder::DayFirst, text(proof), None),
            (None, None) => {
                let open = self.ambiguous.as_ref().filter(|_| is_open);
                settled(assumed, None, open.and_then(text))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(evidence: &[OrderEvidence], is_open: bool, expected: (DateOrder, bool, bool)) {
        let mut notes = OrderNotes::default();
        for evidence in evidence {
            notes.note(*evidence, 1, "03/04/2026");
        }
        let settled = notes.settle(DateOrder::MonthFirst, is_open);
        let found = (settled.order, settled.proof.is_some(), settled.open.is_some());
        assert_eq!(found, expected, "{evidence:?}");
    }

    #[test]
    fn the_first_date_is_the_upper_one_whatever_is_read_first() {
        let mut notes = OrderNotes::default();
        let proof = OrderEvidence::Proves(DateOrder::DayFirst);
        notes.note(proof, 9, "21/04/2026");
        notes.note(proof, 7, "22/04/2026");
        let mut above = OrderNotes::default();
        above.append(notes, 100);
        above.note(proof, 106, "23/04/2026");
        above.note(proof, 107, "24/04/2026");
        let settled = above.settle(DateOrder::MonthFirst, true);
        assert_eq!(settled.proof.as_deref(), Some("23/04/2026"));
    }

    #[test]
    fn one_proof_decides_for_all_dates() {
        use OrderEvidence::{Ambiguous, Irrelevant, Proves};
        let (month, day) = (DateOrder::MonthFirst, DateOrder::DayFirst);
        check(&[Irrelevant], true, (month, false, false));
        check(&[Ambiguous], true, (month, false, true));
        check(&[Ambiguous], false, (month, false, false));
        check(&[Ambiguous, Proves(day)], true, (day, true, false));
        check(&[Proves(month), Ambiguous], true, (month, true, false));
        check(&[Proves(month), Proves(day)], false, (month, false, true));
    }
}
