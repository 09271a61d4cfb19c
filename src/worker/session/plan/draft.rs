//! Numbers that a person may take over: nothing is set by them.

use super::{MOST_YEARS, Plan, adds_up, adds_up_in_time, filters_of, past::before};
use crate::{
    catalog::kpi::{Kpi, RollUp, Unit},
    domain::{Fixed, Period, TargetBlock, TargetKey, TargetLevel, TargetNumbers, sort_few},
    kpis::{Decimal, Entry, quantile},
    targets::{FEWEST_PERIODS, RatioPart, broken_ratio, spread, suggest},
    worker::{
        protocol::{PlanAction, PlanDrafts, SpreadWay},
        session::{book::Basis, card_targets::is_less_better},
        views::PastOf,
    },
};

pub(super) fn drafted(plan: &Plan<'_>, action: &PlanAction) -> PlanDrafts {
    let mut drafts = Drafts::default();
    match action {
        PlanAction::Suggest { keys, periods, uplift } => {
            for key in keys {
                suggested(plan, key, (periods, *uplift), &mut drafts);
            }
        }
        PlanAction::FillRight { keys, periods, is_seasonal } => {
            for key in keys {
                filled(plan, key, (periods, *is_seasonal), &mut drafts);
            }
        }
        PlanAction::SpreadRows { kpi, periods, way } => {
            if let Some(entry) = plan.kpis.iter().find(|it| it.kpi.id == *kpi) {
                let is_own = |period: &&Period| !follows(plan, entry, **period, periods);
                for period in periods.iter().filter(is_own) {
                    spread_rows(plan, entry, (*period, *way), &mut drafts);
                }
            }
        }
        PlanAction::SpreadColumns { keys, way } => {
            for key in keys {
                spread_columns(plan, key, *way, &mut drafts);
            }
        }
    }
    drafts.into()
}

/// What comes of an action.
#[derive(Default)]
pub(super) struct Drafts {
    blocks: Vec<TargetBlock>,
    n_without: u32,
    why: &'static str,
}

impl Drafts {
    pub(super) fn number(
        &mut self,
        level: TargetLevel,
        key: &TargetKey,
        period: Period,
        number: Fixed,
    ) {
        self.blocks.push(TargetBlock::of_one(level, key.clone(), period, Some(number)));
    }

    pub(super) fn without(&mut self, why: &'static str) {
        self.n_without += 1;
        self.why = why;
    }
}

impl From<Drafts> for PlanDrafts {
    fn from(Drafts { blocks, n_without, why }: Drafts) -> Self {
        Self { blocks, n_without, why: why.to_owned() }
    }
}

/// To what a spread number is rounded: cents, whole pieces, else as finely as numbers are kept.
const fn step(kpi: &Kpi) -> Fixed {
    match kpi.unit {
        Unit::Money => Fixed::from_ten_thousandths(100),
        Unit::Count => Fixed::from_whole(1),
        _ => Fixed::from_ten_thousandths(1),
    }
}

/// Rounded to the step, half up.
pub(super) fn stepped(kpi: &Kpi, number: Fixed) -> Fixed {
    let step = step(kpi).ten_thousandths();
    let number = number.ten_thousandths().saturating_add(step / 2);
    Fixed::from_ten_thousandths(number.div_euclid(step).saturating_mul(step))
}

