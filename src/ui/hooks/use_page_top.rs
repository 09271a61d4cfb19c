//! A page is read from its top.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::ui::routes::{Page, Route};

/// Scrolls to the top when another page is gone to, or a workbook opens. Going back and forth is
/// left to the browser, which knows where the person was. `leave` is called when a page is left.
pub(crate) fn use_page_top(route: Memo<Route>, is_open: Memo<bool>, leave: impl Fn() + 'static) {
    #[expect(clippy::disallowed_methods, reason = "scrolls the window, in hooks")]
    Effect::new(move |before: Option<(bool, Page)>| {
        let now = (is_open.get(), route.with(|route| route.page.clone()));
        let is_new = is_new_entry();
        if before.as_ref().is_some_and(|before| before.1 != now.1) {
            leave();
        }
        let goes_up = before.is_some_and(|before| before.0 != now.0 || before.1 != now.1 && is_new);
        // Both make the browser lay out the page at once: left to the frame, that is done once.
        request_animation_frame(move || {
            if is_new {
                mark_entry();
            }
            if goes_up {
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
        });
        now
    });
}

/// Whether the browser's entry for where the person is has no mark, so that they were never here.
fn is_new_entry() -> bool {
    let state = window().history().and_then(|history| history.state());
    state.is_ok_and(|state| state.is_null())
}

/// Without a mark going back ends at the top.
fn mark_entry() {
    if let Ok(history) = window().history() {
        history.replace_state(&JsValue::TRUE, "").ok();
    }
}
