//! The last step of a reading: what is wrong with the file as a whole, what must be asked.

use crate::{
    catalog::report::{ColumnKind, Dated},
    domain::{Fixed, Problem, ProblemKind},
    ingest::{
        Question, ReadOptions, ReadOutcome, Reading, Refusal, Sheets, TotalCheck, posted::Posted,
        tally::StatedTotal,
    },
};

/// Share of shifted rows above which the columns are taken as shifted, in percent.
const MAX_SHIFTED_PERCENT: u64 = 1;
/// Share of rows with problems above which the file is refused, in percent.
const MAX_PROBLEM_PERCENT: u64 = 50;

/// How a file was cut into cells.
pub(super) struct Described {
    pub(super) container: &'static str,
    pub(super) encoding: String,
    pub(super) delimiter: String,
    pub(super) preamble_lines: u32,
}

/// Makes the reading of what all rows gave, or the refusal of the file.
pub(super) fn conclude(posted: Posted, text: Described, options: &ReadOptions) -> ReadOutcome {
    if let Some(refusal) = refusal_of_rows(&posted) {
        return Err(refusal);
    }
    let Posted { plan, tally, order, .. } = &posted;
    let (dropped_columns, unknown_columns) = plan.left_out();
    let mut reading = Reading {
        report: plan.recipe.id.clone(),
        container: text.container,
        encoding: text.encoding,
        delimiter: text.delimiter,
        preamble_lines: text.preamble_lines,
        columns: plan.column_views(),
        dropped_columns,
        unknown_columns,
        lacking_columns: plan.lacking(),
        rows: tally.rows,
        n_problems: tally.problems.n,
        n_problem_rows: tally.problems.n_rows,
        problems: tally.problems.first.clone(),
        unknown_kinds: tally.problems.unknown_kinds.clone(),
        raw_rows: tally.raw_rows.clone(),
        understood: posted.preview(),
        sums: posted.sums(),
        period: posted.period(),
        period_is_guessed: plan.period_is_guessed,
        currencies: posted.currencies(),
        shops: posted.shops(),
        zone: plan.zone.name().to_owned(),
        date_order: order.order,
        date_order_proof: order.proof.clone(),
        questions: questions(&posted, options),
        checks: checks(&posted),
        segments: Vec::new(),
        content_hash: 0,
        sheets: Sheets::default(),
        hashed_columns: plan.hashed(),
    };
    reading.segments = posted.into_segments();
    Ok(reading)
}

fn refusal_of_rows(posted: &Posted) -> Option<Refusal> {
    let Posted { plan, tally, .. } = posted;
    if tally.rows == 0 {
        return Some(Refusal::NoRows { report: plan.recipe.id.clone() });
    }
    if let Some(first) = &tally.problems.first_destroyed {
        return Some(Refusal::DestroyedIds {
            line: first.line,
            column: first.column.clone(),
            value: first.value.clone(),
            n_rows: tally.problems.n_destroyed,
        });
    }
    if let Some((line, found)) = tally.problems.first_shifted
        && tally.problems.n_shifted * 100 > tally.rows * MAX_SHIFTED_PERCENT
    {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        return Some(Refusal::ShiftedColumns {
            line,
            expected: number(plan.n_columns),
            found: number(found),
            n_rows: tally.problems.n_shifted,
        });
    }
    let counts = |problem: &&Problem| problem.kind != ProblemKind::UnknownKind;
    let first = tally.problems.first.iter().find(counts)?;
    let problems = tally.problems.n_rows.saturating_sub(tally.problems.n_unknown_kinds);
    (problems * 100 > tally.rows * MAX_PROBLEM_PERCENT).then(|| Refusal::TooManyProblems {
        problems,
        rows: tally.rows,
        first: first.clone(),
    })
}

fn questions(posted: &Posted, options: &ReadOptions) -> Vec<Question> {
    let mut questions = Vec::new();
    if let Some(sample) = &posted.order.open
        && options.date_order.is_none()
    {
        questions.push(Question::DateOrder { sample: sample.clone() });
    }
    if posted.is_undated(Dated::Period) {
        questions.push(Question::Period);
    }
    if posted.is_undated(Dated::Snapshot) {
        questions.push(Question::SnapshotDay);
    }
    let plan = &posted.plan;
    let has_money =
        plan.slots.iter().any(|slot| slot.kind == ColumnKind::Number && is_money(&slot.name));
    let has_column = plan.slots.iter().any(|slot| slot.kind == ColumnKind::Currency);
    if plan.currency.is_none() && !has_column && has_money {
        questions.push(Question::Currency);
    }
    let (rows, of) = (posted.tally.problems.n_rows, posted.tally.rows);
    let max = options.max_left_out_percent;
    if let Some(max_percent) = max.filter(|max| rows * 100 > of * u64::from(*max)) {
        questions.push(Question::LeftOut { rows, of, max_percent });
    }
    questions
}

/// Number columns of recipes that hold money are named so.
fn is_money(slot: &str) -> bool {
    ["price", "cost", "spend", "sales", "amount", "total", "gross", "subtotal"]
        .iter()
        .any(|word| slot.contains(word))
}

/// The file's own total row against the sums of its rows, and rows that do not add up in themselves.
fn checks(posted: &Posted) -> Vec<TotalCheck> {
    let Posted { plan, tally, .. } = posted;
    let check = |slot: usize, label: &str, line: Option<u64>, stated: Fixed, ours: Fixed| {
        let column = plan.slots.get(slot).map(|slot| slot.name.clone()).unwrap_or_default();
        let label = label.to_owned();
        TotalCheck { label, line, column, stated: stated.to_string(), ours: ours.to_string() }
    };
    let sum = |slot: usize| tally.slot_sums.get(slot).copied();
    let total = |(slot, stated): &(usize, Fixed), total: &StatedTotal| {
        let elsewhere = plan.skips.get(total.skip).map_or(&[][..], |skip| &skip.totals);
        let ours = match elsewhere.iter().find(|(place, _)| place == slot) {
            Some((_, expression)) => Some(expression.value(sum)),
            None if elsewhere.is_empty() => sum(*slot),
            None => None,
        };
        Some(check(*slot, &total.label, None, *stated, ours?))
    };
    let totals = tally.totals.first().into_iter();
    let totals = totals.flat_map(|it| it.numbers.iter().filter_map(|number| total(number, it)));
    let untied =
        tally.untied.iter().map(|it| check(it.slot, "", Some(it.line), it.stated, it.parts));
    totals.chain(untied).collect()
}
