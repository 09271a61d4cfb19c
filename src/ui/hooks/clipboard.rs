//! Giving a text to other programs.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Puts `text` where other programs paste from. `false` when the browser does not allow it.
pub(crate) async fn copy_text(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
