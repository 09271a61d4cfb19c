//! What platforms demand and advise.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    domain::{Currency, Day},
    ui::{
        components::CellLabel,
        format::{self, Style},
        hooks::today,
        i18n::{
            I18n, channel_name, comparator_text, fill, language, line_kind, name, t, t_string,
            use_i18n,
        },
    },
    worker::protocol::{KpiView, LineView},
};

/// Every line of the KPI with its days and its source; nothing when there is none.
#[component]
pub(super) fn Lines(
    /// The KPI in full.
    kpi: Arc<KpiView>,
    /// Of money.
    currency: Currency,
) -> impl IntoView {
    let i18n = use_i18n();
    let unit = kpi.card.figure.unit;
    let style = move || Style { unit, currency, language: language(i18n) };
    let day = today();
    let row = move |line: LineView| line_row(i18n, &line, style(), day);
    let shown = Arc::clone(&kpi);
    let rows = move || shown.lines.iter().cloned().map(row).collect_view();
    (!kpi.lines.is_empty())
        .then(|| {
            view! {
                <section class="panel kpi-lines" aria-labelledby="lines">
                    <div class="panel__head">
                        <h2 id="lines">{t!(i18n, kpi.lines)}</h2>
                        <span class="panel__note">{t!(i18n, kpi.lines_note)}</span>
                    </div>
                    <table class="data-table" data-stack="true">
                        <thead>
                            <tr>
                                <th scope="col">{t!(i18n, words.dimension_channel)}</th>
                                <th scope="col">{t!(i18n, kpi.line)}</th>
                                <th scope="col">{t!(i18n, kpi.line_kind)}</th>
                                <th scope="col">{t!(i18n, kpi.line_scope)}</th>
                                <th scope="col">{t!(i18n, kpi.line_days)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </section>
            }
        })
        .into_any()
}

fn line_row(i18n: I18n, line: &LineView, style: Style, today: Day) -> AnyView {
    let channel = channel_name(i18n, &line.channel);
    let whose = match &line.programme {
        Some(programme) => format!("{channel} · {}", name(i18n, programme)),
        None => channel,
    };
    let scope = [name(i18n, &line.scope), name(i18n, &line.window)];
    let source = match line.source.as_str() {
        "" => t_string!(i18n, kpi.line_unverified).to_owned(),
        source => source.to_owned(),
    };
    let is_past = line.to.is_some_and(|to| to < today);
    view! {
        <tr data-past=is_past.then_some("true")>
            <th scope="row">{whose}</th>
            <td>
                <CellLabel text=Signal::derive(move || t_string!(i18n, kpi.line))/>
                {comparator_text(i18n, &line.comparator, &style.line(&line.value))}
            </td>
            <td>
                <CellLabel text=Signal::derive(move || t_string!(i18n, kpi.line_kind))/>
                {line_kind(i18n, &line.kind)}</td>
            <td data-wrap="true">
                <CellLabel text=Signal::derive(move || t_string!(i18n, kpi.line_scope))/>
                {scope.join(t_string!(i18n, words.list_gap))}
                <span class="kpi-lines__source">{source}</span>
            </td>
            <td>
                <CellLabel text=Signal::derive(move || t_string!(i18n, kpi.line_days))/>
                {days(i18n, line)}</td>
        </tr>
    }
    .into_any()
}

/// “from Jan 1, 2026”, “until Dec 31, 2025”, both, or nothing.
fn days(i18n: I18n, line: &LineView) -> String {
    let day = |day: Day| format::day(day, language(i18n));
    match (line.from.map(day), line.to.map(day)) {
        (Some(from), Some(to)) => fill!(i18n, kpi.line_between, from = from, to = to),
        (Some(from), None) => fill!(i18n, kpi.line_from, from = from),
        (None, Some(to)) => fill!(i18n, kpi.line_to, to = to),
        (None, None) => String::new(),
    }
}
