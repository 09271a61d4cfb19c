//! The numbers of the grid.

use super::{NumbersOf, Part, Plan, adds_up, adds_up_in_time, is_whole_only};
use crate::{
    catalog::kpi::{Direction, Kpi},
    domain::{Fixed, TargetKey, TargetNumbers},
    worker::{
        protocol::{Member, PlanCell, PlanRow, PlanView, PlannedKpi, RowsAsked},
        views::kpi_choices,
    },
};

pub(super) fn view(plan: &Plan<'_>, asked: RowsAsked) -> PlanView {
    let kpi = |kpi: &Kpi| PlannedKpi {
        id: kpi.id.clone(),
        names: kpi.names.clone(),
        unit: kpi.unit.into(),
        direction: kpi.direction.into(),
        adds_up: adds_up(kpi, plan.choice.by),
        adds_up_in_time: adds_up_in_time(kpi),
        is_whole_only: is_whole_only(kpi, plan.choice.by),
    };
    let (n_drafts, n_begun) = changed(plan);
    PlanView {
        columns: plan.columns.clone(),
        kpis: plan.kpis.iter().map(|entry| kpi(&entry.kpi)).collect(),
        currency: plan.book.currency(),
        rows: plan.rows(asked).filter_map(|(kpi, part)| row(plan, kpi, part)).collect(),
        first: asked.first,
        today: plan.choice.today,
        n_rows: u32::try_from(plan.n_rows()).unwrap_or(u32::MAX),
        n_drafts,
        n_begun,
        choices: if asked.first == 0 { kpi_choices(plan.book.dictionary()) } else { Vec::new() },
    }
}

/// Numbers that differ from what is saved, and those among them that were promised for a period which has begun.
fn changed(plan: &Plan<'_>) -> (u32, u32) {
    let saved = |key: &TargetKey, period| {
        plan.book.fold().targets.cell(key, period).map(|cell| cell.numbers).unwrap_or_default()
    };
    let typed = plan
        .drafts
        .iter()
        .flat_map(|(key, of_key)| of_key.iter().map(move |(period, draft)| (*key, period, draft)));
    typed.fold((0, 0), |(all, promised), (key, period, draft)| {
        let before = saved(key, *period);
        let mut after = before;
        draft.apply(&mut after);
        let is_promised = !before.is_empty() && period.from <= plan.choice.today;
        let is_changed = after != before;
        (all + u32::from(is_changed), promised + u32::from(is_changed && is_promised))
    })
}

fn row(plan: &Plan<'_>, kpi_at: usize, part: Option<&Part>) -> Option<PlanRow> {
    let kpi = &plan.kpis.get(kpi_at)?.kpi;
    let key = plan.key(kpi, part);
    let line = plan.book.fold().targets.line(&key);
    let numbers = plan.numbers_of(&key);
    let of_parts = match part {
        None if adds_up(kpi, plan.choice.by) => plan.sums_of_parts(kpi),
        _ => vec![None; plan.columns.len()],
    };
    let cells = of_parts.into_iter().enumerate();
    let cells: Vec<PlanCell> =
        cells.map(|(at, of_parts)| cell(plan, kpi, (&key, &numbers), (at, of_parts))).collect();
    Some(PlanRow {
        kpi: u32::try_from(kpi_at).ok()?,
        member: part.map_or_else(Member::default, |part| plan.member(part)),
        is_whole: part.is_none(),
        terms: line.map(|line| line.terms.clone()).unwrap_or_default(),
        version: line.map_or(0, |line| line.version),
        cells,
        key,
    })
}

/// One cell; `of_parts`: what parts of the business come to there.
fn cell(
    plan: &Plan<'_>,
    kpi: &Kpi,
    (key, own): (&TargetKey, &NumbersOf<'_>),
    (at, of_parts): (usize, Option<Fixed>),
) -> PlanCell {
    let Some(column) = plan.columns.get(at) else { return PlanCell::default() };
    let period = column.period;
    let numbers = own.at(period);
    let number = numbers.at(plan.choice.level);
    let saved = plan.book.fold().targets.cell(key, period);
    let of_periods = plan.sum(kpi, own, at);
    let sum = of_periods.filter(|_| number.is_none());
    // What is on no part of the business yet comes before what is on no part of the period.
    let left = match (number.or(sum), of_parts) {
        (Some(whole), Some(parts)) => Some(whole.minus(parts)),
        _ => number.zip(of_periods).map(|(whole, parts)| whole.minus(parts)),
    };
    let text = |it: Fixed| it.to_string();
    PlanCell {
        number: number.map(text),
        sum: sum.map(text),
        residual: left.filter(|it| *it != Fixed::ZERO).map(text),
        is_draft: own.is_typed(period),
        is_locked: saved.is_some_and(|cell| cell.is_locked),
        is_out_of_order: is_out_of_order(numbers, kpi.direction),
        n_revisions: saved.map_or(0, |it| u32::try_from(it.revisions.len()).unwrap_or(u32::MAX)),
    }
}

/// Whether a floor is better than what is promised, or that better than what would be outstanding.
fn is_out_of_order(numbers: TargetNumbers, direction: Direction) -> bool {
    let TargetNumbers { floor, commit, stretch } = numbers;
    let is_less_better = direction == Direction::Down;
    let known: Vec<Fixed> = [floor, commit, stretch].into_iter().flatten().collect();
    let wrong = |pair: &[Fixed]| match pair {
        [one, other] => {
            if is_less_better {
                one < other
            } else {
                one > other
            }
        }
        _ => false,
    };
    known.windows(2).any(wrong)
}
