//! The lines that platforms draw for a KPI, and on which side of them it is.

use crate::{
    catalog::{
        channel::channel,
        kpi::Kpi,
        policy::{LineKind, PolicyLine, policy_lines},
    },
    domain::{Comparator, Filters, Names, Period, TargetScope},
    kpis::Decimal,
    worker::{
        protocol::GateLine,
        session::book::{Basis, Book},
        views::Views,
    },
};

/// Whether a line costs rights to sell: a fee or a badge closes no gate.
fn is_gate(line: &PolicyLine) -> bool {
    matches!(line.kind, LineKind::Critical | LineKind::Policy)
        && line.category.is_empty()
        && line.programme.is_none()
}

/// The KPIs that can be gates.
pub(super) fn kpis() -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in policy_lines().iter().filter(|line| is_gate(line)) {
        if !found.contains(&line.kpi) {
            found.push(line.kpi.clone());
        }
    }
    found
}

/// The lines for a KPI that were in force at a cycle's end, in the channels of the scope that are there.
pub(super) fn lines(
    book: &Book,
    views: &Views<'_, Basis>,
    (kpi, scope): (&Kpi, &TargetScope),
    period: Period,
) -> Vec<GateLine> {
    let channels = &book.members().channels;
    let concerns = |line: &&PolicyLine| {
        let is_there = channels.iter().any(|it| it.id == line.channel);
        let is_chosen = scope.channel.is_empty() || scope.channel == line.channel;
        line.kpi == kpi.id && is_there && is_chosen && is_gate(line) && line.is_in_force(period.to)
    };
    let view = |line: &PolicyLine| {
        let filters = Filters { channels: vec![line.channel.clone()], ..Filters::default() };
        let reached = views.past_of(&kpi.id, &filters).and_then(|past| past.reached(period));
        let minimum = Decimal::from_whole(kpi.min_denominator.into());
        let counts = reached.filter(|it| it.n >= minimum);
        GateLine {
            channel: channel(&line.channel).map_or_else(Names::default, |it| it.names.clone()),
            is_at_least: matches!(line.comparator, Comparator::Above | Comparator::AtLeast),
            line: line.value().to_string(),
            value: reached.map(|it| it.value.to_string()),
            is_passed: counts.map(|it| line.comparator.keeps(&it.value, &line.value().into())),
        }
    };
    policy_lines().iter().filter(concerns).map(view).collect()
}

/// `None` while nothing is known of any line; one that is broken is enough.
pub(super) fn is_passed(lines: &[GateLine]) -> Option<bool> {
    lines.iter().filter_map(|line| line.is_passed).min()
}
