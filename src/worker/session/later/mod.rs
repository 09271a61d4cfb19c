//! What only pages behind home ask for. A part of the engine's program by itself, which is fetched when the
//! first of these questions comes.
//!
//! Cut off as the page's later pages are: see `ui::pages::later`.

mod answers;

#[cfg(feature = "split_engine")]
#[path = "split.rs"]
mod part;
#[cfg(not(feature = "split_engine"))]
#[path = "whole.rs"]
mod part;

use futures_util::FutureExt as _;

use super::{book::Book, pending::PendingFiles, recipes::Recipes};
use crate::{
    catalog::own::OwnRecipe,
    ingest::{Mapping, ReadOptions},
    workbook,
    worker::protocol::{
        CaseRequest, Change, Failure, MappingDraft, MappingView, Request, Response,
    },
};

pub use part::load_later;

/// Whether a request is answered by this part.
pub const fn is_later(request: &Request) -> bool {
    matches!(
        request,
        Request::Kpis(_)
            | Request::Kpi { .. }
            | Request::TryFormula(_)
            | Request::FormulaWords
            | Request::Case(_)
            | Request::References { .. }
            | Request::Explore(_)
            | Request::Facts(_)
            | Request::ContractEffect { .. }
            | Request::Data { .. }
            | Request::Products
            | Request::Reconciliation
            | Request::Plan(_)
            | Request::Scorecards(_)
            | Request::Questionnaire(_)
            | Request::Change(
                Change::Targets(_) | Change::Scorecards(_) | Change::AdoptFramework { .. }
            )
            | Request::Mapping { .. }
    )
}

/// A file that waits, what a person said of its columns, and own recipes.
type Asked<'a> = (u32, Option<&'a MappingDraft>, Option<&'a Recipes>);

/// What the columns of a file that waits are; `PartMissing` as below.
pub(super) fn mapping(pending: &PendingFiles, asked: Asked<'_>) -> Result<MappingView, Failure> {
    part::mapping(pending, asked).now_or_never().unwrap_or(Err(Failure::PartMissing))
}

/// The recipe that a person made by a mapping; `PartMissing` as below.
pub(super) fn mapped(mapping: &Mapping, options: &ReadOptions) -> Result<OwnRecipe, Failure> {
    part::mapped(mapping, options).now_or_never().unwrap_or(Err(Failure::PartMissing))
}

/// A figure of `book`, whose cube is made, that is not what somebody expected; `PartMissing` as below.
pub(super) fn case(book: &Book, request: &CaseRequest, secret: u64) -> Result<Response, Failure> {
    part::case(book, request, secret).now_or_never().unwrap_or(Err(Failure::PartMissing))
}

/// A change of targets or scorecards that makes sense, as an entry of the log; `PartMissing` as below.
pub(super) fn checked(
    book: &Book,
    change: &Change,
    now_millis: i64,
) -> Result<workbook::Change, Failure> {
    let checked = part::checked(book, change, now_millis).now_or_never();
    checked.unwrap_or(Err(Failure::PartMissing))
}

/// What `book`, whose cube is made, answers; `PartMissing` before [`load_later`] is done.
pub(super) fn shown(book: &Book, request: &Request) -> Result<Response, Failure> {
    // What is loaded is there at once.
    part::shown(book, request).now_or_never().unwrap_or(Err(Failure::PartMissing))
}
