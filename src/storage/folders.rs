//! Folders that a person lets the page read again, one for each workbook. A browser keeps its handle of
//! a folder in a database only, and gives it back to the same site.

use wasm_bindgen::JsValue;

use super::indexed_db::{StorageError, Values};

const DATABASE: &str = "linkstar-folders";
const STORE: &str = "folders";

/// What is kept of a workbook's folder; `None` when there is none.
pub async fn get(workbook: &str) -> Result<Option<JsValue>, StorageError> {
    Values::open(DATABASE, STORE).await?.get(workbook).await
}

/// Keeps `folder` in the place of what was kept before.
pub async fn put(workbook: &str, folder: &JsValue) -> Result<(), StorageError> {
    Values::open(DATABASE, STORE).await?.put(workbook, folder).await
}

/// Forgets a workbook's folder, if there is one.
pub async fn remove(workbook: &str) -> Result<(), StorageError> {
    Values::open(DATABASE, STORE).await?.remove(workbook).await
}
