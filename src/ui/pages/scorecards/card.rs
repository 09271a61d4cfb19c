//! One scorecard in full.

use leptos::prelude::*;

use super::{
    balance::balance_panel,
    draft::Draft,
    editor::Editor,
    head::head,
    history::history_panel,
    lines::lines_panel,
    sides::side_tiles,
    trial::{SignedBy, TrialPanel},
};
use crate::{
    domain::Day,
    ui::{
        components::{EmptyState, FailureNotice, Glyph, Icon},
        hooks::{today, use_worker_query},
        i18n::{label, t, use_i18n},
        routes::{CYCLE_KEY, Page},
        state::{use_location, use_workbook},
    },
    worker::protocol::{
        Request, Response, ScorecardAnswer, ScorecardRequest, ScorecardView, Sealed,
    },
};

/// What the engine knows of a card.
struct Known {
    /// `None`: there is no such card.
    card: Option<Box<ScorecardView>>,
}

fn card_of(_: Request, response: Response) -> Option<Known> {
    match response {
        Response::Scorecards(answer) => match answer.open()? {
            ScorecardAnswer::Card(card) => Some(Known { card }),
            _ => None,
        },
        _ => None,
    }
}

/// One scorecard, as it is kept or as it is being changed.
#[component]
pub(crate) fn ScorecardPage(
    /// Its id; empty for a new one.
    id: String,
) -> impl IntoView {
    let workbook = use_workbook();
    let open = Memo::new(move |_| {
        workbook.state.with(|state| state.as_ref().map(|state| state.id.clone()))
    });
    // What is being changed is of one workbook.
    move || open.get().map(|workbook_id| view! { <Card workbook_id id=id.clone()/> })
}

#[component]
fn Card(
    /// The open workbook.
    workbook_id: String,
    /// Id of the card; empty for a new one.
    id: String,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let draft = Draft::of(&workbook_id, &id);
    let by = SignedBy(RwSignal::new(String::new()));
    let cycle = Memo::new(move |_| {
        location.route.with(|route| {
            let own = route.view.own_of(&[CYCLE_KEY]);
            own.filter_map(|(_, text)| Day::parse(text)).last()
        })
    });
    let card = use_worker_query(
        move || {
            let (id, draft) = (id.clone(), draft.get().map(Box::new));
            let request = ScorecardRequest::Card { id, draft, day: cycle.get(), today: today() };
            Some(Request::Scorecards(Sealed::of(&request)))
        },
        card_of,
    );
    let shown = Signal::derive(move || card.value.get().and_then(|it| it.card.as_deref().cloned()));
    let is_gone =
        Memo::new(move |_| card.value.with(|it| it.as_ref().is_some_and(|it| it.card.is_none())));
    let is_edited = Memo::new(move |_| draft.get().is_some());
    view! {
        <div
            class="page scorecard"
            aria-busy=move || card.is_pending.get().to_string()
            data-late=move || card.is_late.get().then_some("true")
        >
            <a class="page__back" href=move || location.href(Page::Scorecards)>
                <Icon glyph=Glyph::Left/> {t!(i18n, scorecards.back)}
            </a>
            <FailureNotice failure=card.failure/>
            {move || shown.get().map(|view| head(i18n, &view, draft))}
            <Show when=move || is_edited.get()>
                <Editor draft shown/>
            </Show>
            {move || shown.get().map(|view| side_tiles(i18n, &view))}
            {move || shown.get().map(|view| lines_panel(i18n, &view))}
            {move || {
                let view = shown.get().filter(|view| !view.card.lines.is_empty())?;
                Some(balance_panel(i18n, &view))
            }}
            <Show when=move || shown.with(|it| it.as_ref().is_some_and(|it| it.version > 0))>
                <TrialPanel shown by is_edited/>
            </Show>
            {move || shown.get().map(|view| history_panel(i18n, &view, by))}
            <Show when=move || is_gone.get()>
                <EmptyState title=label!(i18n, scorecards.gone) reason=label!(i18n, scorecards.gone_why)/>
            </Show>
        </div>
    }
    .into_any()
}
