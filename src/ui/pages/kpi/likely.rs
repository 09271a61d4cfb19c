//! Where figures that have not settled will probably end, in words.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    domain::Currency,
    ui::{
        charts::TrendRange,
        format::{self, Style},
        i18n::{I18n, fill, language, use_i18n},
    },
    worker::protocol::{KpiView, LikelyView, RangeView},
};

fn style(i18n: I18n, kpi: &KpiView, currency: Currency) -> Style {
    Style { unit: kpi.card.figure.unit, currency, language: language(i18n) }
}

/// For the chart, its read-out and its table.
///
/// Reads the language: call it where that is tracked.
pub(super) fn ranges(i18n: I18n, kpi: &KpiView, currency: Currency) -> Vec<TrendRange> {
    let style = style(i18n, kpi, currency);
    let points = kpi.likely.iter().flat_map(|likely| likely.points.iter().enumerate());
    let range = |(bucket, range): (usize, &Option<_>)| {
        let RangeView { low, high, n_days, .. } = range.as_ref()?;
        let text = fill!(
            i18n,
            kpi.likely_at,
            low = style.whole(low),
            high = style.whole(high),
            days = n_days
        );
        Some(TrendRange { bucket, low: format::parse(low)?, high: format::parse(high)?, text })
    };
    points.filter_map(range).collect()
}

/// What to expect of a figure that has not settled, or how to learn it; nothing of others.
#[component]
pub(super) fn LikelyFinal(
    /// The KPI in full.
    kpi: Signal<Option<Arc<KpiView>>>,
    /// Of money.
    currency: Signal<Currency>,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || {
        let kpi = kpi.get()?;
        let likely = kpi.likely.as_ref().filter(|_| kpi.card.is_immature)?;
        Some(sentence(i18n, likely, style(i18n, &kpi, currency.get())))
    };
    move || text().map(|text| view! { <p class="small muted" data-likely="true">{text}</p> })
}

fn sentence(i18n: I18n, likely: &LikelyView, style: Style) -> String {
    match &likely.value {
        Some(range) => fill!(
            i18n,
            kpi.likely,
            low = style.whole(&range.low),
            high = style.whole(&range.high),
            middle = style.whole(&range.middle),
            days = range.n_days
        ),
        None => fill!(
            i18n,
            kpi.likely_unknown,
            days = likely.settling_days,
            needed = likely.needed_days
        ),
    }
}
