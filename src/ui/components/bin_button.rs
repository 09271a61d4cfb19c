//! The button that takes away what a person typed.

use leptos::{ev::MouseEvent, prelude::*};

use super::{Glyph, Icon};
use crate::ui::state::use_workbook;

/// A bin, of which `label` says what goes into it.
pub(crate) fn bin_button(
    label: impl Fn() -> String + Send + 'static,
    press: impl FnMut(MouseEvent) + 'static,
) -> AnyView {
    let workbook = use_workbook();
    view! {
        <button
            type="button"
            class="button"
            data-kind="icon"
            data-action="remove"
            aria-label=label
            disabled=move || !workbook.is_writable()
            on:click=press
        >
            <Icon glyph=Glyph::Trash/>
        </button>
    }
    .into_any()
}
