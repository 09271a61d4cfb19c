//! Whether a card is balanced: what would make it reward one thing at the cost of all others.

use super::guard::guards_of;
use crate::{
    catalog::kpi::{Kpi, LeadOrLag, Perspective, Unit},
    domain::{Day, Fixed, set_of_few},
};

/// What the weights of a card add up to.
const WHOLE: Fixed = Fixed::from_whole(100);
/// Most that one side may hold, in percent of all weight.
const MOST_OF_ONE_SIDE: i64 = 50;
/// The group of KPIs that tell what was sold, whatever was left of it.
const SALES: &str = "sales";

/// A KPI with its part of a card.
#[derive(Debug, Clone, Copy)]
pub struct Weighted<'a> {
    pub kpi: &'a Kpi,
    /// 25 is 25 %.
    pub weight: Fixed,
}

/// Something that is out of balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imbalance {
    /// There is no weighted KPI on the card.
    Empty,
    /// A KPI that counts twice.
    Twice { kpi: String },
    /// A weight of 0 or less.
    NoWeight { kpi: String, weight: Fixed },
    /// The weights do not add up to 100.
    WeightsOff { sum: Fixed },
    /// Nothing on the card but what was sold in money, such as GMV.
    OnlySalesMoney { kpis: Vec<String> },
    /// Nothing on the card but results: all is over when it shows that something went wrong.
    OnlyResults { kpis: Vec<String> },
    /// One side holds more than half of the weight.
    TopHeavy {
        perspective: Perspective,
        /// In percent of all weight.
        share: Fixed,
    },
    /// A result of which none of the KPIs that guard it is on the card.
    Unguarded {
        kpi: String,
        /// Any one of them would do.
        guards: Vec<String>,
    },
}

/// What an imbalance does to a card that is to be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocking {
    /// It is told, no more.
    Warns,
    /// Somebody has to write down why it is published all the same.
    UntilOverridden,
    /// It has to be mended first.
    UntilMended,
}

/// Why a card is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    pub by: String,
    pub day: Day,
    pub reason: String,
}

impl Imbalance {
    /// Sums that are wrong have to be mended, a card of results alone has to be answered for.
    pub const fn blocking(&self) -> Blocking {
        match self {
            Self::Empty | Self::Twice { .. } | Self::NoWeight { .. } | Self::WeightsOff { .. } => {
                Blocking::UntilMended
            }
            Self::OnlySalesMoney { .. } | Self::OnlyResults { .. } => Blocking::UntilOverridden,
            Self::TopHeavy { .. } | Self::Unguarded { .. } => Blocking::Warns,
        }
    }
}

/// What is out of balance on a card, worst first; empty: nothing. `gates` are the KPIs of its policy lines:
/// they can guard another KPI, but a card of results stays one with them, since they give no points.
pub fn balance(kpis: &[Weighted], gates: &[&str]) -> Vec<Imbalance> {
    if kpis.is_empty() {
        return vec![Imbalance::Empty];
    }
    let mut found = weight_problems(kpis);
    found.extend(only_results(kpis));
    found.extend(top_heavy(kpis));
    found.extend(kpis.iter().filter_map(|it| unguarded(it.kpi, kpis, gates)));
    found
}

/// Whether a card with these imbalances may be published; an override counts with a name and a reason only.
pub fn may_publish(found: &[Imbalance], written: Option<&Override>) -> bool {
    let is_written =
        written.is_some_and(|it| !it.by.trim().is_empty() && !it.reason.trim().is_empty());
    found.iter().all(|it| match it.blocking() {
        Blocking::Warns => true,
        Blocking::UntilOverridden => is_written,
        Blocking::UntilMended => false,
    })
}

fn weight_problems(kpis: &[Weighted]) -> Vec<Imbalance> {
    let named = |id: &str| kpis.iter().filter(|it| it.kpi.id == id).count();
    let twice = set_of_few(kpis.iter().map(|it| &it.kpi.id).filter(|id| named(id) > 1));
    let twice = twice.into_iter().map(|kpi| Imbalance::Twice { kpi: kpi.clone() });
    let without = kpis.iter().filter(|it| it.weight <= Fixed::ZERO);
    let without =
        without.map(|it| Imbalance::NoWeight { kpi: it.kpi.id.clone(), weight: it.weight });
    let sum: Fixed = kpis.iter().map(|it| it.weight).sum();
    let off = (sum != WHOLE).then_some(Imbalance::WeightsOff { sum });
    twice.chain(without).chain(off).collect()
}

