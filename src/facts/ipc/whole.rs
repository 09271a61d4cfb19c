//! The border of the part in a program that is not cut.

use std::future::{Ready, ready};

use super::{IpcError, form};
use crate::facts::Segment;

/// Nothing to load.
pub fn load_ipc() -> Ready<Result<(), IpcError>> {
    ready(Ok(()))
}

pub(super) fn to_bytes(segment: &Segment) -> Ready<Result<Vec<u8>, IpcError>> {
    ready(form::to_bytes(segment))
}

pub(super) fn from_bytes(bytes: &[u8]) -> Ready<Result<Segment, IpcError>> {
    ready(form::from_bytes(bytes))
}
