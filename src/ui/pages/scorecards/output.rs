//! A card for other programs.

use leptos::{prelude::*, task::spawn_local};

use super::words::{cycle_name, is_for_pay, points, remarks, side_name, state_name, weight};
use crate::{
    ui::{
        format::Style,
        hooks::copy_text,
        i18n::{I18n, language, name, t_string},
        pages::targets::scope_name,
        spreadsheet::tabbed,
    },
    worker::protocol::{CardLineView, ScorecardView},
};

/// Copies the card as a table, which says that it is not for pay while it is not.
pub(super) fn copy_button(i18n: I18n, view: &ScorecardView) -> AnyView {
    let rows = sheet(i18n, view);
    let copied = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let text = tabbed(&rows);
        spawn_local(async move { copied.set(Some(copy_text(&text).await)) });
    };
    let text = move || match copied.get() {
        Some(true) => t_string!(i18n, scorecards.copied),
        Some(false) => t_string!(i18n, scorecards.copy_failed),
        None => t_string!(i18n, scorecards.copy),
    };
    view! {
        <button type="button" class="button" data-action="copy" on:click=copy>
            <span aria-live="polite">{text}</span>
        </button>
    }
    .into_any()
}

fn sheet(i18n: I18n, view: &ScorecardView) -> Vec<Vec<String>> {
    let mut first = vec![view.card.name.clone(), state_name(i18n, &view.state)];
    if !is_for_pay(&view.state) {
        first.push(t_string!(i18n, scorecards.not_for_pay).to_owned());
    }
    let score = view.score.score.as_ref().map(|it| points(it)).unwrap_or_default();
    let covered = [&view.score.covered_weight, &view.score.whole_weight].map(|it| weight(it));
    let second = vec![
        view.card.person.clone(),
        scope_name(i18n, &view.card.scope),
        cycle_name(i18n, view.score.period),
        score,
        format!("{} {}", t_string!(i18n, scorecards.covered), covered.join(" / ")),
    ];
    let heads = [
        t_string!(i18n, scorecards.kpi),
        "",
        t_string!(i18n, scorecards.weight),
        t_string!(i18n, scorecards.value),
        t_string!(i18n, scorecards.target),
        t_string!(i18n, scorecards.points),
        t_string!(i18n, scorecards.brings),
        t_string!(i18n, scorecards.remarks),
    ];
    let heads = heads.map(str::to_owned).to_vec();
    let lines = view.lines.iter().map(|line| row(i18n, view, line));
    [first, second, heads].into_iter().chain(lines).collect()
}

fn row(i18n: I18n, view: &ScorecardView, line: &CardLineView) -> Vec<String> {
    let style = Style { unit: line.unit, currency: view.currency, language: language(i18n) };
    let commit = line.target.and_then(|it| it.commit).map(|it| style.line(&it.to_string()));
    let of_points = |text: &Option<String>| text.as_ref().map(|it| points(it)).unwrap_or_default();
    vec![
        name(i18n, &line.names),
        side_name(i18n, &line.perspective).to_owned(),
        weight(&line.weight),
        line.value.as_ref().map(|it| style.full(it)).unwrap_or_default(),
        commit.unwrap_or_default(),
        of_points(&line.points),
        of_points(&line.contribution),
        remarks(i18n, line, style).join(" "),
    ]
}
