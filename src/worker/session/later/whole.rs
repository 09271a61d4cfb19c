//! The border of the part in a program that is not cut.

use std::future::{Ready, ready};

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

/// Nothing to load.
pub fn load_later() -> Ready<Result<(), Failure>> {
    ready(Ok(()))
}

pub(super) fn mapping(
    pending: &PendingFiles,
    asked: Asked<'_>,
) -> Ready<Result<MappingView, Failure>> {
    ready(answers::mapping(pending, asked))
}

pub(super) fn mapped(
    mapping: &Mapping,
    options: &ReadOptions,
) -> Ready<Result<OwnRecipe, Failure>> {
    ready(answers::mapped(mapping, options))
}

pub(super) fn case(
    book: &Book,
    request: &CaseRequest,
    secret: u64,
) -> Ready<Result<Response, Failure>> {
    ready(answers::case(book, request, secret))
}

pub(super) fn checked(
    book: &Book,
    change: &Change,
    now_millis: i64,
) -> Ready<Result<workbook::Change, Failure>> {
    ready(answers::checked(book, change, now_millis))
}

pub(super) fn shown(book: &Book, request: &Request) -> Ready<Result<Response, Failure>> {
    ready(answers::shown(book, request))
}
