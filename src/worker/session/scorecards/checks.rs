//! Whether a change of scorecards makes sense.

use super::{balance, lines::CardPast, skus, trial};
use crate::{
    domain::{CardLine, CardSignature, Day, Period, Scorecard, ScorecardChange},
    scorecard::{Blocking, Override, Stage, may_publish},
    workbook::KeptCard,
    worker::{
        protocol::{Failure, ScorecardProblem},
        session::book::Book,
    },
};

/// Longest name or reason.
const MOST_LETTERS: usize = 500;
/// Longest id.
const MOST_ID_LETTERS: usize = 40;
/// Lines that a card can have: more of them nobody reads, twelve are advised.
const MOST_LINES: usize = 40;

/// A change as it goes into the log, when it is a valid one.
pub(in crate::worker::session) fn checked(
    book: &Book,
    change: ScorecardChange,
    now_millis: i64,
) -> Result<ScorecardChange, Failure> {
    let today = Day::from_seconds(now_millis.div_euclid(1000));
    Ok(match change {
        ScorecardChange::Save { card } => {
            ScorecardChange::Save { card: Box::new(saved(book, *card)?) }
        }
        ScorecardChange::Remove { id, .. } => {
            let name = kept(book, &id)?.card.name.clone();
            ScorecardChange::Remove { id, name }
        }
        ScorecardChange::Publish { id, by, reason } => {
            let (by, reason) = (named(&by)?, text(&reason));
            published(book, kept(book, &id)?, (&by, &reason), today)?;
            ScorecardChange::Publish { id, by, reason }
        }
        ScorecardChange::Sign { id, period, signature } => {
            let by = named(&signature.by)?;
            let signature = signed(book, kept(book, &id)?, (period, by), today)?;
            ScorecardChange::Sign { id, period, signature }
        }
        ScorecardChange::Withdraw { id, period } => {
            if !kept(book, &id)?.signed.contains_key(&period) {
                return Err(problem(ScorecardProblem::Unknown));
            }
            ScorecardChange::Withdraw { id, period }
        }
        ScorecardChange::WeighSkus { .. }
        | ScorecardChange::DecideOnSku { .. }
        | ScorecardChange::ForgetSku { .. } => skus::checked(book, change)?,
        ScorecardChange::PutInCharge { charge, owner } => {
            ScorecardChange::PutInCharge { charge, owner: text(&owner) }
        }
        ScorecardChange::Decide { id, by } => {
            let by = named(&by)?;
            decided(book, kept(book, &id)?)?;
            ScorecardChange::Decide { id, by }
        }
    })
}

pub(super) const fn problem(problem: ScorecardProblem) -> Failure {
    Failure::InvalidScorecard(problem)
}

fn kept<'a>(book: &'a Book, id: &str) -> Result<&'a KeptCard, Failure> {
    book.fold().scorecards.card(id).ok_or_else(|| problem(ScorecardProblem::Unknown))
}

pub(super) fn text(text: &str) -> String {
    text.trim().chars().take(MOST_LETTERS).collect()
}

pub(super) fn named(name: &str) -> Result<String, Failure> {
    Some(text(name))
        .filter(|it| !it.is_empty())
        .ok_or_else(|| problem(ScorecardProblem::NameMissing))
}

/// A new card has an id that no other one had: the page makes it up, and without one it gets one here.
fn saved(book: &Book, card: Scorecard) -> Result<Scorecard, Failure> {
    if card.lines.len() > MOST_LINES {
        return Err(problem(ScorecardProblem::TooMany));
    }
    let is_known = |line: &&CardLine| book.dictionary().get(&line.kpi).is_some();
    if let Some(line) = card.lines.iter().find(|line| !is_known(line)) {
        return Err(problem(ScorecardProblem::UnknownKpi { kpi: line.kpi.clone() }));
    }
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
    if card.id.len() > MOST_ID_LETTERS || !card.id.bytes().all(is_plain) {
        return Err(problem(ScorecardProblem::Unknown));
    }
    let id = if card.id.is_empty() { new_id(book) } else { card.id.clone() };
    Ok(Scorecard { id, name: named(&card.name)?, person: text(&card.person), ..card })
}

/// By the number of the entry that makes it, which no other one has.
fn new_id(book: &Book) -> String {
    format!("card-{}", book.next_entry())
}

fn published(
    book: &Book,
    kept: &KeptCard,
    (by, reason): (&str, &str),
    today: Day,
) -> Result<(), Failure> {
    let found = balance::imbalances(book, &kept.card);
    let written = Override { by: by.to_owned(), day: today, reason: reason.to_owned() };
    if may_publish(&found, Some(&written)) {
        return Ok(());
    }
    let is_to_mend = found.iter().any(|it| it.blocking() == Blocking::UntilMended);
    Err(problem(if is_to_mend { ScorecardProblem::Mend } else { ScorecardProblem::ReasonMissing }))
}

/// With the score and what is unexplained as they are now.
fn signed(
    book: &Book,
    kept: &KeptCard,
    (period, by): (Period, String),
    today: Day,
) -> Result<CardSignature, Failure> {
    let is_cycle = kept.card.cycle.around(period.from) == period;
    if kept.published.is_none() || !is_cycle || period.to >= today || !super::is_over(book, period)
    {
        return Err(problem(ScorecardProblem::CannotSign));
    }
    let score =
        book.with_views(|views| CardPast::of(book, &kept.card, views).score(period).score.score);
    let gap = trial::worst(&trial::gaps(book, &kept.card.scope), period);
    Ok(CardSignature { by, score, gap })
}

fn decided(book: &Book, kept: &KeptCard) -> Result<(), Failure> {
    let stage = |past: &CardPast<'_>| trial::stage_of(kept, past);
    match book.with_views(|views| stage(&CardPast::of(book, &kept.card, views))) {
        _ if kept.published.is_none() => Err(problem(ScorecardProblem::CannotSign)),
        Stage::Trial { done, needed } => {
            let [done, needed] = [done, needed].map(|it| u32::try_from(it).unwrap_or(u32::MAX));
            Err(problem(ScorecardProblem::TooEarly { done, needed }))
        }
        Stage::Ready | Stage::Decided(_) => Ok(()),
    }
}
