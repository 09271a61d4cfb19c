//! Taking the KPIs over, and what to do then.

use leptos::prelude::*;

use super::{answers::targets_hash, page::Shown};
use crate::{
    ui::{
        components::Notice,
        hooks::focus_on,
        i18n::{I18n, fill, t, t_string, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{Change, FirstCard},
};

/// Id of the section, which takes the focus when its button is gone.
const SECTION: &str = "adopt";
/// Id of the card, as the engine gives it.
const FIRST_CARD: &str = "first";

/// One click makes the card; where that is done, the ways on.
#[component]
pub(super) fn Adopt(
    /// What is asked and answered.
    shown: Shown,
) -> impl IntoView {
    let card = Memo::new(move |_| shown.part(|view| view.card.clone()));
    let content = move || {
        card.get().map(|card| match card {
            FirstCard::Adopted { name } => view! { <Done name shown/> }.into_any(),
            FirstCard::Missing => view! { <Start card=None shown/> }.into_any(),
            FirstCard::Other { name } => view! { <Start card=Some(name) shown/> }.into_any(),
        })
    };
    view! {
        <div id=SECTION class="questionnaire__adopt" tabindex="-1">{content}</div>
    }
    .into_any()
}

/// The button with what it does, or why it cannot.
#[component]
fn Start(
    /// The name of the card that is there; `None`: there is none.
    card: Option<String>,
    /// What is asked and answered.
    shown: Shown,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let card = StoredValue::new(card);
    let note = move || {
        if !workbook.is_writable() {
            return t_string!(i18n, shell.read_only_note).to_owned();
        }
        card.with_value(|card| match card {
            Some(name) => fill!(i18n, questionnaire.adopt_other, name = name),
            None => fill!(i18n, questionnaire.adopt_note, name = name_of_new(i18n)),
        })
    };
    let adopt = move |_| {
        let answers = shown.answers.get_untracked();
        let name = card.get_value().unwrap_or_else(|| untrack(|| name_of_new(i18n)).to_owned());
        workbook.change_then(Change::AdoptFramework { answers, name }, || focus_on(SECTION));
    };
    view! {
        <button
            type="button"
            class="button"
            data-kind="primary"
            data-size="large"
            data-action="adopt"
            aria-describedby="adopt-note"
            disabled=move || !workbook.is_writable()
            on:click=adopt
        >
            {t!(i18n, questionnaire.adopt)}
        </button>
        <p id="adopt-note" class="muted">{note}</p>
    }
    .into_any()
}

fn name_of_new(i18n: I18n) -> &'static str {
    t_string!(i18n, questionnaire.card_name)
}

/// What was done, with the ways on.
#[component]
fn Done(
    /// The card's name.
    name: String,
    /// What is asked and answered.
    shown: Shown,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let targets = move || {
        let ids = shown.part(|view| view.kpis.iter().map(|it| it.kpi.clone()).collect::<Vec<_>>());
        location.route.with(|route| targets_hash(&route.view, &ids.unwrap_or_default()))
    };
    let to = move |page: Page| move || location.href(page.clone());
    view! {
        <Notice>
            <p data-part="adopted">{move || fill!(i18n, questionnaire.done, name = name)}</p>
            <ul class="row" aria-label=t!(i18n, questionnaire.next)>
                <li>
                    <a class="button" data-kind="primary" data-link="targets" href=targets>
                        {t!(i18n, questionnaire.next_targets)}
                    </a>
                </li>
                <li>
                    <a class="button" data-link="scorecard" href=to(Page::Scorecard(FIRST_CARD.to_owned()))>
                        {t!(i18n, questionnaire.next_card)}
                    </a>
                </li>
                <li>
                    <a class="button" data-link="import" href=to(Page::Import)>
                        {t!(i18n, questionnaire.next_import)}
                    </a>
                </li>
                <li>
                    <a class="button" data-link="home" href=to(Page::Home)>
                        {t!(i18n, questionnaire.next_home)}
                    </a>
                </li>
            </ul>
        </Notice>
    }
    .into_any()
}
