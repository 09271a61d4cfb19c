//! What is to be known of the cell at the cursor.

use std::sync::Arc;

use leptos::prelude::*;

use super::{columns::column_name, page::past_of, row::Shared, scope::scope_name, selection::Spot};
use crate::{
    domain::Currency,
    ui::{
        components::standing_name,
        format::Style,
        hooks::use_worker_query,
        i18n::{I18n, fill, language, name, t, t_string, use_i18n},
    },
    worker::protocol::{
        PastCell, PlanAnswer, PlanCell, PlanRequest, PresumedView, Request, Response, RowsAsked,
        Sealed, UnitView,
    },
};

/// One line below the grid: period, part, number, past, hits.
#[component]
pub(super) fn Detail(
    /// What rows share.
    shared: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let spot = shared.selection.cursor;
    let past = use_worker_query(
        move || {
            let plan = shared.shown.with(|it| it.as_ref().map(|it| it.asked.clone()))?;
            let first = u32::try_from(spot.get().row).ok()?;
            let rows = RowsAsked { first, count: 1 };
            let drafts = shared.drafts.blocks();
            Some(Request::Plan(Sealed::of(&PlanRequest::Past { plan, rows, drafts })))
        },
        past_of,
    )
    .value;
    let presumed = use_presumed(shared);
    let text = move || {
        let spot = spot.get();
        let (row, kpi) = shared.row(spot.row)?;
        let cell = row.cells.get(spot.column)?.clone();
        let (period, currency) = shared.shown.with(|it| {
            let view = &it.as_ref()?.view;
            Some((view.columns.get(spot.column)?.period, view.currency))
        })?;
        let own = past.with(|past| {
            let past = past.as_ref().filter(|it| usize::try_from(it.first) == Ok(spot.row))?;
            past.rows.first()?.get(spot.column).cloned()
        });
        let style = Style { unit: kpi.unit, currency, language: language(i18n) };
        let of =
            [name(i18n, &kpi.names), scope_name(i18n, &row.key.scope), column_name(i18n, period)];
        let mut parts = vec![of.join(" · ")];
        parts.extend(said(i18n, &cell, own.unwrap_or_default(), style));
        let presumed = presumed.get().filter(|it| it.of == spot);
        parts.extend(presumed.and_then(|it| presumes(i18n, it.view.as_ref()?, currency)));
        Some(parts.join("  |  "))
    };
    view! {
        <p class="targets__detail" aria-live="polite" data-part="detail">
            {move || text().unwrap_or_else(|| t_string!(i18n, targets.choose_cell).to_owned())}
        </p>
        <p class="targets__problem" id="plan-problem" role="alert">
            {move || shared.selection.problem.get()}
        </p>
        <p class="visually-hidden">{t!(i18n, targets.keys)}</p>
    }
    .into_any()
}

/// What the cell at the cursor takes.
#[derive(Clone, PartialEq)]
struct Presumed {
    of: Spot,
    view: Option<PresumedView>,
}

fn use_presumed(shared: Shared) -> Signal<Option<Arc<Presumed>>> {
    let spot = shared.selection.cursor;
    let answer = use_worker_query(
        move || {
            let plan = shared.shown.with(|it| it.as_ref().map(|it| it.asked.clone()))?;
            let Spot { row, column } = spot.get();
            let [row, column] = [row, column].map(u32::try_from);
            let (row, column, drafts) = (row.ok()?, column.ok()?, shared.drafts.blocks());
            let request = PlanRequest::Presumed { plan, drafts, row, column };
            Some(Request::Plan(Sealed::of(&request)))
        },
        |request, response| match (request, response) {
            (Request::Plan(request), Response::Plan(answer)) => {
                match (request.open()?, answer.open()?) {
                    (PlanRequest::Presumed { row, column, .. }, PlanAnswer::Presumed(view)) => {
                        let [row, column] = [row, column].map(usize::try_from);
                        Some(Presumed { of: Spot { row: row.ok()?, column: column.ok()? }, view })
                    }
                    _ => None,
                }
            }
            _ => None,
        },
    );
    answer.value
}

/// Units and ads that a target of sales takes; `None` where neither is known.
fn presumes(i18n: I18n, view: &PresumedView, currency: Currency) -> Option<String> {
    let style = |unit| Style { unit, currency, language: language(i18n) };
    let (count, money) = (style(UnitView::Count), style(UnitView::Money));
    let mut parts = Vec::new();
    if let Some(stock) = &view.stock {
        let mut text = fill!(i18n, targets.takes_units, units = count.whole(&stock.units));
        if let (Some(there), Some(days)) = (&stock.there, stock.days) {
            let there = count.whole(there);
            text += &fill!(i18n, targets.stock_lasts, stock = there, days = days);
        }
        parts.push(text);
    }
    if let Some(ads) = &view.ads {
        let takes = fill!(i18n, targets.takes_ads, spend = money.whole(&ads.spend));
        let planned = match &ads.planned {
            None => t_string!(i18n, targets.ads_unplanned).to_owned(),
            Some(planned) if ads.is_short => {
                fill!(i18n, targets.ads_short, planned = money.whole(planned))
            }
            Some(planned) => fill!(i18n, targets.ads_planned, planned = money.whole(planned)),
        };
        parts.push(takes + &planned);
    }
    let rate = fill!(i18n, targets.presumes, days = view.history.n_days());
    (!parts.is_empty()).then(|| rate + &parts.join(t_string!(i18n, targets.presumes_and)))
}

fn said(i18n: I18n, cell: &PlanCell, past: PastCell, style: Style) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(number) = &cell.number {
        said.push(fill!(i18n, targets.is_target, value = style.full(number)));
    } else if let Some(sum) = &cell.sum {
        said.push(fill!(i18n, targets.is_sum, value = style.full(sum)));
    }
    if let Some(left) = &cell.residual {
        said.push(fill!(i18n, targets.is_left, value = style.full(left)));
    }
    if let Some(actual) = &past.actual {
        said.push(fill!(i18n, targets.actual, value = style.full(actual)));
    }
    if let Some(before) = &past.year_before {
        said.push(fill!(i18n, targets.year_before, value = style.full(before)));
    }
    if let Some((met, all)) = past.hits {
        said.push(fill!(i18n, targets.hits, met = met, all = all));
    }
    if let Some(standing) = past.standing {
        said.push(standing_name(i18n, standing).to_owned());
    }
    if cell.is_locked {
        said.push(t_string!(i18n, targets.is_locked).to_owned());
    }
    if cell.is_out_of_order {
        said.push(t_string!(i18n, targets.out_of_order).to_owned());
    }
    said
}
