//! In which time zone the file's dates are meant.

use leptos::prelude::*;

use super::{
    Edited,
    frame::{EditorFrame, Field},
};
use crate::{
    ui::{
        i18n::{label, use_i18n},
        pages::import::words::{self, ZONES},
    },
    worker::protocol::ReadingEdit,
};

/// A list of the zones that reports use, in words.
#[component]
pub(super) fn ZoneEditor(
    /// What is edited.
    edited: Edited,
) -> impl IntoView {
    let i18n = use_i18n();
    let first = edited.understood.with_untracked(|file| file.zone.clone());
    let chosen = RwSignal::new(first.clone());
    let options = move || {
        let unlisted = (!ZONES.contains(&first.as_str())).then_some(first.as_str());
        unlisted
            .into_iter()
            .chain(ZONES.iter().copied())
            .map(|zone| {
                let is_chosen = chosen.with_untracked(|chosen| chosen == zone);
                let text = format!("{} · {zone}", words::zone(i18n, zone));
                view! { <option value=zone.to_owned() selected=is_chosen>{text}</option> }
            })
            .collect_view()
    };
    view! {
        <EditorFrame
            edited
            edit=Signal::derive(move || Some(ReadingEdit::Zone { zone: chosen.get() }))
            invalid=String::new()
        >
            <Field
                label=label!(i18n, import.editor.zone_label)
                hint=label!(i18n, import.editor.zone_hint)
            >
                <select
                    class="field__input"
                    on:change=move |event| chosen.set(event_target_value(&event))
                >
                    {options}
                </select>
            </Field>
        </EditorFrame>
    }
}
