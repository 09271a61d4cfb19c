//! The score of a card: what its weighted KPIs come to together.

use super::exact::cut;
use crate::{catalog::kpi::Perspective, domain::Fixed};

/// What a card may come to at most while one of its gates is failed, unless its people choose otherwise.
pub const GATE_CAP: Fixed = Fixed::from_whole(60);

/// The order in which the sides of a card are told.
const PERSPECTIVES: [Perspective; 4] =
    [Perspective::Finance, Perspective::Customer, Perspective::Process, Perspective::Learning];

/// A KPI with its place on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardKpi {
    pub kpi: String,
    pub perspective: Perspective,
    /// Its part of the card: 25 is 25 %. One below 0 counts as 0, which the balance of the card tells.
    pub weight: Fixed,
    /// From 0 to 120; `None` while it has no value, or none that has settled.
    pub points: Option<Fixed>,
}

/// A line that a platform draws for the card's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    pub kpi: String,
    /// `None` while it has no value: it then neither caps the card nor clears it.
    pub is_passed: Option<bool>,
}

/// What a card comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardScore {
    /// From 0 to 120, after the cap; `None` when no weighted KPI has points.
    pub score: Option<Fixed>,
    /// The points that failed gates took off: the contributions add up to the score and these.
    pub capped_off: Fixed,
    /// The weight of KPIs that have points.
    pub covered_weight: Fixed,
    pub whole_weight: Fixed,
    /// As many as there are KPIs, in their order.
    pub parts: Vec<Part>,
    /// The sides that have KPIs on the card: finance, customer, process, learning.
    pub subtotals: Vec<Subtotal>,
    pub failed_gates: Vec<String>,
    /// Gates without a value.
    pub unknown_gates: Vec<String>,
}

/// What one KPI brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub kpi: String,
    pub perspective: Perspective,
    pub weight: Fixed,
    pub points: Option<Fixed>,
    /// Weight × points ÷ covered weight, as points of the card; `None` where there are no points.
    pub contribution: Option<Fixed>,
}

/// What the KPIs of one side bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subtotal {
    pub perspective: Perspective,
    /// Of its own KPIs by their weights, from 0 to 120; `None` when none of them has points.
    pub score: Option<Fixed>,
    pub covered_weight: Fixed,
    pub whole_weight: Fixed,
    /// Points of the card; `None` when none of its KPIs has points.
    pub contribution: Option<Fixed>,
}

/// Σ weight × points ÷ Σ weight over the KPIs that have points, and at most `cap` when a gate is failed.
/// The rule is that of the dictionary: what is missing is neither 0 nor 100, it is left out and shown.
pub fn score_card(kpis: &[CardKpi], gates: &[Gate], cap: Fixed) -> CardScore {
    let covered_weight = covered_weight(kpis.iter());
    let parts = parts_of(kpis, covered_weight);
    let reached = total(parts.iter().filter_map(|part| part.contribution));
    let gates_with = |is_passed: Option<bool>| {
        let found = gates.iter().filter(|gate| gate.is_passed == is_passed);
        found.map(|gate| gate.kpi.clone()).collect::<Vec<_>>()
    };
    let failed_gates = gates_with(Some(false));
    let score = reached.map(|it| if failed_gates.is_empty() { it } else { it.min(cap) });
    CardScore {
        score,
        capped_off: reached.unwrap_or_default().minus(score.unwrap_or_default()),
        covered_weight,
        whole_weight: kpis.iter().map(weight_of).sum(),
        subtotals: PERSPECTIVES.iter().filter_map(|it| subtotal(*it, kpis, &parts)).collect(),
        parts,
        failed_gates,
        unknown_gates: gates_with(None),
    }
}

/// Each KPI with its contribution: by how much it moves the running total, so that no rounding is lost.
fn parts_of(kpis: &[CardKpi], covered_weight: Fixed) -> Vec<Part> {
    let (mut sum, mut told) = (0_i128, Fixed::ZERO);
    let mut contribution = |kpi: &CardKpi| {
        sum += product(kpi)?;
        let so_far = cut(sum, covered_weight.ten_thousandths().into())?;
        let own = so_far.minus(told);
        told = so_far;
        Some(own)
    };
    let part = |kpi: &CardKpi| Part {
        kpi: kpi.kpi.clone(),
        perspective: kpi.perspective,
        weight: kpi.weight,
        points: kpi.points,
        contribution: contribution(kpi),
    };
    kpis.iter().map(part).collect()
}

