//! The grid: its head, and the rows that are there.

use std::ops::Range;

use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    columns::column_name,
    drawn::{Drawn, height},
    keys::{copy, on_key, paste},
    row::{GridRow, Shared},
    selection::Spot,
};
use crate::ui::{
    i18n::{t, use_i18n},
    state::use_engine,
};
use crate::worker::protocol::PlanColumn;

/// The grid of numbers.
#[component]
pub(super) fn Grid(
    /// What rows share.
    shared: Shared,
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
        shared.selection.keep_focus();
        let (from, count) = loaded.get();
        from..from + count
    };
    let n_columns = Memo::new(move |_| columns.with(Vec::len));
    let drawn = shared.selection.drawn.columns(n_columns);
    let drawn_of = Drawn::columns_by_row(drawn);
    let above = move || height(loaded.get().0);
    let below = move || {
        let (from, count) = loaded.get();
        height(n_rows.get().saturating_sub(from + count))
    };
    let mut follow = shared.selection.drawn.following();
    view! {
        <div
            node_ref=shared.selection.drawn.scrolled
            class="data-table-box targets__box"
            tabindex="-1"
            on:scroll=move |event| {
                shared.selection.keep_keys();
                follow(event);
            }
            on:keydown=move |event| on_key(i18n, shared, engine, &event)
            on:copy=move |event| copy(i18n, shared, engine, &event)
            on:paste=move |event| paste(i18n, shared, engine, &event)
        >
            <table
                class="data-table targets__grid"
                role="grid"
                aria-label=t!(i18n, targets.title)
                aria-multiselectable="true"
                aria-rowcount=move || n_rows.get() + 1
                aria-colcount=move || n_columns.get() + 1
                style=("--columns", move || n_columns.get().to_string())
                on:mousedown=move |event| on_press(shared, &event)
                on:dblclick=move |_| shared.type_into(None)
            >
                <Head columns drawn/>
                <tbody role="rowgroup">
                    <tr aria-hidden="true"><td class="targets__space" style:height=above></td></tr>
                    <For each=rows key=|at| *at let(at)>
                        <GridRow at drawn=drawn_of(at) shared/>
                    </For>
                    <tr aria-hidden="true"><td class="targets__space" style:height=below></td></tr>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The names of the columns that are there.
#[component]
fn Head(
    /// All columns.
    columns: Memo<Vec<PlanColumn>>,
    /// Those that are there.
    drawn: Memo<Range<usize>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let level = move |at: usize| {
        let has_parts = columns.with(|it| it.get(at).is_some_and(|it: &PlanColumn| it.has_parts));
        if has_parts { "whole" } else { "part" }
    };
    let period = move |at: usize| columns.with(|it| it.get(at).map(|it: &PlanColumn| it.period));
    view! {
        <thead role="rowgroup">
            <tr role="row" aria-rowindex="1">
                <th scope="col" role="columnheader" aria-colindex="1">
                    {t!(i18n, targets.kpi_and_part)}
                </th>
                <For each=move || drawn.get() key=|at| *at let(at)>
                    <th
                        scope="col"
                        role="columnheader"
                        aria-colindex=at + 2
                        data-align="end"
                        data-level=move || level(at)
                        data-period=move || period(at).map(|it| it.to_string())
                        style:grid-column-start=(at + 2).to_string()
                    >
                        {move || period(at).map(|it| column_name(i18n, it))}
                    </th>
                </For>
            </tr>
        </thead>
    }
    .into_any()
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
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let cell = target.closest("[role=gridcell]").ok()??;
    let place = |element: &Element, name: &str| element.get_attribute(name)?.parse().ok();
    let row: usize = place(&cell.parent_element()?, "aria-rowindex")?;
    let column: usize = place(&cell, "aria-colindex")?;
    // Heads are counted, and from 1.
    Some(Spot { row: row.checked_sub(2)?, column: column.checked_sub(2)? })
}
