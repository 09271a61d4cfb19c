//! The page.

use leptos::prelude::*;

use super::{
    matrix::matrix_panel, restocked::RestockedPanel, scores::ScoresPanel, weights::WeightsPanel,
};
use crate::{
    domain::Fixed,
    ui::{
        components::{EmptyState, FailureNotice, FilterBar},
        format,
        hooks::use_worker_query,
        i18n::{fill, label, language, t, use_i18n},
        state::use_location,
    },
    worker::protocol::{Request, Response, ScorecardAnswer, ScorecardRequest, Sealed, SkusView},
};

fn skus_of(_: Request, response: Response) -> Option<SkusView> {
    match response {
        Response::Scorecards(answer) => match answer.open()? {
            ScorecardAnswer::Skus(view) => Some(*view),
            _ => None,
        },
        _ => None,
    }
}

/// SKUs beside one another, in the twelve weeks up to the end of the chosen period.
#[component]
pub(crate) fn SkusPage() -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let view = location.view();
    // Weights that are tried out.
    let tried = RwSignal::new(None::<[Fixed; 5]>);
    let answer = use_worker_query(
        move || {
            let (filters, day) = view.with(|it| (it.filters.clone(), it.period.map(|it| it.to)));
            let request = ScorecardRequest::Skus { filters, day, weights: tried.get() };
            Some(Request::Scorecards(Sealed::of(&request)))
        },
        skus_of,
    );
    let shown = answer.value;
    let period = Signal::derive(move || shown.with(|it| it.as_ref().and_then(|it| it.period)));
    let members =
        move || shown.with(|it| it.as_ref().map(|it| it.members.clone())).unwrap_or_default();
    let has_rows =
        Memo::new(move |_| shown.with(|it| it.as_ref().is_some_and(|it| !it.rows.is_empty())));
    let is_empty =
        Memo::new(move |_| shown.with(|it| it.as_ref().is_some_and(|it| it.rows.is_empty())));
    let weeks = move || {
        let period = format::period(period.get()?, language(i18n));
        Some(fill!(i18n, skus.weeks, period = period))
    };
    view! {
        <FilterBar members=Signal::derive(members) period compares=false/>
        <div
            class="page skus"
            aria-busy=move || answer.is_pending.get().to_string()
            data-late=move || answer.is_late.get().then_some("true")
        >
            <div class="page__head">
                <h1>{t!(i18n, skus.title)}</h1>
                <p class="page__lead">{t!(i18n, skus.lead)}</p>
                <p class="muted">{weeks}</p>
            </div>
            <FailureNotice failure=answer.failure/>
            <Show when=move || is_empty.get()>
                <EmptyState title=label!(i18n, skus.none) reason=label!(i18n, skus.none_why)/>
            </Show>
            <Show when=move || has_rows.get()>
                <RestockedPanel shown/>
                {move || shown.get().map(|it| matrix_panel(i18n, &it))}
                <ScoresPanel shown/>
                <WeightsPanel shown tried/>
            </Show>
        </div>
    }
    .into_any()
}
