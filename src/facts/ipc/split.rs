//! The border of the part in a program that is cut.

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{IpcError, form};
use crate::facts::Segment;

impl From<SplitLoaderError> for IpcError {
    fn from(_: SplitLoaderError) -> Self {
        Self::PartMissing
    }
}

/// Fetches the part, once. What failed can be tried again.
pub async fn load_ipc() -> Result<(), IpcError> {
    // Each function of the part asks for it by itself; it is fetched once.
    preload_writing().await?;
    preload_reading().await.map_err(IpcError::from)
}

#[wasm_split(segments, preload(preload_writing), fallible)]
pub(super) fn to_bytes(segment: &Segment) -> Result<Vec<u8>, IpcError> {
    form::to_bytes(segment)
}

#[wasm_split(segments, preload(preload_reading), fallible)]
pub(super) fn from_bytes(bytes: &[u8]) -> Result<Segment, IpcError> {
    form::from_bytes(bytes)
}
