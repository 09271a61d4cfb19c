//! The page: one question to the engine, its answer in sections.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::{enter::EnterTotal, months::Months, totals::Totals};
use crate::{
    ui::{
        components::FailureNotice,
        hooks::use_worker_query,
        i18n::{I18n, fill, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{ReconciliationView, Request, Response},
};

/// What was compared; changes with every change of the workbook.
pub(super) type Compared = Signal<Arc<ReconciliationView>>;

/// Totals of platforms against ours, and months with their sign-off.
#[component]
pub(crate) fn ReconciliationPage() -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let is_open = Memo::new(move |_| workbook.state.with(Option::is_some));
    let answer = use_worker_query(
        move || is_open.get().then_some(Request::Reconciliation),
        |_, response| match response {
            Response::Reconciliation(view) => view.open(),
            _ => None,
        },
    );
    let has_answer = Memo::new(move |_| answer.value.with(Option::is_some));
    // Stays while rows are made anew.
    let opened = RwSignal::new(BTreeSet::new());
    let sections = move || {
        has_answer.get().then(|| answer.value.get_untracked()).flatten().map(|first| {
            let compared = Memo::new(move |_| answer.value.get().unwrap_or_else(|| first.clone()));
            view! {
                <Totals compared opened/>
                <EnterTotal compared/>
                <Months compared/>
            }
        })
    };
    view! {
        <div class="stack" aria-busy=move || answer.is_pending.get().to_string()>
            <div class="page__head">
                <h1>{t!(i18n, reconciliation.title)}</h1>
                <p class="page__lead">
                    {move || {
                        answer.value.with(|view| view.as_ref().map(|view| lead(i18n, view)))
                    }}
                </p>
            </div>
            <FailureNotice failure=answer.failure/>
            <Show
                when=move || is_open.get()
                fallback=move || {
                    view! { <p class="muted">{t!(i18n, reconciliation.no_workbook)}</p> }
                }
            >
                <Show when=move || !has_answer.get()>
                    <p class="muted" role="status">{t!(i18n, reconciliation.loading)}</p>
                </Show>
                {sections}
            </Show>
        </div>
    }
}

/// How many totals tie; what the page is for while there is none.
fn lead(i18n: I18n, view: &ReconciliationView) -> String {
    let totals = view.totals.len();
    if totals == 0 {
        return t_string!(i18n, reconciliation.lead).to_owned();
    }
    let ties = view.totals.iter().filter(|total| total.ties).count();
    fill!(i18n, reconciliation.lead_figures, ties = ties, totals = totals)
}
