//! Where the keyboard goes when a part of the page opens or closes.

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Gives the focus to the element with this id, when it is there.
pub(super) fn focus(id: &str) {
    give(document().get_element_by_id(id));
}

/// Gives the focus to the element with this id, once it is drawn.
pub(super) fn focus_once_drawn(id: &'static str) {
    request_animation_frame(move || focus(id));
}

/// Gives the focus to the first field inside the element with this id, once it is drawn.
pub(super) fn focus_first_field(id: &'static str) {
    request_animation_frame(move || {
        let inside = document().get_element_by_id(id);
        give(inside.and_then(|inside| inside.query_selector("input, select").ok().flatten()));
    });
}

fn give(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Refused only by elements that cannot have it.
        element.focus().ok();
    }
}
