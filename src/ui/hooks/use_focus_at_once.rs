//! The focus of what appears.

use leptos::{html, prelude::*};

/// Gives an input the focus when it appears, with the caret behind its text.
pub(crate) fn use_focus_at_once(input: NodeRef<html::Input>) {
    input.on_load(|input| {
        // An input that cannot take the focus leaves it where it is.
        input.focus().ok();
        let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or(0);
        input.set_selection_range(end, end).ok();
    });
}
