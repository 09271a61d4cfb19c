//! Asking the engine.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    ui::state::{Engine, use_engine, use_workbook},
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
///
/// One question is asked at a time: what is asked meanwhile takes the place of what waits. An answer that is not
/// the newest one any more is not shown.
pub(crate) fn use_worker_query<T: Send + Sync + 'static>(
    request: impl Fn() -> Option<Request> + Send + Sync + 'static,
    pick: fn(Request, Response) -> Option<T>,
) -> Answer<T> {
    use_query(request, pick, false)
}

/// The same where every answer is better than the one before, as while one scrolls.
pub(crate) fn use_following_query<T: Send + Sync + 'static>(
    request: impl Fn() -> Option<Request> + Send + Sync + 'static,
    pick: fn(Request, Response) -> Option<T>,
) -> Answer<T> {
    use_query(request, pick, true)
}

fn use_query<T: Send + Sync + 'static>(
    request: impl Fn() -> Option<Request> + Send + Sync + 'static,
    pick: fn(Request, Response) -> Option<T>,
    follows: bool,
) -> Answer<T> {
    let revision = use_workbook().revision();
    let asking = Asking {
        engine: use_engine(),
        pick,
        follows,
        value: RwSignal::new(None),
        failure: RwSignal::new(None),
        is_pending: RwSignal::new(false),
        is_late: RwSignal::new(false),
        newest: StoredValue::new(0),
        asked_of: StoredValue::new(String::new()),
        waiting: StoredValue::new(None),
    };
    let question = Memo::new(move |_| (request(), revision.get()));
    // The engine works while the page is put together.
    let first = question.get_untracked();
    asking.ask(first.clone());
    #[expect(clippy::disallowed_methods, reason = "sends a message to the worker, in hooks")]
    Effect::new(move |before: Option<Question>| {
        let asked = question.get();
        if *before.as_ref().unwrap_or(&first) != asked {
            asking.ask(asked.clone());
        }
        asked
    });
    let Asking { value, failure, is_pending, is_late, .. } = asking;
    Answer {
        value: value.into(),
        failure: failure.into(),
        is_pending: is_pending.into(),
        is_late: is_late.into(),
    }
}

/// A question with its answers.
struct Asking<T: Send + Sync + 'static> {
    engine: Engine,
    pick: fn(Request, Response) -> Option<T>,
    /// Older answers are shown, too.
    follows: bool,
    value: RwSignal<Option<Arc<T>>>,
    failure: RwSignal<Option<Failure>>,
    is_pending: RwSignal<bool>,
    is_late: RwSignal<bool>,
    /// Number of the question that was sent last.
    newest: StoredValue<u64>,
    asked_of: StoredValue<String>,
    /// What is asked once the answer is there.
    waiting: StoredValue<Option<Request>>,
}

impl<T: Send + Sync + 'static> Clone for Asking<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Asking<T> {}

impl<T: Send + Sync + 'static> Asking<T> {
    fn ask(self, (request, (workbook, _)): Question) {
        let Some(request) = request else {
            self.waiting.set_value(None);
            return;
        };
        let is_other = self.asked_of.get_value() != workbook;
        if is_other {
            // Figures of another workbook must not stay, not even dimmed; nor is its answer awaited.
            self.value.set(None);
            self.waiting.set_value(None);
            self.asked_of.set_value(workbook);
        }
        if self.is_pending.get_untracked() && !is_other {
            self.waiting.set_value(Some(request));
        } else {
            self.send(request);
        }
    }

    fn send(self, request: Request) {
        self.newest.update_value(|number| *number += 1);
        let number = self.newest.get_value();
        self.is_pending.set(true);
        spawn_local(async move {
            TimeoutFuture::new(LATE_MILLIS).await;
            if self.newest.try_get_value() == Some(number) && self.is_pending.get_untracked() {
                self.is_late.set(true);
            }
        });
        let answer = self.engine.ask(request.clone());
        spawn_local(async move {
            let response = answer.await;
            // The part may be gone, or another workbook be open.
            if self.newest.try_get_value() == Some(number) {
                self.take(request, response);
            }
        });
    }

    fn take(self, request: Request, response: Response) {
        let next = self.waiting.try_update_value(Option::take).flatten();
        if next.is_none() || self.follows {
            match response {
                Response::Failed(why) => self.failure.set(Some(why)),
                other => {
                    self.failure.set(None);
                    self.value.set((self.pick)(request, other).map(Arc::new));
                }
            }
        }
        match next {
            Some(next) => self.send(next),
            None => {
                self.is_pending.set(false);
                self.is_late.set(false);
            }
        }
    }
}
