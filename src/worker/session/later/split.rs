//! The border of the part in a program that is cut.

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{Asked, answers};
use crate::{
    catalog::own::OwnRecipe,
    ingest::{Mapping, ReadOptions},
    workbook,
    worker::{
        protocol::{CaseRequest, Change, Failure, MappingView, Request, Response},
        session::{book::Book, pending::PendingFiles},
    },
};

impl From<SplitLoaderError> for Failure {
    fn from(_: SplitLoaderError) -> Self {
        Self::PartMissing
    }
}

/// Fetches the part, once. What failed can be tried again.
pub async fn load_later() -> Result<(), Failure> {
    // Each function of the part asks for it by itself; it is fetched once.
    preload_mapping().await?;
    preload_mapped().await?;
    preload_case().await?;
    preload_checked().await?;
    preload_answers().await.map_err(Failure::from)
}

#[wasm_split(later, preload(preload_mapping), fallible)]
pub(super) fn mapping(pending: &PendingFiles, asked: Asked<'_>) -> Result<MappingView, Failure> {
    answers::mapping(pending, asked)
}

#[wasm_split(later, preload(preload_mapped), fallible)]
pub(super) fn mapped(mapping: &Mapping, options: &ReadOptions) -> Result<OwnRecipe, Failure> {
    answers::mapped(mapping, options)
}

#[wasm_split(later, preload(preload_case), fallible)]
pub(super) fn case(book: &Book, request: &CaseRequest, secret: u64) -> Result<Response, Failure> {
    answers::case(book, request, secret)
}

#[wasm_split(later, preload(preload_checked), fallible)]
pub(super) fn checked(
    book: &Book,
    change: &Change,
    now_millis: i64,
) -> Result<workbook::Change, Failure> {
    answers::checked(book, change, now_millis)
}

#[wasm_split(later, preload(preload_answers), fallible)]
pub(super) fn shown(book: &Book, request: &Request) -> Result<Response, Failure> {
    answers::shown(book, request)
}
