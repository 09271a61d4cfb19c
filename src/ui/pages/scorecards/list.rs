//! All scorecards.

use leptos::prelude::*;

use super::owners::OwnersPanel;
use super::words::{cycle_name, is_for_pay, points, state_look, state_name, weight};
use crate::{
    ui::{
        components::{CellLabel, EmptyState, FailureNotice, Glyph, Icon},
        hooks::{today, use_worker_query},
        i18n::{I18n, label, t, t_string, use_i18n},
        pages::targets::scope_name,
        routes::Page,
        state::use_location,
    },
    worker::protocol::{CardSummary, Request, Response, ScorecardAnswer, ScorecardRequest, Sealed},
};

fn cards_of(_: Request, response: Response) -> Option<Vec<CardSummary>> {
    match response {
        Response::Scorecards(answer) => match answer.open()? {
            ScorecardAnswer::List(cards) => Some(cards),
            _ => None,
        },
        _ => None,
    }
}

/// All scorecards, in their newest cycle that is over.
#[component]
pub(crate) fn ScorecardsPage() -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let request = || Request::Scorecards(Sealed::of(&ScorecardRequest::List { today: today() }));
    let cards = use_worker_query(move || Some(request()), cards_of);
    let ways = move || {
        view! {
            <a class="button" data-kind="primary" data-action="new" href=location.href(Page::Scorecard(String::new()))>
                <Icon glyph=Glyph::Plus/> {t!(i18n, scorecards.new)}
            </a>
            <a class="button" href=location.href(Page::Questionnaire)>{t!(i18n, scorecards.questionnaire)}</a>
        }
    };
    let list = move || {
        let cards = cards.value.get()?;
        Some(if cards.is_empty() {
            view! {
                <EmptyState title=label!(i18n, scorecards.none) reason=label!(i18n, scorecards.none_why)>
                    <span class="row">{ways()}</span>
                </EmptyState>
            }
            .into_any()
        } else {
            let rows = cards.iter().map(|card| row(i18n, card)).collect_view();
            view! {
                <div class="panel">
                    <div class="row scorecards__ways">{ways()}</div>
                    <div class="data-table-box">{table(i18n, rows.into_any())}</div>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <div
            class="page"
            aria-busy=move || cards.is_pending.get().to_string()
            data-late=move || cards.is_late.get().then_some("true")
        >
            <div class="page__head">
                <h1>{t!(i18n, scorecards.title)}</h1>
                <p class="page__lead">{t!(i18n, scorecards.lead)}</p>
            </div>
            <FailureNotice failure=cards.failure/>
            {list}
            <OwnersPanel/>
        </div>
    }
    .into_any()
}

fn table(i18n: I18n, rows: AnyView) -> AnyView {
    view! {
        <table class="data-table" data-stack="true">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, scorecards.name)}</th>
                    <th scope="col">{t!(i18n, scorecards.who)}</th>
                    <th scope="col" data-align="end">{t!(i18n, scorecards.n_kpis)}</th>
                    <th scope="col">{t!(i18n, scorecards.cycle)}</th>
                    <th scope="col" data-align="end">{t!(i18n, scorecards.score)}</th>
                    <th scope="col" data-align="end">{t!(i18n, scorecards.covered)}</th>
                    <th scope="col">{t!(i18n, scorecards.state)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(i18n: I18n, card: &CardSummary) -> AnyView {
    let href = use_location().href_now(Page::Scorecard(card.id.clone()));
    let scope = scope_name(i18n, &card.scope);
    let who = if card.person.is_empty() { scope } else { format!("{} · {scope}", card.person) };
    let score = card.score.score.as_ref().map_or_else(|| "–".to_owned(), |it| points(it));
    let covered = [&card.score.covered_weight, &card.score.whole_weight].map(|it| weight(it));
    let covered = covered.join(" / ");
    let cell = |text: Signal<&'static str>| view! { <CellLabel text/> };
    view! {
        <tr data-card=card.id.clone()>
            <th scope="row"><a href=href>{card.name.clone()}</a></th>
            <td>{cell(Signal::derive(move || t_string!(i18n, scorecards.who)))}{who}</td>
            <td data-align="end">{cell(Signal::derive(move || t_string!(i18n, scorecards.n_kpis)))}{card.n_kpis}</td>
            <td>{cell(Signal::derive(move || t_string!(i18n, scorecards.cycle)))}{cycle_name(i18n, card.score.period)}</td>
            <td data-align="end" class="strong" data-part="score">
                {cell(Signal::derive(move || t_string!(i18n, scorecards.score)))}{score}
            </td>
            <td data-align="end">{cell(Signal::derive(move || t_string!(i18n, scorecards.covered)))}{covered}</td>
            <td data-wrap="true">
                <span class="badge" data-state=state_look(&card.state)>{state_name(i18n, &card.state)}</span>
                {(!is_for_pay(&card.state)).then(|| view! {
                    <span class="data-table__sub">" " {t_string!(i18n, scorecards.not_for_pay)}</span>
                })}
            </td>
        </tr>
    }
    .into_any()
}
