//! A card is tried out before anybody's pay hangs on it.

use crate::domain::{Day, Fixed, Period, sort_few_by_key};

/// Signed cycles that a card needs before somebody may decide.
pub const NEEDED_CYCLES: usize = 2;

/// One period that the card was kept for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    pub period: Period,
    /// Who signed its figures; `None` while nobody has.
    pub signed_by: Option<String>,
    /// What of the platforms' totals is unexplained, as a share; `None` where nothing was reconciled.
    pub gap: Option<Fixed>,
}

/// Somebody's word that the card counts from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub by: String,
    pub day: Day,
}

/// How far a card has come. Only a decided one is for pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// So many cycles are done, of those that are needed.
    Trial {
        done: usize,
        needed: usize,
    },
    /// The cycles are done; a person has to decide.
    Ready,
    Decided(Decision),
}

/// Why a decision does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionRefused {
    #[error("{done} of {needed} signed cycles were over on {day}")]
    TooEarly { done: usize, needed: usize, day: Day },
    #[error("nobody's name stands under the decision")]
    NoName,
}

/// The stage of a card. A cycle counts when it is signed and its gap is at most `limit`, a share, on either
/// side; of two that overlap only one does. A decision is held against the cycles that were over by its day.
pub fn stage(
    cycles: &[Cycle],
    limit: Fixed,
    decision: Option<&Decision>,
) -> Result<Stage, DecisionRefused> {
    let ends = ends_of_counting(cycles, limit);
    let needed = NEEDED_CYCLES;
    let Some(decision) = decision else {
        let done = ends.len();
        return Ok(if done < needed { Stage::Trial { done, needed } } else { Stage::Ready });
    };
    if decision.by.trim().is_empty() {
        return Err(DecisionRefused::NoName);
    }
    let day = decision.day;
    let done = ends.iter().filter(|end| **end < day).count();
    if done < needed {
        return Err(DecisionRefused::TooEarly { done, needed, day });
    }
    Ok(Stage::Decided(decision.clone()))
}

/// The last days of the cycles that count, in order.
fn ends_of_counting(cycles: &[Cycle], limit: Fixed) -> Vec<Day> {
    let counts = |cycle: &&Cycle| {
        let is_signed = cycle.signed_by.as_ref().is_some_and(|name| !name.trim().is_empty());
        is_signed && cycle.gap.is_some_and(|gap| gap.absolute() <= limit)
    };
    let mut periods: Vec<Period> = cycles.iter().filter(counts).map(|it| it.period).collect();
    // By their ends, the most of them that do not overlap are found by taking each that fits.
    sort_few_by_key(&mut periods, |period| period.to);
    let mut ends: Vec<Day> = Vec::new();
    for period in periods {
        if ends.last().is_none_or(|end| *end < period.from) {
            ends.push(period.to);
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn cycle(from: &str, to: &str, signed_by: &str, gap: &str) -> Cycle {
        Cycle {
            period: Period { from: day(from), to: day(to) },
            signed_by: (!signed_by.is_empty()).then(|| signed_by.to_owned()),
            gap: Fixed::parse(gap),
        }
    }

    fn september() -> Cycle {
        cycle("2026-09-01", "2026-09-30", "Li Na", "0.004")
    }

    fn october() -> Cycle {
        cycle("2026-10-01", "2026-10-31", "Li Na", "-0.005")
    }

    fn of(cycles: &[Cycle]) -> Stage {
        stage(cycles, Fixed::parse("0.005").unwrap(), None).unwrap()
    }

    fn decided(cycles: &[Cycle], by: &str, on: &str) -> Result<Stage, DecisionRefused> {
        let decision = Decision { by: by.to_owned(), day: day(on) };
        stage(cycles, Fixed::parse("0.005").unwrap(), Some(&decision))
    }

    #[test]
    fn two_signed_cycles_make_a_card_ready() {
        assert_eq!(of(&[]), Stage::Trial { done: 0, needed: 2 });
        assert_eq!(of(&[september()]), Stage::Trial { done: 1, needed: 2 });
        assert_eq!(of(&[october(), september()]), Stage::Ready);
    }

    #[test]
    fn what_is_not_signed_not_reconciled_or_too_far_off_does_not_count() {
        let others = [
            cycle("2026-10-01", "2026-10-31", "", "0.004"),
            cycle("2026-10-01", "2026-10-31", " ", "0.004"),
            cycle("2026-10-01", "2026-10-31", "Li Na", "none"),
            cycle("2026-10-01", "2026-10-31", "Li Na", "0.0051"),
            cycle("2026-10-01", "2026-10-31", "Li Na", "-0.0051"),
        ];
        for other in others {
            let found = of(&[september(), other.clone()]);
            assert_eq!(found, Stage::Trial { done: 1, needed: 2 }, "{other:?}");
        }
    }

    #[test]
    fn a_cycle_counts_once() {
        let again = cycle("2026-09-15", "2026-10-14", "Li Na", "0");
        assert_eq!(of(&[september(), september()]), Stage::Trial { done: 1, needed: 2 });
        assert_eq!(of(&[september(), again.clone()]), Stage::Trial { done: 1, needed: 2 });
        assert_eq!(of(&[again, september(), october()]), Stage::Ready);
        // A whole year with its months in it does not hide them.
        let year = cycle("2026-01-01", "2026-12-31", "Li Na", "0");
        assert_eq!(of(&[year, september(), october()]), Stage::Ready);
    }

    #[test]
    fn a_person_decides_once_two_cycles_are_over() {
        let both = [september(), october()];
        let decision = Decision { by: "Wang Wei".to_owned(), day: day("2026-11-01") };
        assert_eq!(decided(&both, "Wang Wei", "2026-11-01"), Ok(Stage::Decided(decision)));
    }

    #[test]
    fn a_decision_too_early_or_by_nobody_is_refused() {
        let both = [september(), october()];
        // On its last day October is not over.
        let on = day("2026-10-31");
        let early = DecisionRefused::TooEarly { done: 1, needed: 2, day: on };
        assert_eq!(decided(&both, "Wang Wei", "2026-10-31"), Err(early));
        let day = day("2026-11-01");
        let early = DecisionRefused::TooEarly { done: 1, needed: 2, day };
        assert_eq!(decided(&both[..1], "Wang Wei", "2026-11-01"), Err(early));
        assert_eq!(decided(&both, " ", "2026-11-01"), Err(DecisionRefused::NoName));
    }
}
