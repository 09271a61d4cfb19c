//! Scorecards as the page shows them.

use super::{
    N_CYCLES, balance, gates,
    guards::LimitSource,
    is_gate, is_over,
    lines::{CardPast, Scored, ScoredLine},
    newest_cycle, signs, trial,
};
use crate::{
    domain::{CardLine, Day, Fixed, Period, Scorecard, TargetScope, set_of_few},
    scorecard::{GuardCap, Subtotal},
    workbook::{KeptCard, Signed},
    worker::{
        protocol::{
            CardCycleView, CardLineView, CardScoreView, CardState, CardSummary, GuardCapView,
            ScorecardView, SideView, SignedView,
        },
        session::book::Book,
        views::kpi_choices,
    },
};

/// All cards, in the order of their names.
pub(super) fn list(book: &Book, today: Day) -> Vec<CardSummary> {
    let mut cards: Vec<CardSummary> =
        book.fold().scorecards.cards().map(|kept| summary(book, kept, today)).collect();
    crate::domain::sort_few_by_key(&mut cards, |it| (it.name.clone(), it.id.clone()));
    cards
}

fn summary(book: &Book, kept: &KeptCard, today: Day) -> CardSummary {
    let card = &kept.card;
    let period = newest_cycle(book, card.cycle, today);
    let (scored, state) = book.with_views(|views| {
        let past = CardPast::of(book, card, views);
        (past.score(period), trial::state(kept, &past))
    });
    CardSummary {
        id: card.id.clone(),
        name: card.name.clone(),
        person: card.person.clone(),
        scope: card.scope.clone(),
        n_kpis: u32::try_from(card.lines.len()).unwrap_or(u32::MAX),
        state,
        score: score_view(book, &scored, period),
    }
}

fn score_view(book: &Book, scored: &Scored, period: Period) -> CardScoreView {
    let score = &scored.score;
    CardScoreView {
        period,
        is_over: is_over(book, period),
        score: score.score.map(|it| it.to_string()),
        capped_off: score.capped_off.to_string(),
        covered_weight: score.covered_weight.to_string(),
        whole_weight: score.whole_weight.to_string(),
    }
}

/// The card of that id, or a draft of it; `None` where there is neither.
pub(super) fn card(
    book: &Book,
    (id, draft): (&str, Option<&Scorecard>),
    (day, today): (Option<Day>, Day),
) -> Option<ScorecardView> {
    let kept = book.fold().scorecards.card(id);
    let card = draft.or(kept.map(|kept| &kept.card))?;
    let newest = newest_cycle(book, card.cycle, today);
    let period = day.map_or(newest, |day| card.cycle.around(day));
    let is_draft = kept.is_none_or(|kept| kept.card != *card);
    book.with_views(|views| {
        let past = CardPast::of(book, card, views);
        let scored = past.score(period);
        let lines = scored.lines.iter().zip(shown_lines(book, card));
        let published = kept.and_then(|kept| kept.published.as_ref());
        Some(ScorecardView {
            is_draft,
            version: kept.map_or(0, |kept| kept.version),
            state: kept.map_or(CardState::Draft, |kept| {
                trial::state(kept, &CardPast::of(book, &kept.card, views))
            }),
            published: published.map(|it| (it.by.clone(), it.on, it.reason.clone())),
            score: score_view(book, &scored, period),
            sides: scored.score.subtotals.iter().map(side_view).collect(),
            lines: lines
                .filter_map(|(scored_line, line)| {
                    line_view(&past, (line, scored_line), &scored, period)
                })
                .collect(),
            imbalances: balance::imbalances(book, card)
                .iter()
                .map(|it| balance::view(book, it))
                .collect(),
            signs: signs::signs(&past, period),
            history: history(&past, kept.filter(|_| !is_draft), newest),
            limit: trial::LIMIT.to_string(),
            currency: book.currency(),
            choices: kpi_choices(book.dictionary()),
            gates: gates::kpis(),
            people: people(book),
            scopes: scopes(book),
            card: card.clone(),
        })
    })
}

/// The lines of KPIs that are known.
fn shown_lines<'a>(book: &'a Book, card: &'a Scorecard) -> impl Iterator<Item = &'a CardLine> {
    card.lines.iter().filter(|line| book.dictionary().get(&line.kpi).is_some())
}

fn side_view(side: &Subtotal) -> SideView {
    let text = |points: Option<Fixed>| points.map(|it| it.to_string());
    SideView {
        perspective: side.perspective.id().to_owned(),
        score: text(side.score),
        covered_weight: side.covered_weight.to_string(),
        whole_weight: side.whole_weight.to_string(),
        contribution: text(side.contribution),
    }
}

