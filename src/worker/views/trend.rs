//! The line chart of one KPI.

use std::cmp::Reverse;

use crate::{
    domain::{Dimension, Filters, Granularity, Period, sort_few_by},
    kpis::{ProcessPoint, process_limits},
    worker::protocol::{HomeRequest, NoteView, Trend, TrendLimits, TrendSeries, ValueView},
};

use super::{
    Slices, Views,
    against::{Against, aligned_view},
    values::{Asked, Chosen},
};

/// More lines than this cannot be told apart.
const MAX_SERIES: usize = 8;
/// Members beyond these are not looked at: each needs a slice of its own.
const MAX_CANDIDATES: usize = 50;

/// Notes of values that may still change, or rest on too little.
const UNSETTLED: &[&str] = &["immature", "small_denominator"];

impl<S: Slices> Views<'_, S> {
    /// One series, or one per member when the request splits it: the largest members of the
    /// period, at most eight, largest first.
    pub(super) fn trend(
        &self,
        asked: Asked<'_>,
        request: &HomeRequest,
        chosen: &Chosen<S::Slice>,
        period: Period,
    ) -> Trend {
        let buckets = period.buckets(request.granularity, self.contracts.week());
        let series = match request.trend_by {
            None => vec![self.series(asked, String::new(), chosen, &buckets)],
            Some(dimension) => {
                let filters = &request.filters;
                let members = self.largest_members(asked, dimension, filters, chosen, period);
                let series = |(member, chosen)| self.series(asked, member, &chosen, &buckets);
                members.into_iter().map(series).collect()
            }
        };
        let comparison = match request.trend_by {
            Some(_) => None,
            None => Against::of(period, request.comparison)
                .map(|against| self.comparison_series(asked, against, chosen, &buckets)),
        };
        let limits = match (request.trend_by, series.as_slice()) {
            (None, [whole]) => self.limits(request.granularity, &buckets, &whole.values),
            _ => None,
        };
        let kpi = &asked.entry.kpi;
        let notes = self.trend_notes(&kpi.id, &request.filters, &buckets);
        Trend {
            kpi: kpi.id.clone(),
            names: kpi.names.clone(),
            unit: kpi.unit.into(),
            granularity: request.granularity,
            buckets,
            series,
            comparison,
            target: None,
            limits,
            aligned: aligned_view(period, request.comparison),
            notes,
        }
    }

    /// Natural limits by the points that have settled and are whole.
    fn limits(
        &self,
        granularity: Granularity,
        buckets: &[Period],
        values: &[ValueView],
    ) -> Option<TrendLimits> {
        let week = self.contracts.week();
        let point = |(bucket, value): (&Period, &ValueView)| {
            let is_whole = granularity.bucket(bucket.from, week) == *bucket;
            let is_open = |note: &NoteView| UNSETTLED.contains(&note.note.as_str());
            let is_settled = is_whole && !value.notes.iter().any(is_open);
            let known = value.value.as_deref().and_then(|value| value.parse().ok());
            let weekday = usize::try_from(bucket.from.weekday()).unwrap_or(0);
            ProcessPoint {
                value: known.filter(|_| is_settled),
                season: if granularity == Granularity::Day { weekday } else { 0 },
            }
        };
        let points: Vec<ProcessPoint> = buckets.iter().zip(values).map(point).collect();
        let limits = process_limits(&points)?;
        let known = points.iter().map(|point| point.value);
        let within = limits.lower.iter().zip(&limits.upper);
        let outside = known.zip(within).zip(0..).filter_map(|((value, (lower, upper)), bucket)| {
            value.is_some_and(|value| value < *lower || value > *upper).then_some(bucket)
        });
        Some(TrendLimits {
            outside: outside.collect(),
            is_by_weekday: limits.is_seasonal,
            n_points: u32::try_from(limits.n_points).unwrap_or(u32::MAX),
            lower: limits.lower,
            upper: limits.upper,
        })
    }

    fn series(
        &self,
        asked: Asked<'_>,
        member: String,
        chosen: &Chosen<S::Slice>,
        buckets: &[Period],
    ) -> TrendSeries {
        let value = |bucket: &Period| self.value(asked, chosen, *bucket);
        TrendSeries { member, values: buckets.iter().map(value).collect(), buckets: Vec::new() }
    }

    /// As many buckets as the chart has, each as long as its counterpart.
    fn comparison_series(
        &self,
        asked: Asked<'_>,
        against: Against,
        chosen: &Chosen<S::Slice>,
        buckets: &[Period],
    ) -> TrendSeries {
        let counterparts: Vec<Period> =
            buckets.iter().map(|bucket| against.counterpart(*bucket)).collect();
        let series = self.series(asked, String::new(), chosen, &counterparts);
        TrendSeries { buckets: counterparts, ..series }
    }

    fn largest_members(
        &self,
        asked: Asked<'_>,
        dimension: Dimension,
        filters: &Filters,
        chosen: &Chosen<S::Slice>,
        period: Period,
    ) -> Vec<(String, Chosen<S::Slice>)> {
        let candidates = self.member_ids(dimension, filters).into_iter().take(MAX_CANDIDATES);
        let member = |id: String| {
            let chosen = match dimension {
                Dimension::Channel => chosen.of_channel(&id)?,
                _ => self.chosen_member(dimension, &id, filters, chosen),
            };
            let value = self.evaluate(asked.entry, &chosen, period).value()?;
            Some((Reverse(value), id, chosen))
        };
        let mut members: Vec<_> = candidates.filter_map(member).collect();
        sort_few_by(&mut members, |one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        members.truncate(MAX_SERIES);
        members.into_iter().map(|(_, id, chosen)| (id, chosen)).collect()
    }

    /// One member of another dimension than channels. A share of the whole is of the whole of all
    /// members when the member is a shop, else of the same SKUs everywhere.
    fn chosen_member(
        &self,
        dimension: Dimension,
        member: &str,
        filters: &Filters,
        chosen: &Chosen<S::Slice>,
    ) -> Chosen<S::Slice> {
        let narrowed = filters.narrowed(dimension, member);
        let slice = self.slices.slice(&narrowed);
        let whole = if dimension == Dimension::Shop {
            std::rc::Rc::clone(&chosen.whole)
        } else {
            self.slices.slice(&Filters { channels: Vec::new(), shops: Vec::new(), ..narrowed })
        };
        Chosen { slice, whole, channels: Vec::new() }
    }
}
