//! What the screen is like, from leptos-use.
#![expect(deprecated, reason = "leptos-use is split into small crates; one name is enough here")]

use leptos::{html, prelude::*};
use leptos_use::UseElementSizeReturn;

/// Width and height of an element in CSS pixels; 0 before it is there.
pub(crate) fn use_size(element: NodeRef<html::Div>) -> UseElementSizeReturn {
    leptos_use::use_element_size(element)
}

/// Device pixels per CSS pixel.
pub(crate) fn use_pixel_ratio() -> Signal<f64> {
    leptos_use::use_device_pixel_ratio()
}

/// Whether the system prefers dark.
pub(crate) fn use_dark_system() -> Signal<bool> {
    leptos_use::use_preferred_dark()
}

/// How high the window is now, in CSS pixels.
pub(crate) fn screen_height() -> f64 {
    // Only a window without a page has none.
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}
