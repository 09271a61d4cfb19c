//! What was reached where the plan has its rows.

use super::{Part, Plan, adds_up_in_time, filters_of};
use crate::{
    catalog::kpi::Kpi,
    domain::{Day, Granularity, Period, TargetKey, WeekStart},
    kpis::Decimal,
    targets::{MOST_PERIODS, PlanSpan, hits, standing},
    worker::{
        protocol::{PastCell, PlanPast, RowsAsked},
        session::{book::Basis, card_targets::is_less_better},
        views::PastOf,
    },
};

pub(super) fn view(plan: &Plan<'_>, asked: RowsAsked) -> PlanPast {
    let rows = plan.rows(asked).map(|(kpi, part)| row(plan, kpi, part).unwrap_or_default());
    PlanPast { first: asked.first, rows: rows.collect() }
}

fn row(plan: &Plan<'_>, kpi_at: usize, part: Option<&Part>) -> Option<Vec<PastCell>> {
    let kpi = &plan.kpis.get(kpi_at)?.kpi;
    let key = plan.key(kpi, part);
    let filters = filters_of(&key.scope);
    plan.book.with_views(|views| {
        let past = views.past_of(&kpi.id, &filters)?;
        let before = before(&past, plan.choice.today, plan.choice.span);
        let cells = plan.columns.iter().map(|column| {
            let is_part = !column.has_parts;
            cell(plan, kpi, &key, (&past, column.period, if is_part { &before } else { &[] }))
        });
        Some(cells.collect())
    })
}

fn cell(
    plan: &Plan<'_>,
    kpi: &Kpi,
    key: &TargetKey,
    (past, period, before): (&PastOf<'_, Basis>, Period, &[Option<Decimal>]),
) -> PastCell {
    let has_begun = period.from <= plan.choice.today;
    let actual = if has_begun { past.reached(period).map(|it| it.value) } else { None };
    let settled = if has_begun { past.settled(period).map(|it| it.value) } else { None };
    let year_before = if adds_up_in_time(kpi) {
        past.year_before(period)
    } else {
        past.settled(period.year_before()).map(|it| it.value)
    };
    let line = plan.book.fold().targets.line(key);
    let terms = line.map(|line| line.terms.clone()).unwrap_or_default();
    let target = (terms.kind, plan.numbers_of(key).at(period));
    let is_less_better = is_less_better(kpi, terms.kind);
    let stands = settled.filter(|_| terms.hold(period));
    let stands = stands.and_then(|it| standing(it, target, terms.tolerance, is_less_better));
    let hits = Some(hits(before, target, is_less_better)).filter(|(_, all)| *all > 0);
    PastCell {
        actual: actual.map(|it| it.to_string()),
        is_over: settled.is_some(),
        year_before: year_before.map(|it| it.to_string()),
        standing: stands,
        hits,
    }
}

/// The newest settled values of whole periods of a span before a day, oldest first.
pub(super) fn before(past: &PastOf<'_, Basis>, today: Day, span: PlanSpan) -> Vec<Option<Decimal>> {
    let granularity = match span {
        PlanSpan::Months | PlanSpan::TwoYears => Granularity::Month,
        PlanSpan::Weeks => Granularity::Week,
        PlanSpan::Days => Granularity::Day,
    };
    let mut values = Vec::new();
    let mut day = today;
    // Newer ones may not have settled, and older ones may not be known.
    for _ in 0..MOST_PERIODS * 2 {
        let bucket = granularity.bucket(day, WeekStart::Monday);
        day = bucket.from.plus(-1);
        let is_over = bucket.to < today;
        let value = if is_over { past.settled(bucket).map(|it| it.value) } else { None };
        if value.is_some() || !values.is_empty() {
            values.push(value);
        }
        if values.len() == MOST_PERIODS {
            break;
        }
    }
    values.reverse();
    values
}
