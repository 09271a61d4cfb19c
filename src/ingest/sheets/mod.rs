//! Workbooks of sheets: a part of the engine's program by itself. Most files are texts, and what
//! reads them must not wait for what reads the others.
//!
//! Cut off as the page's later pages are: see `ui::pages::later`.

mod read;

#[cfg(feature = "split_engine")]
#[path = "split.rs"]
mod part;
#[cfg(not(feature = "split_engine"))]
#[path = "whole.rs"]
mod part;

pub use part::load_sheets;

use futures_util::FutureExt as _;

use crate::{
    catalog::Catalog,
    ingest::{FileName, ReadOptions, ReadOutcome, Refusal, container::sheet::Format},
};

/// Whether a file with this beginning is a workbook, or another file of tables.
pub(super) fn is_workbook(head: &[u8]) -> bool {
    Format::of(head).is_some()
}

/// Bytes up to which such a file is read.
pub(super) fn max_bytes(head: &[u8]) -> u64 {
    Format::of(head).map_or(u64::MAX, Format::max_bytes)
}

/// A workbook, and how it is to be understood.
#[derive(Clone, Copy)]
pub(super) struct WorkbookFile<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) bytes: &'a [u8],
    pub(super) name: &'a FileName,
    pub(super) options: &'a ReadOptions,
}

/// Reads the sheet and header that fit a recipe best. `PartMissing` before [`load_sheets`] is done.
pub(super) fn read_workbook(file: WorkbookFile<'_>) -> ReadOutcome {
    // What is loaded is there at once.
    part::read(file).now_or_never().unwrap_or(Err(Refusal::PartMissing))
}
