//! Unit costs entered by hand: one at a time, or rows pasted from a sheet.

use leptos::{ev::SubmitEvent, prelude::*};

use super::pasted::{Pasted, amount, read};
use crate::{
    domain::{Currency, Day},
    ui::{
        components::{FieldKind, TextField},
        hooks::today,
        i18n::{fill, label, t, t_string, use_i18n},
        state::{use_announcer, use_workbook},
    },
    worker::protocol::Change,
};

/// Both ways to enter costs.
#[component]
pub(super) fn Costs() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="panel" aria-labelledby="costs">
            <div class="panel__head">
                <h2 id="costs">{t!(i18n, workbook.costs)}</h2>
                <span class="panel__note">{t!(i18n, workbook.costs_note)}</span>
            </div>
            <div class="stack">
                <OneCost/>
                <PastedCosts/>
            </div>
        </section>
    }
    .into_any()
}

/// The first day with data: a cost from then on leaves no sale without one.
fn first_day() -> Day {
    let covered = use_workbook().state.with_untracked(|state| {
        state.as_ref().and_then(|open| open.covered).map(|covered| covered.from)
    });
    covered.unwrap_or_else(today)
}

/// One SKU's cost.
#[component]
fn OneCost() -> impl IntoView {
    let (i18n, workbook, announcer) = (use_i18n(), use_workbook(), use_announcer());
    let sku = RwSignal::new(String::new());
    let cost = RwSignal::new(String::new());
    let currency = RwSignal::new("USD".to_owned());
    let from = RwSignal::new(first_day().to_string());
    let problem = RwSignal::new(None::<&'static str>);
    let change = move || {
        let sku = Some(sku.get().trim().to_owned()).filter(|sku| !sku.is_empty());
        let sku = sku.ok_or_else(|| t_string!(i18n, workbook.cost_needs_sku))?;
        let unit_cost =
            amount(&cost.get()).ok_or_else(|| t_string!(i18n, workbook.cost_needs_amount))?;
        let currency = Currency::parse(&currency.get())
            .ok_or_else(|| t_string!(i18n, workbook.cost_needs_currency))?;
        let valid_from =
            Day::parse(&from.get()).ok_or_else(|| t_string!(i18n, workbook.cost_needs_day))?;
        Ok(Change::EnterCost { sku, unit_cost, currency, valid_from })
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        match change() {
            Ok(change) => {
                workbook.change(change);
                announcer.say(fill!(i18n, workbook.cost_entered, sku = sku.get()));
                sku.set(String::new());
                cost.set(String::new());
                problem.set(None);
            }
            Err(why) => problem.set(Some(why)),
        }
    };
    view! {
        <form class="stack" data-gap="small" on:submit=save novalidate>
            <div class="fields">
                <TextField label=label!(i18n, words.dimension_sku) value=sku/>
                <TextField label=label!(i18n, workbook.cost) value=cost kind=FieldKind::Amount/>
                <TextField label=label!(i18n, workbook.currency) value=currency/>
                <TextField label=label!(i18n, workbook.valid_from) value=from kind=FieldKind::Day/>
            </div>
            <p class="field__problem" role="alert">{problem}</p>
            <div class="row">
                <button
                    type="submit"
                    class="button"
                    data-kind="primary"
                    disabled=move || !workbook.is_writable()
                >
                    {t!(i18n, workbook.cost_enter)}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Rows copied from Excel; what was read is counted before it is entered.
#[component]
fn PastedCosts() -> impl IntoView {
    let (i18n, workbook, announcer) = (use_i18n(), use_workbook(), use_announcer());
    let text = RwSignal::new(String::new());
    let first_day = first_day();
    let pasted = Memo::new(move |_| text.with(|text| read(text, Currency::USD, first_day)));
    let n_costs = move || pasted.with(|pasted| pasted.costs.len());
    let enter = move |_| {
        let Pasted { costs, .. } = pasted.get_untracked();
        announcer.say(fill!(i18n, workbook.costs_entered, count = costs.len()));
        workbook.change_all(costs);
        text.set(String::new());
    };
    let wrong = move || {
        pasted.with(|pasted| {
            let lines = pasted.wrong.iter().take(5);
            let line = |(number, text): &(usize, String)| {
                let said = fill!(i18n, workbook.cost_wrong_line, line = number, text = text);
                view! { <li>{said}</li> }
            };
            lines.map(line).collect_view()
        })
    };
    view! {
        <details class="paste">
            <summary class="twin__summary">{t!(i18n, workbook.paste)}</summary>
            <div class="stack" data-gap="small">
                <label class="field">
                    <span class="field__label">{t!(i18n, workbook.paste_hint)}</span>
                    <textarea
                        class="field__input mono"
                        rows="6"
                        placeholder="SKU-001\t6.20\tUSD\t2026-01-01"
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event))
                    ></textarea>
                </label>
                <ul class="field__problem" role="alert">{wrong}</ul>
                <div class="row">
                    <button
                        type="button"
                        class="button"
                        disabled=move || n_costs() == 0 || !workbook.is_writable()
                        on:click=enter
                    >
                        {move || fill!(i18n, workbook.paste_enter, count = n_costs())}
                    </button>
                </div>
            </div>
        </details>
    }
    .into_any()
}
