//! Loading the part of the program that the later pages are in.

use leptos::{prelude::*, task::spawn_local};

use crate::ui::pages::later;

/// How far the later pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LaterPages {
    Awaited,
    Loaded,
    /// The host could not be reached, or has another version by now. A reload of the page mends both.
    Failed,
}

/// Loads the later pages as soon as `may_start`: what is seen first must not wait for them.
pub(crate) fn use_later_pages(may_start: Memo<bool>) -> Signal<LaterPages> {
    let state = RwSignal::new(LaterPages::Awaited);
    #[expect(clippy::disallowed_methods, reason = "fetches a part of the program, in hooks")]
    Effect::new(move || {
        if may_start.get() {
            spawn_local(async move {
                let is_loaded = later::load().await.is_ok();
                state.set(if is_loaded { LaterPages::Loaded } else { LaterPages::Failed });
            });
        }
    });
    state.into()
}

/// Loads the whole page again, from the host.
pub(crate) fn reload() {
    // Fails only where there is no page to load.
    window().location().reload().ok();
}