fn with_past<T>(
    plan: &Plan<'_>,
    key: &TargetKey,
    with: impl FnOnce(&PastOf<'_, Basis>, &Kpi) -> T,
) -> Option<T> {
    let filters = filters_of(&key.scope);
    plan.book.with_views(|views| {
        let kpi = &views.dictionary.get(&key.kpi)?.kpi;
        Some(with(&views.past_of(&key.kpi, &filters)?, kpi))
    })
}

fn suggested(
    plan: &Plan<'_>,
    key: &TargetKey,
    (periods, uplift): (&[Period], Fixed),
    drafts: &mut Drafts,
) {
    let level_of =
        |numbers: TargetNumbers| TargetLevel::ALL.map(|level| (level, numbers.at(level)));
    with_past(plan, key, |past, kpi| {
        let values = before(past, plan.choice.today, plan.choice.span);
        let known: Vec<Decimal> = values.iter().flatten().copied().collect();
        // Of nothing, or of losses, more by some per cent is no target.
        if known.len() >= FEWEST_PERIODS && usual(&known) <= Decimal::ZERO {
            return drafts.without("nothing_reached");
        }
        let line = plan.book.fold().targets.line(key);
        let kind = line.map(|line| line.terms.kind).unwrap_or_default();
        // A usual month says nothing of a whole quarter, but of a rate: a sum is the sum of its months, and a margin
        // that is worked out anew for each period grows with its length, too.
        let is_rate = matches!(kpi.roll_up, RollUp::RatioOfSums);
        let is_told = |period: &Period| is_rate || !plan.has_parts(*period);
        for period in periods.iter().filter(|period| is_told(period)) {
            if plan.is_locked(key, *period) {
                drafts.without("all_locked");
                continue;
            }
            let season = season(past, kpi, &known, *period);
            let most = kpi.is_of_whole.then_some(Decimal::ONE);
            match suggest(&known, season, uplift, (is_less_better(kpi, kind), most)) {
                Some(suggestion) => {
                    for (level, number) in level_of(suggestion.numbers) {
                        if let Some(number) = number {
                            drafts.number(level, key, *period, stepped(kpi, number));
                        }
                    }
                }
                None => drafts.without("too_little_history"),
            }
        }
    });
}

/// The middle one of some values; 0 of none.
fn usual(known: &[Decimal]) -> Decimal {
    let mut sorted = known.to_vec();
    sort_few(&mut sorted);
    quantile(&sorted, 2, 4)
}

/// How a period stood a year before to a usual one: 1 where that is not known, and of rates.
fn season(past: &PastOf<'_, Basis>, kpi: &Kpi, known: &[Decimal], period: Period) -> Decimal {
    let usual = usual(known);
    let year_before = if adds_up_in_time(kpi) { past.year_before(period) } else { None };
    match year_before {
        Some(value) if usual > Decimal::ZERO && value > Decimal::ZERO => {
            Decimal::ONE.times(value.hundred_millionths(), usual.hundred_millionths())
        }
        _ => Decimal::ONE,
    }
}

fn filled(
    plan: &Plan<'_>,
    key: &TargetKey,
    (periods, is_seasonal): (&[Period], bool),
    drafts: &mut Drafts,
) {
    let Some((first, others)) = periods.split_first() else { return };
    let Some(number) = plan.number(key, *first) else { return drafts.without("no_number") };
    with_past(plan, key, |past, kpi| {
        let is_seasonal = is_seasonal && adds_up_in_time(kpi);
        // Both of one year, the newest that tells.
        let seasoned = |period: Period, n_years: u32| {
            let base = past.years_before(*first, n_years).filter(|it| *it > Decimal::ZERO)?;
            let season = past.years_before(period, n_years)?;
            let ratio = Decimal::ONE.times(season.hundred_millionths(), base.hundred_millionths());
            Some(ratio.of(number))
        };
        for period in others.iter().filter(|period| !plan.is_locked(key, **period)) {
            let filled = if is_seasonal {
                (1..=MOST_YEARS).find_map(|n_years| seasoned(*period, n_years))
            } else {
                Some(number)
            };
            match filled {
                Some(filled) => {
                    drafts.number(plan.choice.level, key, *period, stepped(kpi, filled));
                }
                None => drafts.without("no_past"),
            }
        }
    });
}

/// Whether what a period has follows from periods of it that are spread, too.
fn follows(plan: &Plan<'_>, entry: &Entry, period: Period, spread: &[Period]) -> bool {
    let kpi = &entry.kpi;
    let whole_key = plan.key(kpi, None);
    let numbers = plan.numbers_of(&whole_key);
    let place = |period: Period| plan.columns.iter().position(|it| it.period == period);
    let is_spread = |part: Period| {
        let number = place(part).and_then(|at| plan.number_or_sum(kpi, &numbers, at));
        spread.contains(&part) && number.is_some()
    };
    let adds_up = adds_up_in_time(kpi) && adds_up(kpi, plan.choice.by);
    adds_up && place(period).is_some_and(|at| plan.periods_of(at).any(is_spread))
}

/// What the whole leaves over goes to its parts; a rate is broken down instead.
fn spread_rows(
    plan: &Plan<'_>,
    entry: &Entry,
    (period, way): (Period, SpreadWay),
    drafts: &mut Drafts,
) {
    let kpi = &entry.kpi;
    let whole_key = plan.key(kpi, None);
    let column = plan.columns.iter().position(|it| it.period == period);
    let whole = column.and_then(|at| plan.number_or_sum(kpi, &plan.numbers_of(&whole_key), at));
    let Some((column, whole)) = column.zip(whole) else { return drafts.without("no_number") };
    let keys: Vec<TargetKey> = plan.parts.iter().map(|part| plan.key(kpi, Some(part))).collect();
    if !adds_up(kpi, plan.choice.by) {
        return broken_down(plan, kpi, (&keys, period, whole), drafts);
    }
    let open: Vec<&TargetKey> = keys.iter().filter(|key| !plan.is_locked(key, period)).collect();
    if open.is_empty() {
        return drafts.without("all_locked");
    }
    let taken = plan.sums_of_parts(kpi).get(column).copied().flatten().unwrap_or_default();
    let weights = weights(plan, &open, period, way);
    let parts = spread(whole.minus(taken), &weights, step(kpi));
    for (key, part) in open.into_iter().zip(parts) {
        let before = plan.number(key, period);
        // A part that gets nothing and has nothing has no target: 0 would be one.
        if before.is_some() || part != Fixed::ZERO {
            drafts.number(plan.choice.level, key, period, before.unwrap_or_default().plus(part));
        }
    }
}

/// How much each part of the business had in the newest year in which any had something. Parts that never had
/// anything get nothing: no ad account sells.
fn weights(plan: &Plan<'_>, keys: &[&TargetKey], period: Period, way: SpreadWay) -> Vec<Fixed> {
    let is_known =
        |key: &&TargetKey| with_past(plan, key, |past, _| past.is_known()).unwrap_or(false);
    let alike = || keys.iter().map(|key| Fixed::from_whole(is_known(key).into())).collect();
    if way == SpreadWay::Equally {
        return alike();
    }
    // The years before, and what there is of the period itself.
    let years = |key: &&TargetKey| {
        with_past(plan, key, |past, _| {
            let of_year = |n_years| past.years_before(period, n_years);
            let own = past.reached(period).map(|it| it.value);
            (1..=MOST_YEARS).map(of_year).chain([own]).map(weight).collect::<Vec<_>>()
        })
    };
    let years: Vec<Vec<Fixed>> = keys.iter().map(|key| years(key).unwrap_or_default()).collect();
    let of_year =
        |nth: usize| years.iter().map(move |of_key| of_key.get(nth).copied().unwrap_or_default());
    let n_told = years.first().map_or(0, Vec::len);
    let mut told = (0..n_told).map(of_year).filter(|year| year.clone().any(|it| it > Fixed::ZERO));
    told.next().map_or_else(alike, Iterator::collect)
}

/// What was reached as a weight: of no past, and of a loss, 0.
fn weight(reached: Option<Decimal>) -> Fixed {
    reached.unwrap_or_default().of(Fixed::from_whole(1)).max(Fixed::ZERO)
}

/// How much each of some periods had of the newest year in which all of them are known. Where there is none,
/// each has what is known of it last, and of what was never known a usual day's share.
fn seasons(past: &PastOf<'_, Basis>, periods: &[Period]) -> Vec<Fixed> {
    let of_year = |n_years: u32| {
        let known = periods.iter().map(|period| past.years_before(*period, n_years));
        known.map(|it| it.map(|it| weight(Some(it)))).collect::<Option<Vec<Fixed>>>()
    };
    if let Some(year) = (1..=MOST_YEARS).find_map(of_year) {
        return year;
    }
    let last = |period: &Period| {
        let before = (1..=MOST_YEARS).find_map(|n_years| past.years_before(*period, n_years));
        before.or_else(|| past.settled(*period).map(|it| it.value)).map(|it| weight(Some(it)))
    };
    let known: Vec<Option<Fixed>> = periods.iter().map(last).collect();
    let told = periods.iter().zip(&known).filter_map(|(period, it)| Some((days(*period), (*it)?)));
    let (n_days, sum) = told.fold((Fixed::ZERO, Fixed::ZERO), |(n_days, sum), (days, it)| {
        (n_days.plus(days), sum.plus(it))
    });
    if sum == Fixed::ZERO {
        return periods.iter().copied().map(days).collect();
    }
    let usual = |period: Period| sum.share(days(period), n_days);
    periods.iter().zip(known).map(|(period, it)| it.unwrap_or_else(|| usual(*period))).collect()
}

fn days(period: Period) -> Fixed {
    Fixed::from_whole(period.n_days().into())
}

/// Parts of a rate keep their usual distance to each other, weighed by what is below the line.
fn broken_down(
    plan: &Plan<'_>,
    kpi: &Kpi,
    (keys, period, whole): (&[TargetKey], Period, Fixed),
    drafts: &mut Drafts,
) {
    let a_year_ago = |key: &TargetKey| {
        with_past(plan, key, |past, _| past.reached(period.year_before())).flatten()
    };
    let known: Vec<_> = keys.iter().filter_map(|key| Some((key, a_year_ago(key)?))).collect();
    let ratio_parts: Vec<RatioPart> = known
        .iter()
        .map(|(_, it)| RatioPart {
            denominator: it.n.of(Fixed::from_whole(1)),
            usual: Some(it.value),
        })
        .collect();
    let Some(ratios) = broken_ratio(whole.into(), &ratio_parts) else {
        return drafts.without("no_past");
    };
    for ((key, _), ratio) in known.iter().zip(ratios) {
        if !plan.is_locked(key, period) {
            let number = ratio.of(Fixed::from_whole(1));
            drafts.number(plan.choice.level, key, period, stepped(kpi, number));
        }
    }
    for _ in known.len()..keys.len() {
        drafts.without("no_past");
    }
}

/// What a year, quarter or month with a number leaves over goes to its periods.
fn spread_columns(plan: &Plan<'_>, key: &TargetKey, way: SpreadWay, drafts: &mut Drafts) {
    let entry = plan.book.dictionary().get(&key.kpi);
    let Some(entry) = entry.filter(|entry| adds_up_in_time(&entry.kpi)) else {
        return drafts.without("no_number");
    };
    let kpi = &entry.kpi;
    // Wholes come before their parts: what a quarter is given goes on to its months.
    let mut given: Vec<(Period, Fixed)> = Vec::new();
    let number = |given: &[(Period, Fixed)], period: Period| {
        let new = given.iter().rev().find(|(it, _)| *it == period).map(|(_, number)| *number);
        new.or_else(|| plan.number(key, period))
    };
    for (at, column) in plan.columns.iter().enumerate().filter(|(_, it)| it.has_parts) {
        let Some(whole) = number(&given, column.period) else { continue };
        let periods: Vec<Period> = plan.periods_of(at).collect();
        let open: Vec<Period> =
            periods.iter().copied().filter(|it| !plan.is_locked(key, *it)).collect();
        let taken: Fixed = periods.iter().filter_map(|it| number(&given, *it)).sum();
        let weights = match way {
            SpreadWay::Equally => open.iter().copied().map(days).collect(),
            SpreadWay::LastYear => {
                with_past(plan, key, |past, _| seasons(past, &open)).unwrap_or_default()
            }
        };
        let parts = spread(whole.minus(taken), &weights, step(kpi));
        for (period, part) in open.into_iter().zip(parts) {
            let before = number(&given, period).unwrap_or_default();
            given.push((period, before.plus(part)));
        }
    }
    if given.is_empty() {
        return drafts.without("no_number");
    }
    for (period, number) in given {
        drafts.number(plan.choice.level, key, period, number);
    }
}
