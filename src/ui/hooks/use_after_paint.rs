//! What may be put together once the first things are seen.

use leptos::prelude::*;

/// `false` at first, and `true` in the frame after the one that first shows what `is_there` tells of.
pub(crate) fn use_after_paint(
    is_there: impl Fn() -> bool + Send + Sync + 'static,
) -> ReadSignal<bool> {
    let (is_painted, set) = signal(false);
    #[expect(clippy::disallowed_methods, reason = "waits for frames, in hooks")]
    Effect::new(move |was_there: Option<bool>| {
        let is_there = was_there == Some(true) || is_there();
        if is_there && was_there != Some(true) {
            // The first of them comes before the paint. Whoever asked may be gone.
            let next = move || {
                set.try_set(true);
            };
            request_animation_frame(move || request_animation_frame(next));
        }
        is_there
    });
    is_painted
}
