//! Cells that could not be read, typed anew; the file itself is never changed.

use leptos::{ev::SubmitEvent, prelude::*};

use super::{sheet::Shared, words};
use crate::{
    ui::{
        components::{Glyph, Icon},
        format,
        i18n::{fill, t, use_i18n},
        state::use_imports,
    },
    worker::protocol::{Correction, ReadingEdit},
};

/// A way to type a cell anew, in place.
#[component]
pub(super) fn CorrectButton(
    /// The engine's number of the file.
    pending: u32,
    /// Line of the cell.
    line: u64,
    /// Column of the cell.
    column: String,
    /// What stands there.
    value: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let imports = use_imports();
    let is_open = RwSignal::new(false);
    let typed = RwSignal::new(value);
    let column = StoredValue::new(column);
    let label = move || {
        fill!(
            i18n,
            import.problem.correct_named,
            line = format::count(line),
            column = column.get_value()
        )
    };
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let (column, value) = (column.get_value(), typed.get_untracked().trim().to_owned());
        let correction = Correction { line, column, value };
        imports.edit(pending, ReadingEdit::Correct { correction });
    };
    view! {
        <Show
            when=move || is_open.get()
            fallback=move || {
                view! {
                    <button
                        type="button"
                        class="button"
                        data-action="correct"
                        aria-label=label
                        on:click=move |_| is_open.set(true)
                    >
                        {t!(i18n, import.problem.correct)}
                    </button>
                }
            }
        >
            <form class="row correction" novalidate on:submit=send>
                <input
                    type="text"
                    class="field__input"
                    data-size="inline"
                    aria-label=label
                    autocomplete="off"
                    autofocus
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button type="submit" class="button" disabled=move || imports.is_busy.get()>
                    {t!(i18n, import.problem.correct_apply)}
                </button>
            </form>
        </Show>
    }
}

/// What was typed, each with a way back to what stands in the file.
#[component]
pub(super) fn Corrections(
    /// The engine's number of the file.
    pending: u32,
    /// The file as understood.
    understood: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let imports = use_imports();
    let corrections = Memo::new(move |_| understood.with(|file| file.corrections.clone()));
    let line = move |it: Correction| {
        let said = {
            let it = it.clone();
            move || {
                fill!(
                    i18n,
                    import.problem.corrected,
                    line = format::count(it.line),
                    column = it.column,
                    value = words::or_empty(i18n, &it.value)
                )
            }
        };
        let Correction { line, column, .. } = it;
        view! {
            <li class="row" data-correction=line>
                <span>{said}</span>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        let column = column.clone();
                        imports.edit(pending, ReadingEdit::TakeBack { line, column });
                    }
                >
                    <Icon glyph=Glyph::Undo/>
                    {t!(i18n, import.problem.take_back)}
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || corrections.with(|corrections| !corrections.is_empty())>
            <h3>{t!(i18n, import.problem.corrections)}</h3>
            <ul class="plain-list">{move || corrections.get().into_iter().map(line).collect_view()}</ul>
        </Show>
    }
}