fn line_view(
    past: &CardPast<'_>,
    (line, scored): (&CardLine, &ScoredLine),
    card: &Scored,
    period: Period,
) -> Option<CardLineView> {
    let kpi = &past.book.dictionary().get(&line.kpi)?.kpi;
    let part = card.score.parts.iter().find(|part| part.kpi == line.kpi);
    let text = |points: Option<Fixed>| points.map(|it| it.to_string());
    Some(CardLineView {
        kpi: kpi.id.clone(),
        names: kpi.names.clone(),
        unit: kpi.unit.into(),
        direction: kpi.direction.into(),
        perspective: kpi.perspective.id().to_owned(),
        weight: line.weight.to_string(),
        is_gate: is_gate(past.book, past.card, &line.kpi),
        value: scored.value.map(|it| it.to_string()),
        before: past.settled(&line.kpi, past.before(period)).map(|it| it.to_string()),
        kind: scored.kind,
        target: scored.target,
        points: text(scored.points),
        contribution: text(part.and_then(|part| part.contribution)),
        why: scored.why.to_owned(),
        caps: scored.caps.iter().filter_map(|it| cap_view(past.book, it)).collect(),
        gate: scored.gate.clone(),
    })
}

fn cap_view(book: &Book, (cap, source): &(GuardCap, LimitSource)) -> Option<GuardCapView> {
    let guard = &book.dictionary().get(&cap.guard)?.kpi;
    Some(GuardCapView {
        guard: guard.id.clone(),
        names: guard.names.clone(),
        unit: guard.unit.into(),
        before: cap.guard_moved.before.to_string(),
        after: cap.guard_moved.after.to_string(),
        limit: cap.limit.to_string(),
        is_below: cap.guard_moved.after < cap.limit,
        source: source.id().to_owned(),
        points_off: cap.points_off.to_string(),
    })
}

/// The newest cycles, as far as there are facts.
fn history(past: &CardPast<'_>, kept: Option<&KeptCard>, newest: Period) -> Vec<CardCycleView> {
    let Some(covered) = past.book.cube().covered() else { return Vec::new() };
    let gaps = trial::gaps(past.book, &past.card.scope);
    let mut cycles = vec![newest];
    while let Some(last) = cycles.last().filter(|_| cycles.len() < N_CYCLES) {
        let before = past.before(*last);
        if before.to < covered.from {
            break;
        }
        cycles.push(before);
    }
    let view = |period: &Period| {
        let scored = past.score(*period);
        let signed = kept.and_then(|kept| Some((kept, kept.signed.get(period)?)));
        CardCycleView {
            score: score_view(past.book, &scored, *period),
            gap: trial::worst(&gaps, *period).map(|it| it.to_string()),
            signed: signed.map(|(kept, signed)| signed_view(kept, signed, scored.score.score)),
            targets_set_on: past.targets_set_on(*period).filter(|day| *day > period.to),
        }
    };
    cycles.iter().map(view).collect()
}

fn signed_view(kept: &KeptCard, signed: &Signed, now: Option<Fixed>) -> SignedView {
    let (is_current, has_moved) = (trial::is_current(kept, signed), trial::has_moved(signed, now));
    let gap = signed.signature.gap;
    let is_within = gap.is_some_and(|gap| gap.absolute() <= trial::LIMIT);
    SignedView {
        by: signed.signature.by.clone(),
        on: signed.on,
        score: signed.signature.score.map(|it| it.to_string()),
        gap: gap.map(|it| it.to_string()),
        is_current,
        // Of an earlier version another card is scored now.
        has_moved: is_current && has_moved,
        counts: is_current && !has_moved && is_within,
    }
}

/// Who is scored or owns something already.
fn people(book: &Book) -> Vec<String> {
    let scored = book.fold().scorecards.cards().map(|kept| kept.card.person.clone());
    let products = book.cube().products();
    let owners = products.values().map(|product| product.owner.clone());
    let of_targets = book.fold().targets.lines().map(|(_, line)| line.terms.owner.clone());
    let all = scored.chain(owners).chain(of_targets).filter(|name| !name.is_empty());
    set_of_few(all).into_iter().collect()
}

/// The whole, each channel, category and owner.
fn scopes(book: &Book) -> Vec<TargetScope> {
    let channels = book
        .members()
        .channels
        .iter()
        .map(|it| TargetScope { channel: it.id.clone(), ..TargetScope::default() });
    let products = book.cube().products();
    let named = |name: fn(&crate::facts::Product) -> &String| {
        set_of_few(products.values().map(|it| name(it).clone()).filter(|it| !it.is_empty()))
    };
    let categories = named(|it| &it.category).into_iter();
    let categories = categories.map(|category| TargetScope { category, ..TargetScope::default() });
    let owners = named(|it| &it.owner).into_iter();
    let owners = owners.map(|owner| TargetScope { owner, ..TargetScope::default() });
    let whole = std::iter::once(TargetScope::default());
    whole.chain(channels).chain(categories).chain(owners).collect()
}
