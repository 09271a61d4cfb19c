//! The table for other programs: copied, or as a file.

use std::sync::Arc;

use js_sys::Uint8Array;
use leptos::{prelude::*, task::spawn_local};

use super::{
    axes::axis_name,
    page::Sight,
    table::{head_text, kpi_of},
};
use crate::{
    ui::{
        components::{Glyph, Icon},
        format,
        hooks::{copy_text, download},
        i18n::{I18n, dimension_name, language, name, t, t_string, use_i18n},
        routes::DIMENSIONS,
        spreadsheet::{csv_of, tabbed},
        state::use_workbook,
    },
    worker::protocol::{ContractView, UnitView, ValueView},
};

/// What is seen, with the period, filters and contracts that it is of.
#[component]
pub(super) fn Output(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let rows = move || {
        let contracts = workbook.state.with_untracked(|state| {
            state.as_ref().map(|open| open.contracts.clone()).unwrap_or_default()
        });
        shown.with_untracked(|sight| sight.as_ref().map(|sight| sheet(i18n, sight, &contracts)))
    };
    // Whether the last copying was allowed.
    let copied = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let Some(rows) = rows() else { return };
        spawn_local(async move { copied.set(Some(copy_text(&tabbed(&rows)).await)) });
    };
    let save = move |_| {
        let Some(rows) = rows() else { return };
        // The browser tells by itself when it keeps no downloads.
        download("kpis.csv", &Uint8Array::from(csv_of(&rows).as_bytes()));
    };
    let said = move || match copied.get() {
        Some(true) => t_string!(i18n, data.recipe_copied),
        Some(false) => t_string!(i18n, data.recipe_copy_failed),
        None => "",
    };
    view! {
        <button type="button" class="button" data-action="copy" on:click=copy>
            {t!(i18n, explore.copy)}
        </button>
        <button type="button" class="button" data-action="save" on:click=save>
            <Icon glyph=Glyph::Download/>
            {t!(i18n, explore.save)}
        </button>
        <span class="muted" role="status">{said}</span>
    }
    .into_any()
}

/// The table, and below it what it is of.
fn sheet(i18n: I18n, sight: &Sight, contracts: &[ContractView]) -> Vec<Vec<String>> {
    let (asked, view) = (&sight.asked, &sight.view);
    let head = |axis, head| {
        let (text, beside) = head_text(i18n, sight, axis, head);
        if beside.is_empty() { text } else { format!("{text} {beside}") }
    };
    let mut first = vec![axis_name(i18n, asked.rows).to_owned()];
    first.extend(view.columns.iter().map(|column| head(asked.columns, column)));
    let mut rows = vec![first];
    for (row, values) in view.rows.iter().zip(&view.cells) {
        let mut cells = vec![head(asked.rows, row)];
        cells.extend(view.columns.iter().zip(values).map(|(column, value)| {
            let unit = kpi_of(sight, row, column).map_or(UnitView::Count, |kpi| kpi.unit);
            exact(value, unit)
        }));
        rows.push(cells);
    }
    rows.push(Vec::new());
    let mut of = |label: &str, text: String| rows.push(vec![label.to_owned(), text]);
    if let [kpi] = view.kpis.as_slice() {
        of(t_string!(i18n, explore.kpis), name(i18n, &kpi.names));
    }
    of(t_string!(i18n, home.period), format::period(view.period, language(i18n)));
    of(t_string!(i18n, explore.currency), view.currency.code().to_owned());
    for (dimension, _) in DIMENSIONS {
        let members = asked.filters.members(dimension);
        if !members.is_empty() {
            of(dimension_name(i18n, dimension), members.join(", "));
        }
    }
    for contract in contracts {
        let choice = contract.choices.iter().find(|choice| choice.id == contract.choice);
        of(
            &name(i18n, &contract.names),
            choice.map_or_else(String::new, |choice| name(i18n, &choice.names)),
        );
    }
    rows
}

/// All digits of a value as spreadsheets read them; empty where there is none.
fn exact(value: &ValueView, unit: UnitView) -> String {
    let text = value.value.clone().unwrap_or_default();
    if unit == UnitView::Share && !text.is_empty() { format::exact_percent(&text) } else { text }
}
