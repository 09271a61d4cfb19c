//! The KPIs of a card.

use leptos::prelude::*;

use super::{
    head::score_bar,
    words::{points, remarks, side_name, weight},
};
use crate::{
    domain::{Period, TargetKind, TargetScope},
    ui::{
        components::CellLabel,
        format::Style,
        i18n::{I18n, fill, language, name, t_string},
        routes::{Page, Route, View},
    },
    worker::protocol::{CardLineView, ScorecardView},
};

/// Side by side of the card, each KPI with what it brings.
pub(super) fn lines_panel(i18n: I18n, view: &ScorecardView) -> Option<AnyView> {
    let mut sides: Vec<&str> = Vec::new();
    for line in &view.lines {
        if !sides.contains(&line.perspective.as_str()) {
            sides.push(&line.perspective);
        }
    }
    let order = ["finance", "customer", "process", "learning"];
    let groups = order.iter().filter(|side| sides.contains(side)).map(|side| {
        let rows = view.lines.iter().filter(|line| line.perspective == **side);
        let rows = rows.map(|line| row(i18n, view, line)).collect_view();
        view! {
            <tbody>
                <tr data-level="group"><th scope="rowgroup" colspan="7">{side_name(i18n, side)}</th></tr>
                {rows}
            </tbody>
        }
    });
    let groups = groups.collect_view();
    (!view.lines.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="card-kpis">
                <div class="panel__head"><h2 id="card-kpis">{t_string!(i18n, scorecards.kpis)}</h2></div>
                <div class="data-table-box">
                    <table class="data-table" data-stack="true">
                        <thead>
                            <tr>
                                <th scope="col">{t_string!(i18n, scorecards.kpi)}</th>
                                <th scope="col" data-align="end">{t_string!(i18n, scorecards.weight)}</th>
                                <th scope="col" data-align="end">{t_string!(i18n, scorecards.value)}</th>
                                <th scope="col" data-align="end">{t_string!(i18n, scorecards.target)}</th>
                                <th scope="col" data-align="end">{t_string!(i18n, scorecards.points)}</th>
                                <th scope="col" data-align="end">{t_string!(i18n, scorecards.brings)}</th>
                                <th scope="col">{t_string!(i18n, scorecards.remarks)}</th>
                            </tr>
                        </thead>
                        {groups}
                    </table>
                </div>
            </section>
        }
        .into_any()
    })
}

/// The KPI's page for just the part and cycle of the card.
fn href(kpi: &str, scope: &TargetScope, period: Period) -> String {
    let mut view = View { period: Some(period), ..View::default() };
    let one = |text: &String| if text.is_empty() { Vec::new() } else { vec![text.clone()] };
    view.filters.channels = one(&scope.channel);
    view.filters.shops = one(&scope.shop);
    view.filters.skus = one(&scope.sku);
    Route { page: Page::Kpi(kpi.to_owned()), view }.to_hash()
}

fn row(i18n: I18n, view: &ScorecardView, line: &CardLineView) -> AnyView {
    let style = Style { unit: line.unit, currency: view.currency, language: language(i18n) };
    let text =
        |value: &Option<String>| value.as_ref().map_or_else(|| "–".to_owned(), |it| style.full(it));
    let (commit, around) = target(i18n, line, style);
    let scored = line.points.as_ref().map(|it| (points(it), score_bar(it)));
    let (scored, bar) = scored.unwrap_or_else(|| ("–".to_owned(), ().into_any()));
    let brings = line.contribution.as_ref().map_or_else(|| "–".to_owned(), |it| points(it));
    let share = if line.is_gate {
        t_string!(i18n, scorecards.gate).to_owned()
    } else {
        format!("{}%", weight(&line.weight))
    };
    let said =
        remarks(i18n, line, style).into_iter().map(|it| view! { <p>{it}</p> }).collect_view();
    let is_breach = !line.caps.is_empty() || line.gate.iter().any(|it| it.is_passed == Some(false));
    let cell = |text: Signal<&'static str>| view! { <CellLabel text/> };
    view! {
        <tr data-level="child" data-kpi=line.kpi.clone()>
            <th scope="row"><a href=href(&line.kpi, &view.card.scope, view.score.period)>{name(i18n, &line.names)}</a></th>
            <td data-align="end">{cell(Signal::derive(move || t_string!(i18n, scorecards.weight)))}{share}</td>
            <td data-align="end">{cell(Signal::derive(move || t_string!(i18n, scorecards.value)))}{text(&line.value)}</td>
            <td data-align="end">
                {cell(Signal::derive(move || t_string!(i18n, scorecards.target)))}{commit}
                {around.map(|it| view! { <span class="data-table__sub scorecard__ladder">{it}</span> })}
            </td>
            <td data-align="end" class="strong" data-part="points">
                {cell(Signal::derive(move || t_string!(i18n, scorecards.points)))}{scored}{bar}
            </td>
            <td data-align="end">{cell(Signal::derive(move || t_string!(i18n, scorecards.brings)))}{brings}</td>
            <td data-wrap="true" class="scorecard__remarks" data-rating=is_breach.then_some("breach")>{said}</td>
        </tr>
    }
    .into_any()
}

/// The number promised, and those around it.
fn target(i18n: I18n, line: &CardLineView, style: Style) -> (String, Option<String>) {
    let none = || "–".to_owned();
    let Some(target) = line.target else { return (none(), None) };
    let text = |number: Option<crate::domain::Fixed>| {
        number.map_or_else(none, |it| style.line(&it.to_string()))
    };
    let (floor, stretch) = (text(target.floor), text(target.stretch));
    match line.kind {
        TargetKind::Band => (fill!(i18n, scorecards.band, floor = floor, stretch = stretch), None),
        TargetKind::Floor => (format!("≥ {}", text(target.commit)), None),
        TargetKind::Ceiling => (format!("≤ {}", text(target.commit)), None),
        _ if target.floor.is_none() && target.stretch.is_none() => (text(target.commit), None),
        _ => {
            let around = fill!(i18n, scorecards.ladder, floor = floor, stretch = stretch);
            (text(target.commit), Some(around))
        }
    }
}
