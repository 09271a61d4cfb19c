//! Scorecards: what they come to, and whether a change of them makes sense.

use crate::{
    domain::ScorecardChange,
    worker::{
        protocol::{Failure, ScorecardAnswer, ScorecardProblem, ScorecardRequest},
        session::book::Book,
    },
};

/// Answers a question about scorecards.
pub(super) fn answer(_book: &Book, request: &ScorecardRequest) -> ScorecardAnswer {
    match request {
        ScorecardRequest::List { .. } => ScorecardAnswer::List(Vec::new()),
        ScorecardRequest::Card { .. } => ScorecardAnswer::Card(None),
    }
}

/// A change as it goes into the log, when it is a valid one.
pub(super) fn checked(
    _book: &Book,
    _change: ScorecardChange,
    _now_millis: i64,
) -> Result<ScorecardChange, Failure> {
    Err(Failure::InvalidScorecard(ScorecardProblem::Unknown))
}
