//! One pending file in full, in reading order.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    changes::Changes,
    checks::Checks,
    mapping::{MapButton, MappingSheet},
    preview::Preview,
    problems::Problems,
    refusal::{AlreadyLoaded, RefusalSheet},
    sentence::Recognised,
};
use crate::{
    ui::{
        i18n::{t, use_i18n},
        state::{use_imports, use_mappings},
    },
    worker::protocol::{PendingFile, Reading, Refusal, Understood},
};

/// Id of the sheet, which takes the focus when its file is read in another way.
pub(super) const SHEET: &str = "import-sheet";

/// A file as it was understood; changes when the file is read again.
pub(super) type Shared = Signal<Arc<Understood>>;

/// What a file turned out to be. A change of it builds the sheet anew.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    Understood,
    AlreadyLoaded,
    Refused { refusal: Refusal, can_be_mapped: bool },
}

fn outcome(file: &PendingFile) -> Outcome {
    match &file.reading {
        Reading::Ready(_) | Reading::Asking(_) => Outcome::Understood,
        Reading::AlreadyLoaded { .. } => Outcome::AlreadyLoaded,
        Reading::Refused(refusal) => {
            let (refusal, can_be_mapped) = (refusal.clone(), file.can_be_mapped);
            Outcome::Refused { refusal, can_be_mapped }
        }
    }
}

fn understood(file: &PendingFile) -> Option<Arc<Understood>> {
    match &file.reading {
        Reading::Ready(understood) | Reading::Asking(understood) => {
            Some(Arc::new(understood.as_ref().clone()))
        }
        Reading::AlreadyLoaded { .. } | Reading::Refused(_) => None,
    }
}

/// The sheet of one pending file, whatever it turned out to be.
#[component]
pub(super) fn FileSheet(
    /// The engine's number of the file.
    pending: u32,
) -> impl IntoView {
    let i18n = use_i18n();
    let imports = use_imports();
    let file = Memo::new(move |_| {
        imports.pending.with(|files| files.iter().find(|file| file.pending == pending).cloned())
    });
    let outcome = Memo::new(move |_| file.with(|file| file.as_ref().map(outcome)));
    let shared = Memo::new(move |_| file.with(|file| file.as_ref().and_then(understood)));
    let file_name = file.with_untracked(|file| file.as_ref().map(|file| file.name.clone()));
    let file_name = file_name.unwrap_or_default();
    let label = file_name.clone();
    let mappings = use_mappings();
    let is_mapped = Memo::new(move |_| mappings.pending.get() == Some(pending));
    let can_be_mapped =
        Memo::new(move |_| file.with(|file| file.as_ref().is_some_and(|it| it.can_be_mapped)));
    let sheet = move || match outcome.get() {
        Some(_) if is_mapped.get() => {
            Some(view! { <MappingSheet file_name=file_name.clone()/> }.into_any())
        }
        Some(Outcome::Understood) => shared.get_untracked().map(|first| {
            // While the sheet is taken down the file may be gone: the last one stays.
            let shared = Memo::new(move |_| shared.get().unwrap_or_else(|| first.clone()));
            view! { <UnderstoodSheet
                pending
                understood=shared
                can_be_mapped
                file_name=file_name.clone()
            /> }
            .into_any()
        }),
        Some(Outcome::AlreadyLoaded) => {
            Some(view! { <AlreadyLoaded file_name=file_name.clone()/> }.into_any())
        }
        Some(Outcome::Refused { refusal, can_be_mapped }) => Some(
            view! {
                <RefusalSheet pending refusal can_be_mapped file_name=file_name.clone()/>
            }
            .into_any(),
        ),
        None => None,
    };
    view! {
        <section
            id=SHEET
            class="import-sheet"
            tabindex="-1"
            aria-label=label
            aria-busy=move || imports.is_busy.get().to_string()
        >
            {sheet}
            <button
                type="button"
                class="button"
                style:justify-self="start"
                aria-label=t!(i18n, import.queue.discard)
                on:click=move |_| imports.discard(pending)
            >
                {t!(i18n, import.queue.discard)}
            </button>
        </section>
    }
}

/// All that is known of a file that was understood.
#[component]
fn UnderstoodSheet(
    /// The engine's number of the file.
    pending: u32,
    /// The file as understood.
    #[prop(into)]
    understood: Shared,
    /// Whether the person can say what its columns are.
    #[prop(into)]
    can_be_mapped: Signal<bool>,
    /// Name of the file.
    file_name: String,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Recognised pending understood file_name/>
        <Problems pending understood/>
        <Changes understood/>
        <Checks understood/>
        <Preview understood/>
        <Show when=move || can_be_mapped.get()>
            <div class="import-sheet__step">
                <p class="small muted">{t!(i18n, import.mapping.wrong)}</p>
                <p class="row"><MapButton pending is_primary=false/></p>
            </div>
        </Show>
    }
}
