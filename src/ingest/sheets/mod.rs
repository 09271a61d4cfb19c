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

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use crate::{
    catalog::Catalog,
    ingest::{FileName, ReadOptions, ReadOutcome, Refusal},
};

/// Whether a file with this beginning is a workbook: [`load_sheets`] has to be done before its end.
pub fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// Reads the sheet and header that fit a recipe best. `PartMissing` before [`load_sheets`] is done.
pub(super) fn read_workbook(
    catalog: &Catalog,
    bytes: &[u8],
    name: &FileName,
    options: &ReadOptions,
) -> ReadOutcome {
    // What is loaded is ready at the first poll.
    match pin!(part::read(catalog, bytes, name, options))
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => Err(Refusal::PartMissing),
    }
}
