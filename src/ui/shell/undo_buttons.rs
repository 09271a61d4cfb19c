//! Undo and redo, each saying what it would do.

use leptos::prelude::*;

use crate::{
    ui::{
        components::{Glyph, Icon},
        i18n::{change_text, fill, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::ChangeName,
};

/// Two buttons; disabled when there is nothing to undo or redo.
#[component]
pub(crate) fn UndoButtons() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let next = move |pick: fn(&crate::worker::protocol::WorkbookState) -> Option<ChangeName>| {
        workbook.state.with(|state| state.as_ref().and_then(pick))
    };
    let undone = Memo::new(move |_| next(|open| open.undo.clone()));
    let redone = Memo::new(move |_| next(|open| open.redo.clone()));
    let undo_label = move || match undone.get() {
        Some(change) => fill!(i18n, shell.undo_change, change = change_text(i18n, &change)),
        None => t_string!(i18n, shell.undo_nothing).to_owned(),
    };
    let redo_label = move || match redone.get() {
        Some(change) => fill!(i18n, shell.redo_change, change = change_text(i18n, &change)),
        None => t_string!(i18n, shell.redo_nothing).to_owned(),
    };
    view! {
        <span class="undo-buttons" role="group">
            <button
                type="button"
                class="button"
                data-kind="icon"
                aria-label=undo_label
                title=undo_label
                disabled=move || undone.with(Option::is_none) || !workbook.is_writable()
                on:click=move |_| workbook.undo()
            >
                <Icon glyph=Glyph::Undo/>
            </button>
            <button
                type="button"
                class="button"
                data-kind="icon"
                aria-label=redo_label
                title=redo_label
                disabled=move || redone.with(Option::is_none) || !workbook.is_writable()
                on:click=move |_| workbook.redo()
            >
                <Icon glyph=Glyph::Redo/>
            </button>
        </span>
    }
    .into_any()
}
