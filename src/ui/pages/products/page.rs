//! The page: one question to the engine, its answer as a table that can be searched and changed.

use std::sync::Arc;

use leptos::prelude::*;

use super::{similar::Similar, table::Products};
use crate::{
    ui::{
        components::{EmptyState, FailureNotice},
        hooks::use_worker_query,
        i18n::{fill, label, t, t_string, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{ProductsView, Request, Response},
};

/// What is known of products; changes with every change of the workbook.
pub(super) type Known = Signal<Arc<ProductsView>>;

/// Every product with its names, parts and owner.
#[component]
pub(crate) fn ProductsPage() -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let is_open = Memo::new(move |_| workbook.state.with(Option::is_some));
    let answer = use_worker_query(
        move || is_open.get().then_some(Request::Products),
        |_, response| match response {
            Response::Products(view) => view.open(),
            _ => None,
        },
    );
    let has_answer = Memo::new(move |_| answer.value.with(Option::is_some));
    let sections = move || {
        has_answer.get().then(|| answer.value.get_untracked()).flatten().map(|first| {
            let known = Memo::new(move |_| answer.value.get().unwrap_or_else(|| first.clone()));
            view! { <Sections known/> }
        })
    };
    let lead = move || {
        let n_owned = answer.value.with(|view| {
            let products = view.iter().flat_map(|view| &view.products);
            products.filter(|it| !it.entry.owner.is_empty()).count()
        });
        let n_products = answer.value.with(|it| it.as_ref().map_or(0, |it| it.products.len()));
        match n_products {
            0 => t_string!(i18n, products.lead).to_owned(),
            _ => fill!(i18n, products.lead_figures, count = n_products, owned = n_owned),
        }
    };
    view! {
        <div class="stack" aria-busy=move || answer.is_pending.get().to_string()>
            <div class="page__head">
                <h1>{t!(i18n, products.title)}</h1>
                <p class="page__lead">{lead}</p>
            </div>
            <FailureNotice failure=answer.failure/>
            {sections}
        </div>
    }
}

/// Products that may be one, then all of them.
#[component]
fn Sections(
    /// What is known.
    #[prop(into)]
    known: Known,
) -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    let is_empty = Memo::new(move |_| known.with(|view| view.products.is_empty()));
    view! {
        <Show
            when=move || !is_empty.get()
            fallback=move || view! {
                <EmptyState
                    title=label!(i18n, products.empty_title)
                    reason=label!(i18n, products.empty_why)
                >
                    <a class="button" data-kind="primary" href=move || location.href(Page::Import)>
                        {t!(i18n, products.empty_next)}
                    </a>
                </EmptyState>
            }
        >
            <Similar known/>
            <Products known/>
        </Show>
    }
}
