//! Asking the engine.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    ui::state::{use_engine, use_workbook},
    worker::protocol::{Failure, Request, Response},
};

/// What takes longer is seen to take long.
const LATE_MILLIS: u32 = 150;

/// What is known of a question: the newest answer stays, dimmed, while a newer one is awaited.
#[derive(Clone, Copy)]
pub(crate) struct Answer<T: Send + Sync + 'static> {
    /// `None` until the first answer.
    pub(crate) value: Signal<Option<Arc<T>>>,
    /// Why the newest request was not met.
    pub(crate) failure: Signal<Option<Failure>>,
    /// Whether an answer is awaited; bind it to `aria-busy`.
    pub(crate) is_pending: Signal<bool>,
    /// Whether it is awaited for so long that it should be seen; bind it to `data-late`. To dim what
    /// is there for a moment only would cost more than the answer.
    pub(crate) is_late: Signal<bool>,
}

/// What is asked, of which workbook as it is by now.
type Question = (Option<Request>, (String, u64));

/// The newest answer to `request`; asks again whenever what it reads changes and whenever the
/// workbook does. `None` asks nothing. `pick` takes the view model out of the response; it is given the
/// request, too, for what the answer is about: the page may be asking something else by then.
pub(crate) fn use_worker_query<T: Send + Sync + 'static>(
    request: impl Fn() -> Option<Request> + Send + Sync + 'static,
    pick: fn(Request, Response) -> Option<T>,
) -> Answer<T> {
    let (engine, revision) = (use_engine(), use_workbook().revision());
    let value = RwSignal::new(None);
    let failure = RwSignal::new(None);
    let is_pending = RwSignal::new(false);
    let is_late = RwSignal::new(false);
    let newest = StoredValue::new(0_u64);
    let asked_of = StoredValue::new(String::new());
    let ask = move |(request, (workbook, _)): Question| {
        let Some(request) = request else { return };
        if asked_of.get_value() != workbook {
            // Figures of another workbook must not stay, not even dimmed.
            value.set(None);
            asked_of.set_value(workbook);
        }
        newest.update_value(|number| *number += 1);
        let number = newest.get_value();
        is_pending.set(true);
        spawn_local(async move {
            TimeoutFuture::new(LATE_MILLIS).await;
            if newest.try_get_value() == Some(number) && is_pending.get_untracked() {
                is_late.set(true);
            }
        });
        let answer = engine.ask(request.clone());
        spawn_local(async move {
            let response = answer.await;
            // The part may be gone, or a newer question may have been asked.
            if newest.try_get_value() != Some(number) {
                return;
            }
            match response {
                Response::Failed(why) => failure.set(Some(why)),
                other => {
                    failure.set(None);
                    value.set(pick(request, other).map(Arc::new));
                }
            }
            is_pending.set(false);
            is_late.set(false);
        });
    };
    let question = Memo::new(move |_| (request(), revision.get()));
    // The engine works while the page is put together.
    let first = question.get_untracked();
    ask(first.clone());
    #[expect(clippy::disallowed_methods, reason = "sends a message to the worker, in hooks")]
    Effect::new(move |before: Option<Question>| {
        let asked = question.get();
        if *before.as_ref().unwrap_or(&first) != asked {
            ask(asked.clone());
        }
        asked
    });
    Answer {
        value: value.into(),
        failure: failure.into(),
        is_pending: is_pending.into(),
        is_late: is_late.into(),
    }
}
