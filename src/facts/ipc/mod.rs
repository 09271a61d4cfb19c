//! A segment as Arrow IPC bytes: what is stored, and what other tools can read. A part of the engine's
//! program by itself: figures are there before anything has to be stored.
//!
//! Cut off as the page's later pages are: see `ui::pages::later`.

mod form;
mod read;

#[cfg(feature = "split_engine")]
#[path = "split.rs"]
mod part;
#[cfg(not(feature = "split_engine"))]
#[path = "whole.rs"]
mod part;

use arrow_schema::ArrowError;
use futures_util::FutureExt as _;
use thiserror::Error;

use super::Segment;

pub use part::load_ipc;

/// Why bytes are no segment.
#[derive(Debug, Error)]
pub enum IpcError {
    #[error("not Arrow IPC")]
    Arrow(#[from] ArrowError),
    #[error("the segment's description is unreadable")]
    Meta(#[from] serde_json::Error),
    #[error("column {name:?} is missing or of another type")]
    Column { name: String },
    #[error("unknown fact table {name:?}")]
    Table { name: String },
    #[error("the part of the program that stores segments is not there")]
    PartMissing,
}

impl Segment {
    /// The segment as an Arrow IPC file, LZ4-compressed. `PartMissing` before [`load_ipc`] is done.
    pub fn to_ipc(&self) -> Result<Vec<u8>, IpcError> {
        // What is loaded is there at once.
        part::to_bytes(self).now_or_never().unwrap_or(Err(IpcError::PartMissing))
    }

    /// Reads what `to_ipc` wrote; `PartMissing` as there.
    pub fn from_ipc(bytes: &[u8]) -> Result<Self, IpcError> {
        part::from_bytes(bytes).now_or_never().unwrap_or(Err(IpcError::PartMissing))
    }
}
