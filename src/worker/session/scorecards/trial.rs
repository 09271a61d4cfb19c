//! How far a card has come: draft, trial, decided.

use crate::{
    domain::{Filters, Fixed, Period, TargetScope},
    reconciliation::TIES_WITHIN,
    scorecard::{Cycle, NEEDED_CYCLES, Stage, stage},
    workbook::{KeptCard, Signed},
    worker::{
        protocol::CardState,
        session::{book::Book, reconciliation},
    },
};

/// What a signature's unexplained share may be at most: within it totals tie.
pub(super) const LIMIT: Fixed = TIES_WITHIN;

/// The signed cycles of the version of the card that is kept.
fn cycles(kept: &KeptCard) -> Vec<Cycle> {
    let of = |(period, signed): (&Period, &Signed)| Cycle {
        period: *period,
        signed_by: Some(signed.signature.by.clone()),
        gap: signed.signature.gap,
    };
    kept.signed.iter().filter(|(_, signed)| signed.version == kept.version).map(of).collect()
}

/// The stage without anybody's decision.
pub(super) fn stage_of(kept: &KeptCard) -> Stage {
    let needed = NEEDED_CYCLES;
    stage(&cycles(kept), LIMIT, None).unwrap_or(Stage::Trial { done: 0, needed })
}

pub(super) fn state(kept: &KeptCard) -> CardState {
    if kept.published.is_none() {
        return CardState::Draft;
    }
    if let Some(decision) = &kept.decision {
        return CardState::Decided { by: decision.by.clone(), on: decision.on };
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    match stage_of(kept) {
        Stage::Trial { done, needed } => {
            CardState::Trial { done: count(done), needed: count(needed) }
        }
        Stage::Ready | Stage::Decided(_) => CardState::Ready,
    }
}

/// What of the platforms' totals is unexplained in the channel and shop of a scope, by the days that they are of.
pub(super) fn gaps(book: &Book, scope: &TargetScope) -> Vec<(Period, Fixed)> {
    let one = |text: &String| if text.is_empty() { Vec::new() } else { vec![text.clone()] };
    let filters =
        Filters { channels: one(&scope.channel), shops: one(&scope.shop), ..Filters::default() };
    reconciliation::gaps(book, &filters)
}

/// The worst of them in a cycle; `None` where nothing was reconciled.
pub(super) fn worst(gaps: &[(Period, Fixed)], cycle: Period) -> Option<Fixed> {
    gaps.iter().filter(|(period, _)| period.overlaps(&cycle)).map(|(_, gap)| *gap).max()
}
