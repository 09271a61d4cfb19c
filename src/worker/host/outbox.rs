//! What the worker posts to the page.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{DedicatedWorkerGlobalScope, console};

use crate::worker::{
    host::Answer,
    protocol::{Envelope, Event, Failure, Response},
    wire::{self, Told},
};

/// Posts to the page. Clones post to the same page.
#[derive(Debug, Clone)]
pub(super) struct Outbox {
    scope: DedicatedWorkerGlobalScope,
}

impl Outbox {
    pub(super) fn new(scope: DedicatedWorkerGlobalScope) -> Self {
        Self { scope }
    }

    pub(super) fn tell(&self, event: Event) {
        self.post(&Told::Event(event), None);
    }

    /// Answers the request `id`.
    pub(super) fn reply(&self, id: u64, answer: Answer) {
        let Answer { response, bytes } = answer;
        self.post(&Told::Reply(Envelope { id, body: response }), bytes.as_deref());
    }

    /// Answers the request `id` that could not be carried out because of a defect.
    pub(super) fn reply_defect(&self, id: u64, detail: String) {
        let response = Response::Failed(Failure::Internal { detail });
        self.reply(id, response.into());
    }

    fn post(&self, told: &Told, bytes: Option<&[u8]>) {
        let posted = match wire::bytes_from_told(told) {
            Ok(message) => self.post_message(&message, bytes),
            Err(error) => Err(JsValue::from(error.to_string())),
        };
        let Err(error) = posted else { return };
        console::error_2(&"an answer could not be posted".into(), &error);
        if let Told::Reply(Envelope { id, body }) = told
            && !matches!(body, Response::Failed(_))
        {
            self.reply_defect(*id, format!("the answer could not be posted: {error:?}"));
        }
    }

    fn post_message(&self, told: &[u8], bytes: Option<&[u8]>) -> Result<(), JsValue> {
        let told = Uint8Array::from(told);
        let parts = Object::new();
        Reflect::set(&parts, &"message".into(), &told)?;
        let transferred = Array::of1(&told.buffer());
        if let Some(bytes) = bytes {
            let buffer = Uint8Array::from(bytes).buffer();
            Reflect::set(&parts, &"bytes".into(), &buffer)?;
            transferred.push(&buffer);
        }
        self.scope.post_message_with_transfer(&parts, &transferred)
    }
}