/// Of the two the narrower one is told.
fn only_results(kpis: &[Weighted]) -> Option<Imbalance> {
    let ids = || kpis.iter().map(|it| it.kpi.id.clone()).collect();
    if kpis.iter().all(|it| it.kpi.group == SALES && it.kpi.unit == Unit::Money) {
        return Some(Imbalance::OnlySalesMoney { kpis: ids() });
    }
    let is_result = |it: &Weighted| it.kpi.lead_or_lag == LeadOrLag::Lag;
    kpis.iter().all(is_result).then(|| Imbalance::OnlyResults { kpis: ids() })
}

/// At most one side can hold more than half.
fn top_heavy(kpis: &[Weighted]) -> Option<Imbalance> {
    let weight = |it: &Weighted| it.weight.max(Fixed::ZERO);
    let all: Fixed = kpis.iter().map(weight).sum();
    kpis.iter().map(|it| it.kpi.perspective).find_map(|perspective| {
        let own = kpis.iter().filter(|it| it.kpi.perspective == perspective);
        let own: Fixed = own.map(weight).sum();
        let is_heavy = own.times(WHOLE) > all.times(Fixed::from_whole(MOST_OF_ONE_SIDE));
        let share = WHOLE.share(own, all);
        is_heavy.then_some(Imbalance::TopHeavy { perspective, share })
    })
}

