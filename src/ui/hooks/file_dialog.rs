//! The file inputs of the shell: there is exactly one for files and one for folders on every page.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::folders::is_of_person;

/// Stable: users' scripts and tests rely on it.
pub(crate) const FILE_INPUT_ID: &str = "import-input";
pub(crate) const FOLDER_INPUT_ID: &str = "import-folder";

/// Opens the browser's file dialog; what is chosen goes the way of dropped files.
pub(crate) fn open_file_dialog() {
    open_dialog(FILE_INPUT_ID);
}

/// The same for a whole folder.
pub(crate) fn open_folder_dialog() {
    open_dialog(FOLDER_INPUT_ID);
}

fn open_dialog(id: &str) {
    let input = document().get_element_by_id(id);
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.click();
    }
}

/// The files of a file input's change, without those that only programs make; the input is emptied, so
/// that the same file can be chosen again.
pub(crate) fn chosen_files(event: &web_sys::Event) -> Vec<web_sys::File> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return Vec::new() };
    let mut files = files_of(input.files());
    files.retain(|file| is_of_person(&file.name()));
    input.set_value("");
    files
}

/// The files of a list, in its order.
pub(crate) fn files_of(list: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.get(index)).collect()
}
