//! The first rows as read beside the same rows as understood.

use leptos::prelude::*;

use super::{
    column_state::{ColumnState, columns},
    facts_preview::FactsPreview,
    raw_preview::RawPreview,
    sheet::Shared,
    words,
};
use crate::{
    ui::{
        components::Segmented,
        hooks::use_later,
        i18n::{I18n, fill, label, t, t_string, use_i18n},
    },
    worker::protocol::Understood,
};

/// Which side is shown where there is no room for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Read,
    Understood,
}

impl Side {
    const fn id(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Understood => "understood",
        }
    }
}

/// Rows that fill the boxes, and when the others follow.
const ROWS_AT_ONCE: usize = 12;
const MILLIS_BEFORE_ALL_ROWS: u32 = 400;

/// Both sides, what becomes of the columns, and which personal data was dropped.
#[component]
pub(super) fn Preview(
    /// The file as understood.
    understood: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(Side::Read);
    // To lay out all rows takes as long as to read many thousands: a page of them is there at once.
    let is_later = use_later(MILLIS_BEFORE_ALL_ROWS);
    let n_rows = Signal::derive(move || if is_later.get() { usize::MAX } else { ROWS_AT_ONCE });
    let choices = move || {
        vec![
            (Side::Read, t_string!(i18n, import.preview.read).to_owned()),
            (Side::Understood, t_string!(i18n, import.preview.understood).to_owned()),
        ]
    };
    view! {
        <div class="import-sheet__step">
            <div class="import-sheet__head">
                <h2>{t!(i18n, import.preview.title)}</h2>
                <span class="small muted">{move || understood.with(|file| shown_rows(i18n, file))}</span>
            </div>
            <div class="import-preview" data-show=move || shown.get().id()>
                <div class="import-preview__switch">
                    <Segmented
                        label=label!(i18n, import.preview.show)
                        choices=Signal::derive(choices)
                        chosen=shown
                        on_choose=move |side| shown.set(side)
                    />
                </div>
                <div class="import-preview__sides">
                    <div class="import-preview__side" data-side="read">
                        <h3>{t!(i18n, import.preview.read)}</h3>
                        <RawPreview understood n_rows/>
                    </div>
                    <div class="import-preview__side" data-side="understood">
                        <h3>{t!(i18n, import.preview.understood)}</h3>
                        <FactsPreview understood n_rows/>
                    </div>
                </div>
            </div>
            <ColumnNotes understood/>
        </div>
    }
}

fn shown_rows(i18n: I18n, file: &Understood) -> String {
    fill!(
        i18n,
        import.preview.shown,
        shown = words::number(file.raw_rows.len()),
        all = words::rows(i18n, file.rows)
    )
}

/// How many columns are used, which are new, and which personal data was dropped.
#[component]
fn ColumnNotes(
    /// The file as understood.
    understood: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let unknown = move || {
        let names = understood.with(|file| file.unknown_columns.clone());
        (!names.is_empty()).then(|| {
            let names = words::list(i18n, &names);
            view! { <p>{fill!(i18n, import.preview.unknown_note, columns = names)}</p> }
        })
    };
    let lacking = move || {
        let names = understood.with(|file| file.lacking_columns.clone());
        (!names.is_empty()).then(|| {
            let names = words::list(i18n, &names);
            view! { <p>{fill!(i18n, import.preview.lacking_note, columns = names)}</p> }
        })
    };
    let dropped = move || understood.with(|file| personal_text(i18n, file));
    view! {
        <div class="panel__foot">
            <p>{move || understood.with(|file| column_counts(i18n, file))}</p>
            {lacking}
            {unknown}
            <p><strong>{t!(i18n, import.personal.title)}</strong> " · " {dropped}</p>
        </div>
    }
}

/// What became of personal data.
fn personal_text(i18n: I18n, file: &Understood) -> String {
    let Understood { dropped_columns: dropped, hashed_columns: hashed, .. } = file;
    let dropped = (!dropped.is_empty())
        .then(|| fill!(i18n, import.personal.columns, columns = words::list(i18n, dropped)));
    let hashed = (!hashed.is_empty())
        .then(|| fill!(i18n, import.personal.hashed, columns = words::list(i18n, hashed)));
    match (dropped, hashed) {
        (None, None) => t_string!(i18n, import.personal.none).to_owned(),
        (dropped, hashed) => {
            let texts: Vec<String> = dropped.into_iter().chain(hashed).collect();
            texts.join(" ")
        }
    }
}

fn column_counts(i18n: I18n, file: &Understood) -> String {
    let states = columns(file);
    let count = |id: &str| {
        words::number(states.iter().filter(|(_, state)| ColumnState::id(state) == id).count())
    };
    fill!(
        i18n,
        import.preview.key,
        used = count("used"),
        unused = count("unused"),
        dropped = count("dropped"),
        unknown = count("unknown")
    )
}
