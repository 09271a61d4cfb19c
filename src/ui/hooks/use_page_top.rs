//! A page is read from its top.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::ui::routes::{Page, Route};

/// Scrolls to the top when another page is gone to, or a workbook opens. Going back and forth is
/// left to the browser, which knows where the person was.
pub(crate) fn use_page_top(route: Memo<Route>, is_open: Memo<bool>) {
    #[expect(clippy::disallowed_methods, reason = "scrolls the window, in hooks")]
    Effect::new(move |before: Option<(bool, Page)>| {
        let now = (is_open.get(), route.with(|route| route.page.clone()));
        let is_new = mark_entry();
        if let Some(before) = before
            && (before.0 != now.0 || before.1 != now.1 && is_new)
        {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        now
    });
}

/// Marks the browser's entry for where the person is; whether it had no mark, so that they were
/// never here.
fn mark_entry() -> bool {
    let Ok(history) = window().history() else { return true };
    let is_new = history.state().is_ok_and(|state| state.is_null());
    if is_new {
        // Without a mark going back ends at the top.
        history.replace_state(&JsValue::TRUE, "").ok();
    }
    is_new
}
