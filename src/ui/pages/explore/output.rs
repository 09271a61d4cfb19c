//! The table for other programs: copied, or as a file.

use std::sync::Arc;

use js_sys::Uint8Array;
use leptos::{prelude::*, task::spawn_local};

use super::{
    axes::axis_name,
    choices::{Sort, TableView},
    page::Sight,
    table::{head_text, kpi_of, order, remarks},
};
use crate::{
    domain::Dimension,
    ui::{
        components::{Glyph, Icon},
        format,
        hooks::{copy_text, download},
        i18n::{I18n, channel_name, dimension_name, language, name, t, t_string, use_i18n},
        spreadsheet::{csv_of, kept_id, tabbed},
        state::{use_location, use_workbook},
    },
    worker::protocol::{Axis, ContractView, UnitView, ValueView},
};

/// What is seen, with the period, filters and contracts that it is of.
#[component]
pub(super) fn Output(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
) -> impl IntoView {
    let (i18n, workbook, location) = (use_i18n(), use_workbook(), use_location());
    let rows = move || {
        let sort = location.route.with_untracked(|route| TableView::of(&route.view).sort);
        let contracts = workbook.state.with_untracked(|state| {
            state.as_ref().map(|open| open.contracts.clone()).unwrap_or_default()
        });
        shown.with_untracked(|sight| {
            sight.as_ref().map(|sight| sheet(i18n, sight, sort.as_ref(), &contracts))
        })
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

/// The table as it is seen, and below it what it is of.
fn sheet(
    i18n: I18n,
    sight: &Sight,
    sort: Option<&Sort>,
    contracts: &[ContractView],
) -> Vec<Vec<String>> {
    let (asked, view) = (&sight.asked, &sight.view);
    // A SKU has its title in a column of its own.
    let has_titles = asked.rows == Axis::Members(Dimension::Sku);
    let mut first = vec![axis_name(i18n, asked.rows).to_owned()];
    first.extend(has_titles.then(|| t_string!(i18n, explore.product).to_owned()));
    let heads = view.columns.iter();
    first.extend(heads.map(|head| kept_id(&head_text(i18n, sight, asked.columns, head).0)));
    let mut rows = vec![first];
    for at in order(sight, sort) {
        let (Some(head), Some(values)) = (view.rows.get(at), view.cells.get(at)) else { continue };
        let (text, title) = head_text(i18n, sight, asked.rows, head);
        let mut cells = vec![kept_id(&text)];
        cells.extend(has_titles.then_some(title));
        cells.extend(view.columns.iter().zip(values).map(|(column, value)| {
            let unit = kpi_of(sight, head, column).map_or(UnitView::Count, |kpi| kpi.unit);
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
    for dimension in Dimension::ALL {
        let members = asked.filters.members(dimension);
        if !members.is_empty() {
            let name = |id: &String| match dimension {
                Dimension::Channel => channel_name(i18n, id),
                _ => id.clone(),
            };
            let names: Vec<String> = members.iter().map(name).collect();
            of(dimension_name(i18n, dimension), names.join(", "));
        }
    }
    for contract in contracts {
        let choice = contract.choices.iter().find(|choice| choice.id == contract.choice);
        of(
            &name(i18n, &contract.names),
            choice.map_or_else(String::new, |choice| name(i18n, &choice.names)),
        );
    }
    rows.extend(remarks(i18n, sight).into_iter().map(|remark| vec![remark]));
    rows
}

/// All digits of a value as spreadsheets read them; empty where there is none.
fn exact(value: &ValueView, unit: UnitView) -> String {
    let text = value.value.clone().unwrap_or_default();
    if unit == UnitView::Share && !text.is_empty() { format::exact_percent(&text) } else { text }
}
