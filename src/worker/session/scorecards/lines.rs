//! What the KPIs of a card come to in a cycle.

use std::{cell::RefCell, collections::BTreeMap};

use super::{gates, guards, is_gate, is_over};
use crate::{
    catalog::kpi::Kpi,
    domain::{
        CardLine, Comparator, Day, Fixed, Period, Scorecard, TargetKey, TargetKind, TargetNumbers,
    },
    kpis::Decimal,
    scorecard::{
        Better, CardKpi, CardScore, GATE_CAP, Gate, GuardCap, Score, Shape, guarded, score,
        score_card,
    },
    worker::{
        protocol::GateLine,
        session::{
            book::{Basis, Book},
            card_targets::is_less_better,
            plan::filters_of,
        },
        views::{PartOf, PastOf, Views},
    },
};

/// A card with the pasts of its KPIs and their guards, each cut once for all cycles.
pub(super) struct CardPast<'a> {
    pub(super) book: &'a Book,
    pub(super) card: &'a Scorecard,
    views: &'a Views<'a, Basis>,
    part: PartOf<'a, Basis>,
    /// What was reached, as it was asked for before.
    settled: RefCell<BTreeMap<(String, Period), Option<Decimal>>>,
}

/// A card in a cycle.
pub(super) struct Scored {
    pub(super) score: CardScore,
    /// As many as the card has lines of known KPIs, in their order.
    pub(super) lines: Vec<ScoredLine>,
}

/// A KPI in a cycle.
#[derive(Debug, Default)]
pub(super) struct ScoredLine {
    /// What is known of it up to now.
    pub(super) value: Option<Decimal>,
    pub(super) kind: TargetKind,
    pub(super) target: Option<TargetNumbers>,
    pub(super) points: Option<Fixed>,
    /// Why there are none, as the protocol has it; empty where there are.
    pub(super) why: &'static str,
    pub(super) caps: Vec<(GuardCap, guards::LimitSource)>,
    pub(super) gate: Vec<GateLine>,
}

impl<'a> CardPast<'a> {
    pub(super) fn of(book: &'a Book, card: &'a Scorecard, views: &'a Views<'a, Basis>) -> Self {
        let part = views.part_of(&filters_of(&card.scope));
        Self { book, card, views, part, settled: RefCell::default() }
    }

    pub(super) fn past(&self, kpi: &str) -> Option<PastOf<'a, Basis>> {
        self.part.past(kpi)
    }

    /// The value of a cycle that is over and has settled.
    pub(super) fn settled(&self, kpi: &str, period: Period) -> Option<Decimal> {
        let key = (kpi.to_owned(), period);
        if let Some(known) = self.settled.borrow().get(&key) {
            return *known;
        }
        let value = self.past(kpi).and_then(|past| Some(past.settled(period)?.value));
        self.settled.borrow_mut().insert(key, value);
        value
    }

    /// The newest day on which a target that a cycle is scored by became what it is.
    pub(super) fn targets_set_on(&self, period: Period) -> Option<Day> {
        let lines = self.card.lines.iter().filter(|line| !is_gate(self.book, self.card, &line.kpi));
        let set_on = lines.filter_map(|line| {
            let key = TargetKey { kpi: line.kpi.clone(), scope: self.card.scope.clone() };
            self.book.fold().targets.line(&key)?.set_on(period)
        });
        set_on.max()
    }

    /// The cycle before one.
    pub(super) fn before(&self, period: Period) -> Period {
        self.card.cycle.before(period)
    }

    pub(super) fn score(&self, period: Period) -> Scored {
        let known = self.card.lines.iter().filter_map(|line| {
            let entry = self.book.dictionary().get(&line.kpi)?;
            Some((line, &entry.kpi))
        });
        let scored: Vec<(&CardLine, &Kpi, ScoredLine)> =
            known.map(|(line, kpi)| (line, kpi, self.line(kpi, period))).collect();
        let is_gate = |line: &CardLine| is_gate(self.book, self.card, &line.kpi);
        let weighted = scored.iter().filter(|(line, ..)| !is_gate(line));
        let kpis: Vec<CardKpi> = weighted
            .map(|(line, kpi, scored)| CardKpi {
                kpi: kpi.id.clone(),
                perspective: kpi.perspective,
                weight: line.weight,
                points: scored.points,
            })
            .collect();
        let gates = scored.iter().filter(|(line, ..)| is_gate(line));
        let gates: Vec<Gate> = gates
            .map(|(_, kpi, scored)| Gate {
                kpi: kpi.id.clone(),
                is_passed: gates::is_passed(&scored.gate),
            })
            .collect();
        Scored {
            score: score_card(&kpis, &gates, GATE_CAP),
            lines: scored.into_iter().map(|(.., scored)| scored).collect(),
        }
    }

    fn line(&self, kpi: &Kpi, period: Period) -> ScoredLine {
        if is_gate(self.book, self.card, &kpi.id) {
            return self.gate(kpi, period);
        }
        let mut line = ScoredLine::default();
        let settled = self.settled(&kpi.id, period);
        let reached = || Some(self.past(&kpi.id)?.reached(period)?.value);
        line.value = settled.or_else(reached);
        let key = TargetKey { kpi: kpi.id.clone(), scope: self.card.scope.clone() };
        let target = self.book.fold().targets.line(&key);
        let terms = target.map(|target| &target.terms);
        line.kind = terms.map(|terms| terms.kind).unwrap_or_default();
        line.target = target.and_then(|it| it.over(period, kpi.adds_up_in_time()));
        let is_held = terms.is_none_or(|terms| terms.hold(period));
        let shape = line.target.and_then(|numbers| shape(kpi, line.kind, numbers));
        line.why = match (line.value, shape) {
            (None, _) => "no_value",
            (_, None) => "no_target",
            _ if !is_held => "target_not_in_force",
            (_, Some(shape)) if shape.check().is_err() => "target_out_of_order",
            _ if !is_over(self.book, period) => "not_over",
            _ if settled.is_none() => "not_settled",
            _ => "",
        };
        let points = match (settled, shape, line.why) {
            (Some(value), Some(shape), "") => score(value, &shape).ok(),
            _ => None,
        };
        if let Some(Score::Points(points)) = points {
            let checks = guards::checks(self, kpi, period);
            let (checks, sources): (Vec<_>, Vec<_>) = checks.into_iter().unzip();
            let guarded = guarded(points, &checks);
            line.points = Some(guarded.points);
            let with_source = |cap: GuardCap| {
                let at = checks.iter().position(|check| check.guard == cap.guard);
                let source = at.and_then(|at| sources.get(at).copied()).unwrap_or_default();
                (cap, source)
            };
            line.caps = guarded.caps.into_iter().map(with_source).collect();
        }
        line
    }

    fn gate(&self, kpi: &Kpi, period: Period) -> ScoredLine {
        let gate = gates::lines(self.book, self.views, (kpi, &self.card.scope), period);
        ScoredLine {
            kind: TargetKind::PolicyLine,
            why: if gate.is_empty() { "no_line" } else { "" },
            gate,
            ..ScoredLine::default()
        }
    }
}

