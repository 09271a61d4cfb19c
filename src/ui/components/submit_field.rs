//! The button at the end of a row of fields.

use leptos::prelude::*;

use crate::ui::state::use_workbook;

/// A button that hands in the form of which it is the last field; out of use where nothing can be changed.
#[component]
pub(crate) fn SubmitField(
    /// What it does.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let workbook = use_workbook();
    view! {
        <div class="field">
            <span class="field__label" aria-hidden="true">" "</span>
            <button
                type="submit"
                class="button"
                data-kind="primary"
                disabled=move || !workbook.is_writable()
            >
                {label}
            </button>
        </div>
    }
    .into_any()
}
