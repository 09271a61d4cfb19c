//! Turns of the event loop.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use crate::worker::host::now_millis;

/// As `let_messages_in`, from time to time: it takes its time, and pieces of a file are many.
#[derive(Debug, Default)]
pub(super) struct Turns {
    last_millis: i64,
}

/// A cancellation that waits longer would be felt.
const MILLIS_BETWEEN_TURNS: i64 = 50;

impl Turns {
    pub(super) async fn let_messages_in(&mut self) -> Result<(), JsValue> {
        let now = now_millis();
        if now - self.last_millis < MILLIS_BETWEEN_TURNS {
            return Ok(());
        }
        self.last_millis = now;
        let_messages_in().await
    }
}

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