/// Whether the target of a KPI of the card is the line of a platform.
pub(super) fn has_policy_target(book: &Book, card: &Scorecard, kpi: &str) -> bool {
    let key = TargetKey { kpi: kpi.to_owned(), scope: card.scope.clone() };
    let line = book.fold().targets.line(&key);
    line.is_some_and(|line| line.terms.kind == TargetKind::PolicyLine)
}

/// How points follow from a value; `None` where the numbers that it takes are missing.
fn shape(kpi: &Kpi, kind: TargetKind, numbers: TargetNumbers) -> Option<Shape> {
    let decimal = |number: Option<Fixed>| number.map(Decimal::from);
    let TargetNumbers { floor, commit, stretch } = numbers;
    let [floor, commit, stretch] = [floor, commit, stretch].map(decimal);
    let better = if is_less_better(kpi, kind) { Better::Lower } else { Better::Higher };
    match kind {
        TargetKind::Floor => Some(Shape::Line { comparator: Comparator::AtLeast, line: commit? }),
        TargetKind::Ceiling => Some(Shape::Line { comparator: Comparator::AtMost, line: commit? }),
        TargetKind::Band => {
            let (one, other) = (floor?, stretch?);
            let (low, high) = (one.min(other), one.max(other));
            // Half the band's width outside of it nothing is left.
            let reach = high.plus(low.negated()).times(1, 2);
            Some(Shape::Band { low, high, reach })
        }
        TargetKind::Ladder | TargetKind::ReachBy | TargetKind::Cumulative => {
            Some(Shape::Ladder { better, floor, commit: commit?, stretch })
        }
        TargetKind::PolicyLine => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kpi::kpis;

    fn points(kpi: &str, kind: TargetKind, numbers: [&str; 3], value: &str) -> Option<String> {
        let kpi = kpis().iter().find(|it| it.id == kpi).unwrap();
        let [floor, commit, stretch] = numbers.map(Fixed::parse);
        let shape = shape(kpi, kind, TargetNumbers { floor, commit, stretch })?;
        match score(Decimal::parse(value).unwrap(), &shape).unwrap() {
            Score::Points(points) => Some(points.to_string()),
            Score::Gate { .. } => None,
        }
    }

    /// By hand: half way from floor to commitment 50, half way on to the stretch 110; of what should be small the
    /// other way round.
    #[test]
    fn every_kind_of_target_has_its_points() {
        let ladder = ["80", "100", "140"];
        let of = |kind, value| points("sales.net", kind, ladder, value).unwrap();
        for kind in [TargetKind::Ladder, TargetKind::ReachBy, TargetKind::Cumulative] {
            assert_eq!(
                ["79", "90", "120", "500"].map(|it| of(kind, it)),
                ["0", "50", "110", "120"]
            );
        }
        assert_eq!(["99", "100"].map(|it| of(TargetKind::Floor, it)), ["0", "100"]);
        assert_eq!(["100", "101"].map(|it| of(TargetKind::Ceiling, it)), ["100", "0"]);
        // From 80 to 140, and falling over 30 on either side.
        let band = ["49", "65", "80", "140", "155", "171"].map(|it| of(TargetKind::Band, it));
        assert_eq!(band, ["0", "50", "100", "100", "50", "0"]);
        let acos = |value| points("ads.acos", TargetKind::Ladder, ["0.4", "0.3", "0.2"], value);
        assert_eq!(acos("0.35").as_deref(), Some("50"));
        assert_eq!(acos("0.25").as_deref(), Some("110"));
        assert_eq!(points("sales.net", TargetKind::Ladder, ["80", "", "140"], "90"), None);
        assert_eq!(points("sales.net", TargetKind::PolicyLine, ladder, "90"), None);
    }
}
