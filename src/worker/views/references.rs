//! What a KPI's value is held beside.

use std::cmp::Reverse;

use crate::{
    catalog::{
        benchmark::{Benchmark, Grade, benchmarks},
        kpi::{Kpi, RollUp, Unit},
    },
    domain::{
        Currency, Day, Filters, Fixed, Granularity, Limit, Period, WeekStart, sort_few_by_key,
    },
    kpis::{Decimal, Note, quartiles},
    worker::protocol::{BenchmarkView, HistoryView, HomeRequest, PeersView, ReferencesView},
};

use super::{
    Slices, Views,
    values::{Asked, Chosen},
};

/// Quartiles of comparable sellers, from small to large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPeers {
    pub id: String,
    pub kpi: String,
    pub channel: String,
    /// A product category; empty: all.
    pub group: String,
    pub quartiles: [Decimal; 3],
    /// Of money.
    pub currency: Currency,
    /// The last day that they are about.
    pub day: Day,
    pub is_typed: bool,
}

/// Months of the own history.
const HISTORY_MONTHS: usize = 12;

impl<S: Slices> Views<'_, S> {
    /// The references of a KPI; `None` when there is no such KPI. Those of single channels are told where
    /// the filters let the channel pass.
    pub fn references(
        &self,
        id: &str,
        request: &HomeRequest,
        currency: Currency,
    ) -> Option<ReferencesView> {
        let asked = self.asked_id(id)?;
        let chosen = self.chosen(&request.filters);
        let period = self.period(request);
        let filters = &request.filters;
        let of_channel = |channel: &str| is_of(filters, channel);
        let mut published: Vec<&Benchmark> = benchmarks()
            .iter()
            .filter(|it| it.kpi == id && (it.platform == ALL || of_channel(&it.platform)))
            .collect();
        sort_few_by_key(&mut published, |it| it.grade);
        let mut peers: Vec<&KnownPeers> =
            self.peers.iter().filter(|it| it.kpi == id && of_channel(&it.channel)).collect();
        peers.retain(|it| asked.entry.kpi.unit != Unit::Money || it.currency == currency);
        sort_few_by_key(&mut peers, |it| Reverse(it.day));
        let mut limits: Vec<Limit> =
            self.limits.values().filter(|it| it.kpi == id).cloned().collect();
        sort_few_by_key(&mut limits, |it| Reverse(it.from));
        Some(ReferencesView {
            kpi: id.to_owned(),
            unit: asked.entry.kpi.unit.into(),
            value: self
                .value(asked, &chosen, period)
                .value
                .filter(|_| is_like_a_month(&asked.entry.kpi, period)),
            period,
            history: self.history(asked, &chosen, period),
            peers: peers.into_iter().map(peers_view).collect(),
            benchmarks: published.into_iter().map(benchmark_view).collect(),
            limits,
        })
    }

    /// The quartiles of the newest settled months that end with the period or before it.
    fn history(
        &self,
        asked: Asked<'_>,
        chosen: &Chosen<S::Slice>,
        period: Period,
    ) -> Option<HistoryView> {
        let covered = self.covered?;
        let mut values: Vec<Decimal> = Vec::new();
        let mut months: Option<Period> = None;
        let mut month = month_of(period.to);
        while month.from >= covered.from && values.len() < HISTORY_MONTHS {
            let is_over = month.to <= period.to && month.to <= covered.to;
            if is_over && let Some(value) = self.settled_value(asked, chosen, month) {
                values.push(value);
                months = Some(months.map_or(month, |it| it.including(&month)));
            }
            month = month_of(month.from.plus(-1));
        }
        let n_months = u32::try_from(values.len()).unwrap_or(u32::MAX);
        let quartiles = quartiles(values)?.map(|it| it.to_string());
        Some(HistoryView { quartiles, n_months, months: months? })
    }

    /// The value of a period, unless it may still change or stands on too few cases.
    pub(super) fn settled_value(
        &self,
        asked: Asked<'_>,
        chosen: &Chosen<S::Slice>,
        period: Period,
    ) -> Option<Decimal> {
        let is_told = self.is_told(asked.entry, &chosen.slice, period);
        if !is_told || self.is_immature(asked.entry, period) {
            return None;
        }
        let value = self.evaluate(asked.entry, chosen, period);
        let defined = value.defined()?;
        let is_small = |note: &Note| matches!(note, Note::SmallDenominator { .. });
        (!defined.notes.iter().any(is_small)).then_some(defined.value)
    }
}

/// `Benchmark::platform` of what is about no channel.
const ALL: &str = "all";

/// Whether a value can stand beside those of months: a sum of other lengths cannot.
fn is_like_a_month(kpi: &Kpi, period: Period) -> bool {
    let is_sum = matches!(kpi.unit, Unit::Money | Unit::Count)
        && matches!(kpi.roll_up, RollUp::Sum | RollUp::DistinctCount);
    !is_sum || (28..=31).contains(&period.n_days())
}

fn is_of(filters: &Filters, channel: &str) -> bool {
    filters.channels.is_empty() || filters.channels.iter().any(|it| it == channel)
}

fn month_of(day: Day) -> Period {
    Granularity::Month.bucket(day, WeekStart::Monday)
}

fn peers_view(peers: &KnownPeers) -> PeersView {
    PeersView {
        id: peers.id.clone(),
        channel: peers.channel.clone(),
        group: peers.group.clone(),
        quartiles: peers.quartiles.map(|it| it.to_string()),
        day: peers.day,
        is_typed: peers.is_typed,
    }
}

fn benchmark_view(it: &Benchmark) -> BenchmarkView {
    let text = |figure: Option<Fixed>| figure.map(|figure| figure.to_string());
    let grade = match it.grade {
        Grade::A => "a",
        Grade::B => "b",
        Grade::C => "c",
    };
    BenchmarkView {
        platform: it.platform.clone(),
        group: it.group.clone(),
        quartiles: [it.p25, it.p50, it.p75].map(text),
        mean: text(it.mean),
        range: [it.low, it.high].map(text),
        year: it.year.clone(),
        source: it.source.clone(),
        grade: grade.to_owned(),
        is_read: it.is_read,
        sample: it.sample.clone(),
        note: it.note.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::Currency,
        worker::views::mock::{Business, january, january_of},
    };

    #[test]
    fn a_history_needs_six_settled_months() {
        let business = Business::new();
        let views = business.views(Business::covered());
        let references = views.references("sales.net", &january(), Currency::USD).unwrap();
        assert_eq!(references.value.as_deref(), Some("380"));
        // June to January; all but January are without a sale.
        let history = references.history.unwrap();
        assert_eq!((history.n_months, history.quartiles), (8, ["0", "0", "0"].map(str::to_owned)));
        assert_eq!(history.months.to_string(), "2025-06-01..2026-01-31");
        let short = business.views(crate::kpis::mock::period("2025-09-01", "2026-01-31"));
        assert_eq!(short.references("sales.net", &january(), Currency::USD).unwrap().history, None);
        assert!(views.references("no.such", &january(), Currency::USD).is_none());
    }

    #[test]
    fn benchmarks_follow_the_channels_best_first() {
        let business = Business::new();
        let views = business.views(Business::covered());
        let of =
            |request| views.references("ads.acos", &request, Currency::USD).unwrap().benchmarks;
        let all = of(january());
        assert!(all.iter().any(|it| it.platform == "amazon"));
        assert!(all.is_sorted_by_key(|it| it.grade.clone()));
        assert!(of(january_of(&["tiktok"])).iter().all(|it| it.platform == "all"));
    }
}
