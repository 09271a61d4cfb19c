//! What is chosen in the grid: more of it than is there, maybe.

use std::ops::RangeInclusive;

use leptos::prelude::*;

use super::{keys::Placed, row::Shared};
use crate::{
    domain::{Period, TargetKey, TargetLevel},
    ui::state::Engine,
    worker::protocol::{
        PlanAnswer, PlanChoice, PlanRequest, PlanRow, PlanView, Request, Response, RowsAsked,
        Sealed,
    },
};

/// The chosen rows, whole, and which of their columns are chosen.
pub(super) struct Chosen {
    pub(super) level: TargetLevel,
    /// Its rows are those that are chosen.
    pub(super) view: PlanView,
    pub(super) columns: RangeInclusive<usize>,
}

impl Chosen {
    pub(super) fn keys(&self) -> Vec<TargetKey> {
        self.view.rows.iter().map(|row| row.key.clone()).collect()
    }

    pub(super) fn periods(&self) -> Vec<Period> {
        let columns = self.view.columns.iter().enumerate();
        columns.filter(|(at, _)| self.columns.contains(at)).map(|(_, it)| it.period).collect()
    }

    /// The places of numbers without their numbers: where none is, or it is locked, there is nothing to take away.
    pub(super) fn cleared(&self) -> Vec<Placed> {
        let cell = |row: &PlanRow, at: usize| {
            let cell = row.cells.get(at).filter(|it| it.number.is_some() && !it.is_locked);
            let period = cell.and(self.view.columns.get(at))?.period;
            Some((self.level, row.key.clone(), period, None))
        };
        let rows = self.view.rows.iter();
        rows.flat_map(|row| self.columns.clone().filter_map(move |at| cell(row, at))).collect()
    }
}

/// What is chosen, where all of it is there; `None` where more rows are chosen.
pub(super) fn chosen_here(shared: Shared) -> Option<Chosen> {
    let (rows, columns) = untrack(|| shared.selection.ranges());
    shared.shown.with_untracked(|sight| {
        let sight = sight.as_ref()?;
        let first = usize::try_from(sight.view.first).ok()?;
        let (from, to) = (rows.start().checked_sub(first)?, rows.end().checked_sub(first)?);
        let rows = sight.view.rows.get(from..=to)?.to_vec();
        let view = PlanView { rows, ..sight.view.clone() };
        Some(Chosen { level: sight.asked.level, view, columns })
    })
}

/// All that is chosen: rows that are not there are asked for. `None` before the first answer, or where the engine
/// cannot answer.
pub(super) async fn chosen(engine: Engine, shared: Shared) -> Option<Chosen> {
    if let Some(chosen) = chosen_here(shared) {
        return Some(chosen);
    }
    let (rows, columns) = untrack(|| shared.selection.ranges());
    let plan = shared.shown.with_untracked(|it| it.as_ref().map(|it| it.asked.clone()))?;
    let level = plan.level;
    let n_rows = rows.end() - rows.start() + 1;
    let view = rows_of(engine, plan, shared, (*rows.start(), n_rows)).await?;
    Some(Chosen { level, view, columns })
}

/// So many rows from one on, with what was typed.
pub(super) async fn rows_of(
    engine: Engine,
    plan: PlanChoice,
    shared: Shared,
    (first, count): (usize, usize),
) -> Option<PlanView> {
    let [first, count] = [first, count].map(|it| u32::try_from(it).unwrap_or(u32::MAX));
    let drafts = untrack(|| shared.drafts.blocks());
    let request = PlanRequest::Grid { plan, rows: RowsAsked { first, count }, drafts };
    match engine.ask(Request::Plan(Sealed::of(&request))).await {
        Response::Plan(answer) => match answer.open()? {
            PlanAnswer::Grid(view) => Some(view),
            _ => None,
        },
        _ => None,
    }
}
