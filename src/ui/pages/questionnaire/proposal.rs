//! What the answers lead to: KPIs, reports, and what to keep in mind.

use leptos::prelude::*;

use super::page::Shown;
use crate::{
    ui::{
        components::ReportGuide,
        i18n::{I18n, fill, name, t, t_string, use_i18n},
        pages::scorecards::side_name,
        routes::Page,
        state::use_location,
    },
    worker::protocol::ProposedView,
};

/// The KPIs with what speaks for each; its children stand above them.
#[component]
pub(super) fn Kpis(
    /// What is asked and answered.
    shown: Shown,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let kpis = Memo::new(move |_| shown.part(|view| view.kpis.clone()).unwrap_or_default());
    let note = move || {
        let n_kpis = kpis.with(Vec::len);
        (n_kpis > 0).then(|| fill!(i18n, questionnaire.kpis_note, count = n_kpis))
    };
    let rows = move || kpis.get().into_iter().map(|it| kpi_row(i18n, it)).collect_view();
    view! {
        <div class="panel__head">
            <h2 id="proposed-kpis">{t!(i18n, questionnaire.kpis)}</h2>
            <span class="panel__note" role="status">{note}</span>
        </div>
        {children()}
        <table class="data-table questionnaire__kpis" data-stack="true">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, questionnaire.kpi)}</th>
                    <th scope="col">{t!(i18n, questionnaire.reason)}</th>
                    <th scope="col">{t!(i18n, questionnaire.owner)}</th>
                    <th scope="col" data-align="end">{t!(i18n, questionnaire.weight)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn kpi_row(i18n: I18n, proposed: ProposedView) -> AnyView {
    let ProposedView { kpi, names, perspective, reason, owner, weight, needs_costs, .. } = proposed;
    let href = use_location().href_now(Page::Kpi(kpi.clone()));
    let lacks = needs_costs.then(|| {
        view! {
            <span class="badge" data-state="draft" data-mark="needs-costs">
                {t!(i18n, questionnaire.needs_costs)}
            </span>
        }
    });
    view! {
        <tr data-proposed=kpi data-weight=weight>
            <th scope="row">
                <a href=href>{name(i18n, &names)}</a>
                <span class="questionnaire__beside">
                    <span class="data-table__sub">{side_name(i18n, &perspective)}</span>
                    {lacks}
                </span>
            </th>
            <td data-wrap="true">{name(i18n, &reason)}</td>
            <td>
                <span class="data-table__label">{t!(i18n, questionnaire.owner)}</span>
                {name(i18n, &owner)}
            </td>
            <td data-align="end">
                <span class="data-table__label">{t!(i18n, questionnaire.weight)}</span>
                {format!("{weight}%")}
            </td>
        </tr>
    }
    .into_any()
}

/// The reports that feed the KPIs; each opens to say how to get it.
#[component]
pub(super) fn Reports(
    /// What is asked and answered.
    shown: Shown,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let reports = Memo::new(move |_| shown.part(|view| view.reports.clone()));
    let list = move || reports.get().unwrap_or_default();
    let note = move || {
        let reports = reports.get().filter(|reports| !reports.is_empty())?;
        let n_loaded = reports.iter().filter(|report| report.is_loaded).count();
        Some(fill!(i18n, questionnaire.reports_note, loaded = n_loaded, all = reports.len()))
    };
    let is_empty = move || reports.with(|it| it.as_ref().is_some_and(Vec::is_empty));
    view! {
        <section class="panel" aria-labelledby="needed-reports">
            <div class="panel__head">
                <h2 id="needed-reports">{t!(i18n, questionnaire.reports)}</h2>
                <span class="panel__note">{note}</span>
                <a class="push" href=move || location.href(Page::Import)>
                    {t!(i18n, questionnaire.next_import)}
                </a>
            </div>
            <Show when=is_empty>
                <p class="muted">{t!(i18n, questionnaire.reports_none)}</p>
            </Show>
            // One that is open stays open while answers change.
            <div class="report-guides" data-dense="true">
                <For
                    each=list
                    key=|report| (report.report.clone(), report.is_loaded)
                    let(report)
                >
                    <ReportGuide report/>
                </For>
            </div>
        </section>
    }
    .into_any()
}

/// What to keep in mind; nothing where there is nothing.
#[component]
pub(super) fn Hints(
    /// What is asked and answered.
    shown: Shown,
) -> impl IntoView {
    let i18n = use_i18n();
    let hints = Memo::new(move |_| {
        shown.part(|view| (view.is_young, view.hints.clone())).unwrap_or_default()
    });
    let list = move || {
        let (is_young, hints) = hints.get();
        let young = is_young.then(|| t_string!(i18n, questionnaire.young).to_owned());
        let texts = hints.iter().map(|hint| name(i18n, hint)).chain(young);
        texts.map(|text| view! { <li>{text}</li> }).collect_view()
    };
    view! {
        <Show when=move || hints.with(|(is_young, hints)| *is_young || !hints.is_empty())>
            <section class="panel" aria-labelledby="keep-in-mind">
                <div class="panel__head">
                    <h2 id="keep-in-mind">{t!(i18n, questionnaire.hints)}</h2>
                </div>
                <ul class="questionnaire__hints">{list}</ul>
            </section>
        </Show>
    }
    .into_any()
}
