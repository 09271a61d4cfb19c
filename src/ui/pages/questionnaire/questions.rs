//! The questions, each with the choices that answer it.

use leptos::prelude::*;

use super::{
    answers::{after_click, answer, named, with},
    page::Shown,
};
use crate::{
    ui::{
        i18n::{fill, name, t, t_string, use_i18n},
        state::use_location,
    },
    worker::protocol::{AnswerChoice, QuestionView},
};

/// All questions. They stay as they are while answers change, and with them the focus.
#[component]
pub(super) fn Questions(
    /// What is asked and answered.
    shown: Shown,
) -> impl IntoView {
    let questions = Memo::new(move |_| shown.part(|view| view.questions.clone()));
    let fields = move || {
        let questions = questions.get().unwrap_or_default().into_iter().zip(1_usize..);
        questions.map(|(question, number)| view! { <Field question number shown/> }).collect_view()
    };
    view! { <div class="questionnaire__questions">{fields}</div> }.into_any()
}

/// One question.
#[component]
fn Field(
    /// The question.
    question: QuestionView,
    /// Its place among all, from 1 on.
    number: usize,
    /// What is asked and answered.
    shown: Shown,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let id = StoredValue::new(question.id.clone());
    let chosen = Memo::new(move |_| {
        let of = |id: &String| shown.answers.with(|answers| answers.get(id).cloned());
        id.with_value(of).unwrap_or_default()
    });
    let note = format!("question-note-{}", question.id);
    let described_by = note.clone();
    let choices: Vec<AnyView> = question
        .choices
        .iter()
        .map(|choice| {
            let choice = choice.clone();
            view! { <Choice choice question=question.clone() chosen shown/> }.into_any()
        })
        .collect();
    let (stable, title) = (question.id.clone(), question.names.clone());
    let note_text = note_of(question, chosen, shown);
    let clear = move |_| {
        let rest = with(shown.answers.get_untracked(), &id.get_value(), Vec::new());
        answer(location, &rest);
    };
    let named = title.clone();
    let clear_name = move || fill!(i18n, questionnaire.clear_named, question = name(i18n, &named));
    view! {
        <fieldset data-question=stable aria-describedby=described_by>
            <legend class="questionnaire__title">
                {number} ". " {move || name(i18n, &title)}
            </legend>
            <div class="questionnaire__choices">{choices}</div>
            <p class="questionnaire__note">
                <span id=note>{note_text}</span>
                <Show when=move || chosen.with(|it| !it.is_empty())>
                    <button
                        type="button"
                        class="questionnaire__clear"
                        data-action="clear"
                        aria-label=clear_name.clone()
                        on:click=clear
                    >
                        {t!(i18n, questionnaire.clear)}
                    </button>
                </Show>
            </p>
        </fieldset>
    }
    .into_any()
}

/// How many choices may be made, and what counts as long as none is.
fn note_of(
    question: QuestionView,
    chosen: Memo<Vec<String>>,
    shown: Shown,
) -> impl Fn() -> String + Send + Sync + 'static {
    let i18n = use_i18n();
    move || {
        let several = question.is_multi.then(|| t_string!(i18n, questionnaire.several).to_owned());
        let usual = chosen.with(Vec::is_empty).then(|| {
            let usual = shown.part(|view| view.presumed.get(&question.id).cloned()).flatten()?;
            let names = named(&question, &usual);
            let names: Vec<String> = names.iter().map(|it| name(i18n, &it.names)).collect();
            let names = names.join(t_string!(i18n, words.list_gap));
            Some(fill!(i18n, questionnaire.presumed, choices = names))
        });
        let parts: Vec<String> = several.into_iter().chain(usual.flatten()).collect();
        parts.join(" ")
    }
}

/// One choice: a radio button, or a box to tick where several can be made.
#[component]
fn Choice(
    /// The choice.
    choice: AnswerChoice,
    /// What it answers.
    question: QuestionView,
    /// The choices made.
    chosen: Memo<Vec<String>>,
    /// What is asked and answered.
    shown: Shown,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let id = choice.id.clone();
    let is_chosen = Memo::new(move |_| chosen.with(|chosen| chosen.contains(&id)));
    let (of, id) = (question.id.clone(), choice.id.clone());
    let is_presumed = Memo::new(move |_| {
        let usual = |id: &String| {
            shown.part(|view| view.presumed.get(&of).is_some_and(|usual| usual.contains(id)))
        };
        chosen.with(Vec::is_empty) && usual(&id).unwrap_or_default()
    });
    let kind = if question.is_multi { "checkbox" } else { "radio" };
    let group = format!("question-{}", question.id);
    let (value, names) = (choice.id.clone(), choice.names.clone());
    let click = move |_| {
        let choices = chosen.with_untracked(|chosen| after_click(&question, chosen, &choice));
        answer(location, &with(shown.answers.get_untracked(), &question.id, choices));
    };
    view! {
        <label
            class="chip questionnaire__choice"
            data-set=move || is_chosen.get().then_some("true")
            data-presumed=move || is_presumed.get().then_some("true")
        >
            <input type=kind name=group value=value prop:checked=is_chosen on:change=click/>
            <span>{move || name(i18n, &names)}</span>
        </label>
    }
    .into_any()
}
