//! Whether a change of targets makes sense.

use crate::{
    domain::{
        Day, Fixed, Granularity, Period, TargetBlock, TargetChange, TargetKey, TargetKind,
        TargetTerms, WeekStart,
    },
    targets::{PlanSpan, plan_columns},
    worker::{
        protocol::{Failure, TargetProblem},
        session::book::Book,
    },
};

use super::is_whole_only;
use crate::worker::protocol::PlanBy;

/// Longest text of a reason or a name.
const MOST_LETTERS: usize = 500;

/// A change as it goes into the log, when it is a valid one.
pub(in crate::worker::session) fn checked(
    book: &Book,
    change: &TargetChange,
    now_millis: i64,
) -> Result<TargetChange, Failure> {
    let today = Day::from_seconds(now_millis.div_euclid(1000));
    let checked = match change {
        TargetChange::Numbers { blocks, reason } => {
            let reason: String = reason.trim().chars().take(MOST_LETTERS).collect();
            blocks.iter().try_for_each(|block| checked_block(book, block, &reason, today))?;
            TargetChange::Numbers { blocks: blocks.clone(), reason }
        }
        TargetChange::Terms { keys, terms } => {
            keys.iter().try_for_each(|key| known(book, key))?;
            let terms = Box::new(checked_terms(terms)?);
            TargetChange::Terms { keys: keys.clone(), terms }
        }
        TargetChange::Lock { .. } | TargetChange::Remove { .. } => change.clone(),
    };
    Ok(checked)
}

fn problem(problem: TargetProblem) -> Failure {
    Failure::InvalidTarget(problem)
}

/// A KPI that is known, and of a part of which something can be said.
fn known(book: &Book, key: &TargetKey) -> Result<(), Failure> {
    let kpi = key.kpi.clone();
    let Some(entry) = book.dictionary().get(&key.kpi) else {
        return Err(problem(TargetProblem::UnknownKpi { kpi }));
    };
    let scope = &key.scope;
    let is_of_products =
        !(scope.sku.is_empty() && scope.category.is_empty() && scope.owner.is_empty());
    if is_of_products && is_whole_only(&entry.kpi, PlanBy::Sku) {
        return Err(problem(TargetProblem::NotOfParts { kpi }));
    }
    Ok(())
}

fn checked_block(
    book: &Book,
    block: &TargetBlock,
    reason: &str,
    today: Day,
) -> Result<(), Failure> {
    if block.numbers.len() != block.keys.len() * block.periods.len() {
        return Err(problem(TargetProblem::WrongShape));
    }
    block.keys.iter().try_for_each(|key| known(book, key))?;
    let week = book.contracts().week();
    if let Some(period) = block.periods.iter().find(|it| !is_of_calendar(**it, week)) {
        return Err(problem(TargetProblem::NotInCalendar { period: *period }));
    }
    if !reason.is_empty() {
        return Ok(());
    }
    let breaks_promise = |(key, period, number): (&TargetKey, Period, Option<Fixed>)| {
        let before = book.fold().targets.cell(key, period)?.numbers;
        let is_broken = !before.is_empty() && before.at(block.level) != number;
        is_broken.then_some(period).filter(|it| it.from <= today)
    };
    match block.cells().find_map(breaks_promise) {
        Some(period) => Err(problem(TargetProblem::ReasonMissing { period })),
        None => Ok(()),
    }
}

/// Whether a plan has a column of just these days.
fn is_of_calendar(period: Period, week: WeekStart) -> bool {
    let spans = [PlanSpan::Months, PlanSpan::Weeks, PlanSpan::Days];
    let has = |span| plan_columns(period.from, span, week).iter().any(|it| it.period == period);
    // Weeks begin on another day under another contract, and stay what they were.
    let other = match week {
        WeekStart::Monday => WeekStart::Sunday,
        WeekStart::Sunday => WeekStart::Monday,
    };
    let month = Granularity::Month.bucket(period.from, week);
    spans.into_iter().any(has) || month.buckets(Granularity::Week, other).contains(&period)
}

fn checked_terms(terms: &TargetTerms) -> Result<TargetTerms, Failure> {
    if terms.tolerance < Fixed::ZERO || terms.tolerance >= Fixed::from_whole(1) {
        return Err(problem(TargetProblem::Tolerance));
    }
    let ends_before = terms.valid_from.zip(terms.valid_to).is_some_and(|(from, to)| to < from);
    let lacks_day = terms.kind == TargetKind::ReachBy && terms.reach_by.is_none();
    if ends_before || lacks_day {
        return Err(problem(TargetProblem::Dates));
    }
    let text = |text: &String| text.trim().chars().take(MOST_LETTERS).collect();
    Ok(TargetTerms {
        owner: text(&terms.owner),
        reviewer: text(&terms.reviewer),
        reason: text(&terms.reason),
        ..terms.clone()
    })
}
