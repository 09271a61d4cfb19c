//! Which shop the file is from.

use leptos::prelude::*;

use super::{
    Edited,
    frame::{EditorFrame, Field},
};
use crate::{
    ui::i18n::{label, use_i18n},
    worker::protocol::ReadingEdit,
};

/// The shop's name, typed.
#[component]
pub(super) fn ShopEditor(
    /// What is edited.
    edited: Edited,
) -> impl IntoView {
    let i18n = use_i18n();
    let shop = RwSignal::new(edited.understood.with_untracked(|file| file.shop.clone()));
    let edit = move || {
        let shop = shop.with(|shop| shop.trim().to_owned());
        (!shop.is_empty()).then_some(ReadingEdit::Shop { shop })
    };
    view! {
        <EditorFrame
            edited
            edit=Signal::derive(edit)
            invalid=label!(i18n, import.editor.shop_invalid)
        >
            <Field
                label=label!(i18n, import.editor.shop_label)
                hint=label!(i18n, import.editor.shop_hint)
            >
                <input
                    type="text"
                    class="field__input"
                    autocomplete="off"
                    maxlength="80"
                    prop:value=shop
                    on:input=move |event| shop.set(event_target_value(&event))
                />
            </Field>
        </EditorFrame>
    }
}
