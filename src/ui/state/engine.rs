//! The way to the engine.

use js_sys::Uint8Array;
use leptos::prelude::*;

use crate::worker::{
    client::WorkerClient,
    protocol::{Event, Failure, Request, Response},
};

/// A copyable handle of the worker's client.
#[derive(Clone, Copy)]
pub(crate) struct Engine(StoredValue<WorkerClient, LocalStorage>);

impl Engine {
    /// Asks at once, before the answer is awaited.
    pub(crate) fn ask(self, request: Request) -> impl Future<Output = Response> {
        self.0.with_value(|client| client.ask(request))
    }

    /// For `Request::ReadFiles`: the files travel in the order of the request's `FileMeta`s.
    pub(crate) fn ask_with_files(
        self,
        request: Request,
        files: Vec<web_sys::File>,
    ) -> impl Future<Output = Response> {
        self.0.with_value(|client| client.ask_with_files(request, files))
    }

    /// A file's name and bytes.
    pub(crate) fn ask_for_bytes(
        self,
        request: Request,
    ) -> impl Future<Output = Result<(String, Uint8Array), Failure>> {
        self.0.with_value(|client| client.ask_for_bytes(request))
    }

    pub(crate) fn on_event(self, handler: impl Fn(Event) + 'static) {
        self.0.with_value(|client| client.on_event(handler));
    }
}

/// Makes `client` what the page asks.
pub(crate) fn provide_engine(client: WorkerClient) -> Engine {
    let engine = Engine(StoredValue::new_local(client));
    provide_context(engine);
    engine
}

pub(crate) fn use_engine() -> Engine {
    expect_context()
}
