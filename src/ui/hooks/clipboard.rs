//! Giving a text to other programs.

use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Puts `text` where other programs paste from. `false` when the browser does not allow it: pages that did
/// not come over HTTPS have no clipboard.
pub(crate) async fn copy_text(text: &str) -> bool {
    let navigator = window().navigator();
    let has_clipboard =
        Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| it.is_object());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
