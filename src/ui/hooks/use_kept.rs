//! Work that outlives the page before it is saved.

use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*, task::spawn_local};

/// Not with every key that is pressed.
const QUIET_MILLIS: u32 = 400;

/// Calls `keep` a moment after what `changes` reads has changed, and before the page goes.
pub(crate) fn use_kept(
    changes: impl Fn() + Send + Sync + 'static,
    keep: impl Fn() + Copy + Send + Sync + 'static,
) {
    let newest = StoredValue::new(0_u64);
    let kept = StoredValue::new(0_u64);
    let keep_newest = move || {
        if let (Some(newest), Some(done)) = (newest.try_get_value(), kept.try_get_value())
            && newest != done
        {
            keep();
            kept.set_value(newest);
        }
    };
    #[expect(clippy::disallowed_methods, reason = "writes to the browser's storage, in hooks")]
    Effect::new(move || {
        changes();
        newest.update_value(|number| *number += 1);
        let number = newest.get_value();
        spawn_local(async move {
            TimeoutFuture::new(QUIET_MILLIS).await;
            if newest.try_get_value() == Some(number) {
                keep_newest();
            }
        });
    });
    let listener = window_event_listener(ev::pagehide, move |_| keep_newest());
    on_cleanup(move || {
        listener.remove();
        keep_newest();
    });
}
