//! The border of the part in a program that is not cut.

use std::future::{Ready, ready};

use super::{DemoFile, PartMissing, files};

/// The files.
pub fn fetched_files() -> Ready<Result<Vec<DemoFile>, PartMissing>> {
    ready(Ok(files()))
}
