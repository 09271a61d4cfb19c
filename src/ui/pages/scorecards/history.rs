//! The cycles of a card, and who stands for them.

use leptos::prelude::*;

use super::{
    head::{score_bar, show_cycle},
    trial::SignedBy,
    words::{cycle_name, points, weight},
};
use crate::{
    domain::{CardSignature, Period, ScorecardChange},
    ui::{
        components::{CellLabel, bin_button},
        format,
        i18n::{I18n, fill, language, t_string},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{CardCycleView, CardState, Change, ScorecardView, Sealed, SignedView},
};

/// The newest cycles; nothing of a card that is not kept.
pub(super) fn history_panel(i18n: I18n, view: &ScorecardView, by: SignedBy) -> Option<AnyView> {
    let rows = view.history.iter().map(|cycle| row(i18n, view, cycle, by)).collect_view();
    (view.version > 0 && !view.history.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="card-cycles">
                <div class="panel__head"><h2 id="card-cycles">{t_string!(i18n, scorecards.history)}</h2></div>
                <div class="data-table-box">
                    <table class="data-table" data-stack="true">
                        <thead>
                            <tr>
                                <th scope="col">{t_string!(i18n, scorecards.cycle)}</th>
                                <th scope="col" data-align="end">{t_string!(i18n, scorecards.score)}</th>
                                <th scope="col" data-align="end">{t_string!(i18n, scorecards.covered)}</th>
                                <th scope="col" data-align="end">{t_string!(i18n, scorecards.gap)}</th>
                                <th scope="col">{t_string!(i18n, scorecards.signed)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any()
    })
}

fn row(i18n: I18n, view: &ScorecardView, cycle: &CardCycleView, by: SignedBy) -> AnyView {
    let location = use_location();
    let seen = &cycle.score;
    let period = seen.period;
    let score = seen.score.as_ref().map(|it| (points(it), score_bar(it)));
    let (score, bar) = score.unwrap_or_else(|| ("–".to_owned(), ().into_any()));
    let covered = [&seen.covered_weight, &seen.whole_weight].map(|it| weight(it)).join(" / ");
    let gap = match &cycle.gap {
        Some(gap) => format::percent(gap).into_any(),
        None => {
            let href = location.href_now(Page::Reconciliation);
            view! {
                <span class="muted">{t_string!(i18n, scorecards.gap_none)}</span> " "
                <a href=href>{t_string!(i18n, scorecards.reconcile)}</a>
            }
            .into_any()
        }
    };
    let late = cycle.targets_set_on.map(|day| {
        let text = fill!(i18n, scorecards.targets_late, day = format::day(day, language(i18n)));
        view! { <span class="muted" data-late="true">{text}</span> }
    });
    let cell = |text: Signal<&'static str>| view! { <CellLabel text/> };
    view! {
        <tr data-cycle=period.to_string()>
            <th scope="row">
                <button
                    type="button"
                    class="scorecard__link"
                    on:click=move |_| location.change(|view| show_cycle(view, period.from))
                >
                    {cycle_name(i18n, period)}
                </button>
            </th>
            <td data-align="end">
                {cell(Signal::derive(move || t_string!(i18n, scorecards.score)))}
                <span class="strong">{score}</span>{bar}{late}
            </td>
            <td data-align="end">{cell(Signal::derive(move || t_string!(i18n, scorecards.covered)))}{covered}</td>
            <td data-align="end">{cell(Signal::derive(move || t_string!(i18n, scorecards.gap)))}{gap}</td>
            <td data-wrap="true">{signature(i18n, view, cycle, by)}</td>
        </tr>
    }
    .into_any()
}

fn signature(i18n: I18n, view: &ScorecardView, cycle: &CardCycleView, by: SignedBy) -> AnyView {
    let period = cycle.score.period;
    let id = view.card.id.clone();
    match &cycle.signed {
        Some(signed) => {
            let again = signed.has_moved.then(|| sign_button(i18n, (id.clone(), period), by));
            view! { {signed_text(i18n, signed, (id, period))} {again} }.into_any()
        }
        None if view.state == CardState::Draft || !cycle.score.is_over => "–".into_any(),
        None => sign_button(i18n, (id, period), by),
    }
}

fn sign_button(i18n: I18n, (id, period): (String, Period), by: SignedBy) -> AnyView {
    let workbook = use_workbook();
    let sign = move |_| {
        let signature = CardSignature { by: by.0.get_untracked(), score: None, gap: None };
        let change = ScorecardChange::Sign { id: id.clone(), period, signature };
        workbook.change(Change::Scorecards(Sealed::of(&change)));
    };
    view! {
        <button
            type="button"
            class="button"
            data-action="sign"
            disabled=move || by.is_missing() || !workbook.is_writable()
            title=move || by.is_missing().then(|| t_string!(i18n, scorecards.name_first))
            on:click=sign
        >
            {fill!(i18n, scorecards.sign, cycle = cycle_name(i18n, period))}
        </button>
    }
    .into_any()
}

fn signed_text(i18n: I18n, signed: &SignedView, (id, period): (String, Period)) -> AnyView {
    let workbook = use_workbook();
    let score = signed.score.as_ref().map_or_else(|| "–".to_owned(), |it| points(it));
    let day = format::day(signed.on, language(i18n));
    let text = fill!(i18n, scorecards.signed_by, name = signed.by, day = day, score = score);
    let mark = match (signed.is_current, signed.counts) {
        (false, _) => Some(t_string!(i18n, scorecards.old_version)),
        (true, _) if signed.has_moved => Some(t_string!(i18n, scorecards.moved)),
        (true, false) if signed.gap.is_none() => Some(t_string!(i18n, scorecards.gap_none)),
        (true, false) => Some(t_string!(i18n, scorecards.not_within)),
        (true, true) => None,
    };
    let withdraw = move |_| {
        let change = ScorecardChange::Withdraw { id: id.clone(), period };
        workbook.change(Change::Scorecards(Sealed::of(&change)));
    };
    let label = fill!(i18n, scorecards.withdraw, cycle = cycle_name(i18n, period));
    view! {
        <span class="row" data-counts=signed.counts.to_string()>
            <span>{text}</span>
            {mark.map(|it| view! { <span class="badge">{it}</span> })}
            {bin_button(move || label.clone(), withdraw)}
        </span>
    }
    .into_any()
}
