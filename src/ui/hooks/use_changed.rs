//! What many depend on that seldom changes.

use leptos::prelude::*;

/// What `value` comes to, told only when it is another one. Who depends on a memo is asked with each change of what
/// it reads whether to run again: for hundreds of cells that costs more than their change does.
pub(crate) fn use_changed<T: PartialEq + Send + Sync + 'static>(
    value: impl Fn() -> T + Send + Sync + 'static,
) -> ReadSignal<T> {
    let (changed, set) = signal(untrack(&value));
    #[expect(clippy::disallowed_methods, reason = "hands values on that are others, in hooks")]
    Effect::new(move || {
        let next = value();
        if changed.with_untracked(|before| *before != next) {
            set.set(next);
        }
    });
    changed
}
