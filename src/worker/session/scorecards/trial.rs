//! How far a card has come: draft, trial, decided.

use super::lines::CardPast;
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

/// Whether a signature is of the kept version of a card.
pub(super) fn is_current(kept: &KeptCard, signed: &Signed) -> bool {
    signed.version == kept.version
}

/// Whether a cycle comes to another score than was signed, to the tenth of a point that is shown.
pub(super) fn has_moved(signed: &Signed, now: Option<Fixed>) -> bool {
    const TENTH: i64 = Fixed::SCALE / 10;
    let shown =
        |score: Option<Fixed>| score.map(|it| (it.ten_thousandths() + TENTH / 2).div_euclid(TENTH));
    shown(signed.signature.score) != shown(now)
}

/// The stage without anybody's decision. What was signed of another version of the card, or has moved since,
/// does not count. `past` is of the kept card.
pub(super) fn stage_of(kept: &KeptCard, past: &CardPast<'_>) -> Stage {
    let counts = |(period, signed): &(&Period, &Signed)| {
        is_current(kept, signed) && !has_moved(signed, past.score(**period).score.score)
    };
    let of = |(period, signed): (&Period, &Signed)| Cycle {
        period: *period,
        signed_by: Some(signed.signature.by.clone()),
        gap: signed.signature.gap,
    };
    let cycles: Vec<Cycle> = kept.signed.iter().filter(counts).map(of).collect();
    let needed = NEEDED_CYCLES;
    stage(&cycles, LIMIT, None).unwrap_or(Stage::Trial { done: 0, needed })
}

pub(super) fn state(kept: &KeptCard, past: &CardPast<'_>) -> CardState {
    if kept.published.is_none() {
        return CardState::Draft;
    }
    if let Some(decision) = &kept.decision {
        return CardState::Decided { by: decision.by.clone(), on: decision.on };
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    match stage_of(kept, past) {
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
