//! Loading a part of the program.

use leptos::{prelude::*, task::spawn_local};

/// How far a part of the program is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Awaited,
    Loaded,
    /// The host could not be reached, or has another version by now. A reload of the page mends both.
    Failed,
}

/// Loads a part by `load` as soon as `may_start`: what is seen first must not wait for it.
pub(crate) fn use_part<E: 'static, F: Future<Output = Result<(), E>> + 'static>(
    may_start: Memo<bool>,
    load: fn() -> F,
) -> Signal<Part> {
    let part = RwSignal::new(Part::Awaited);
    #[expect(clippy::disallowed_methods, reason = "fetches a part of the program, in hooks")]
    Effect::new(move || {
        if may_start.get() {
            spawn_local(async move {
                let is_loaded = load().await.is_ok();
                part.set(if is_loaded { Part::Loaded } else { Part::Failed });
            });
        }
    });
    part.into()
}

/// Loads the whole page again, from the host.
pub(crate) fn reload() {
    // Fails only where there is no page to load.
    window().location().reload().ok();
}