/// `None` when the card has no KPI of that side.
fn subtotal(perspective: Perspective, kpis: &[CardKpi], parts: &[Part]) -> Option<Subtotal> {
    let own: Vec<&CardKpi> = kpis.iter().filter(|kpi| kpi.perspective == perspective).collect();
    if own.is_empty() {
        return None;
    }
    let covered_weight = covered_weight(own.iter().copied());
    let sum = own.iter().filter_map(|kpi| product(kpi)).sum();
    let parts = parts.iter().filter(|part| part.perspective == perspective);
    Some(Subtotal {
        perspective,
        score: cut(sum, covered_weight.ten_thousandths().into()),
        covered_weight,
        whole_weight: own.iter().copied().map(weight_of).sum(),
        contribution: total(parts.filter_map(|part| part.contribution)),
    })
}

fn weight_of(kpi: &CardKpi) -> Fixed {
    kpi.weight.max(Fixed::ZERO)
}

fn covered_weight<'a>(kpis: impl Iterator<Item = &'a CardKpi>) -> Fixed {
    kpis.filter(|kpi| kpi.points.is_some()).map(weight_of).sum()
}

/// Weight × points, in ten-thousandths of ten-thousandths.
fn product(kpi: &CardKpi) -> Option<i128> {
    let points: i128 = kpi.points?.ten_thousandths().into();
    Some(points * i128::from(weight_of(kpi).ten_thousandths()))
}

