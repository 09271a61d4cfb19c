//! A card that is being changed. It stays while other pages are looked at.

use std::sync::LazyLock;

use leptos::prelude::*;

use crate::{
    domain::{CardLine, Fixed, Scorecard},
    ui::hooks::now_millis,
};

/// The workbook that the card is of, and the card.
static DRAFT: LazyLock<ArcRwSignal<Option<(String, Scorecard)>>> =
    LazyLock::new(ArcRwSignal::default);

/// A handle of it for one card.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    kept: RwSignal<Option<(String, Scorecard)>>,
    /// The workbook and the id that it has to be of.
    of: StoredValue<(String, String)>,
}

impl Draft {
    /// Of the card with that id; of a new one (an empty id) there is a draft at once.
    pub(super) fn of(workbook: &str, id: &str) -> Self {
        let kept = RwSignal::from(DRAFT.clone());
        let draft = Self { kept, of: StoredValue::new((workbook.to_owned(), id.to_owned())) };
        if id.is_empty() {
            let is_new = |card: &Scorecard| card.id.is_empty();
            let known = kept.with_untracked(|it| {
                it.as_ref().is_some_and(|(of, card)| of == workbook && is_new(card))
            });
            if !known {
                draft.set(Some(Scorecard::default()));
            }
        }
        draft
    }

    /// `None`: the card is seen as it is kept.
    pub(super) fn get(self) -> Option<Scorecard> {
        let (workbook, id) = self.of.get_value();
        self.kept.with(|kept| {
            let (of, card) = kept.as_ref()?;
            (*of == workbook && card.id == id).then(|| card.clone())
        })
    }

    pub(super) fn set(self, card: Option<Scorecard>) {
        let (workbook, _) = self.of.get_value();
        self.kept.set(card.map(|card| (workbook, card)));
    }

    pub(super) fn change(self, change: impl FnOnce(&mut Scorecard)) {
        self.kept.update(|kept| {
            if let Some((_, card)) = kept {
                change(card);
            }
        });
    }
}

/// As it is handed in: a new card gets an id that no other one had.
pub(super) fn with_id(card: Scorecard) -> Scorecard {
    let id = if card.id.is_empty() { format!("card-{}", now_millis()) } else { card.id };
    Scorecard { id, ..card }
}

/// The lines of these KPIs, in their order: those that were there stay as they are.
pub(super) fn lines_of(before: &[CardLine], kpis: Vec<String>) -> Vec<CardLine> {
    let line = |kpi: String| {
        let known = before.iter().find(|line| line.kpi == kpi).cloned();
        known.unwrap_or(CardLine { kpi, weight: Fixed::ZERO, is_gate: false })
    };
    kpis.into_iter().map(line).collect()
}

/// Gives each line but gates the same whole weight; the first ones get what is left over.
pub(super) fn spread(lines: &mut [CardLine]) {
    let n = i64::try_from(lines.iter().filter(|line| !line.is_gate).count()).unwrap_or(0);
    let (each, left) = (100_i64.checked_div(n).unwrap_or(0), 100_i64.checked_rem(n).unwrap_or(0));
    for (line, nth) in lines.iter_mut().filter(|line| !line.is_gate).zip(0..) {
        line.weight = Fixed::from_whole(each + i64::from(nth < left));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kpi: &str, weight: i64, is_gate: bool) -> CardLine {
        CardLine { kpi: kpi.to_owned(), weight: Fixed::from_whole(weight), is_gate }
    }

    #[test]
    fn even_weights_add_up() {
        let mut lines =
            [line("a", 5, false), line("gate", 0, true), line("b", 5, false), line("c", 0, false)];
        spread(&mut lines);
        let weights = lines.map(|it| it.weight.to_string());
        assert_eq!(weights, ["34", "0", "33", "33"]);
        spread(&mut []);
    }

    #[test]
    fn what_was_weighed_stays_so() {
        let before = [line("a", 40, false), line("b", 60, true)];
        let after = lines_of(&before, vec!["c".to_owned(), "b".to_owned()]);
        assert_eq!(after, [line("c", 0, false), line("b", 60, true)]);
    }
}
