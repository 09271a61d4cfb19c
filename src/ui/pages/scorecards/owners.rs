//! Who answers for products, channels and campaigns, and what these come to.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    domain::{Currency, Filters, ScorecardChange, TargetScope},
    ui::{
        components::CellLabel,
        format::{self, Style},
        hooks::use_worker_query,
        i18n::{I18n, channel_name, fill, language, t, t_string, use_i18n},
        pages::targets::PlanUrl,
        routes::{Page, Route, View},
        state::{use_location, use_workbook},
    },
    worker::protocol::{
        Change, ChargeRow, OwnerRow, OwnersView, PlanBy, Request, Response, ScorecardAnswer,
        ScorecardRequest, Sealed, UnitView,
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
    let shown = owners.value;
    let period = move || {
        let period = shown.with(|it| it.as_ref().and_then(|it| it.period));
        period.map(|it| format::period(it, language(i18n)))
    };
    view! {
        <Show when=move || shown.with(Option::is_some)>
            <section class="panel" aria-labelledby="owners">
                <div class="panel__head">
                    <h2 id="owners">{t!(i18n, scorecards.owners)}</h2>
                    <span class="panel__note">{period}</span>
                </div>
                {move || shown.get().map(|view| body(i18n, &view))}
                <Charges shown/>
            </section>
        </Show>
    }
    .into_any()
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
                        <th scope="col">{t_string!(i18n, scorecards.charges)}</th>
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

/// Home of what a person answers for.
fn home_href(owner: &str) -> String {
    home_of(Filters { owners: vec![owner.to_owned()], ..Filters::default() })
}

fn home_of(filters: Filters) -> String {
    Route { page: Page::Home, view: View { filters, ..View::default() } }.to_hash()
}

/// The targets of what a person answers for, SKU by SKU, with what was reached.
fn plan_href(owner: &str) -> String {
    let scope = TargetScope { owner: owner.to_owned(), ..TargetScope::default() };
    PlanUrl { by: PlanBy::Sku, scope, ..PlanUrl::default() }.hash(View::default())
}

/// Channels, which lead home, and campaigns with what these cost.
fn in_charge_of(i18n: I18n, owner: &OwnerRow, style: Style) -> AnyView {
    let link = |channel: &String| {
        let filters = Filters { channels: vec![channel.clone()], ..Filters::default() };
        view! { <a href=home_of(filters)>{channel_name(i18n, channel)}</a> " " }
    };
    let channels = owner.channels.iter().map(link).collect_view();
    let campaigns = owner.campaign_spend.as_ref().map(|spend| {
        let spend = style.whole(spend);
        fill!(i18n, scorecards.n_campaigns, count = owner.n_campaigns, spend = spend)
    });
    view! { {channels} {campaigns} }.into_any()
}

/// Channels and campaigns, each with a field for who answers for it; folded away. Rows stay while owners change, so
/// that one goes on from field to field.
#[component]
fn Charges(
    /// The newest answer.
    shown: Signal<Option<Arc<OwnersView>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let charges = Memo::new(move |_| {
        shown.with(|it| it.as_ref().map(|it| it.charges.clone())).unwrap_or_default()
    });
    let names = move || {
        let view = shown.get()?;
        let name = |it: &OwnerRow| view! { <option value=it.owner.clone()></option> };
        Some(view.owners.iter().map(name).collect_view())
    };
    let left_out = move || {
        let count = shown.with(|it| it.as_ref().map_or(0, |it| it.n_left_out));
        (count > 0).then(|| fill!(i18n, scorecards.charges_left, count = count))
    };
    let style = Signal::derive(move || {
        let currency = shown.with(|it| it.as_ref().map_or(Currency::USD, |it| it.currency));
        Style { unit: UnitView::Money, currency, language: language(i18n) }
    });
    view! {
        <Show when=move || charges.with(|it| !it.is_empty())>
            <details class="scorecard__charges" data-part="charges">
                <summary>{t!(i18n, scorecards.charges_enter)}</summary>
                <datalist id="charge-owners">{names}</datalist>
                <div class="data-table-box">
                    <table class="data-table" data-stack="true">
                        <thead>
                            <tr>
                                <th scope="col">{t!(i18n, scorecards.charges)}</th>
                                <th scope="col" data-align="end">{t!(i18n, scorecards.ad_spend)}</th>
                                <th scope="col" data-align="end">"ACoS"</th>
                                <th scope="col">{t!(i18n, scorecards.owner)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || charges.get()
                                key=|row| (row.charge.clone(), row.spend.clone(), row.acos.clone())
                                let(row)
                            >
                                <ChargeLine row charges style/>
                            </For>
                        </tbody>
                    </table>
                </div>
                <p class="muted">{left_out}</p>
            </details>
        </Show>
    }
    .into_any()
}

#[component]
fn ChargeLine(
    /// The channel or campaign.
    row: ChargeRow,
    /// All of them, as they are now.
    charges: Memo<Vec<ChargeRow>>,
    /// How money is written.
    style: Signal<Style>,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let charge = row.charge;
    let of = charge.clone();
    let owner = Memo::new(move |_| {
        let row = charges.with(|all| all.iter().find(|it| it.charge == of).cloned());
        row.map(|it| it.owner).unwrap_or_default()
    });
    let (campaign, channel) = (charge.campaign.clone(), charge.channel.clone());
    let is_channel = campaign.is_empty();
    let own_channel = channel.clone();
    let name = Signal::derive(move || {
        if is_channel { channel_name(i18n, &own_channel) } else { campaign.clone() }
    });
    let beside = move || (!is_channel).then(|| channel_name(i18n, &channel));
    let spend =
        move || row.spend.as_ref().map_or_else(|| "–".to_owned(), |it| style.get().whole(it));
    let acos = row.acos.as_ref().map_or_else(|| "–".to_owned(), |it| format::percent(it));
    let put = move |event| {
        let owner = event_target_value(&event);
        let change = ScorecardChange::PutInCharge { charge: charge.clone(), owner };
        workbook.change(Change::Scorecards(Sealed::of(&change)));
    };
    let cell = |text: Signal<&'static str>| view! { <CellLabel text/> };
    view! {
        <tr data-charge=name>
            <th scope="row">{name} " " <span class="data-table__sub">{beside}</span></th>
            <td data-align="end">
                {cell(Signal::derive(move || t_string!(i18n, scorecards.ad_spend)))}{spend}
            </td>
            <td data-align="end">{cell(Signal::derive(|| "ACoS"))}{acos}</td>
            <td data-wrap="true">
                {cell(Signal::derive(move || t_string!(i18n, scorecards.owner)))}
                <input
                    class="field__input"
                    data-size="inline"
                    data-field="charge-owner"
                    list="charge-owners"
                    maxlength="500"
                    aria-label=move || format!("{}: {}", t_string!(i18n, scorecards.owner), name.get())
                    disabled=move || !workbook.is_writable()
                    prop:value=owner
                    on:change=put
                />
            </td>
        </tr>
    }
    .into_any()
}

fn row(i18n: I18n, view: &OwnersView, owner: &OwnerRow) -> AnyView {
    let style = Style { unit: UnitView::Money, currency: view.currency, language: language(i18n) };
    let none = || "–".to_owned();
    let money = |text: &Option<String>| text.as_ref().map_or_else(none, |it| style.whole(it));
    let share = |text: &Option<String>| text.as_ref().map_or_else(none, |it| format::percent(it));
    let location = use_location();
    // Whoever answers for no product has neither figures nor targets of products.
    let has_products = owner.n_skus > 0;
    let name = owner.owner.clone();
    let who = if has_products {
        view! { <a href=home_href(&owner.owner)>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    let plan = has_products
        .then(|| view! { <a href=plan_href(&owner.owner)>{t_string!(i18n, targets.title)}</a> });
    let cards = owner.cards.iter().map(|(id, name)| {
        let href = location.href_now(Page::Scorecard(id.clone()));
        view! { <a href=href>{name.clone()}</a> " " }
    });
    let cell = |text: Signal<&'static str>| view! { <CellLabel text/> };
    view! {
        <tr data-owner=owner.owner.clone()>
            <th scope="row">{who}</th>
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
            <td data-wrap="true">
                {cell(Signal::derive(move || t_string!(i18n, scorecards.charges)))}{in_charge_of(i18n, owner, style)}
            </td>
            <td data-wrap="true">
                {plan} " " {cards.collect_view()}
            </td>
        </tr>
    }
    .into_any()
}
