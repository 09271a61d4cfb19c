//! What is wanted of the KPIs that cards show.

use super::book::Book;
use crate::{
    catalog::kpi::{Direction, Kpi},
    domain::{Filters, Period, TargetKey, TargetKind, TargetScope},
    kpis::Decimal,
    targets::standing,
    worker::protocol::{CardTarget, KpiCard, Trend, TrendSeries, ValueView},
};

/// Puts targets on cards, where there are some of just what they show.
pub(super) fn note_targets<'a>(
    book: &Book,
    cards: impl IntoIterator<Item = &'a mut KpiCard>,
    (filters, period): (&Filters, Period),
) {
    let Some(scope) = scope_of(filters).filter(|_| !book.fold().targets.is_empty()) else { return };
    for card in cards {
        card.target = target(book, card, &scope, period);
    }
}

/// Puts what was wanted beside a trend that is not split.
pub(super) fn note_trend(book: &Book, trend: &mut Trend, filters: &Filters) {
    let is_whole = matches!(trend.series.as_slice(), [only] if only.member.is_empty());
    let entry = book.dictionary().get(&trend.kpi);
    let (Some(scope), Some(entry)) = (scope_of(filters).filter(|_| is_whole), entry) else {
        return;
    };
    let key = TargetKey { kpi: trend.kpi.clone(), scope };
    let Some(line) = book.fold().targets.line(&key) else { return };
    let adds_up = entry.kpi.adds_up_in_time();
    let number = |bucket: &Period| {
        line.around(*bucket, adds_up).filter(|_| line.terms.hold(*bucket))?.commit
    };
    let value = |bucket: &Period| ValueView {
        value: number(bucket).map(|it| it.to_string()),
        ..ValueView::default()
    };
    let values: Vec<ValueView> = trend.buckets.iter().map(value).collect();
    if values.iter().any(|it| it.value.is_some()) {
        let (member, buckets) = (String::new(), Vec::new());
        trend.target = Some(TrendSeries { member, values, buckets });
    }
}

fn target(book: &Book, card: &KpiCard, scope: &TargetScope, period: Period) -> Option<CardTarget> {
    let kpi = &book.dictionary().get(&card.figure.kpi)?.kpi;
    let line =
        book.fold().targets.line(&TargetKey { kpi: kpi.id.clone(), scope: scope.clone() })?;
    let numbers = line.over(period, kpi.adds_up_in_time()).filter(|_| line.terms.hold(period))?;
    let kind = line.terms.kind;
    let is_over = book.cube().covered().is_some_and(|it| period.to <= it.to) && !card.is_immature;
    let value = card.figure.value.value.as_deref().filter(|_| is_over).and_then(Decimal::parse);
    let (tolerance, is_less) = (line.terms.tolerance, is_less_better(kpi, kind));
    let stands = value.and_then(|it| standing(it, (kind, numbers), tolerance, is_less));
    Some(CardTarget { number: numbers.commit?.to_string(), standing: stands })
}

/// Whether small values are good.
pub(super) fn is_less_better(kpi: &Kpi, kind: TargetKind) -> bool {
    kind == TargetKind::Ceiling || kpi.direction == Direction::Down
}

/// The part of the business that filters leave; `None` where it is none that has targets.
pub(super) fn scope_of(filters: &Filters) -> Option<TargetScope> {
    let one = |members: &[String]| match members {
        [] => Some(String::new()),
        [only] => Some(only.clone()),
        _ => None,
    };
    let Filters { channels, shops, skus, brands, categories, owners } = filters;
    if !brands.is_empty() {
        return None;
    }
    let (channel, shop, sku) = (one(channels)?, one(shops)?, one(skus)?);
    Some(TargetScope { channel, shop, sku, category: one(categories)?, owner: one(owners)? })
}
