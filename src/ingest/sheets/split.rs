//! The border of the part in a program that is cut.

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{WorkbookFile, read::read_workbook};
use crate::ingest::{ReadOutcome, Refusal};

impl From<SplitLoaderError> for Refusal {
    fn from(_: SplitLoaderError) -> Self {
        Self::PartMissing
    }
}

/// Fetches the part, once. What failed can be tried again.
pub async fn load_sheets() -> Result<(), Refusal> {
    preload().await.map_err(Refusal::from)
}

#[wasm_split(sheets, preload(preload), fallible)]
pub(super) fn read(file: WorkbookFile<'_>) -> ReadOutcome {
    read_workbook(file)
}
