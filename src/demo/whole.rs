//! The border of the part in a program that is not cut.

use std::future::{Ready, ready};

use super::{ArchiveError, DemoFile, PartMissing, files, files_as_zip};

/// The files.
pub fn fetched_files() -> Ready<Result<Vec<DemoFile>, PartMissing>> {
    ready(Ok(files()))
}

/// They in one zip.
pub fn fetched_archive() -> Ready<Result<Vec<u8>, ArchiveError>> {
    ready(files_as_zip())
}
