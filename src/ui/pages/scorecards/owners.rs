//! Who answers for products, and what these come to.

use leptos::prelude::*;

use crate::{
    domain::TargetScope,
    ui::{
        components::CellLabel,
        format::{self, Style},
        hooks::use_worker_query,
        i18n::{I18n, fill, language, t, t_string, use_i18n},
        pages::targets::PlanUrl,
        routes::{Page, View},
        state::use_location,
    },
    worker::protocol::{
        OwnerRow, OwnersView, PlanBy, Request, Response, ScorecardAnswer, ScorecardRequest, Sealed,
        UnitView,
    },
};

/// A row for each person who answers for products.
#[component]
pub(super) fn OwnersPanel() -> impl IntoView {
    let i18n = use_i18n();
    let owners = use_worker_query(
        || Some(Request::Scorecards(Sealed::of(&ScorecardRequest::Owners))),
        |_, response| match response {
            Response::Scorecards(answer) => match answer.open()? {
                ScorecardAnswer::Owners(view) => Some(*view),
                _ => None,
            },
            _ => None,
        },
    );
    let panel = move || {
        let view = owners.value.get()?;
        let period = view.period.map(|it| format::period(it, language(i18n))).unwrap_or_default();
        Some(view! {
            <section class="panel" aria-labelledby="owners">
                <div class="panel__head">
                    <h2 id="owners">{t!(i18n, scorecards.owners)}</h2>
                    <span class="panel__note">{period}</span>
                </div>
                {body(i18n, &view)}
            </section>
        })
    };
    move || panel().into_any()
}

fn body(i18n: I18n, view: &OwnersView) -> AnyView {
    let href = use_location().href_now(Page::Products);
    let without = (view.n_without > 0).then(|| {
        view! {
            <p class="panel__foot">
                {fill!(i18n, scorecards.owners_without, count = view.n_without)} " "
                <a href=href>{t_string!(i18n, scorecards.owners_enter)}</a>
            </p>
        }
    });
    if view.owners.is_empty() {
        return view! { <p class="muted">{t_string!(i18n, scorecards.owners_none)}</p> {without} }
            .into_any();
    }
    let rows = view.owners.iter().map(|owner| row(i18n, view, owner)).collect_view();
    view! {
        <div class="data-table-box">
            <table class="data-table" data-stack="true">
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, scorecards.owner)}</th>
                        <th scope="col" data-align="end">"SKU"</th>
                        <th scope="col" data-align="end">{t_string!(i18n, skus.sales)}</th>
                        <th scope="col" data-align="end">{t_string!(i18n, skus.profit)}</th>
                        <th scope="col" data-align="end">"ACoS"</th>
                        <th scope="col" data-align="end">{t_string!(i18n, skus.returns)}</th>
                        <th scope="col">{t_string!(i18n, scorecards.title)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {without}
    }
    .into_any()
}

/// The targets of what a person answers for, SKU by SKU, with what was reached.
fn plan_href(owner: &str) -> String {
    let scope = TargetScope { owner: owner.to_owned(), ..TargetScope::default() };
    PlanUrl { by: PlanBy::Sku, scope, ..PlanUrl::default() }.hash(View::default())
}

fn row(i18n: I18n, view: &OwnersView, owner: &OwnerRow) -> AnyView {
    let style = Style { unit: UnitView::Money, currency: view.currency, language: language(i18n) };
    let none = || "–".to_owned();
    let money = |text: &Option<String>| text.as_ref().map_or_else(none, |it| style.whole(it));
    let share = |text: &Option<String>| text.as_ref().map_or_else(none, |it| format::percent(it));
    let location = use_location();
    let cards = owner.cards.iter().map(|(id, name)| {
        let href = location.href_now(Page::Scorecard(id.clone()));
        view! { <a href=href>{name.clone()}</a> " " }
    });
    let cell = |text: Signal<&'static str>| view! { <CellLabel text/> };
    view! {
        <tr data-owner=owner.owner.clone()>
            <th scope="row"><a href=plan_href(&owner.owner)>{owner.owner.clone()}</a></th>
            <td data-align="end">{cell(Signal::derive(|| "SKU"))}{owner.n_skus}</td>
            <td data-align="end">
                {cell(Signal::derive(move || t_string!(i18n, skus.sales)))}{money(&owner.net_sales)}
            </td>
            <td data-align="end">
                {cell(Signal::derive(move || t_string!(i18n, skus.profit)))}{money(&owner.profit)}
            </td>
            <td data-align="end">{cell(Signal::derive(|| "ACoS"))}{share(&owner.acos)}</td>
            <td data-align="end">
                {cell(Signal::derive(move || t_string!(i18n, skus.returns)))}{share(&owner.return_rate)}
            </td>
            <td data-wrap="true">{cards.collect_view()}</td>
        </tr>
    }
    .into_any()
}
