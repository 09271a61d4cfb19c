//! The page: what to drop, what is being read, the queue with the chosen file, and the last step.

use leptos::prelude::*;

use super::{
    confirm::ConfirmBar, drop_zone::DropZone, queue::Queue, reading::ReadingFiles,
    result_line::ResultLine, sheet::FileSheet, words,
};
use crate::{
    ui::{
        components::{FailureNotice, Notice},
        i18n::{fill, t, t_string, use_i18n},
        state::{use_imports, use_mappings, use_workbook},
    },
    worker::protocol::{PendingFile, Reading},
};

/// Drop files, see how they were understood, take them in.
#[component]
pub(crate) fn ImportPage() -> impl IntoView {
    let i18n = use_i18n();
    let (imports, mappings) = (use_imports(), use_mappings());
    let n_pending = Memo::new(move |_| imports.pending.with(Vec::len));
    let chosen = RwSignal::new(None::<u32>);
    let current =
        Memo::new(move |_| imports.pending.with(|files| current_file(files, chosen.get())));
    let workbook = use_workbook().state;
    let is_demo =
        Memo::new(move |_| workbook.with(|state| state.as_ref().is_some_and(|it| it.is_demo)));
    let title = move || match n_pending.get() {
        0 => t_string!(i18n, import.title).to_owned(),
        count => fill!(i18n, import.title_files, files = words::files(i18n, count)),
    };
    view! {
        <div class="import-page">
            <div class="page__head">
                <h1>{title}</h1>
                <p class="page__lead">{t!(i18n, import.lead)}</p>
            </div>
            <Show when=move || is_demo.get()>
                <Notice>{t!(i18n, import.is_demo)}</Notice>
            </Show>
            <ResultLine/>
            <FailureNotice failure=imports.failure/>
            <DropZone is_line=Signal::derive(move || n_pending.get() > 0)/>
            <ReadingFiles/>
            <Show when=move || n_pending.get() != 0>
                <div
                    class="import-page__body"
                    data-queue=move || (n_pending.get() > 1).then_some("true")
                >
                    <Show when=move || { n_pending.get() > 1 }>
                        <Queue current on_choose=move |pending| chosen.set(Some(pending))/>
                    </Show>
                    {move || current.get().map(|pending| view! { <FileSheet pending/> })}
                </div>
                // What is being mapped is read first.
                <Show when=move || {
                    mappings.pending.get().is_none_or(|pending| current.get() != Some(pending))
                }>
                    <ConfirmBar on_show=move |pending| chosen.set(Some(pending))/>
                </Show>
            </Show>
        </div>
    }
}

/// The chosen file while it is there, else the first that asks something, else the first.
fn current_file(files: &[PendingFile], chosen: Option<u32>) -> Option<u32> {
    let is_chosen = |file: &&PendingFile| Some(file.pending) == chosen;
    let asks = |file: &&PendingFile| matches!(file.reading, Reading::Asking(_));
    files
        .iter()
        .find(is_chosen)
        .or_else(|| files.iter().find(asks))
        .or_else(|| files.first())
        .map(|file| file.pending)
}
