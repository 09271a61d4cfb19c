//! In which currency the file's amounts are.

use leptos::prelude::*;

use super::{
    Edited,
    frame::{EditorFrame, Field},
};
use crate::{
    domain::Currency,
    ui::{
        i18n::{label, t_string, use_i18n},
        pages::import::words::CURRENCIES,
    },
    worker::protocol::ReadingEdit,
};

/// A code, typed or taken from the usual ones.
#[component]
pub(super) fn CurrencyEditor(
    /// What is edited.
    edited: Edited,
) -> impl IntoView {
    let i18n = use_i18n();
    let known = edited.understood.with_untracked(|file| file.currencies.first().copied());
    let code = RwSignal::new(known.map(|currency| currency.to_string()).unwrap_or_default());
    let edit = move || {
        let currency = code.with(|code| Currency::parse(code));
        currency.map(|currency| ReadingEdit::Currency { currency })
    };
    let usual =
        CURRENCIES.iter().map(|code| view! { <option value=*code></option> }).collect_view();
    view! {
        <EditorFrame
            edited
            edit=Signal::derive(edit)
            invalid=Signal::derive(move || {
                t_string!(i18n, import.editor.currency_invalid).to_owned()
            })
        >
            <Field
                label=label!(i18n, import.editor.currency_label)
                hint=label!(i18n, import.editor.currency_hint)
            >
                <input
                    type="text"
                    class="field__input"
                    list="import-currencies"
                    autocomplete="off"
                    maxlength="3"
                    placeholder="USD"
                    prop:value=code
                    on:input=move |event| code.set(event_target_value(&event))
                />
            </Field>
            <datalist id="import-currencies">{usual}</datalist>
        </EditorFrame>
    }
}
