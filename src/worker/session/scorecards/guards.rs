//! Between what the guards of a KPI have to stay.

use super::lines::CardPast;
use crate::{
    catalog::kpi::{Direction, Kpi, Unit},
    domain::{Comparator, Fixed, Limit, Period, TargetKey, TargetKind},
    kpis::Decimal,
    scorecard::{Better, GuardCheck, Limits, Move, guards_of},
    targets::natural_limits,
};

/// Cycles before that tell what is usual.
const MOST_CYCLES: usize = 12;

/// Where the limits of a guard are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum LimitSource {
    /// A line that people drew.
    Limit,
    /// The worst number of its target.
    Target,
    /// Its usual ups and downs.
    #[default]
    History,
}

impl LimitSource {
    /// The stable name used by the page.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Target => "target",
            Self::History => "history",
        }
    }
}

/// The guards of a KPI of which limits are known, and where these are from.
pub(super) fn checks(
    past: &CardPast<'_>,
    kpi: &Kpi,
    period: Period,
) -> Vec<(GuardCheck, LimitSource)> {
    let Some(better) = Better::of(kpi.direction) else { return Vec::new() };
    let moved = |id: &str| {
        let before = past.settled(id, past.before(period))?;
        Some(Move { before, after: past.settled(id, period)? })
    };
    let check = |guard: &str| {
        let entry = past.book.dictionary().get(guard)?;
        let (limits, source) = limits(past, &entry.kpi, period)?;
        let check = GuardCheck {
            kpi: kpi.id.clone(),
            better,
            moved: moved(&kpi.id),
            guard: guard.to_owned(),
            guard_moved: moved(guard),
            limits,
        };
        Some((check, source))
    };
    guards_of(kpi).into_iter().filter_map(check).collect()
}

/// A line of one's own comes first, then the target, then what is usual; only the worse side counts.
fn limits(past: &CardPast<'_>, guard: &Kpi, period: Period) -> Option<(Limits, LimitSource)> {
    own_limits(past, guard, period)
        .map(|it| (it, LimitSource::Limit))
        .or_else(|| Some((of_target(past, guard, period)?, LimitSource::Target)))
        .or_else(|| Some((usual(past, guard, period)?, LimitSource::History)))
}

fn own_limits(past: &CardPast<'_>, guard: &Kpi, period: Period) -> Option<Limits> {
    let is_ours = |limit: &&Limit| {
        limit.kpi == guard.id
            && limit.channel == past.card.scope.channel
            && limit.is_in_force(period.to)
            && (guard.unit != Unit::Money || limit.currency == past.book.currency())
    };
    let mut found = Limits { lower: None, upper: None };
    for limit in past.book.fold().limits.values().filter(is_ours) {
        let value = Some(limit.value.into());
        match limit.comparator {
            Comparator::Above | Comparator::AtLeast => found.lower = value,
            Comparator::Below | Comparator::AtMost => found.upper = value,
        }
    }
    (found.lower.is_some() || found.upper.is_some()).then_some(found)
}

fn of_target(past: &CardPast<'_>, guard: &Kpi, period: Period) -> Option<Limits> {
    let key = TargetKey { kpi: guard.id.clone(), scope: past.card.scope.clone() };
    let line = past.book.fold().targets.line(&key).filter(|line| line.terms.hold(period))?;
    let numbers = line.over(period, guard.adds_up_in_time())?;
    let decimal = |number: Option<Fixed>| number.map(Decimal::from);
    match line.terms.kind {
        TargetKind::Band => {
            Some(Limits { lower: decimal(numbers.floor), upper: decimal(numbers.stretch) })
        }
        TargetKind::Floor => Some(Limits { lower: decimal(numbers.commit), upper: None }),
        TargetKind::Ceiling => Some(Limits { lower: None, upper: decimal(numbers.commit) }),
        _ => on_worse_side(guard, decimal(Some(numbers.floor?)), decimal(numbers.floor)),
    }
}

fn usual(past: &CardPast<'_>, guard: &Kpi, period: Period) -> Option<Limits> {
    let mut values = Vec::new();
    let mut cycle = past.before(period);
    for _ in 0..MOST_CYCLES {
        values.extend(past.settled(&guard.id, cycle));
        cycle = past.before(cycle);
    }
    values.reverse();
    let (lower, upper) = natural_limits(&values)?;
    on_worse_side(guard, Some(lower), Some(upper))
}

/// Of what should be high the lower limit, of what should be small the upper one, else both.
const fn on_worse_side(
    guard: &Kpi,
    lower: Option<Decimal>,
    upper: Option<Decimal>,
) -> Option<Limits> {
    match guard.direction {
        Direction::Up => Some(Limits { lower, upper: None }),
        Direction::Down => Some(Limits { lower: None, upper }),
        Direction::Band => Some(Limits { lower, upper }),
        Direction::None => None,
    }
}