/// `None` of nothing, which is not 0.
fn total(mut amounts: impl Iterator<Item = Fixed>) -> Option<Fixed> {
    let first = amounts.next()?;
    Some(amounts.fold(first, Fixed::plus))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Perspective::{Customer, Finance, Process};

    fn fixed(text: &str) -> Fixed {
        Fixed::parse(text).unwrap()
    }

    fn kpi(perspective: Perspective, weight: &str, points: &str) -> CardKpi {
        CardKpi {
            kpi: format!("{perspective:?}.{weight}"),
            perspective,
            weight: fixed(weight),
            points: Fixed::parse(points),
        }
    }

    fn gate(kpi: &str, is_passed: Option<bool>) -> Gate {
        Gate { kpi: kpi.to_owned(), is_passed }
    }

    fn texts(amounts: impl Iterator<Item = Option<Fixed>>) -> Vec<String> {
        amounts.map(|it| it.map_or("-".to_owned(), |it| it.to_string())).collect()
    }

    /// (40 × 90 + 20 × 120 + 40 × 50) ÷ 100 = 36 + 24 + 20.
    #[test]
    fn weights_say_how_much_of_a_kpi_the_card_is() {
        let kpis = [kpi(Finance, "40", "90"), kpi(Finance, "20", "120"), kpi(Process, "40", "50")];
        let card = score_card(&kpis, &[], GATE_CAP);
        assert_eq!(card.score, Some(fixed("80")));
        assert_eq!(texts(card.parts.iter().map(|it| it.contribution)), ["36", "24", "20"]);
        assert_eq!((card.covered_weight, card.whole_weight), (fixed("100"), fixed("100")));
        // Finance: (40 × 90 + 20 × 120) ÷ 60.
        let sides: Vec<Perspective> = card.subtotals.iter().map(|it| it.perspective).collect();
        assert_eq!(sides, [Finance, Process]);
        assert_eq!(texts(card.subtotals.iter().map(|it| it.score)), ["100", "50"]);
        assert_eq!(texts(card.subtotals.iter().map(|it| it.contribution)), ["60", "20"]);
    }

    /// Without the 40 of the customers: (30 × 100 + 30 × 50) ÷ 60.
    #[test]
    fn what_is_missing_is_neither_0_nor_100() {
        let kpis =
            [kpi(Finance, "30", "100"), kpi(Customer, "40", "missing"), kpi(Process, "30", "50")];
        let card = score_card(&kpis, &[], GATE_CAP);
        assert_eq!(card.score, Some(fixed("75")));
        assert_eq!((card.covered_weight, card.whole_weight), (fixed("60"), fixed("100")));
        assert_eq!(texts(card.parts.iter().map(|it| it.contribution)), ["50", "-", "25"]);
        let customer = &card.subtotals[1];
        assert_eq!((customer.score, customer.contribution), (None, None));
        assert_eq!((customer.covered_weight, customer.whole_weight), (Fixed::ZERO, fixed("40")));
    }

    #[test]
    fn a_card_without_any_value_has_no_score() {
        let nothing = score_card(&[kpi(Finance, "100", "missing")], &[], GATE_CAP);
        assert_eq!((nothing.score, nothing.capped_off), (None, Fixed::ZERO));
        assert_eq!(nothing.subtotals[0].contribution, None);
        // Nor has one whose values have no weight.
        let weightless = score_card(&[kpi(Finance, "0", "80")], &[], GATE_CAP);
        assert_eq!((weightless.score, weightless.parts[0].contribution), (None, None));
        let empty = score_card(&[], &[gate("svc.odr", Some(false))], GATE_CAP);
        assert_eq!((empty.score, empty.subtotals.len()), (None, 0));
    }

    /// 0 points are a value, other than none: 50 × 0 + 50 × 80.
    #[test]
    fn no_points_are_not_the_same_as_none() {
        let card = score_card(&[kpi(Finance, "50", "0"), kpi(Process, "50", "80")], &[], GATE_CAP);
        assert_eq!(card.score, Some(fixed("40")));
        assert_eq!(card.covered_weight, fixed("100"));
    }

    /// Thirds: 100 ÷ 3 is 33.3333…, of 200 it is 66.6666…: the second one gets what the first one left.
    #[test]
    fn contributions_add_up_to_the_last_digit() {
        let kpis = [
            kpi(Finance, "33", "100"),
            kpi(Customer, "33", "100"),
            kpi(Process, "33", "100"),
            kpi(Process, "7", "77.7777"),
        ];
        let card = score_card(&kpis[..3], &[], GATE_CAP);
        assert_eq!(
            texts(card.parts.iter().map(|it| it.contribution)),
            ["33.3333", "33.3333", "33.3334"]
        );
        assert_eq!(card.score, Some(fixed("100")));
        // (99 × 100 + 7 × 77.7777) ÷ 106 = 98.53249…
        let card = score_card(&kpis, &[], GATE_CAP);
        assert_eq!(card.score, Some(fixed("98.5324")));
        let of_parts: Fixed = card.parts.iter().filter_map(|it| it.contribution).sum();
        let of_sides: Fixed = card.subtotals.iter().filter_map(|it| it.contribution).sum();
        assert_eq!((Some(of_parts), Some(of_sides)), (card.score, card.score));
    }

    #[test]
    fn a_failed_gate_caps_the_card_and_is_named() {
        let kpis = [kpi(Finance, "50", "110"), kpi(Process, "50", "80")];
        let gates =
            [gate("svc.odr", Some(true)), gate("svc.lsr", Some(false)), gate("svc.vtr", None)];
        let card = score_card(&kpis, &gates, GATE_CAP);
        assert_eq!((card.score, card.capped_off), (Some(fixed("60")), fixed("35")));
        assert_eq!(
            (card.failed_gates, card.unknown_gates),
            (vec!["svc.lsr".to_owned()], vec!["svc.vtr".to_owned()])
        );
        // The contributions are those before the cap: 55 + 40 = 60 + 35.
        assert_eq!(texts(card.parts.iter().map(|it| it.contribution)), ["55", "40"]);
    }

    #[test]
    fn a_gate_without_a_value_caps_nothing_and_a_low_card_stays_low() {
        let kpis = [kpi(Finance, "100", "95")];
        let unknown = score_card(&kpis, &[gate("svc.odr", None)], GATE_CAP);
        assert_eq!(unknown.score, Some(fixed("95")));
        let kpis = [kpi(Finance, "100", "42")];
        let low = score_card(&kpis, &[gate("svc.odr", Some(false))], GATE_CAP);
        assert_eq!((low.score, low.capped_off), (Some(fixed("42")), Fixed::ZERO));
        assert_eq!(low.failed_gates, ["svc.odr"]);
    }

    #[test]
    fn a_weight_below_0_takes_nothing_away() {
        let kpis = [kpi(Finance, "100", "80"), kpi(Process, "-50", "100")];
        let card = score_card(&kpis, &[], GATE_CAP);
        assert_eq!((card.score, card.whole_weight), (Some(fixed("80")), fixed("100")));
    }
}
