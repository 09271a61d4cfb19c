//! A question before the page is left while something would be lost.

use leptos::{ev, prelude::*};
use web_sys::BeforeUnloadEvent;

/// While `would_lose` holds, the browser asks in its own words before it closes or leaves the page.
pub(crate) fn use_leave_guard(would_lose: Signal<bool>) {
    let listener = window_event_listener(ev::beforeunload, move |event: BeforeUnloadEvent| {
        if would_lose.get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}
