//! Workers beside the engine's own that read ranges of a file.

use std::pin::pin;

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Blob, ErrorEvent, MessageEvent, Worker, WorkerGlobalScope, WorkerOptions, WorkerType, console,
};

use crate::{
    ingest::{FileRange, Part},
    worker::host::{
        helper, next_before,
        part_message::{Answer, Order, answer_from_js, order_to_js},
    },
};

const LOADER: &str = "./helper_loader.js";
/// Readers of one file, the engine included: more would wait for the file.
const MAX_READERS: u32 = 4;
/// Ranges that a helper has at a time: the next one is there when it ends with one.
const N_AHEAD: usize = 2;

/// Helpers at work on one file. They end when this is dropped.
pub(super) struct Helpers {
    helpers: Vec<Helper>,
    events: UnboundedReceiver<Event>,
}

struct Helper {
    worker: Worker,
    /// Ranges that it has to read.
    ranges: Vec<(usize, FileRange)>,
    state: State,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Starting,
    Ready,
    Broken,
}

struct Event {
    helper: usize,
    /// An error: the helper is of no more use.
    answer: Result<Answer, JsValue>,
}

/// How many workers the machine can have at work on a file, the engine's own included.
pub(super) fn n_readers() -> u32 {
    let scope = js_sys::global().dyn_into::<WorkerGlobalScope>();
    let n_cores = scope.map_or(1.0, |scope| scope.navigator().hardware_concurrency());
    (1..=MAX_READERS).rev().find(|n| f64::from(*n) <= n_cores).unwrap_or(1)
}

impl Helpers {
    /// Starts up to `n` of them. There are fewer, or none, where the browser has no workers inside
    /// workers.
    pub(super) fn start(n: u32) -> Self {
        let (sender, events) = unbounded();
        let mut helpers = Vec::new();
        for _ in 0..n {
            match Helper::start(helpers.len(), sender.clone()) {
                Ok(helper) => helpers.push(helper),
                Err(error) => console::warn_2(&"no helper could be started".into(), &error),
            }
        }
        Self { helpers, events }
    }

    /// Tells them of the file whose ranges they will get by `order`. Waits until all of them
    /// are ready or broken, but not longer than so.
    ///
    /// While the engine reads, the browser gets to starting them only now and then.
    pub(super) async fn start_up(&mut self, file: &Blob, order: &Order, millis: u32) {
        for helper in &mut self.helpers {
            if let Err(error) = helper.order(order, Some(file)) {
                helper.give_up(&error);
            }
        }
        let mut timer = pin!(TimeoutFuture::new(millis));
        while self.helpers.iter().any(|helper| helper.state == State::Starting) {
            let event = next_before(&mut self.events, timer.as_mut()).await.flatten();
            let Some(event) = event else { return };
            self.taken(event);
        }
    }

    /// Gives ranges to those that have not enough of them. `next` says which one is next.
    pub(super) fn employ(&mut self, mut next: impl FnMut() -> Option<(usize, FileRange)>) {
        for helper in self.helpers.iter_mut().filter(|helper| helper.state == State::Ready) {
            while helper.ranges.len() < N_AHEAD {
                let Some((index, range)) = next() else { return };
                if let Err(error) = helper.order(&Order::Range { index, range }, None) {
                    helper.give_up(&error);
                }
                helper.ranges.push((index, range));
            }
        }
    }

    /// Whether some have ranges to read.
    pub(super) fn are_at_work(&self) -> bool {
        self.helpers.iter().any(|helper| helper.state == State::Ready && !helper.ranges.is_empty())
    }

    /// Ranges that broken ones have left.
    pub(super) fn left_ranges(&mut self) -> Vec<(usize, FileRange)> {
        let broken = self.helpers.iter_mut().filter(|helper| helper.state == State::Broken);
        broken.flat_map(|helper| std::mem::take(&mut helper.ranges)).collect()
    }

    /// A part that has arrived.
    pub(super) fn arrived(&mut self) -> Option<(usize, Part)> {
        while let Ok(event) = self.events.try_recv() {
            if let Some(part) = self.taken(event) {
                return Some(part);
            }
        }
        None
    }

    /// Waits so long for the next part; `None`: none came, or a helper broke.
    pub(super) async fn next_within(&mut self, millis: u32) -> Option<(usize, Part)> {
        let timer = pin!(TimeoutFuture::new(millis));
        let event = next_before(&mut self.events, timer).await??;
        self.taken(event)
    }

    fn taken(&mut self, Event { helper, answer }: Event) -> Option<(usize, Part)> {
        let helper = self.helpers.get_mut(helper)?;
        match answer {
            Ok(Answer::Ready) => {
                helper.state = State::Ready;
                None
            }
            Ok(Answer::Part(index, part)) => {
                helper.ranges.retain(|(own, _)| *own != index);
                Some((index, *part))
            }
            Err(error) => {
                helper.give_up(&error);
                None
            }
        }
    }
}

impl Helper {
    fn start(own: usize, events: UnboundedSender<Event>) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_name(helper::NAME);
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(LOADER, &options)?;
        // Nobody listens any more when the file has been read.
        let tell = move |answer| drop(events.unbounded_send(Event { helper: own, answer }));
        let told = tell.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            told(answer_from_js(&event.data()));
        });
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            tell(Err(event.message().into()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // The program is compiled already; the loader waits for it.
        worker.post_message(&wasm_bindgen::module())?;
        Ok(Self {
            worker,
            ranges: Vec::new(),
            state: State::Starting,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    fn order(&self, order: &Order, file: Option<&Blob>) -> Result<(), JsValue> {
        let parcel = order_to_js(order, file.map(AsRef::as_ref))?;
        self.worker.post_message_with_transfer(&parcel.message, &parcel.transferred)
    }

    fn give_up(&mut self, error: &JsValue) {
        console::warn_2(&"a helper of the engine broke".into(), error);
        self.state = State::Broken;
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
