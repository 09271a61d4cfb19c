//! The page: levers, the tree under them, which lever matters most, and the result as targets.

use leptos::prelude::*;

use super::{
    levers::LeversPanel, propose::ProposePanel, summary::Summary, tornado::TornadoPanel,
    tree::TreePanel, tried::Tried,
};
use crate::{
    domain::Period,
    ui::{
        components::{EmptyState, FailureNotice, FilterBar, Glyph, Icon},
        format,
        hooks::{today, use_worker_query},
        i18n::{fill, label, language, t, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{
        PlanAnswer, PlanRequest, Request, Response, Sealed, WhatIfRequest, WhatIfView,
    },
};

/// The answer with what was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sight {
    pub(super) asked: WhatIfRequest,
    pub(super) view: WhatIfView,
}

fn sight_of(request: Request, response: Response) -> Option<Sight> {
    let (Request::Plan(request), Response::Plan(answer)) = (request, response) else { return None };
    match (request.open()?, answer.open()?) {
        (PlanRequest::WhatIf(asked), PlanAnswer::WhatIf(view)) => {
            Some(Sight { asked, view: *view })
        }
        _ => None,
    }
}

/// Sales and profit of a period under other prices, rates and costs.
#[component]
pub(crate) fn WhatIfPage() -> impl IntoView {
    let (i18n, workbook, location) = (use_i18n(), use_workbook(), use_location());
    let tried = Tried::of(location);
    let view = location.view();
    let asked = Memo::new(move |_| {
        let (filters, period) = view.with(|it| (it.filters.clone(), it.period));
        WhatIfRequest { filters, period, levers: tried.levers.get(), today: today() }
    });
    let answer = use_worker_query(
        move || Some(Request::Plan(Sealed::of(&PlanRequest::WhatIf(asked.get())))),
        sight_of,
    );
    let shown = answer.value;
    let period = Signal::derive(move || shown.with(|it| it.as_ref().and_then(|it| it.view.period)));
    let members =
        move || shown.with(|it| it.as_ref().map(|it| it.view.members.clone())).unwrap_or_default();
    let is_known = Memo::new(move |_| period.get().is_some());
    let is_empty = Memo::new(move |_| shown.with(Option::is_some) && period.get().is_none());
    let open = Memo::new(move |_| {
        workbook.state.with(|state| state.as_ref().map(|state| state.id.clone()))
    });
    let proposal = move || {
        let asked = Signal::from(asked);
        open.get().map(|workbook_id| view! { <ProposePanel workbook_id shown asked/> })
    };
    view! {
        <FilterBar members=Signal::derive(members) period compares=false/>
        <div
            class="page what-if"
            aria-busy=move || answer.is_pending.get().to_string()
            data-late=move || answer.is_late.get().then_some("true")
        >
            <Head period/>
            <FailureNotice failure=answer.failure/>
            <Show when=move || is_empty.get()>
                <EmptyState title=label!(i18n, what_if.none) reason=label!(i18n, what_if.none_why)/>
            </Show>
            <Show when=move || is_known.get()>
                <div class="what-if__body">
                    <Summary shown/>
                    <div class="what-if__sides">
                        <LeversPanel tried/>
                        <TreePanel shown/>
                    </div>
                    <TornadoPanel shown/>
                    {proposal}
                </div>
            </Show>
        </div>
    }
    .into_any()
}

/// What the page is about, and the days that the base is of.
#[component]
fn Head(
    /// Those days, after defaults.
    period: Signal<Option<Period>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let days = move || {
        let period = format::period(period.get()?, language(i18n));
        Some(fill!(i18n, what_if.base, period = period))
    };
    let is_chosen = Memo::new(move |_| location.route.with(|route| route.view.period.is_some()));
    view! {
        <div class="page__head">
            <a class="page__back" href=move || location.href(Page::Targets)>
                <Icon glyph=Glyph::Left/>
                {t!(i18n, targets.title)}
            </a>
            <h1>{t!(i18n, what_if.title)}</h1>
            <p class="page__lead">{t!(i18n, what_if.lead)}</p>
            <p class="row muted">
                <span data-part="base">{days}</span>
                <Show when=move || is_chosen.get()>
                    <button
                        type="button"
                        class="button"
                        data-kind="quiet"
                        data-action="usual-base"
                        on:click=move |_| location.change(|view| view.period = None)
                    >
                        {t!(i18n, what_if.usual_base)}
                    </button>
                </Show>
            </p>
        </div>
    }
    .into_any()
}
