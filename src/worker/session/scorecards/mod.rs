//! Scorecards: what they come to cycle by cycle, and whether a change of them makes sense.

mod balance;
mod checks;
mod gates;
mod guards;
mod lines;
mod owners;
mod signs;
mod skus;
mod trial;
mod view;

use crate::{
    domain::{CardCycle, Day, Period, Scorecard},
    worker::{
        protocol::{ScorecardAnswer, ScorecardRequest},
        session::book::Book,
    },
};

pub(super) use checks::checked;

/// Cycles that are told of one card, the newest first.
const N_CYCLES: usize = 6;

/// Answers a question about scorecards.
pub(super) fn answer(book: &Book, request: &ScorecardRequest) -> ScorecardAnswer {
    match request {
        ScorecardRequest::List { today } => ScorecardAnswer::List(view::list(book, *today)),
        ScorecardRequest::Card { id, draft, day, today } => {
            let card = view::card(book, (id, draft.as_deref()), (*day, *today));
            ScorecardAnswer::Card(card.map(Box::new))
        }
        ScorecardRequest::Owners => ScorecardAnswer::Owners(Box::new(owners::view(book))),
        ScorecardRequest::Skus { filters, day, weights } => {
            ScorecardAnswer::Skus(Box::new(skus::view(book, filters, *day, *weights)))
        }
    }
}

/// The newest cycle all of whose days are known; while there is none, the one of the newest day.
fn newest_cycle(book: &Book, cycle: CardCycle, today: Day) -> Period {
    let Some(covered) = book.cube().covered() else { return cycle.around(today) };
    let this = cycle.around(covered.to);
    if this.to <= covered.to || cycle.before(this).to < covered.from {
        return this;
    }
    cycle.before(this)
}

/// Whether all days of a cycle are known.
fn is_over(book: &Book, period: Period) -> bool {
    book.cube().covered().is_some_and(|it| period.to <= it.to)
}

/// The KPIs of a card that give points, and those that are gates only.
fn is_gate(book: &Book, card: &Scorecard, kpi: &str) -> bool {
    let written = card.lines.iter().any(|line| line.kpi == kpi && line.is_gate);
    written || lines::has_policy_target(book, card, kpi)
}
