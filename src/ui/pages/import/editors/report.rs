//! Which kind of report the file is.

use leptos::prelude::*;

use super::{
    Edited,
    frame::{EditorFrame, Field},
};
use crate::{
    ui::{
        hooks::{today, use_worker_query},
        i18n::{label, name, use_i18n},
    },
    worker::protocol::{ReadingEdit, Request, Response},
};

/// A list of all kinds that can be read.
#[component]
pub(super) fn ReportEditor(
    /// What is edited.
    edited: Edited,
) -> impl IntoView {
    let i18n = use_i18n();
    let first = edited.understood.with_untracked(|file| (file.report.clone(), file.names.clone()));
    let chosen = RwSignal::new(first.0.clone());
    let data = use_worker_query(
        || Some(Request::Data { today: today() }),
        |_, response| match response {
            Response::Data(data) => data.open(),
            _ => None,
        },
    );
    let options = move || {
        let mut kinds = data.value.with(|data| {
            let kinds = data.as_ref().map(|data| data.supported.iter());
            kinds
                .into_iter()
                .flatten()
                .map(|kind| (kind.report.clone(), name(i18n, &kind.names)))
                .collect::<Vec<_>>()
        });
        if !kinds.iter().any(|(id, _)| *id == first.0) {
            kinds.insert(0, (first.0.clone(), name(i18n, &first.1)));
        }
        kinds
            .into_iter()
            .map(|(id, text)| {
                let is_chosen = chosen.with_untracked(|chosen| *chosen == id);
                view! { <option value=id selected=is_chosen>{text}</option> }
            })
            .collect_view()
    };
    view! {
        <EditorFrame
            edited
            edit=Signal::derive(move || Some(ReadingEdit::Report { report: chosen.get() }))
            invalid=String::new()
        >
            <Field
                label=label!(i18n, import.editor.report_label)
                hint=label!(i18n, import.editor.report_hint)
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
