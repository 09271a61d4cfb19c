//! The border of the part in a program that is cut: few people who work with it open the demo twice.

#![expect(clippy::unnecessary_wraps, reason = "loading can fail, which the macro adds")]

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{ArchiveError, DemoFile, PartMissing, files, files_as_zip};

/// The files, when the part that writes them could be fetched. What failed can be tried again.
pub async fn fetched_files() -> Result<Vec<DemoFile>, PartMissing> {
    made().await.map_err(|_missing: SplitLoaderError| PartMissing)
}

#[wasm_split(demo, fallible)]
fn made() -> Result<Vec<DemoFile>, SplitLoaderError> {
    Ok(files())
}

impl From<SplitLoaderError> for ArchiveError {
    fn from(_: SplitLoaderError) -> Self {
        Self::PartMissing
    }
}

/// They in one zip, in the same way.
#[wasm_split(demo, fallible)]
pub fn fetched_archive() -> Result<Vec<u8>, ArchiveError> {
    files_as_zip()
}
