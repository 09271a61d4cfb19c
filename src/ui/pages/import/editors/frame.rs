//! What all editors share: a form, its buttons, and what was wrong with the answer.

use leptos::{ev::SubmitEvent, prelude::*};

use super::Edited;
use crate::{
    ui::{
        i18n::{t, t_string, use_i18n},
        state::use_imports,
    },
    worker::protocol::ReadingEdit,
};

/// A form around an editor's fields. Sends the edit when it is submitted.
#[component]
pub(super) fn EditorFrame(
    /// What is edited.
    edited: Edited,
    /// The edit that the fields make; `None` when they hold no valid answer.
    #[prop(into)]
    edit: Signal<Option<ReadingEdit>>,
    /// Said when the form is sent without a valid answer.
    #[prop(into)]
    invalid: Signal<String>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let imports = use_imports();
    let is_wrong = RwSignal::new(false);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let answer = edit.get_untracked();
        is_wrong.set(answer.is_none());
        if let Some(answer) = answer {
            imports.edit(edited.pending, answer);
            edited.on_close.run(edited.part);
        }
    };
    let said = move || {
        if is_wrong.get() && edit.with(Option::is_none) { invalid.get() } else { String::new() }
    };
    view! {
        <form
            id=edited.part.editor_id()
            class="import-sheet__editor"
            data-asks=edited.is_asked.then_some("true")
            tabindex="-1"
            novalidate
            on:submit=send
        >
            {children()}
            <p class="field__hint" role="alert">{said}</p>
            <div class="row">
                <button type="submit" class="button" data-kind="primary">
                    {move || {
                        if edited.is_asked {
                            t_string!(i18n, import.editor.answer)
                        } else {
                            t_string!(i18n, import.editor.apply)
                        }
                    }}
                </button>
                <Show when=move || !edited.is_asked>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| edited.on_close.run(edited.part)
                    >
                        {t!(i18n, import.editor.close)}
                    </button>
                </Show>
            </div>
        </form>
    }
}

/// A labelled field with a hint.
#[component]
pub(super) fn Field(
    /// What the field holds.
    #[prop(into)]
    label: Signal<String>,
    /// What it is for; empty for none.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// The input or select.
    children: Children,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            {children()}
            {move || (!hint.with(String::is_empty)).then(|| view! { <span class="field__hint">{hint}</span> })}
        </label>
    }
}
