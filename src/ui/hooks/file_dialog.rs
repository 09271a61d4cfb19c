//! The file input of the shell: there is exactly one on every page.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Stable: users' scripts and tests rely on it.
pub(crate) const FILE_INPUT_ID: &str = "import-input";

/// Opens the browser's file dialog; what is chosen goes the way of dropped files.
pub(crate) fn open_file_dialog() {
    let input = document().get_element_by_id(FILE_INPUT_ID);
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.click();
    }
}

/// The files of a file input's change; the input is emptied, so that the same file can be chosen
/// again.
pub(crate) fn chosen_files(event: &web_sys::Event) -> Vec<web_sys::File> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return Vec::new() };
    let files = files_of(input.files());
    input.set_value("");
    files
}

/// The files of a list, in its order.
pub(crate) fn files_of(list: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.get(index)).collect()
}
