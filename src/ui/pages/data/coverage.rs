//! A calendar of months: which report kind covers which days.

use chrono::Datelike;
use leptos::prelude::*;

use super::{
    coverage_months::{Cover, MAX_MONTHS, MonthCover, gaps, is_snapshots, month_cover, months},
    page::Loaded,
};
use crate::{
    domain::Period,
    ui::{
        format,
        i18n::{I18n, fill, language, name, t, t_string, use_i18n},
    },
    worker::protocol::CoverageRow,
};

/// Gaps that are named; the rest is counted.
const MAX_GAPS: usize = 3;
/// From this age on the newest day is marked.
const LATE_DAYS: i32 = 8;

/// The calendar with its key.
#[component]
pub(super) fn Coverage(
    /// What is loaded.
    loaded: Loaded,
) -> impl IntoView {
    let i18n = use_i18n();
    let table = move || loaded.with(|data| calendar(i18n, &data.coverage).into_any());
    let is_cut = move || loaded.with(|data| months(&data.coverage).1);
    let has_snapshots =
        move || loaded.with(|data| data.coverage.iter().any(|row| is_snapshots(&row.spans)));
    view! {
        <section class="panel" aria-labelledby="data-coverage">
            <div class="panel__head">
                <h2 id="data-coverage">{t!(i18n, data.coverage_title)}</h2>
            </div>
            <div
                class="coverage-calendar-box"
                tabindex="0"
                role="region"
                aria-label=t!(i18n, data.coverage_label)
            >
                {table}
            </div>
            <Key/>
            <div class="panel__foot">
                <Show when=is_cut>
                    <p>{move || fill!(i18n, data.coverage_earlier, count = MAX_MONTHS)}</p>
                </Show>
                <Show when=has_snapshots><p>{t!(i18n, data.coverage_hint)}</p></Show>
            </div>
        </section>
    }
}

/// What the fills mean.
#[component]
fn Key() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <ul class="coverage-key" role="list">
            <li><i data-cover="full"></i> {t!(i18n, data.coverage_full)}</li>
            <li><i data-cover="part"></i> {t!(i18n, data.coverage_part)}</li>
            <li><i data-cover="gap">"!"</i> {t!(i18n, data.coverage_gap)}</li>
            <li><i data-cover="none"></i> {t!(i18n, data.coverage_none)}</li>
        </ul>
    }
}

fn calendar(i18n: I18n, rows: &[CoverageRow]) -> impl IntoView + use<> {
    let (months, _) = months(rows);
    let head = months.iter().enumerate().map(|(index, month)| month_head(i18n, *month, index == 0));
    let body = rows.iter().map(|row| coverage_row(i18n, row, &months));
    view! {
        <table class="coverage-calendar">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, data.coverage_kind)}</th>
                    {head.collect_view()}
                </tr>
            </thead>
            <tbody>{body.collect_view()}</tbody>
        </table>
    }
}

/// The month's number, with the year where one begins.
fn month_head(i18n: I18n, month: Period, is_first: bool) -> impl IntoView + use<> {
    let date = month.from.date();
    let year = (is_first || date.month() == 1).then(|| date.year());
    let full = format::month(month.from, language(i18n));
    view! {
        <th scope="col">
            <span aria-hidden="true">{year}<br/>{date.month()}</span>
            <span class="visually-hidden">{full}</span>
        </th>
    }
}

fn coverage_row(i18n: I18n, row: &CoverageRow, months: &[Period]) -> impl IntoView + use<> {
    let gaps = gaps(&row.spans);
    let cells = months.iter().map(|month| month_cell(i18n, month_cover(&row.spans, &gaps, *month)));
    let newest = row.spans.iter().map(|span| span.to).max();
    let newest = newest
        .map(|day| format!("{} · {}", format::day(day, language(i18n)), age(i18n, row.age_days)));
    let is_late = row.age_days >= LATE_DAYS;
    let missing = gap_words(i18n, &gaps);
    view! {
        <tr data-report=row.report.clone()>
            <th scope="row">
                {name(i18n, &row.names)}
                <small class="coverage-calendar__age" data-state=is_late.then_some("late")>
                    {newest}
                </small>
                <small class="coverage-calendar__gaps">{missing}</small>
            </th>
            {cells.collect_view()}
        </tr>
    }
}

fn month_cell(i18n: I18n, cell: MonthCover) -> impl IntoView + use<> {
    let month = format::month(cell.month.from, language(i18n));
    let (covered, all) = (cell.n_covered, cell.month.n_days());
    let is_gap = cell.cover == Cover::Gap;
    let words = if is_gap {
        fill!(i18n, data.coverage_cell_gap, month = month, covered = covered, all = all)
    } else {
        fill!(i18n, data.coverage_cell, month = month, covered = covered, all = all)
    };
    let title = words.clone();
    view! {
        <td data-cover=cell.cover.id() title=title>
            {is_gap.then(|| view! { <span aria-hidden="true">"!"</span> })}
            <span class="visually-hidden">{words}</span>
        </td>
    }
}

/// How old the newest day is.
fn age(i18n: I18n, days: i32) -> String {
    match days {
        ..=0 => t_string!(i18n, data.age_today).to_owned(),
        1 => t_string!(i18n, data.age_yesterday).to_owned(),
        count => fill!(i18n, data.age_days, count = count),
    }
}

/// The newest gaps by name; `None` when there are none.
fn gap_words(i18n: I18n, gaps: &[Period]) -> Option<String> {
    if gaps.is_empty() {
        return None;
    }
    let named: Vec<String> =
        gaps.iter().rev().take(MAX_GAPS).map(|gap| format::period(*gap, language(i18n))).collect();
    let periods = named.join(t_string!(i18n, data.list_gap));
    let rest = gaps.len().saturating_sub(MAX_GAPS);
    let periods = if rest == 0 {
        periods
    } else {
        fill!(i18n, data.coverage_more_gaps, periods = periods, count = rest)
    };
    Some(fill!(i18n, data.coverage_gap_list, periods = periods))
}
