//! What was taken in last, where to look at it, and the way back.

use leptos::prelude::*;

use super::words;
use crate::ui::{
    components::{Glyph, Icon},
    i18n::{fill, t, t_string, use_i18n},
    routes::Page,
    state::{use_imports, use_location, use_workbook},
};

/// The kind of change that an import is.
const ADD_IMPORTS: &str = "add_imports";

/// Where the newest confirmation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It is the newest change: undo takes it back.
    TakenIn,
    /// It was taken back: redo brings it again.
    TakenBack,
    /// Other changes came after it.
    Earlier,
}

/// One line after files were taken in, until it is closed or new files come.
#[component]
pub(super) fn ResultLine() -> impl IntoView {
    let i18n = use_i18n();
    let (imports, workbook) = (use_imports(), use_workbook());
    let n_files = Memo::new(move |_| imports.confirmed.with(Vec::len));
    let step = Memo::new(move |_| {
        workbook.state.with(|state| match state.as_ref() {
            Some(open) if open.redo.as_ref().is_some_and(|next| next.kind == ADD_IMPORTS) => {
                Step::TakenBack
            }
            Some(open) if open.undo.as_ref().is_some_and(|next| next.kind == ADD_IMPORTS) => {
                Step::TakenIn
            }
            _ => Step::Earlier,
        })
    });
    let words = move || match step.get() {
        Step::TakenBack => t_string!(i18n, import.result.undone).to_owned(),
        _ => fill!(i18n, import.result.taken_in, files = words::files(i18n, n_files.get())),
    };
    view! {
        <div class="live-line" role="status">
            <Show when=move || n_files.get() != 0>
                <div class="notice">
                    <Icon glyph=Glyph::Check/>
                    <div class="stack" data-gap="small">
                    <p>{words}</p>
                    <WhereTo/>
                    <span class="row">
                        <TakeBack step/>
                        <button
                            type="button"
                            class="button"
                            data-kind="icon"
                            aria-label=t!(i18n, import.result.dismiss)
                            on:click=move |_| imports.confirmed.set(Vec::new())
                        >
                            <Icon glyph=Glyph::Close/>
                        </button>
                    </span>
                    </div>
                </div>
            </Show>
        </div>
    }
}

/// Links to the figures and to what is loaded.
#[component]
fn WhereTo() -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    view! {
        <p class="row">
            <a href=move || location.href(Page::Home)>{t!(i18n, import.result.home)}</a>
            <a href=move || location.href(Page::Data)>{t!(i18n, import.result.data)}</a>
        </p>
    }
}

/// Undo, or redo after an undo; nothing when another change came in between.
#[component]
fn TakeBack(
    /// Where the confirmation stands.
    #[prop(into)]
    step: Signal<Step>,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    move || match step.get() {
        Step::TakenIn => view! {
            <button type="button" class="button" on:click=move |_| workbook.undo()>
                <Icon glyph=Glyph::Undo/> {t!(i18n, import.result.undo)}
            </button>
        }
        .into_any(),
        Step::TakenBack => view! {
            <button type="button" class="button" on:click=move |_| workbook.redo()>
                <Icon glyph=Glyph::Redo/> {t!(i18n, import.result.redo)}
            </button>
        }
        .into_any(),
        Step::Earlier => ().into_any(),
    }
}
