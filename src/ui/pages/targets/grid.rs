//! The grid: rows near to what is seen, all columns.

use std::time::Duration;

use leptos::{ev::MouseEvent, leptos_dom::helpers::debounce, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    columns::column_name,
    keys::{copy, on_key, paste},
    row::{GridRow, Shared},
    selection::Spot,
};
use crate::ui::{
    i18n::{t, use_i18n},
    state::use_engine,
};
use crate::worker::protocol::PlanColumn;

/// Height of a row in pixels, as the sheet of style has it.
const ROW_HEIGHT: i32 = 40;
/// Rows that are there, and of them those above what is seen.
pub(super) const N_ROWS: usize = 48;
const N_ABOVE: usize = 12;
/// The first row changes in such steps: few rows are made at once, so that no frame is late.
const STEP: usize = 2;
/// Who has not scrolled for so long rests.
const REST: Duration = Duration::from_millis(120);

/// The grid of numbers.
#[component]
pub(super) fn Grid(
    /// What rows share.
    shared: Shared,
    /// The first row that is there.
    first: RwSignal<usize>,
    /// The same once nobody scrolls.
    rested: RwSignal<usize>,
) -> impl IntoView {
    let (i18n, engine) = (use_i18n(), use_engine());
    let columns = Memo::new(move |_| {
        shared.shown.with(|it| it.as_ref().map(|it| it.view.columns.clone())).unwrap_or_default()
    });
    let n_rows = Memo::new(move |_| {
        let n_rows = shared.shown.with(|it| it.as_ref().map_or(0, |it| it.view.n_rows));
        usize::try_from(n_rows).unwrap_or(0)
    });
    // The rows of the newest answer: those asked for may not be there yet.
    let loaded = Memo::new(move |_| {
        shared.shown.with(|it| {
            it.as_ref().map_or((0, 0), |it| {
                (usize::try_from(it.view.first).unwrap_or(0), it.view.rows.len())
            })
        })
    });
    let rows = move || {
        let (from, count) = loaded.get();
        let n_columns = columns.with(Vec::len);
        (from..from + count).map(|at| (at, n_columns)).collect::<Vec<_>>()
    };
    let height = |rows: usize| format!("{}px", rows * usize::try_from(ROW_HEIGHT).unwrap_or(0));
    let above = move || height(loaded.get().0);
    let below = move || {
        let (from, count) = loaded.get();
        height(n_rows.get().saturating_sub(from + count))
    };
    let head = move || {
        let column = |it: &PlanColumn| {
            let level = if it.has_parts { "whole" } else { "part" };
            view! { <th scope="col" role="columnheader" data-align="end" data-level=level>{column_name(i18n, it.period)}</th> }
        };
        columns.with(|columns| columns.iter().map(column).collect_view())
    };
    view! {
        <div class="data-table-box targets__box" on:scroll=following(first, rested)>
            <table
                class="data-table targets__grid"
                role="grid"
                aria-label=t!(i18n, targets.title)
                aria-multiselectable="true"
                aria-rowcount=move || n_rows.get() + 1
                style=("--columns", move || columns.with(Vec::len).to_string())
                on:keydown=move |event| on_key(i18n, shared, &event)
                on:mousedown=move |event| on_press(shared, &event)
                on:dblclick=move |_| shared.type_into(None)
                on:copy=move |event| copy(shared, &event)
                on:paste=move |event| paste(i18n, shared, engine, &event)
            >
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{t!(i18n, targets.kpi_and_part)}</th>
                        {head}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <tr aria-hidden="true"><td class="targets__space" style:height=above></td></tr>
                    <For each=rows key=|place| *place let((at, n_columns))>
                        <GridRow at n_columns shared/>
                    </For>
                    <tr aria-hidden="true"><td class="targets__space" style:height=below></td></tr>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What follows the scrolling, and what follows when it rests.
fn following(
    first: RwSignal<usize>,
    rested: RwSignal<usize>,
) -> impl FnMut(web_sys::Event) + 'static {
    let mut rest = debounce(REST, move |at| {
        if rested.get_untracked() != at {
            rested.set(at);
        }
    });
    move |event| {
        follow(first, &event);
        rest(first.get_untracked());
    }
}

/// The rows near to those that are seen now are asked for.
fn follow(first: RwSignal<usize>, event: &web_sys::Event) {
    let element = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    let top = element.map_or(0, |it| it.scroll_top() / ROW_HEIGHT);
    let top = usize::try_from(top).unwrap_or(0).saturating_sub(N_ABOVE) / STEP * STEP;
    if first.get_untracked() != top {
        first.set(top);
    }
}

/// The cell that was pressed becomes the cursor; with Shift what lies between is chosen.
fn on_press(shared: Shared, event: &MouseEvent) {
    let Some(cell) = cell_of(event) else { return };
    if shared.selection.cursor.get_untracked() == cell
        && shared.selection.typed.with_untracked(Option::is_some)
    {
        return;
    }
    event.prevent_default();
    shared.selection.go(cell, event.shift_key());
}

fn cell_of(event: &MouseEvent) -> Option<Spot> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let cell = target.closest("[data-column]").ok()??;
    let place = |name: &str| cell.get_attribute(name)?.parse().ok();
    Some(Spot { row: place("data-row")?, column: place("data-column")? })
}
