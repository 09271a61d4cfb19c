//! What may be shown some time after the rest.

use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// `false` at first, and `true` once `millis` have gone by.
pub(crate) fn use_later(millis: u32) -> ReadSignal<bool> {
    let (is_later, set) = signal(false);
    spawn_local(async move {
        TimeoutFuture::new(millis).await;
        // Whoever asked may be gone.
        set.try_set(true);
    });
    is_later
}
