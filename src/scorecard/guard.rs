//! Guard pairs: a KPI that improves at the cost of another one earns nothing beyond its commitment.

use super::score::{Better, COMMIT_POINTS};
use crate::{catalog::kpi::Kpi, domain::Fixed, kpis::Decimal};

/// The guard pairs of the KPI dictionary, section 3; either one guards the other. The catalogue names one
/// guard a KPI, and mostly another one. CM3 % is no KPI of its own: `pl.cm3` stands for it. Conversion
/// stands there once and is two KPIs here, that of a marketplace and that of a store.
pub const STARTER_PAIRS: &[(&str, &str)] = &[
    ("sales.gmv", "pl.cm3"),
    ("ads.acos", "sales.organic_share"),
    ("inv.turnover", "inv.instock"),
    ("sales.aov", "trf.unit_session"),
    ("sales.aov", "trf.store_cvr"),
    ("team.tickets_head", "svc.nrr"),
    ("svc.return_rate", "svc.rating"),
    ("sales.discount_rate", "sales.asp"),
];

/// The KPIs that guard one: first the one that its entry names, then its partners in the starter pairs.
/// Empty when nothing does.
pub fn guards_of(kpi: &Kpi) -> Vec<&str> {
    let mut guards: Vec<&str> = kpi.guard.as_deref().into_iter().collect();
    for (one, other) in STARTER_PAIRS {
        let partner = match kpi.id.as_str() {
            id if id == *one => other,
            id if id == *other => one,
            _ => continue,
        };
        if !guards.contains(partner) {
            guards.push(partner);
        }
    }
    guards
}

/// A value of the period before and that of the scored period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    pub before: Decimal,
    pub after: Decimal,
}

/// Between what a guard has to stay, the limits themselves included; `None`: open on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub lower: Option<Decimal>,
    pub upper: Option<Decimal>,
}

impl Limits {
    /// How far a value is outside: below 0 under the lower limit, above 0 over the upper one; 0 within.
    fn outside(&self, value: Decimal) -> Decimal {
        let below = self.lower.filter(|lower| value < *lower);
        let beyond = below.or_else(|| self.upper.filter(|upper| value > *upper));
        beyond.map_or(Decimal::ZERO, |limit| value.plus(limit.negated()))
    }
}

/// A KPI and its guard over the same two periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardCheck {
    pub kpi: String,
    pub better: Better,
    /// `None` where one of the two periods has no value: nothing is said of a pair that is not known whole.
    pub moved: Option<Move>,
    pub guard: String,
    pub guard_moved: Option<Move>,
    pub limits: Limits,
}

/// What the guard did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreachKind {
    /// It was within its limits, or beyond the other one, in the period before.
    Left,
    /// It was outside already, and has not come nearer: else a guard once broken would guard no more.
    StayedOutside,
}

/// Why a score is capped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardCap {
    pub kpi: String,
    pub moved: Move,
    pub guard: String,
    pub guard_moved: Move,
    pub kind: BreachKind,
    /// The limit that the guard is beyond.
    pub limit: Decimal,
    /// The points that the cap takes off; 0 of a score that is not above it.
    pub points_off: Fixed,
}

/// The points of a KPI after its guards had their say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardedScore {
    pub points: Fixed,
    /// Every guard that left its limits, in the order of the checks; empty: nothing is capped.
    pub caps: Vec<GuardCap>,
}

/// Caps the points of a KPI at 100 when it improved while one of its guards left its limits. A breach is
/// told even when the points are no more than that.
pub fn guarded(points: Fixed, checks: &[GuardCheck]) -> GuardedScore {
    let capped = points.min(COMMIT_POINTS);
    let caps: Vec<GuardCap> =
        checks.iter().filter_map(|check| breach(check, points.minus(capped))).collect();
    GuardedScore { points: if caps.is_empty() { points } else { capped }, caps }
}

