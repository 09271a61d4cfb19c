//! The sheet in reading order: what a row is, what each column is, what comes of it.

use leptos::prelude::*;

use super::{columns::Columns, fields::Fields, kinds::Kinds, outcome::Outcome};
use crate::{
    ui::{
        components::FailureNotice,
        i18n::{t, t_string, use_i18n},
        pages::import::{
            focus::{focus, focus_once_drawn},
            sheet::SHEET,
        },
        state::{use_imports, use_mappings},
    },
    worker::protocol::{Mapping, MappingPreview, MappingView},
};

/// Id of the heading, which takes the focus when the sheet opens.
const HEAD: &str = "import-mapping";

/// Maps the columns of the file that `Mappings` is open for.
#[component]
pub(in crate::ui::pages::import) fn MappingSheet(
    /// Name of the file.
    file_name: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let has_view = Memo::new(move |_| mappings.view.with(Option::is_some));
    focus_once_drawn(HEAD);
    view! {
        <div class="import-sheet__step mapping" role="group" aria-labelledby=HEAD>
            <div class="import-sheet__head">
                <h2 id=HEAD tabindex="-1">{t!(i18n, import.mapping.title)}</h2>
                <code class="small muted">{file_name}</code>
            </div>
            <p class="muted">{t!(i18n, import.mapping.lead)}</p>
            <FailureNotice failure=mappings.failure/>
            <Show
                when=move || has_view.get()
                fallback=move || view! { <p role="status">{t!(i18n, import.mapping.loading)}</p> }
            >
                <Fields/>
                <Columns/>
                <Kinds/>
                <Outcome/>
            </Show>
            <Actions/>
        </div>
    }
}

/// Why the file cannot be read like this yet; `None` when it can.
fn obstacle(view: &MappingView, draft: &Mapping) -> Option<Obstacle> {
    // The answer to the last change is still to come.
    if view.mapping != *draft {
        return Some(Obstacle::Incomplete);
    }
    if !view.channels.is_empty() && draft.channel.is_empty() {
        return Some(Obstacle::NoChannel);
    }
    match view.preview {
        MappingPreview::Incomplete => Some(Obstacle::Incomplete),
        MappingPreview::Refused(_) => Some(Obstacle::Refused),
        MappingPreview::Read { .. } => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Obstacle {
    NoChannel,
    Incomplete,
    Refused,
}

/// Reading the file as mapped, or leaving it.
#[component]
fn Actions() -> impl IntoView {
    let i18n = use_i18n();
    let (mappings, imports) = (use_mappings(), use_imports());
    let obstacle = Memo::new(move |_| {
        let of_view = |view: &Option<MappingView>| match view {
            Some(view) => mappings.draft.with(|draft| obstacle(view, draft)),
            None => Some(Obstacle::Incomplete),
        };
        mappings.view.with(of_view)
    });
    let why = move || match obstacle.get() {
        Some(Obstacle::NoChannel) => t_string!(i18n, import.mapping.no_channel),
        Some(Obstacle::Incomplete) => t_string!(i18n, import.mapping.incomplete),
        Some(Obstacle::Refused) => t_string!(i18n, import.mapping.refused),
        None => t_string!(i18n, import.mapping.kept),
    };
    view! {
        <div class="row">
            <button
                type="button"
                class="button"
                data-kind="primary"
                disabled=move || obstacle.get().is_some() || imports.is_busy.get()
                aria-describedby="import-mapping-why"
                on:click=move |_| {
                    mappings.apply();
                    focus(SHEET);
                }
            >
                {t!(i18n, import.mapping.apply)}
            </button>
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    mappings.close();
                    focus(SHEET);
                }
            >
                {t!(i18n, import.mapping.cancel)}
            </button>
            <span id="import-mapping-why" class="small muted" role="status">{why}</span>
        </div>
    }
}
