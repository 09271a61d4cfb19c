//! What a card is and what it comes to.

use leptos::prelude::*;

use super::{
    draft::Draft,
    output::copy_button,
    words::{cycle_name, is_for_pay, neighbour, points, state_look, state_name, weight},
};
use crate::{
    domain::{Day, Fixed, Period, Scorecard, ScorecardChange},
    ui::{
        components::{Glyph, Icon},
        format,
        i18n::{I18n, fill, t_string},
        pages::targets::{PlanUrl, scope_name},
        routes::{CYCLE_KEY, Page, View},
        state::{use_location, use_workbook},
    },
    worker::protocol::{Change, PlanBy, ScorecardView, Sealed},
};

/// Name, state, cycle and score. Reads the language: call it where that is tracked.
pub(super) fn head(i18n: I18n, view: &ScorecardView, draft: Draft) -> AnyView {
    let name = match view.card.name.as_str() {
        "" => t_string!(i18n, scorecards.new).to_owned(),
        name => name.to_owned(),
    };
    let scope = scope_name(i18n, &view.card.scope);
    let person = Some(view.card.person.clone()).filter(|it| !it.is_empty());
    let who = person.map_or_else(|| scope.clone(), |person| format!("{person} · {scope}"));
    // What is being changed is not what was decided on.
    let (look, state) = if view.is_draft {
        ("draft", t_string!(i18n, scorecards.unsaved).to_owned())
    } else {
        (state_look(&view.state), state_name(i18n, &view.state))
    };
    let not_for_pay = (view.is_draft || !is_for_pay(&view.state))
        .then(|| view! { <strong data-part="not-for-pay">{t_string!(i18n, scorecards.not_for_pay)}</strong> });
    view! {
        <div class="page__head">
            <h1>{name}</h1>
            <p class="row muted">
                <span class="badge" data-state=look>{state}</span>
                {not_for_pay}
                <span>{who}</span>
            </p>
            <div class="row">
                {cycle_steps(i18n, view.score.period)}
                {buttons(i18n, view, draft)}
            </div>
        </div>
        {(!view.card.lines.is_empty()).then(|| score(i18n, view))}
    }
    .into_any()
}

fn cycle_steps(i18n: I18n, period: Period) -> AnyView {
    let location = use_location();
    let go = move |is_after: bool| {
        location.change(|view| show_cycle(view, neighbour(period, is_after)));
    };
    view! {
        <span class="segmented" role="group" aria-label=t_string!(i18n, scorecards.cycle)>
            <button
                type="button"
                data-action="before"
                aria-label=t_string!(i18n, scorecards.before)
                on:click=move |_| go(false)
            >
                "‹"
            </button>
            <strong class="scorecard__cycle" data-part="cycle">{cycle_name(i18n, period)}</strong>
            <button
                type="button"
                data-action="after"
                aria-label=t_string!(i18n, scorecards.after)
                on:click=move |_| go(true)
            >
                "›"
            </button>
        </span>
    }
    .into_any()
}

/// Shows the cycle of a day.
pub(super) fn show_cycle(view: &mut View, day: Day) {
    view.set_own(&Page::Scorecard(String::new()), [(CYCLE_KEY, day.to_string())]);
}

fn buttons(i18n: I18n, view: &ScorecardView, draft: Draft) -> AnyView {
    let (workbook, location) = (use_workbook(), use_location());
    if draft.get().is_some() {
        return ().into_any();
    }
    let card = view.card.clone();
    let (id, name) = (card.id.clone(), card.name.clone());
    let remove = move |_| {
        let change = ScorecardChange::Remove { id: id.clone(), name: name.clone() };
        let change = Change::Scorecards(Sealed::of(&change));
        workbook.change_then(change, move || location.go(Page::Scorecards));
    };
    view! {
        <button
            type="button"
            class="button"
            data-action="edit"
            disabled=move || !workbook.is_writable()
            on:click=move |_| draft.set(Some(card.clone()))
        >
            {t_string!(i18n, scorecards.edit)}
        </button>
        <a class="button" data-action="targets" href=targets_href(&view.card)>
            {t_string!(i18n, scorecards.set_targets)}
        </a>
        {copy_button(i18n, view)}
        <button
            type="button"
            class="button"
            data-kind="quiet"
            data-action="remove"
            disabled=move || !workbook.is_writable()
            on:click=remove
        >
            <Icon glyph=Glyph::Trash/> {t_string!(i18n, scorecards.remove)}
        </button>
    }
    .into_any()
}

/// The targets of the card's KPIs for just its part of the business.
fn targets_href(card: &Scorecard) -> String {
    let goals = card.lines.iter().map(|line| line.kpi.clone()).collect();
    let (by, scope) = (PlanBy::Whole, card.scope.clone());
    PlanUrl { goals, by, scope, ..PlanUrl::default() }.hash(View::default())
}

fn score(i18n: I18n, view: &ScorecardView) -> AnyView {
    let seen = &view.score;
    let capped = Fixed::parse(&seen.capped_off).filter(|it| *it > Fixed::ZERO).map(|_| {
        let off = points(&seen.capped_off);
        view! {
            <p class="scorecard__note" data-rating="breach" role="status">
                <Icon glyph=Glyph::Warning/> {fill!(i18n, scorecards.capped, points = off)}
            </p>
        }
    });
    let covered = fill!(
        i18n,
        scorecards.covered_of,
        covered = weight(&seen.covered_weight),
        whole = weight(&seen.whole_weight)
    );
    let notes = if !seen.is_over {
        Some(t_string!(i18n, scorecards.not_over))
    } else if seen.score.is_none() {
        Some(t_string!(i18n, scorecards.no_score_why))
    } else {
        None
    };
    let figure = match &seen.score {
        Some(score) => view! {
            <strong class="scorecard__score" data-part="score" data-value=score.clone()>{points(score)}</strong>
            <span class="muted">{t_string!(i18n, scorecards.of_120)}</span>
            {score_bar(score)}
        }
        .into_any(),
        None => view! {
            <strong class="scorecard__score" data-part="score" data-value="">{t_string!(i18n, scorecards.no_score)}</strong>
        }
        .into_any(),
    };
    view! {
        <section class="panel scorecard__head" aria-label=t_string!(i18n, scorecards.score)>
            <div class="row" data-align="baseline">{figure}</div>
            <p class="panel__note">{covered}</p>
            {notes.map(|note| view! { <p class="scorecard__note">{note}</p> })}
            {capped}
        </section>
    }
    .into_any()
}

/// From 0 to 120, with a mark at 100.
pub(super) fn score_bar(points: &str) -> AnyView {
    let width = format::parse(points).unwrap_or(0.0).clamp(0.0, 120.0);
    view! {
        <svg class="scorecard__bar" viewBox="0 0 120 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="scorecard__track" width="120" height="8"></rect>
            <rect class="scorecard__filled" width=format!("{width:.1}") height="8"></rect>
            <path d="M100 0v8" vector-effect="non-scaling-stroke"></path>
        </svg>
    }
    .into_any()
}