fn breach(check: &GuardCheck, points_off: Fixed) -> Option<GuardCap> {
    let (moved, guard_moved) = (check.moved?, check.guard_moved?);
    let before = check.limits.outside(guard_moved.before);
    let after = check.limits.outside(guard_moved.after);
    if after == Decimal::ZERO || !check.better.is_better(moved.before, moved.after) {
        return None;
    }
    let is_below = after < Decimal::ZERO;
    let was_on_this_side = before != Decimal::ZERO && (before < Decimal::ZERO) == is_below;
    if was_on_this_side && after.absolute() < before.absolute() {
        return None;
    }
    Some(GuardCap {
        kpi: check.kpi.clone(),
        moved,
        guard: check.guard.clone(),
        guard_moved,
        kind: if was_on_this_side { BreachKind::StayedOutside } else { BreachKind::Left },
        limit: if is_below { check.limits.lower? } else { check.limits.upper? },
        points_off,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kpi::kpis;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    fn moved(before: &str, after: &str) -> Option<Move> {
        Some(Move { before: Decimal::parse(before)?, after: Decimal::parse(after)? })
    }

    /// GMV, of which more is better, guarded by a margin from 10 % to 40 %.
    fn check_of(gmv: (&str, &str), margin: (&str, &str)) -> GuardCheck {
        GuardCheck {
            kpi: "sales.gmv".to_owned(),
            better: Better::Higher,
            moved: moved(gmv.0, gmv.1),
            guard: "pl.cm3".to_owned(),
            guard_moved: moved(margin.0, margin.1),
            limits: Limits { lower: Some(decimal("0.1")), upper: Some(decimal("0.4")) },
        }
    }

    /// What the guard did, and the limit that it is beyond.
    fn found(gmv: (&str, &str), margin: (&str, &str)) -> Option<(BreachKind, String)> {
        let caps = guarded(Fixed::from_whole(115), &[check_of(gmv, margin)]).caps;
        caps.first().map(|cap| (cap.kind, cap.limit.to_string()))
    }

    #[test]
    fn a_kpi_that_rose_while_its_guard_fell_earns_no_more_than_its_commitment() {
        let check = check_of(("1000", "1400"), ("0.12", "0.09"));
        let result = guarded(Fixed::from_whole(115), std::slice::from_ref(&check));
        assert_eq!(result.points, Fixed::from_whole(100));
        let cap = &result.caps[0];
        assert_eq!((cap.kpi.as_str(), cap.guard.as_str()), ("sales.gmv", "pl.cm3"));
        assert_eq!((cap.kind, cap.limit), (BreachKind::Left, decimal("0.1")));
        assert_eq!(cap.points_off, Fixed::from_whole(15));
        // Told, though there is nothing to take off.
        let low = guarded(Fixed::from_whole(70), &[check]);
        assert_eq!((low.points, low.caps[0].points_off), (Fixed::from_whole(70), Fixed::ZERO));
    }

    #[test]
    fn on_its_limit_a_guard_is_within() {
        assert_eq!(found(("1000", "1400"), ("0.12", "0.1")), None);
        assert_eq!(found(("1000", "1400"), ("0.12", "0.4")), None);
        let over = found(("1000", "1400"), ("0.12", "0.40000001"));
        assert_eq!(over, Some((BreachKind::Left, "0.4".to_owned())));
    }

    #[test]
    fn a_kpi_that_did_not_improve_is_not_capped() {
        assert_eq!(found(("1000", "1000"), ("0.12", "0.05")), None);
        assert_eq!(found(("1000", "900"), ("0.12", "0.05")), None);
    }

    #[test]
    fn a_guard_that_stays_outside_still_guards_until_it_comes_nearer() {
        let lower = || "0.1".to_owned();
        let stayed = Some((BreachKind::StayedOutside, lower()));
        assert_eq!(found(("1000", "1400"), ("0.05", "0.05")), stayed);
        assert_eq!(found(("1000", "1400"), ("0.05", "0.04")), stayed);
        assert_eq!(found(("1000", "1400"), ("0.05", "0.06")), None);
        // From above one limit to below the other it has left its limits anew.
        assert_eq!(found(("1000", "1400"), ("0.9", "0.09")), Some((BreachKind::Left, lower())));
    }

    #[test]
    fn of_a_pair_that_is_not_known_whole_nothing_is_said() {
        assert_eq!(found(("", "1400"), ("0.12", "0.05")), None);
        assert_eq!(found(("1000", "1400"), ("", "0.05")), None);
        let open = Limits { lower: None, upper: None };
        let check = GuardCheck { limits: open, ..check_of(("1000", "1400"), ("0.12", "-5")) };
        assert!(guarded(Fixed::from_whole(115), &[check]).caps.is_empty());
    }

    #[test]
    fn where_lower_is_better_a_fall_is_what_improved() {
        let acos = |before, after| GuardCheck {
            better: Better::Lower,
            ..check_of((before, after), ("0.12", "0.05"))
        };
        let is_capped = |check| !guarded(Fixed::from_whole(110), &[check]).caps.is_empty();
        assert!(is_capped(acos("0.3", "0.2")));
        assert!(!is_capped(acos("0.2", "0.3")));
    }

    #[test]
    fn one_of_several_guards_is_enough() {
        let kept = check_of(("1000", "1400"), ("0.12", "0.15"));
        let left = check_of(("1000", "1400"), ("0.12", "0.05"));
        let result = guarded(Fixed::from_whole(120), &[kept, left.clone(), left]);
        assert_eq!((result.points, result.caps.len()), (Fixed::from_whole(100), 2));
    }

    #[test]
    fn guards_are_those_of_the_entry_and_of_the_starter_pairs() {
        let of = |id: &str| guards_of(kpis().iter().find(|kpi| kpi.id == id).unwrap());
        assert_eq!(of("sales.gmv"), ["pl.cm3"]);
        assert_eq!(of("ads.acos"), ["ads.tacos", "sales.organic_share"]);
        assert_eq!(of("sales.aov"), ["sales.orders", "trf.unit_session", "trf.store_cvr"]);
        assert_eq!(of("svc.rating"), ["svc.return_rate"]);
        assert!(of("fin.ccc").is_empty());
    }

    #[test]
    fn every_starter_pair_is_of_two_kpis() {
        for id in STARTER_PAIRS.iter().flat_map(|(one, other)| [one, other]) {
            assert!(kpis().iter().any(|kpi| kpi.id == *id), "{id}");
        }
    }
}
