//! Moving the focus.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// To the page's content, past bars and navigation.
pub(crate) fn focus_main() {
    focus_on("main");
}

/// To the element with an id.
pub(crate) fn focus_on(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        element.focus().ok();
    }
}