/// `None` of what is no result, and of a result that the dictionary knows no guard of.
fn unguarded(kpi: &Kpi, kpis: &[Weighted], gates: &[&str]) -> Option<Imbalance> {
    let guards = guards_of(kpi);
    let is_on_card =
        |guard: &&str| gates.contains(guard) || kpis.iter().any(|it| it.kpi.id == *guard);
    let lacks = !guards.is_empty() && !guards.iter().any(is_on_card);
    (kpi.lead_or_lag == LeadOrLag::Lag && lacks).then(|| Imbalance::Unguarded {
        kpi: kpi.id.clone(),
        guards: guards.into_iter().map(str::to_owned).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kpi::kpis;

    fn of(card: &[(&str, &str)], gates: &[&str]) -> Vec<Imbalance> {
        let weighted = |(id, weight): &(&str, &str)| Weighted {
            kpi: kpis().iter().find(|kpi| kpi.id == *id).unwrap(),
            weight: Fixed::parse(weight).unwrap(),
        };
        balance(&card.iter().map(weighted).collect::<Vec<_>>(), gates)
    }

    fn owned(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|&id| id.to_owned()).collect()
    }

    fn written(by: &str, reason: &str) -> Override {
        let day = Day::parse("2026-11-30").unwrap();
        Override { by: by.to_owned(), day, reason: reason.to_owned() }
    }

    /// GMV guarded by CM3, 45 % finance, and leading ones for the other half.
    const BALANCED: &[(&str, &str)] = &[
        ("sales.gmv", "20"),
        ("pl.cm3", "25"),
        ("trf.unit_session", "15"),
        ("inv.instock", "25"),
        ("team.action_close", "15"),
    ];

    #[test]
    fn a_balanced_card_has_no_problem() {
        // CM3 asks for sales.net or GMV beside it: GMV is there.
        assert_eq!(of(BALANCED, &[]), []);
        assert!(may_publish(&[], None));
    }

    #[test]
    fn a_card_of_gmv_alone_needs_a_written_override() {
        let found = of(&[("sales.gmv", "100")], &[]);
        assert_eq!(
            found,
            [
                Imbalance::OnlySalesMoney { kpis: owned(&["sales.gmv"]) },
                Imbalance::TopHeavy {
                    perspective: Perspective::Finance,
                    share: Fixed::from_whole(100)
                },
                Imbalance::Unguarded { kpi: "sales.gmv".to_owned(), guards: owned(&["pl.cm3"]) },
            ]
        );
        assert!(!may_publish(&found, None));
        assert!(!may_publish(&found, Some(&written("Li Na", "  "))));
        assert!(!may_publish(&found, Some(&written("", "launch year"))));
        assert!(may_publish(&found, Some(&written("Li Na", "launch year"))));
    }

    #[test]
    fn results_alone_need_one_too_and_gates_do_not_change_that() {
        let card = [("pl.cm3", "50"), ("sales.net", "25"), ("svc.return_rate", "25")];
        let results =
            Imbalance::OnlyResults { kpis: owned(&["pl.cm3", "sales.net", "svc.return_rate"]) };
        assert_eq!(of(&card, &["svc.lsr"]).first(), Some(&results));
        assert_eq!(results.blocking(), Blocking::UntilOverridden);
        // One leading KPI is enough.
        let card = [("pl.cm3", "50"), ("sales.net", "25"), ("inv.instock", "25")];
        assert!(!of(&card, &[]).iter().any(|it| it.blocking() != Blocking::Warns));
    }

    #[test]
    fn a_forecast_of_sales_makes_a_sales_card_no_healthier() {
        let found = of(&[("sales.gmv", "50"), ("sales.eop_forecast", "50")], &[]);
        assert!(matches!(found.first(), Some(Imbalance::OnlySalesMoney { .. })), "{found:?}");
        // Units an order tell ahead, and are no money.
        let found = of(&[("sales.gmv", "50"), ("sales.upo", "50")], &[]);
        assert!(found.iter().all(|it| it.blocking() == Blocking::Warns), "{found:?}");
    }

    #[test]
    fn weights_that_are_off_have_to_be_mended() {
        let with = |weight| {
            let mut card = BALANCED.to_vec();
            card[4].1 = weight;
            of(&card, &[])
        };
        let sum = Fixed::parse("99.9999").unwrap();
        assert_eq!(with("14.9999"), [Imbalance::WeightsOff { sum }]);
        let weight = Fixed::ZERO;
        let kpi = "team.action_close".to_owned();
        let found = with("0");
        assert_eq!(
            found,
            [
                Imbalance::NoWeight { kpi, weight },
                Imbalance::WeightsOff { sum: Fixed::from_whole(85) },
                // 45 of 85 are finance: more than half.
                Imbalance::TopHeavy {
                    perspective: Perspective::Finance,
                    share: Fixed::parse("52.9412").unwrap()
                },
            ]
        );
        assert!(!may_publish(&found, Some(&written("Li Na", "no time"))));
    }

    #[test]
    fn a_kpi_stands_on_a_card_once() {
        let mut card = BALANCED.to_vec();
        card[3] = ("team.action_close", "25");
        let twice = Imbalance::Twice { kpi: "team.action_close".to_owned() };
        assert_eq!(of(&card, &[]), [twice]);
        assert_eq!(of(&[], &["svc.odr"]), [Imbalance::Empty]);
        assert_eq!(Imbalance::Empty.blocking(), Blocking::UntilMended);
    }

    #[test]
    fn half_the_weight_is_not_more_than_half() {
        let card = |finance, process| {
            of(&[("sales.net", finance), ("inv.instock", process)], &["pl.gross_margin"])
        };
        assert_eq!(card("50", "50"), []);
        let share = Fixed::parse("50.0001").unwrap();
        let perspective = Perspective::Finance;
        assert_eq!(card("50.0001", "49.9999"), [Imbalance::TopHeavy { perspective, share }]);
    }

    #[test]
    fn a_result_is_guarded_by_any_of_its_guards_a_gate_too() {
        let card = [("svc.return_rate", "50"), ("inv.instock", "50")];
        let guards = owned(&["sales.units", "svc.rating"]);
        let kpi = "svc.return_rate".to_owned();
        assert_eq!(of(&card, &[]), [Imbalance::Unguarded { kpi, guards }]);
        assert_eq!(of(&card, &["svc.rating"]), []);
        assert_eq!(of(&card, &["sales.units"]), []);
    }
}
