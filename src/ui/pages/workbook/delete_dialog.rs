//! Deleting a workbook is final, so its name has to be typed.

use leptos::{ev::SubmitEvent, html, prelude::*};

use crate::{
    ui::{
        hooks::use_dialog,
        i18n::{fill, t, use_i18n},
        pages::targets::Drafts,
        state::use_workbook,
    },
    worker::protocol::WorkbookEntry,
};

/// Open while a workbook is doomed.
#[component]
pub(super) fn DeleteDialog(
    /// The workbook that may be deleted; `None` closes the dialog.
    doomed: RwSignal<Option<WorkbookEntry>>,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let dialog = NodeRef::<html::Dialog>::new();
    use_dialog(dialog, Signal::derive(move || doomed.with(Option::is_some)));
    let typed = RwSignal::new(String::new());
    let name = move || doomed.with(|entry| entry.as_ref().map(|entry| entry.name.clone()));
    let is_right =
        move || name().is_some_and(|name| typed.with(|typed| typed.trim() == name.trim()));
    let close = move || {
        typed.set(String::new());
        doomed.set(None);
    };
    let delete = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(entry) = doomed.get_untracked().filter(|_| is_right()) {
            Drafts::forget(&entry.id);
            workbook.delete(entry.id);
            close();
        }
    };
    let question = move || fill!(i18n, workbook.delete_question, name = name().unwrap_or_default());
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="delete" on:close=move |_| close()>
            <form class="stack" data-gap="small" on:submit=delete>
                <h2 id="delete">{question}</h2>
                <p>{t!(i18n, workbook.delete_final)}</p>
                <label class="field">
                    <span class="field__label">{t!(i18n, workbook.delete_type)}</span>
                    <input
                        class="field__input"
                        autocomplete="off"
                        prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </label>
                <div class="dialog__foot">
                    <button type="button" class="button" on:click=move |_| close()>
                        {t!(i18n, workbook.cancel)}
                    </button>
                    <button
                        type="submit"
                        class="button"
                        data-kind="danger"
                        disabled=move || !is_right()
                    >
                        {t!(i18n, workbook.delete)}
                    </button>
                </div>
            </form>
        </dialog>
    }
    .into_any()
}
