//! All pending files, each with its state in a word; one of them is looked at.

use leptos::prelude::*;

use super::words;
use crate::{
    ui::{
        components::{Glyph, Icon},
        format,
        i18n::{I18n, fill, name, t, t_string, use_i18n},
        state::use_imports,
    },
    worker::protocol::{PendingFile, Reading},
};

/// The list of pending files.
#[component]
pub(super) fn Queue(
    /// The file looked at.
    #[prop(into)]
    current: Signal<Option<u32>>,
    /// Called with the file to look at.
    #[prop(into)]
    on_choose: Callback<u32>,
) -> impl IntoView {
    let i18n = use_i18n();
    let imports = use_imports();
    let ids = Memo::new(move |_| {
        imports.pending.with(|files| files.iter().map(|file| file.pending).collect::<Vec<_>>())
    });
    view! {
        <nav class="import-queue" aria-label=t!(i18n, import.queue.label)>
            <h2 class="import-queue__head">{t!(i18n, import.queue.title)}</h2>
            <ul class="import-queue__list" role="list">
                <For each=move || ids.get() key=|pending| *pending let(pending)>
                    <QueuedFile pending current on_choose/>
                </For>
            </ul>
        </nav>
    }
}

/// One pending file: looked at by a click, left out by the cross.
#[component]
fn QueuedFile(
    /// The engine's number of the file.
    pending: u32,
    /// The file looked at.
    current: Signal<Option<u32>>,
    /// Called with the file to look at.
    on_choose: Callback<u32>,
) -> impl IntoView {
    let i18n = use_i18n();
    let imports = use_imports();
    let file = Memo::new(move |_| {
        imports.pending.with(|files| files.iter().find(|file| file.pending == pending).cloned())
    });
    let state = move || file.with(|file| file.as_ref().map(|file| state_id(&file.reading)));
    let file_name =
        move || file.with(|file| file.as_ref().map(|file| file.name.clone()).unwrap_or_default());
    view! {
        <li class="import-queue__file">
            <button
                type="button"
                class="import-queue__choose"
                data-state=state
                aria-current=move || (current.get() == Some(pending)).then_some("true")
                on:click=move |_| on_choose.run(pending)
            >
                {move || view! { <Icon glyph=glyph(state().unwrap_or_default())/> }}
                <span>{file_name}</span>
                <small>{move || file.with(|file| file.as_ref().map(|file| about(i18n, file)))}</small>
            </button>
            <button
                type="button"
                class="button"
                data-kind="icon"
                aria-label=move || fill!(i18n, import.queue.discard_named, file = file_name())
                title=t!(i18n, import.queue.discard)
                on:click=move |_| imports.discard(pending)
            >
                <Icon glyph=Glyph::Close/>
            </button>
        </li>
    }
}

fn state_id(reading: &Reading) -> &'static str {
    match reading {
        Reading::Ready(_) => "ready",
        Reading::Asking(_) => "asking",
        Reading::AlreadyLoaded { .. } => "already",
        Reading::Refused(_) => "refused",
    }
}

fn glyph(state: &str) -> Glyph {
    match state {
        "ready" => Glyph::Check,
        "asking" => Glyph::Help,
        "already" => Glyph::File,
        _ => Glyph::Warning,
    }
}

/// State, kind and size in one line.
fn about(i18n: I18n, file: &PendingFile) -> String {
    let (state, kind) = match &file.reading {
        Reading::Ready(understood) => {
            (t_string!(i18n, import.queue.ready), name(i18n, &understood.names))
        }
        Reading::Asking(understood) => {
            (t_string!(i18n, import.queue.asking), name(i18n, &understood.names))
        }
        Reading::AlreadyLoaded { .. } => (t_string!(i18n, import.queue.already), String::new()),
        Reading::Refused(_) => (t_string!(i18n, import.queue.refused), String::new()),
    };
    let rows = match &file.reading {
        Reading::Ready(understood) | Reading::Asking(understood) => {
            words::rows(i18n, understood.rows)
        }
        _ => format::bytes(file.size_bytes),
    };
    [state, &kind, &rows]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
