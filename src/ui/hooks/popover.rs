//! Where a popover stands. It lies in the top layer, so its place is set when it opens.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// As wide as the style sheet makes a popover at most, in pixels.
const WIDTH: f64 = 320.0;
const GAP: f64 = 4.0;
const MARGIN: f64 = 8.0;

/// Puts the popover `id` under its button, inside the window.
pub(crate) fn place_popover(id: &str) {
    let Ok(Some(button)) = document().query_selector(&format!("[popovertarget=\"{id}\"]")) else {
        return;
    };
    let Some(popover) = element(id) else { return };
    let place = button.get_bounding_client_rect();
    let window_width =
        window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(WIDTH);
    let room = (window_width - WIDTH - MARGIN).max(MARGIN);
    let style = popover.style();
    // A style that the browser refuses leaves the popover where it was.
    style.set_property("left", &format!("{}px", place.left().clamp(MARGIN, room))).ok();
    style.set_property("top", &format!("{}px", place.bottom() + GAP)).ok();
}

/// Closes the popover `id`; the focus goes back to its button.
pub(crate) fn hide_popover(id: &str) {
    if let Some(popover) = element(id) {
        // It is closed already when this fails.
        popover.hide_popover().ok();
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
