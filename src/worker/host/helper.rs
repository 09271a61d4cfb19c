//! What a helper does: it reads ranges of a file for the engine, in a worker of its own.

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent, console};

use crate::{
    catalog::{Catalog, own::OwnRecipe},
    ingest::PartReader,
    worker::host::{
        files::Buffers,
        part_message::{Answer, Order, answer_to_js, order_from_js},
        ranges::read_range,
    },
};

/// Name by which a worker knows that it is a helper.
pub(super) const NAME: &str = "helper";

/// Carries out orders, one after the other. A fault ends the worker's use: the engine reads by
/// itself what is missing.
pub(super) fn start(scope: DedicatedWorkerGlobalScope) {
    let (orders, receiver) = unbounded();
    let on_message = move |event: MessageEvent| {
        // It fails when the helper has stopped.
        orders.unbounded_send(event.data()).ok();
    };
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(on_message).into_js_value();
    scope.set_onmessage(Some(on_message.unchecked_ref()));
    spawn_local(async move {
        if let Err(error) = run(&scope, receiver).await {
            console::warn_2(&"a helper has stopped".into(), &error);
            // No part: the engine takes it for what it is.
            scope.post_message(&JsValue::NULL).ok();
            scope.close();
        }
    });
}

async fn run(
    scope: &DedicatedWorkerGlobalScope,
    mut orders: UnboundedReceiver<JsValue>,
) -> Result<(), JsValue> {
    let mut buffers = Buffers::default();
    let mut task: Option<(PartReader, Blob)> = None;
    // What it needs for the file takes time: the engine need not wait for that.
    post(scope, Answer::Ready)?;
    while let Ok(message) = orders.recv().await {
        match order_from_js(&message)? {
            (Order::File { name, options, report, own, head }, file) => {
                let own = own.and_then(|text| OwnRecipe::parse(&text).ok());
                // The engine found it among all of them.
                let catalog = Catalog::built_in_only(&report).with_own(&own);
                let reader = PartReader::new(&catalog, &name, &options, &head);
                task = reader.zip(file.dyn_into().ok());
            }
            (Order::Range { index, range }, _) => {
                let (reader, file) = task.as_mut().ok_or("there is no file")?;
                let part = read_range(reader, file, range, &mut buffers, |_| true).await?;
                let part = part.ok_or("it was broken off")?;
                post(scope, Answer::Part(index, Box::new(part)))?;
            }
        }
    }
    Ok(())
}

fn post(scope: &DedicatedWorkerGlobalScope, answer: Answer) -> Result<(), JsValue> {
    let parcel = answer_to_js(answer)?;
    scope.post_message_with_transfer(&parcel.message, &parcel.transferred)
}
