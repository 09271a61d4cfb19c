//! Files while they are read.

use leptos::prelude::*;

use super::words;
use crate::ui::{
    components::{Glyph, Icon},
    format,
    i18n::{fill, t, use_i18n},
    state::{ReadingProgress, use_imports},
};

/// The file being read, how far it is, and a way to stop; nothing while none is read.
#[component]
pub(super) fn ReadingFiles() -> impl IntoView {
    let i18n = use_i18n();
    let imports = use_imports();
    let is_reading = Memo::new(move |_| imports.progress.with(Option::is_some));
    // Told to screen readers in quarters, so that they are not talked over.
    let quarter = Memo::new(move |_| {
        imports.progress.with(|progress| {
            progress.as_ref().map(|at| (at.index, at.n_files, percent(at) / 25 * 25))
        })
    });
    let said = move || {
        quarter.get().map(|(index, n_files, percent)| {
            fill!(
                i18n,
                import.reading.said,
                index = index + 1,
                count = n_files,
                percent = format!("{percent}%")
            )
        })
    };
    view! {
        <p class="visually-hidden" role="status">{said}</p>
        <Show when=move || is_reading.get()>
            <section class="import-reading" aria-label=t!(i18n, import.reading.title)>
                <div class="import-reading__line">
                    <Icon glyph=Glyph::Clock/>
                    <FileAndPlace/>
                    <button type="button" class="button" on:click=move |_| imports.cancel()>
                        {t!(i18n, import.reading.cancel)}
                    </button>
                </div>
                <progress
                    max="100"
                    value=move || imports.progress.with(|at| at.as_ref().map_or(0, percent))
                    aria-label=t!(i18n, import.reading.title)
                ></progress>
                <small class="muted">{t!(i18n, import.reading.cancel_hint)}</small>
            </section>
        </Show>
    }
}

/// Name of the file, its place among all, bytes and rows read so far.
#[component]
fn FileAndPlace() -> impl IntoView {
    let i18n = use_i18n();
    let progress = use_imports().progress;
    let place = move |at: ReadingProgress| {
        let done = fill!(
            i18n,
            import.reading.progress,
            done = format::bytes(at.bytes_done),
            all = format::bytes(at.bytes_all),
            rows = words::rows(i18n, at.rows)
        );
        view! {
            <strong>{at.name}</strong>
            <span class="muted">{format!("{} / {}", at.index + 1, at.n_files)}</span>
            <span class="muted">{done}</span>
        }
    };
    move || progress.get().map(place)
}

/// Share of the bytes read, in whole percent.
fn percent(at: &ReadingProgress) -> u64 {
    (at.bytes_done.saturating_mul(100) / at.bytes_all.max(1)).min(100)
}
