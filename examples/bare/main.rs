//! The benchmark's bare task, done by the engine's own reading: of an Amazon All Orders report, per
//! Los Angeles day and SKU distinct orders, units, gross sales and discounts of what is not
//! cancelled, and distinct orders per month.
//!
//! Runs in two workers, which post `"ready"` first; each reads and counts some of the rows. Questions,
//! in their order:
//!
//! 1. to both, `{ rows }`, the header and some of the rows as a blob: nothing is answered when also
//!    `isKept`, else a part, which is what has been counted;
//! 2. to the one that kept, `{ part }`: the days with SKUs, and the months, that both have rows of;
//! 3. to the other one, `{ shared }`, that answer: the orders there;
//! 4. to the one that kept, `{ orders }`, that answer: the sums of all rows. Orders that both have
//!    count once.

mod days;
mod orders;
mod sums;

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Object, Reflect};
use linkstar_kpi::{ingest::projection::Projection, worker::host::each_piece};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use sums::Sums;

const COLUMNS: [&str; 8] = [
    "amazon-order-id",
    "purchase-date",
    "order-status",
    "sku",
    "quantity",
    "item-price",
    "item-promotion-discount",
    "ship-promotion-discount",
];

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answers = scope.clone();
    let sums = Rc::new(RefCell::new(Sums::default()));
    let on_message = move |event: MessageEvent| {
        let (answers, sums) = (answers.clone(), sums.clone());
        spawn_local(async move {
            let answer = answer(&event.data(), &sums).await;
            let answer = answer.unwrap_or_else(|fault| object([("fault", fault)]));
            let moved = buffers_of(&answer);
            answers.post_message_with_transfer(&answer, &moved).unwrap_or_default();
        });
    };
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(on_message).into_js_value();
    scope.set_onmessage(Some(on_message.unchecked_ref()));
    scope.post_message(&"ready".into()).unwrap_or_default();
}

async fn answer(question: &JsValue, sums: &RefCell<Sums>) -> Result<JsValue, JsValue> {
    let given = |name: &str| Reflect::get(question, &name.into()).ok().filter(JsValue::is_object);
    if let Some(rows) = given("rows") {
        read(rows.unchecked_ref(), sums).await?;
        sums.borrow_mut().count_orders();
        let is_kept = Reflect::get(question, &"isKept".into())?.is_truthy();
        return Ok(if is_kept { object([]) } else { sums.borrow().to_part() });
    }
    if let Some(part) = given("part") {
        return sums.borrow_mut().add_part(&part);
    }
    if let Some(shared) = given("shared") {
        return sums.borrow().orders_in(&shared);
    }
    if let Some(orders) = given("orders") {
        sums.borrow_mut().count_once(&orders)?;
    }
    Ok(sums.borrow().to_answer())
}

async fn read(rows: &Blob, sums: &RefCell<Sums>) -> Result<(), JsValue> {
    let projection = RefCell::new(Projection::new(b'\t', false, &COLUMNS));
    each_piece(rows, |bytes| {
        projection.borrow_mut().feed(bytes, |rows| sums.borrow_mut().add(rows));
    })
    .await?;
    projection.into_inner().finish(|rows| sums.borrow_mut().add(rows));
    Ok(())
}

fn object<const N: usize>(entries: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        Reflect::set(&object, &name.into(), &value).unwrap_or_default();
    }
    object.into()
}

/// What a message can give away instead of having it copied.
fn buffers_of(answer: &JsValue) -> Array {
    let values = Object::values(answer.unchecked_ref());
    let buffer = |value: JsValue| Reflect::get(&value, &"buffer".into()).ok();
    values.iter().filter_map(buffer).filter(JsValue::is_object).collect()
}
