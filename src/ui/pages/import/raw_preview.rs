//! The first rows of the file as read, column by column with what becomes of it.

use leptos::prelude::*;

use super::{
    column_state::{ColumnState, columns},
    sheet::Shared,
};
use crate::{
    ui::i18n::{I18n, t, use_i18n},
    worker::protocol::Understood,
};

/// The rows in a box of their own that scrolls sideways.
#[component]
pub(super) fn RawPreview(
    /// The file as understood.
    understood: Shared,
    /// How many rows are shown.
    n_rows: Signal<usize>,
) -> impl IntoView {
    let i18n = use_i18n();
    let table = move || {
        understood.with(|file| {
            if file.raw_rows.is_empty() {
                view! { <p class="muted">{t!(i18n, import.preview.no_rows)}</p> }.into_any()
            } else {
                raw_table(i18n, file, n_rows.get())
            }
        })
    };
    view! {
        <div
            class="import-preview__box"
            tabindex="0"
            role="region"
            aria-label=t!(i18n, import.preview.raw_label)
        >
            {table}
        </div>
    }
}

fn raw_table(i18n: I18n, file: &Understood, n_rows: usize) -> AnyView {
    let columns = columns(file);
    let states: Vec<&'static str> = columns.iter().map(|(_, state)| state.id()).collect();
    let head = columns.into_iter().map(|(header, state)| head_cell(i18n, file, header, &state));
    let rows = file.raw_rows.iter().take(n_rows).map(|row| {
        // Cells beyond the header have no column; their row is among the problems.
        let cells = states.iter().enumerate().map(|(index, state)| {
            let cell = row.get(index).cloned().unwrap_or_default();
            let full = cell.clone();
            view! { <td data-state=*state title=full>{cell}</td> }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <table class="data-table">
            <thead><tr>{head.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn head_cell(
    i18n: I18n,
    file: &Understood,
    header: String,
    state: &ColumnState,
) -> impl IntoView + use<> {
    let (id, word) = (state.id(), state.word(i18n, file));
    view! {
        <th scope="col" data-state=id>
            <span class="import-preview__name">{header}</span>
            <span class="import-preview__role">{word}</span>
        </th>
    }
}
