//! The table twin of a trend.

use leptos::prelude::*;

use super::{
    Place, Precision, kpi_figure,
    trend_panel::{TrendInView, comparison_name, series_name},
};
use crate::{
    domain::{Dimension, Period},
    ui::{
        format,
        i18n::{I18n, language, t, t_string, use_i18n},
        routes::scope_text,
    },
    worker::protocol::{HomeRequest, TrendSeries},
};

/// All values of the chart, folded; built when it is opened first.
#[component]
pub fn TrendTable(
    /// `None` before the first answer.
    trend: Signal<Option<TrendInView>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let table = move || {
        let is_open = is_open.get();
        trend.with(|shown| shown.as_ref().filter(|_| is_open).map(|shown| table(i18n, shown)))
    };
    let toggle = move |event: web_sys::Event| {
        let details = event_target::<web_sys::Element>(&event);
        is_open.set(details.has_attribute("open"));
    };
    view! {
        <details class="twin" on:toggle=toggle>
            <summary class="twin__summary">{t!(i18n, home.trend_table)}</summary>
            <div class="data-table-box twin__box" tabindex="0">{table}</div>
        </details>
    }
    .into_any()
}

/// Reads the language: call it where that is tracked.
fn table(i18n: I18n, shown: &TrendInView) -> AnyView {
    let TrendInView { trend, currency, asked, ranges } = shown;
    let mut heads: Vec<String> =
        trend.series.iter().map(|series| series_name(i18n, series, trend)).collect();
    let compared = comparison_name(i18n, asked.comparison);
    heads.extend(trend.comparison.iter().map(|_| compared.to_owned()));
    heads.extend(trend.target.iter().map(|_| t_string!(i18n, home.target).to_owned()));
    let columns: Vec<(String, &TrendSeries)> = trend
        .series
        .iter()
        .chain(&trend.comparison)
        .chain(&trend.target)
        .map(|series| (series_scope(asked, series), series))
        .collect();
    let cell = |index: usize, bucket: Period, (scope, series): &(String, &TrendSeries)| {
        let period = series.buckets.get(index).copied().unwrap_or(bucket);
        let place = Place { scope: scope.clone(), period, currency: *currency };
        let value = series.values.get(index).cloned().unwrap_or_default();
        let value = (&value, trend.unit);
        view! {
            <td data-align="end">
                {kpi_figure(i18n, &trend.kpi, value, &place, Precision::Full)}
            </td>
        }
    };
    let has_ranges = !ranges.is_empty();
    heads.extend(has_ranges.then(|| t_string!(i18n, words.settling).to_owned()));
    let range = |index: usize| {
        let range = ranges.iter().find(|range| range.bucket == index);
        view! { <td data-wrap="true">{range.map(|range| range.text.clone())}</td> }
    };
    let has_notes = !trend.notes.is_empty();
    heads.extend(has_notes.then(|| t_string!(i18n, home.notes).to_owned()));
    let said = |index: usize| {
        let said = trend.notes.iter().filter(|note| note.is_of(index));
        let said: Vec<&str> = said.map(|note| note.text.as_str()).collect();
        view! { <td data-wrap="true">{said.join(t_string!(i18n, home.list_gap))}</td> }
    };
    let row = |(index, bucket): (usize, &Period)| {
        view! {
            <tr>
                <th scope="row">{format::period(*bucket, language(i18n))}</th>
                {columns.iter().map(|column| cell(index, *bucket, column)).collect_view()}
                {has_ranges.then(|| range(index))}
                {has_notes.then(|| said(index))}
            </tr>
        }
    };
    let rows = trend.buckets.iter().enumerate().map(row).collect_view();
    view! {
        <table class="data-table">
            <thead>
                <tr>
                    <th scope="col">{t_string!(i18n, home.period)}</th>
                    {heads
                        .into_iter()
                        .map(|head| view! { <th scope="col" data-align="end">{head}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn series_scope(asked: &HomeRequest, series: &TrendSeries) -> String {
    if series.member.is_empty() {
        return scope_text(&asked.filters);
    }
    let dimension = asked.trend_by.unwrap_or(Dimension::Channel);
    scope_text(&asked.filters.narrowed(dimension, &series.member))
}
