//! The table twin of a trend.

use leptos::prelude::*;

use super::{
    KpiFigure, Place, Precision,
    trend_panel::{comparison_name, series_name},
};
use crate::{
    domain::{Currency, Dimension, Period},
    ui::{
        format,
        i18n::{I18n, language, t, t_string, use_i18n},
        routes::{View, scope_text},
        state::use_location,
    },
    worker::protocol::{Trend, TrendSeries, ValueView},
};

/// All values of the chart, folded; built when it is opened first.
#[component]
pub fn TrendTable(
    /// `None` before the first answer.
    trend: Signal<Option<Trend>>,
    /// Of money.
    currency: Signal<Option<Currency>>,
) -> impl IntoView {
    let (i18n, view) = (use_i18n(), use_location().view());
    let is_open = RwSignal::new(false);
    let table = move || {
        let (trend, currency) = (trend.get()?, currency.get()?);
        is_open.get().then(|| table(i18n, trend, currency, &view.get()))
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

fn table(i18n: I18n, trend: Trend, currency: Currency, view: &View) -> impl IntoView + use<> {
    let comparison = view.comparison;
    let mut heads: Vec<String> =
        trend.series.iter().map(|series| series_name(i18n, series, &trend)).collect();
    heads.extend(trend.comparison.iter().map(|_| comparison_name(i18n, comparison).to_owned()));
    let columns: Vec<(String, TrendSeries)> = trend
        .series
        .iter()
        .chain(&trend.comparison)
        .map(|series| (series_scope(view, series), series.clone()))
        .collect();
    let row = |(index, bucket): (usize, &Period)| {
        let bucket = *bucket;
        let cells = columns
            .iter()
            .map(|(scope, series)| {
                let period = series.buckets.get(index).copied().unwrap_or(bucket);
                let place = Place { scope: scope.clone(), period, currency };
                cell(&trend, series.values.get(index).cloned().unwrap_or_default(), place)
            })
            .collect_view();
        view! {
            <tr>
                <th scope="row">{move || format::period(bucket, language(i18n))}</th>
                {cells}
            </tr>
        }
    };
    let rows = trend.buckets.iter().enumerate().map(row).collect_view();
    view! {
        <table class="data-table">
            <thead>
                <tr>
                    <th scope="col">{move || t_string!(i18n, home.period)}</th>
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

fn series_scope(view: &View, series: &TrendSeries) -> String {
    match view.trend_by {
        Some(dimension) if !series.member.is_empty() => {
            scope_text(&view.filters.narrowed(dimension, &series.member))
        }
        None if !series.member.is_empty() => {
            scope_text(&view.filters.narrowed(Dimension::Channel, &series.member))
        }
        _ => view.scope_text(),
    }
}

fn cell(trend: &Trend, value: ValueView, place: Place) -> impl IntoView + use<> {
    view! {
        <td data-align="end">
            <KpiFigure
                kpi=trend.kpi.clone()
                value
                unit=trend.unit
                place
                precision=Precision::Full
            />
        </td>
    }
    .into_any()
}
