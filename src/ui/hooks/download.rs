//! Handing a file to the person.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Saves `bytes` as a download called `name`. `false` when the browser refuses.
pub(crate) fn download(name: &str, bytes: &Uint8Array) -> bool {
    try_download(name, bytes).is_ok()
}

fn try_download(name: &str, bytes: &Uint8Array) -> Result<(), JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(bytes))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
