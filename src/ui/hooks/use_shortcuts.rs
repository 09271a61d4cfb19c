//! Keys that work on every page.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Ctrl/Cmd+Z undoes, with Shift (or Ctrl+Y) does again; in text fields the browser's own undo
/// goes first.
pub(crate) fn use_shortcuts(undo: impl Fn() + 'static, redo: impl Fn() + 'static) {
    let listener = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || is_typing(&event) {
            return;
        }
        match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => undo(),
            ("z", true) | ("y", false) => redo(),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| {
        element
            .closest("input, textarea, select, [contenteditable]")
            .is_ok_and(|found| found.is_some())
    })
}
