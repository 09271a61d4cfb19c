//! The page: what is shown, the grid, what has changed.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    detail::Detail, drafts::Drafts, drawn::Drawn, grid::Grid, row::Shared, save_bar::SaveBar,
    selection::Selection, terms::TermsDialog, tools::Tools, url::PlanUrl,
};
use crate::{
    ui::{
        components::FailureNotice,
        hooks::{today, use_following_query, use_worker_query},
        i18n::{t, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{
        PlanAnswer, PlanChoice, PlanPast, PlanRequest, PlanView, Request, Response, RowsAsked,
        Sealed,
    },
};

/// The numbers with what was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sight {
    pub(super) asked: PlanChoice,
    pub(super) view: PlanView,
}

fn grid_of(request: Request, response: Response) -> Option<Sight> {
    match (request, response) {
        (Request::Plan(request), Response::Plan(answer)) => {
            match (request.open()?, answer.open()?) {
                (PlanRequest::Grid { plan, .. }, PlanAnswer::Grid(view)) => {
                    Some(Sight { asked: plan, view })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

pub(super) fn past_of(_: Request, response: Response) -> Option<PlanPast> {
    match response {
        Response::Plan(answer) => match answer.open()? {
            PlanAnswer::Past(past) => Some(past),
            _ => None,
        },
        _ => None,
    }
}

/// Targets of KPIs, by part of the business and by period.
#[component]
pub(crate) fn TargetsPage() -> impl IntoView {
    let workbook = use_workbook();
    let open = Memo::new(move |_| {
        workbook.state.with(|state| state.as_ref().map(|state| state.id.clone()))
    });
    // The numbers that were typed are of one workbook.
    move || open.get().map(|id| view! { <Plan workbook_id=id/> })
}

#[component]
fn Plan(
    /// The open workbook.
    workbook_id: String,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let drafts = Drafts::of(&workbook_id);
    let drawn = Drawn::new();
    let choice =
        Memo::new(move |_| location.route.with(|route| PlanUrl::of(&route.view)).choice(today()));
    let n_rows = drawn.n_rows();
    let rows = move |first: RwSignal<usize>| {
        let [first, count] =
            [first.get(), n_rows.get()].map(|it| u32::try_from(it).unwrap_or(u32::MAX));
        RowsAsked { first, count }
    };
    let numbers = use_following_query(
        move || {
            let (plan, rows, drafts) = (choice.get(), rows(drawn.first_row), drafts.blocks());
            Some(Request::Plan(Sealed::of(&PlanRequest::Grid { plan, rows, drafts })))
        },
        grid_of,
    );
    // What was reached does not change with what is typed. It takes longer to find out: it comes once the
    // scrolling rests.
    let past = use_worker_query(
        move || {
            let (plan, rows, drafts) = (choice.get(), rows(drawn.rested_row), Vec::new());
            Some(Request::Plan(Sealed::of(&PlanRequest::Past { plan, rows, drafts })))
        },
        past_of,
    );
    let selection = Selection::new(drawn);
    let shared = Shared { shown: numbers.value, past: past.value, selection, drafts };
    let terms_of = RwSignal::new(None);
    let has_rows = Memo::new(move |_| {
        shared
            .shown
            .with(|it: &Option<Arc<Sight>>| it.as_ref().is_some_and(|it| it.view.n_rows > 0))
    });
    let is_empty =
        move || shared.shown.with(|it| it.as_ref().is_some_and(|it| it.view.n_rows == 0));
    view! {
        <div
            class="page targets"
            aria-busy=move || numbers.is_pending.get().to_string()
            data-late=move || numbers.is_late.get().then_some("true")
        >
            <div class="page__head">
                <h1>{t!(i18n, targets.title)}</h1>
                <p class="page__lead">{t!(i18n, targets.lead)}</p>
                <p class="row">
                    <a href=move || location.href(Page::Scorecards)>{t!(i18n, scorecards.title)}</a>
                    <a href=move || location.href(Page::Skus)>{t!(i18n, skus.title)}</a>
                    <a href=move || location.href(Page::WhatIf)>{t!(i18n, what_if.title)}</a>
                    <a href=move || location.href(Page::Questionnaire)>{t!(i18n, questionnaire.title)}</a>
                </p>
            </div>
            <FailureNotice failure=numbers.failure/>
            <Tools shared terms_of/>
            <Show when=move || has_rows.get()>
                <div class="panel targets__panel">
                    <Grid shared/>
                    <Detail shared/>
                </div>
            </Show>
            <Show when=is_empty>
                <p class="muted" role="status">{t!(i18n, targets.no_kpis)}</p>
            </Show>
            <SaveBar shared/>
            <TermsDialog rows=terms_of/>
        </div>
    }
    .into_any()
}
