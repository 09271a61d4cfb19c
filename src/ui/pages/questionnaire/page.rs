//! The page: the questions, and beside them what the answers lead to.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    adopt::Adopt,
    answers::{answer, answers_in},
    proposal::{Hints, Kpis, Reports},
    questions::Questions,
};
use crate::{
    ui::{
        components::FailureNotice,
        hooks::use_worker_query,
        i18n::{fill, t, use_i18n},
        state::use_location,
    },
    worker::protocol::{Answers, QuestionnaireView, Request, Response, Sealed},
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// The newest answer of the engine.
    view: Signal<Option<Arc<QuestionnaireView>>>,
    /// What the person answers: as the URL says it, else what was taken over.
    pub(super) answers: Memo<Answers>,
}

impl Shown {
    /// A part of the engine's newest answer; `None` before the first.
    pub(super) fn part<T>(self, of: impl FnOnce(&QuestionnaireView) -> T) -> Option<T> {
        self.view.with(|view| view.as_ref().map(|view| of(view)))
    }
}

/// The first questionnaire: eight questions, and the KPIs that their answers lead to.
#[component]
pub(crate) fn QuestionnairePage() -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let typed = Memo::new(move |_| location.route.with(|route| answers_in(&route.view)));
    let found = use_worker_query(
        move || Some(Request::Questionnaire(Sealed::of(&typed.get()))),
        |_, response| match response {
            Response::Questionnaire(view) => view.open(),
            _ => None,
        },
    );
    let answers = Memo::new(move |_| {
        let kept = || found.value.with(|view| view.as_ref().map(|view| view.answers.clone()));
        typed.get().or_else(kept).unwrap_or_default()
    });
    let shown = Shown { view: found.value, answers };
    let count = move || {
        let n_all = shown.part(|view| view.questions.len())?;
        let n_answered = answers.with(Answers::len);
        Some(fill!(i18n, questionnaire.answered, count = n_answered, all = n_all))
    };
    view! {
        <div class="page" aria-busy=move || found.is_pending.get().to_string()>
            <div class="page__head">
                <h1>{t!(i18n, questionnaire.title)}</h1>
                <p class="page__lead">{t!(i18n, questionnaire.lead)}</p>
            </div>
            <FailureNotice failure=found.failure/>
            <div class="questionnaire">
                <section class="panel" aria-labelledby="questions">
                    <div class="panel__head">
                        <h2 id="questions">{t!(i18n, questionnaire.questions)}</h2>
                        <span class="panel__note" data-part="answered">{count}</span>
                        <Show when=move || answers.with(|it| !it.is_empty())>
                            <button
                                type="button"
                                class="button push"
                                data-kind="quiet"
                                data-action="start-over"
                                on:click=move |_| answer(location, &Answers::new())
                            >
                                {t!(i18n, questionnaire.start_over)}
                            </button>
                        </Show>
                    </div>
                    <Questions shown/>
                </section>
                <div class="stack">
                    <section class="panel" aria-labelledby="proposed-kpis">
                        <Kpis shown>
                            <Adopt shown/>
                        </Kpis>
                    </section>
                    <Reports shown/>
                    <Hints shown/>
                </div>
            </div>
        </div>
    }
    .into_any()
}
