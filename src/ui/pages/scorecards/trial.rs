//! From a draft to a card that counts: publishing it, and the decision at the end of its trial.

use leptos::prelude::*;

use crate::{
    domain::ScorecardChange,
    ui::{
        components::TextField,
        format,
        i18n::{I18n, fill, label, language, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{CardState, Change, ScorecardView, Sealed},
};

/// Whose name stands under what is published, signed and decided.
#[derive(Clone, Copy)]
pub(super) struct SignedBy(pub(super) RwSignal<String>);

impl SignedBy {
    pub(super) fn is_missing(self) -> bool {
        self.0.with(|name| name.trim().is_empty())
    }
}

/// The name, the reason where one is needed, and the next step.
#[component]
pub(super) fn TrialPanel(
    /// The newest answer.
    shown: Signal<Option<ScorecardView>>,
    /// Whose name stands under it.
    by: SignedBy,
    /// The card is being changed.
    is_edited: Memo<bool>,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let reason = RwSignal::new(String::new());
    let of = Memo::new(move |_| shown.with(|it| it.as_ref().map(Step::of)));
    let needs_reason =
        Memo::new(move |_| of.get().is_some_and(|it| it == Step::Publish { needs_reason: true }));
    let id = Memo::new(move |_| {
        shown.with(|it| it.as_ref().map(|it| it.card.id.clone()).unwrap_or_default())
    });
    let lacks = move || {
        by.is_missing()
            || is_edited.get()
            || !workbook.is_writable()
            || (needs_reason.get() && reason.with(|it| it.trim().is_empty()))
    };
    let publish = move |_| {
        let (id, by) = (id.get_untracked(), by.0.get_untracked());
        let change = ScorecardChange::Publish { id, by, reason: reason.get_untracked() };
        workbook.change_then(Change::Scorecards(Sealed::of(&change)), move || {
            reason.set(String::new());
        });
    };
    let decide = move |_| {
        let change = ScorecardChange::Decide { id: id.get_untracked(), by: by.0.get_untracked() };
        workbook.change(Change::Scorecards(Sealed::of(&change)));
    };
    let step = move || {
        match of.get() {
        Some(Step::Publish { .. }) => Some(view! {
            <button type="button" class="button" data-kind="primary" data-action="publish" disabled=lacks on:click=publish>
                {t!(i18n, scorecards.publish)}
            </button>
        }.into_any()),
        Some(Step::Decide) => Some(view! {
            <button type="button" class="button" data-kind="primary" data-action="decide" disabled=lacks on:click=decide>
                {t!(i18n, scorecards.decide)}
            </button>
        }.into_any()),
        Some(Step::Mend | Step::Sign) | None => None,
    }
    };
    let limit = move || {
        shown.with(|it| it.as_ref().map(|it| format::percent(&it.limit)).unwrap_or_default())
    };
    view! {
        <section class="panel" aria-labelledby="card-trial">
            <div class="panel__head">
                <h2 id="card-trial">{t!(i18n, scorecards.trial_title)}</h2>
                <span class="panel__note">{move || fill!(i18n, scorecards.trial_note, limit = limit())}</span>
            </div>
            {move || shown.get().and_then(|view| published(i18n, &view))}
            <div class="fields scorecard__step">
                <TextField label=label!(i18n, scorecards.your_name) value=by.0 field="signed-by"/>
                <Show when=move || needs_reason.get()>
                    <TextField label=label!(i18n, scorecards.reason) value=reason field="override"/>
                </Show>
            </div>
            <p class="field__hint" role="status">
                {move || match (is_edited.get(), by.is_missing()) {
                    (true, _) => t_string!(i18n, scorecards.save_first),
                    (false, true) => t_string!(i18n, scorecards.name_first),
                    _ => "",
                }}
            </p>
            <div class="row">{step}</div>
        </section>
    }
    .into_any()
}

/// What comes next for a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It has to be mended first.
    Mend,
    Publish {
        needs_reason: bool,
    },
    /// Its cycles have to be signed.
    Sign,
    Decide,
}

impl Step {
    fn of(view: &ScorecardView) -> Self {
        let is = |blocking: &str| view.imbalances.iter().any(|it| it.blocking == blocking);
        match view.state {
            CardState::Draft if is("until_mended") => Self::Mend,
            CardState::Draft => Self::Publish { needs_reason: is("until_overridden") },
            CardState::Ready => Self::Decide,
            CardState::Trial { .. } | CardState::Decided { .. } => Self::Sign,
        }
    }
}

fn published(i18n: I18n, view: &ScorecardView) -> Option<AnyView> {
    let (by, on, reason) = view.published.as_ref()?;
    let day = format::day(*on, language(i18n));
    let why = (!reason.is_empty())
        .then(|| format!(" {}", fill!(i18n, scorecards.published_why, reason = reason)));
    Some(
        view! { <p>{fill!(i18n, scorecards.published, day = day, name = by)} {why}</p> }.into_any(),
    )
}
