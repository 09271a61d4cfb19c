//! SKUs that are bought again although they lose money, and what is to become of them.

use std::sync::Arc;

use leptos::{ev::SubmitEvent, prelude::*};

use super::words::{count, decision_name, kpi_href, money};
use crate::{
    domain::{Currency, Fixed, ScorecardChange, SkuDecision, SkuVerdict, sort_few_by_key},
    ui::{
        components::{ChoiceField, SubmitField, TextField, bin_button},
        format,
        i18n::{I18n, fill, label, language, t, t_string, use_i18n},
        state::{use_location, use_workbook},
    },
    worker::protocol::{Change, RestockedSku, Sealed, SkuRow, SkusView, VerdictView},
};

/// Most money at risk first; then those that something was decided on.
#[component]
pub(super) fn RestockedPanel(
    /// The newest answer.
    shown: Signal<Option<Arc<SkusView>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    // It stays from one decision to the next.
    let by = RwSignal::new(String::new());
    let list = move || {
        let view = shown.get()?;
        Some(if view.restocked.is_empty() {
            view! { <p class="muted">{t_string!(i18n, skus.restocked_none)}</p> }.into_any()
        } else {
            let rows = view.restocked.iter().map(|it| row(i18n, it, view.currency, by));
            view! { <ul class="skus__restocked">{rows.collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <section class="panel" aria-labelledby="sku-restocked">
            <div class="panel__head">
                <h2 id="sku-restocked">{t!(i18n, skus.restocked)}</h2>
                <span class="panel__note">{t!(i18n, skus.restocked_note)}</span>
            </div>
            {list}
            {move || shown.get().and_then(|view| other(i18n, &view, by))}
        </section>
    }
    .into_any()
}

/// A decision on any other SKU, those that lose most first; nothing while there is none.
fn other(i18n: I18n, view: &SkusView, by: RwSignal<String>) -> Option<AnyView> {
    let is_listed = |row: &&SkuRow| view.restocked.iter().any(|it| it.sku == row.sku);
    let mut rows: Vec<&SkuRow> = view.rows.iter().filter(|row| !is_listed(row)).collect();
    let profit = |row: &SkuRow| row.profit.as_deref().and_then(Fixed::parse);
    sort_few_by_key(&mut rows, |row| (profit(row).is_none(), profit(row)));
    let chosen = RwSignal::new(rows.first()?.sku.clone());
    let choices: Vec<(String, String)> = rows
        .iter()
        .map(|row| {
            let profit = money(i18n, row.profit.as_ref(), view.currency);
            (row.sku.clone(), format!("{} · {} {profit}", row.sku, t_string!(i18n, skus.profit)))
        })
        .collect();
    let form = view! {
        <details class="skus__other" data-part="other-sku">
            <summary>{t_string!(i18n, skus.other)}</summary>
            <ChoiceField label="SKU" value=chosen field="other-sku" choices/>
            <DecisionFields sku=chosen by/>
        </details>
    };
    Some(form.into_any())
}

fn row(i18n: I18n, it: &RestockedSku, currency: Currency, by: RwSignal<String>) -> AnyView {
    let seen = use_location().route.with_untracked(|route| route.view.clone());
    let risk = match &it.money_at_risk {
        Some(_) => {
            let money = money(i18n, it.money_at_risk.as_ref(), currency);
            fill!(i18n, skus.at_risk, money = money)
        }
        None if it.is_restocked => t_string!(i18n, skus.at_risk_unknown).to_owned(),
        None => t_string!(i18n, skus.not_any_more).to_owned(),
    };
    let facts = it.is_restocked.then(|| {
        let losing = fill!(i18n, skus.losing, count = it.n_losing);
        let inbound = fill!(i18n, skus.inbound, count = count(&it.inbound));
        view! { <span class="muted">{losing} " · " {inbound}</span> }
    });
    let decided = it.verdict.as_ref().map(|verdict| decided(i18n, it, verdict, currency));
    let sku = it.sku.clone();
    view! {
        <li data-sku=it.sku.clone() data-rating=it.is_restocked.then_some("breach")>
            <div class="row" data-align="baseline">
                <a class="strong" href=kpi_href("pl.cm3", &it.sku, &seen)>{it.sku.clone()}</a>
                <span>{it.title.clone()}</span>
                <strong class="skus__risk">{risk}</strong>
                {facts}
                {weeks(it)}
            </div>
            {decided}
            <details open=it.verdict.is_none()>
                <summary>{if it.verdict.is_some() { t_string!(i18n, skus.change) } else { t_string!(i18n, skus.decision) }}</summary>
                <DecisionFields sku=Signal::stored(sku) by/>
            </details>
        </li>
    }
    .into_any()
}

/// Twelve weeks: a stroke down for a loss, up for a gain, a dot for what is not known.
fn weeks(it: &RestockedSku) -> AnyView {
    let mut losses = String::new();
    let mut gains = String::new();
    for (at, margin) in it.margins.iter().enumerate() {
        let x = at * 6 + 3;
        match margin.as_deref().and_then(Fixed::parse) {
            Some(margin) if margin < Fixed::ZERO => losses += &format!("M{x} 9v6"),
            Some(_) => gains += &format!("M{x} 7v-6"),
            None => gains += &format!("M{x} 8h.01"),
        }
    }
    view! {
        <svg class="skus__weeks" viewBox="0 0 72 16" aria-hidden="true">
            <path class="skus__loss" d=losses></path>
            <path d=gains></path>
        </svg>
    }
    .into_any()
}

fn decided(i18n: I18n, it: &RestockedSku, verdict: &VerdictView, currency: Currency) -> AnyView {
    let workbook = use_workbook();
    let day = format::day(verdict.on, language(i18n));
    let decision = decision_name(i18n, verdict.decision);
    let said = fill!(i18n, skus.decided, decision = decision, name = verdict.by, day = day);
    let before = money(i18n, verdict.before.as_ref(), currency);
    let before = fill!(i18n, skus.before, money = before, inbound = count(&verdict.inbound_then));
    let since = if verdict.since.is_some() {
        let since = money(i18n, verdict.since.as_ref(), currency);
        fill!(i18n, skus.since, days = verdict.n_days, money = since, now = count(&it.inbound))
    } else {
        t_string!(i18n, skus.since_none).to_owned()
    };
    let sku = it.sku.clone();
    let label = fill!(i18n, skus.forget, sku = sku);
    let forget = move |_| {
        let change = ScorecardChange::ForgetSku { sku: sku.clone() };
        workbook.change(Change::Scorecards(Sealed::of(&change)));
    };
    view! {
        <p class="row" data-part="decided">
            <span class="badge" data-state="signed">{said}</span>
            <span>{verdict.note.clone()}</span>
            <span class="muted">{before}</span>
            <span class="muted">{since}</span>
            {bin_button(move || label.clone(), forget)}
        </p>
    }
    .into_any()
}

/// What is to become of a SKU.
#[component]
fn DecisionFields(
    /// The SKU.
    #[prop(into)]
    sku: Signal<String>,
    /// Who decides.
    by: RwSignal<String>,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let decision = RwSignal::new(SkuDecision::Stop.id().to_owned());
    let note = RwSignal::new(String::new());
    let choices = move || {
        let choice = |it: SkuDecision| (it.id().to_owned(), decision_name(i18n, it).to_owned());
        SkuDecision::ALL.map(choice).to_vec()
    };
    let decide = move |event: SubmitEvent| {
        event.prevent_default();
        let chosen = decision.get_untracked();
        let Some(decision) = SkuDecision::ALL.into_iter().find(|it| it.id() == chosen) else {
            return;
        };
        let verdict = SkuVerdict {
            sku: sku.get_untracked(),
            decision,
            note: note.get_untracked(),
            by: by.get_untracked(),
            margin: None,
            inbound: Fixed::ZERO,
            as_of: None,
        };
        let change = ScorecardChange::DecideOnSku { verdict: Box::new(verdict) };
        workbook.change(Change::Scorecards(Sealed::of(&change)));
    };
    view! {
            <form class="fields skus__decision" on:submit=decide>
                <ChoiceField
                    label=label!(i18n, skus.decision)
                    value=decision
                    field="decision"
                    choices=Signal::derive(choices)
                />
                <TextField label=label!(i18n, skus.note) value=note field="sku-note"/>
                <TextField label=label!(i18n, skus.your_name) value=by field="decided-by"/>
                <SubmitField label=label!(i18n, skus.decide)/>
            </form>
    }
    .into_any()
}
