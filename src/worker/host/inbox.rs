//! What the page posts: read on arrival, carried out in turn.

use std::{cell::Cell, rc::Rc};

use futures_channel::mpsc::UnboundedSender;
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent, console};

use crate::worker::{
    host::outbox::Outbox,
    protocol::{Envelope, Request},
    wire::{self, Unreadable},
};

/// A request as it arrived.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) id: u64,
    pub(super) request: Request,
    /// Beside `ReadFiles`, in the order of its `files`.
    pub(super) files: Vec<File>,
    /// Grows from message to message.
    arrival: u64,
}

/// What is known of messages that wait for their turn.
#[derive(Debug, Clone, Default)]
pub(super) struct Arrivals {
    /// Arrival of the newest `CancelReading`.
    cancelled: Rc<Cell<u64>>,
}

impl Arrivals {
    /// Whether a `CancelReading` arrived after the message.
    pub(super) fn is_cancelled(&self, message: &Message) -> bool {
        message.arrival < self.cancelled.get()
    }
}

/// Puts every message of the page that is a request into the queue.
pub(super) fn listen(
    scope: &DedicatedWorkerGlobalScope,
    queue: UnboundedSender<Message>,
    outbox: Outbox,
) -> Arrivals {
    let arrivals = Arrivals::default();
    let cancelled = Rc::clone(&arrivals.cancelled);
    let mut arrival = 0;
    let on_message = move |event: MessageEvent| {
        arrival += 1;
        let Some(message) = message_from_js(&event.data(), arrival, &outbox) else { return };
        if message.request == Request::CancelReading {
            cancelled.set(arrival);
        }
        if let Err(error) = queue.unbounded_send(message) {
            outbox.reply_defect(error.into_inner().id, "the engine has stopped".to_owned());
        }
    };
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(on_message).into_js_value();
    scope.set_onmessage(Some(on_message.unchecked_ref()));
    arrivals
}

/// `None` when it is no request; the page was then told, if the message says whom to tell.
fn message_from_js(data: &JsValue, arrival: u64, outbox: &Outbox) -> Option<Message> {
    let part = |name: &str| Reflect::get(data, &name.into()).unwrap_or_default();
    let message = part("message").dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec());
    match wire::request_from_bytes(&message.unwrap_or_default()) {
        Ok(Envelope { id, body }) => {
            let files = files_from_js(&part("files"));
            Some(Message { id, request: body, files, arrival })
        }
        Err(error) => {
            match error {
                Unreadable::Damaged { id: Some(id), .. } => {
                    outbox.reply_defect(id, error.to_string());
                }
                _ => console::error_1(&error.to_string().into()),
            }
            None
        }
    }
}

fn files_from_js(files: &JsValue) -> Vec<File> {
    let files = files.dyn_ref::<Array>().map(Array::to_vec).unwrap_or_default();
    files.into_iter().filter_map(|file| file.dyn_into().ok()).collect()
}
