//! Moving the focus.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// To the page's content, past bars and navigation.
pub(crate) fn focus_main() {
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        main.focus().ok();
    }
}
