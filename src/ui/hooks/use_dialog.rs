//! Opening and closing a native dialog.

use leptos::{html, prelude::*};

/// Keeps the modal dialog open as long as the signal says so; Escape closes it natively, and the
/// dialog then tells by its `close` event.
pub(crate) fn use_dialog(dialog: NodeRef<html::Dialog>, is_open: Signal<bool>) {
    #[expect(clippy::disallowed_methods, reason = "opens a native dialog, in hooks")]
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if is_open.get() && !dialog.open() {
            // Fails only while the element is outside the document.
            dialog.show_modal().ok();
        } else if !is_open.get() && dialog.open() {
            dialog.close();
        }
    });
}
