//! Letters, as the browser knows them: its tables need not be in the program again.

use js_sys::JsString;

/// The text in lower case, in every script that has one.
pub(crate) fn lower_case(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}
