//! The name of a cell's column, for tables whose rows are stacked on narrow screens.

use leptos::prelude::*;

/// Shown where the table's head is not.
#[component]
pub(crate) fn CellLabel(
    /// The column's name.
    #[prop(into)]
    text: Signal<&'static str>,
) -> impl IntoView {
    view! { <span class="data-table__label">{move || text.get()}</span> }
}
