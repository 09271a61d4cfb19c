//! What stands in rows and what in columns.

use leptos::prelude::*;

use super::choices::{AXES, TableView, axis_id, axis_of};
use crate::{
    domain::Granularity,
    ui::{
        components::{Glyph, Icon},
        i18n::{I18n, dimension_name, t, t_string, use_i18n},
        state::use_location,
    },
    worker::protocol::Axis,
};

/// The name of an axis.
pub(super) fn axis_name(i18n: I18n, axis: Axis) -> &'static str {
    match axis {
        Axis::Kpis => t_string!(i18n, explore.kpis),
        Axis::Time(Granularity::Day) => t_string!(i18n, home.by_day),
        Axis::Time(Granularity::Week) => t_string!(i18n, home.by_week),
        Axis::Time(Granularity::Month) => t_string!(i18n, home.by_month),
        Axis::Members(dimension) => dimension_name(i18n, dimension),
    }
}

/// Two choices and the way to exchange them.
#[component]
pub(super) fn Axes() -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let exchange = move |_| {
        TableView::change(location, |table| {
            std::mem::swap(&mut table.rows, &mut table.columns);
            table.sort = None;
        });
    };
    view! {
        <AxisSelect is_rows=true/>
        <button
            type="button"
            class="button"
            data-kind="quiet"
            data-action="exchange"
            aria-label=t!(i18n, explore.exchange)
            title=t!(i18n, explore.exchange)
            on:click=exchange
        >
            <Icon glyph=Glyph::Exchange/>
        </button>
        <AxisSelect is_rows=false/>
    }
    .into_any()
}

/// One of the two. Where the other one is alike, that shows what this one showed before.
#[component]
fn AxisSelect(
    /// Whether it is about rows.
    is_rows: bool,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let chosen = Memo::new(move |_| {
        location.route.with(|route| {
            let table = TableView::of(&route.view);
            if is_rows { table.rows } else { table.columns }
        })
    });
    let choose = move |event| {
        let Some(axis) = axis_of(&event_target_value(&event)) else { return };
        TableView::change(location, |table| {
            let (own, other) = if is_rows {
                (&mut table.rows, &mut table.columns)
            } else {
                (&mut table.columns, &mut table.rows)
            };
            if axis.excludes(*other) {
                *other = *own;
            }
            *own = axis;
            table.sort = None;
        });
    };
    let option = move |axis: Axis| {
        view! {
            <option value=axis_id(axis) selected=move || chosen.get() == axis>
                {move || axis_name(i18n, axis)}
            </option>
        }
    };
    let name = move || {
        if is_rows { t_string!(i18n, explore.rows) } else { t_string!(i18n, explore.columns) }
    };
    view! {
        <label class="chip" data-kind="select" data-axis=if is_rows { "rows" } else { "columns" }>
            <span class="chip__name">{name}</span>
            <select class="chip__select" prop:value=move || axis_id(chosen.get()) on:change=choose>
                {AXES.map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}
