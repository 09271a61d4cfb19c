//! Long work in steps: whoever does it may turn to something else in between.
//!
//! It is an `async fn` that pauses. Nothing is waited for, so that no runtime is needed: it is driven
//! by hand, step by step or to its end.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

/// Ends a step.
pub async fn pause() {
    let mut has_paused = false;
    poll_fn(
        |_| {
            if std::mem::replace(&mut has_paused, true) { Poll::Ready(()) } else { Poll::Pending }
        },
    )
    .await;
}

/// Does the next step of the work; `Some`: it was the last one.
pub fn step<T>(work: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Option<T> {
    match work.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}

/// Does all steps that are left.
pub fn finish<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Some(done) = step(work.as_mut()) {
            return done;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn counted(steps: u32) -> u32 {
        for _ in 1..steps {
            pause().await;
        }
        steps
    }

    #[test]
    fn a_pause_ends_a_step() {
        let mut work = pin!(counted(3));
        assert_eq!([(); 3].map(|()| step(work.as_mut())), [None, None, Some(3)]);
        assert_eq!(finish(counted(5)), 5);
    }
}
