//! What is copied and pasted.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Event};

/// The plain text that an event pastes; `None` where it holds none.
pub(crate) fn pasted_text(event: &Event) -> Option<String> {
    transfer(event)?.get_data("text/plain").ok().filter(|text| !text.is_empty())
}

/// Makes `text` what an event copies.
pub(crate) fn copied_text(event: &Event, text: &str) {
    if let Some(transfer) = transfer(event)
        && transfer.set_data("text/plain", text).is_ok()
    {
        event.prevent_default();
    }
}

/// The type of the event that has it is no stable one.
fn transfer(event: &Event) -> Option<DataTransfer> {
    Reflect::get(event, &"clipboardData".into()).ok()?.dyn_into().ok()
}
