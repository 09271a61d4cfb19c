//! The page: one question to the engine, its answer in sections.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    costs::{KnownCosts, MissingCosts},
    coverage::Coverage,
    feasibility::Feasibility,
    import_list::ImportList,
    own_recipes::OwnRecipes,
    removed_line::RemovedLine,
    report_guides::ReportGuides,
};
use crate::{
    ui::{
        components::{EmptyState, FailureNotice},
        format,
        hooks::{today, use_worker_query},
        i18n::{I18n, fill, label, language, t, t_string, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{DataView, Request, Response},
};

/// What is loaded; changes with every change of the workbook.
pub(super) type Loaded = Signal<Arc<DataView>>;

/// What is loaded, what is missing, and where to get it.
#[component]
pub(crate) fn DataPage() -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let is_open = Memo::new(move |_| workbook.state.with(Option::is_some));
    let answer = use_worker_query(
        move || is_open.get().then(|| Request::Data { today: today() }),
        |_, response| match response {
            Response::Data(data) => data.open(),
            _ => None,
        },
    );
    let has_answer = Memo::new(move |_| answer.value.with(Option::is_some));
    let sections = move || {
        has_answer.get().then(|| answer.value.get_untracked()).flatten().map(|first| {
            let loaded = Memo::new(move |_| answer.value.get().unwrap_or_else(|| first.clone()));
            view! { <Sections loaded/> }
        })
    };
    view! {
        <div class="stack" aria-busy=move || answer.is_pending.get().to_string()>
            <div class="page__head">
                <h1>{t!(i18n, data.title)}</h1>
                <p class="page__lead">
                    {move || answer.value.get().map(|data| lead(i18n, &data))}
                </p>
            </div>
            <RemovedLine/>
            <FailureNotice failure=answer.failure/>
            <Show
                when=move || is_open.get()
                fallback=move || view! { <p class="muted">{t!(i18n, data.no_workbook)}</p> }
            >
                <Show when=move || !has_answer.get()>
                    <p class="muted" role="status">{t!(i18n, data.loading)}</p>
                </Show>
                {sections}
            </Show>
        </div>
    }
}

/// Files, kinds and newest day in one sentence; what the page is for while it is empty.
fn lead(i18n: I18n, data: &DataView) -> String {
    let newest = data.coverage.iter().filter_map(|row| row.spans.iter().map(|span| span.to).max());
    let Some(newest) = newest.max() else {
        return t_string!(i18n, data.lead).to_owned();
    };
    let files = match data.imports.len() {
        1 => t_string!(i18n, data.files_single).to_owned(),
        count => fill!(i18n, data.files_several, count = count),
    };
    let kinds = match data.coverage.len() {
        1 => t_string!(i18n, data.kinds_single).to_owned(),
        count => fill!(i18n, data.kinds_several, count = count),
    };
    let day = format::day(newest, language(i18n));
    fill!(i18n, data.lead_figures, files = files, kinds = kinds, day = day)
}

/// The sections in the order of use: what is there, what it covers, what is missing.
#[component]
fn Sections(
    /// What is loaded.
    #[prop(into)]
    loaded: Loaded,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let is_empty = Memo::new(move |_| loaded.with(|data| data.imports.is_empty()));
    view! {
        <Show when=move || !is_empty.get() fallback=NothingLoaded>
            <ImportList loaded/>
            <Coverage loaded/>
            <Feasibility loaded/>
            <MissingCosts loaded/>
        </Show>
        <KnownCosts loaded/>
        <section class="panel" aria-labelledby="data-products">
            <div class="panel__head">
                <h2 id="data-products">{t!(i18n, data.products)}</h2>
                <span class="panel__note">{t!(i18n, data.products_why)}</span>
            </div>
            <a class="button" href=move || location.href(Page::Products)>
                {t!(i18n, data.products)}
            </a>
        </section>
        <OwnRecipes loaded/>
        <ReportGuides loaded/>
    }
}

/// What to do while nothing is loaded.
#[component]
fn NothingLoaded() -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    view! {
        <EmptyState
            title=label!(i18n, data.empty_title)
            reason=label!(i18n, data.empty_why)
        >
            <a class="button" data-kind="primary" href=move || location.href(Page::Import)>
                {t!(i18n, data.empty_next)}
            </a>
        </EmptyState>
    }
}
