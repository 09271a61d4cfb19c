//! What the next undo and redo would do.

use leptos::prelude::*;

use crate::ui::{
    components::{Glyph, Icon},
    i18n::{change_text, t, use_i18n},
    state::use_workbook,
};

/// The newest change, with undo and redo beside it.
#[component]
pub(super) fn History() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let undo =
        move || workbook.state.with(|state| state.as_ref().and_then(|open| open.undo.clone()));
    let redo =
        move || workbook.state.with(|state| state.as_ref().and_then(|open| open.redo.clone()));
    let undo_line = move || {
        undo().map(|change| {
            view! {
                <li class="history__line">
                    <span>{move || change_text(i18n, &change)}</span>
                    <button
                        type="button"
                        class="button"
                        disabled=move || !workbook.is_writable()
                        on:click=move |_| workbook.undo()
                    >
                        <Icon glyph=Glyph::Undo/>
                        {t!(i18n, workbook.undo)}
                    </button>
                </li>
            }
        })
    };
    let redo_line = move || {
        redo().map(|change| {
            view! {
                <li class="history__line" data-state="undone">
                    <span>{move || change_text(i18n, &change)}</span>
                    <button
                        type="button"
                        class="button"
                        disabled=move || !workbook.is_writable()
                        on:click=move |_| workbook.redo()
                    >
                        <Icon glyph=Glyph::Redo/>
                        {t!(i18n, workbook.redo)}
                    </button>
                </li>
            }
        })
    };
    view! {
        <section class="panel" aria-labelledby="history">
            <div class="panel__head"><h2 id="history">{t!(i18n, workbook.history)}</h2></div>
            <ul class="plain-list">
                {redo_line}
                {undo_line}
            </ul>
            {move || (undo().is_none() && redo().is_none()).then(|| view! {
                <p class="muted">{t!(i18n, workbook.no_history)}</p>
            })}
        </section>
    }
    .into_any()
}
