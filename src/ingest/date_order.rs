//! What the dates of a file say about the order of day and month.

use crate::ingest::{DateOrder, moment::OrderEvidence};

/// The first date of each kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct OrderNotes {
    proves_month_first: Option<String>,
    proves_day_first: Option<String>,
    ambiguous: Option<String>,
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
    pub(crate) fn note(&mut self, evidence: OrderEvidence, text: &str) {
        let place = match evidence {
            OrderEvidence::Irrelevant => return,
            OrderEvidence::Ambiguous => &mut self.ambiguous,
            OrderEvidence::Proves(DateOrder::MonthFirst) => &mut self.proves_month_first,
            OrderEvidence::Proves(DateOrder::DayFirst) => &mut self.proves_day_first,
        };
        place.get_or_insert_with(|| text.to_owned());
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
    pub(crate) fn settle(self, assumed: DateOrder, is_open: bool) -> OrderSettled {
        let settled = |order, proof, open| OrderSettled { order, proof, open };
        match (self.proves_month_first, self.proves_day_first) {
            (Some(_), Some(proof)) => settled(assumed, None, Some(proof)),
            (Some(proof), None) => settled(DateOrder::MonthFirst, Some(proof), None),
            (None, Some(proof)) => settled(DateOrder::DayFirst, Some(proof), None),
            (None, None) => settled(assumed, None, self.ambiguous.filter(|_| is_open)),
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
            notes.note(*evidence, "03/04/2026");
        }
        let settled = notes.settle(DateOrder::MonthFirst, is_open);
        let found = (settled.order, settled.proof.is_some(), settled.open.is_some());
        assert_eq!(found, expected, "{evidence:?}");
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
