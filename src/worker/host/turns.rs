//! Turns of the event loop.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Lets in the messages that have arrived: they wait as long as there are promises to go on with,
/// and a stream that is read from a fast disk has always one. A timer would do too, but browsers
/// make it wait some milliseconds.
pub(super) async fn let_messages_in() -> Result<(), JsValue> {
    let channel = MessageChannel::new()?;
    let (own, other) = (channel.port1(), channel.port2());
    let arrival = Promise::new(&mut |resolve, _| own.set_onmessage(Some(&resolve)));
    other.post_message(&JsValue::NULL)?;
    JsFuture::from(arrival).await?;
    own.close();
    Ok(())
}
