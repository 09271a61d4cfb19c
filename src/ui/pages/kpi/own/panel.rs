//! What a KPI of one's own says of itself: its versions, and what can be done with it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    domain::KpiDefinition,
    ui::{
        format,
        hooks::copy_text,
        i18n::{language, t, t_string, use_i18n},
        pages::kpi::stacked_table::stacked_table,
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{Change, OwnKpiView},
};

/// The versions, the newest first, with a way to change, share and remove the KPI.
#[component]
pub(in crate::ui::pages::kpi) fn OwnKpiPanel(
    /// All of it.
    own: OwnKpiView,
) -> impl IntoView {
    let (i18n, location, workbook) = (use_i18n(), use_location(), use_workbook());
    let OwnKpiView { versions, text } = own;
    let id = versions.last().map(|it| it.id.clone()).unwrap_or_default();
    let page = Page::OwnKpi(id.clone());
    let copied: RwSignal<Option<bool>> = RwSignal::new(None);
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move { copied.set(Some(copy_text(&text).await)) });
    };
    let copied_text = move || match copied.get() {
        Some(true) => t_string!(i18n, data.recipe_copied),
        Some(false) => t_string!(i18n, data.recipe_copy_failed),
        None => "",
    };
    let remove = move |_| {
        workbook.change(Change::RemoveKpi { kpi: id.clone() });
        location.go(Page::Kpis);
    };
    let row = move |version: &KpiDefinition| {
        let KpiDefinition { valid_from, formula, reason, .. } = version.clone();
        view! {
            <tr>
                <th scope="row">{move || format::day(valid_from, language(i18n))}</th>
                <td data-wrap="true"><code>{formula}</code></td>
                <td data-wrap="true">{reason}</td>
            </tr>
        }
    };
    let heads = [
        t!(i18n, kpi.own_from).into_any(),
        t!(i18n, kpi.formula).into_any(),
        t!(i18n, kpi.own_reason).into_any(),
    ];
    view! {
        <section class="panel kpi-lines" aria-labelledby="own-kpi">
            <div class="panel__head">
                <h2 id="own-kpi">{t!(i18n, kpi.own)}</h2>
                <span class="row">
                    <a class="button" href=move || location.href(page.clone())>{t!(i18n, kpi.own_edit)}</a>
                    <button type="button" class="button" data-action="copy-kpi" on:click=copy>
                        {t!(i18n, kpi.own_copy)}
                    </button>
                    <button
                        type="button"
                        class="button"
                        data-action="remove-kpi"
                        disabled=move || !workbook.is_writable()
                        on:click=remove
                    >
                        {t!(i18n, kpi.own_remove)}
                    </button>
                </span>
            </div>
            <p class="small muted" role="status">{copied_text}</p>
            {stacked_table(heads, versions.iter().rev().map(row).collect_view().into_any())}
        </section>
    }
    .into_any()
}
