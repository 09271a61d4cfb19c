//! A layer that opens at its button: native popover, so Escape and a click beside it close it.

use leptos::prelude::*;

pub(crate) use crate::ui::hooks::hide_popover;
use crate::ui::hooks::place_popover;

/// Opened by a button with `popovertarget` of the same id.
#[component]
pub(crate) fn Popover(
    /// Unique in the document.
    id: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="popover" id=id popover="auto" on:beforetoggle=move |_: web_sys::Event| place_popover(id)>
            {children()}
        </div>
    }
    .into_any()
}
