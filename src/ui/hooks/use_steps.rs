//! What is too much for one task of the page.

use gloo_timers::future::TimeoutFuture;
use leptos::{
    prelude::*,
    task::{spawn_local, tick},
};

use super::clock::now_millis;

/// Of a step: what a person does is answered between two of them.
const STEP_MILLIS: u64 = 8;

/// Parts that come one after the other.
pub(crate) struct Steps {
    /// For each part whether it is its turn, or was; never taken back.
    pub(crate) is_due: Vec<ReadSignal<bool>>,
    /// How many parts are still to come.
    pub(crate) n_to_come: ReadSignal<usize>,
}

/// Has `n_parts` made in steps after the next paint, each in the task in which its signal changes.
/// When whatever asked is made anew or gone, what is left of them is never due.
pub(crate) fn use_steps(n_parts: usize) -> Steps {
    let (is_due, set_due): (Vec<_>, Vec<_>) = (0..n_parts).map(|_| signal(false)).unzip();
    let (n_to_come, set_to_come) = signal(n_parts);
    if n_parts > 0 {
        // A frame calls this before it is painted: a task begun here comes after the paint.
        request_animation_frame(move || spawn_local(make_all(set_due, set_to_come)));
    }
    Steps { is_due, n_to_come }
}

/// A signal that is gone ends it.
async fn make_all(parts: Vec<WriteSignal<bool>>, n_to_come: WriteSignal<usize>) {
    let mut left = parts.into_iter();
    while left.len() > 0 {
        TimeoutFuture::new(0).await;
        let start = now_millis();
        while now_millis().saturating_sub(start) < STEP_MILLIS
            && let Some(part) = left.next()
        {
            if part.try_set(true).is_some() {
                return;
            }
            // Until what follows from it has been made: this is what takes time.
            tick().await;
        }
        n_to_come.try_set(left.len());
    }
}
