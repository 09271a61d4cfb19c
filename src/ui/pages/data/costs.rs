//! SKUs without a cost, and the costs that are known.

use leptos::prelude::*;

use super::{cost_form::CostForm, page::Loaded};
use crate::{
    ui::{
        components::CellLabel,
        format,
        i18n::{I18n, fill, language, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{CostEntry, SkuWithoutCost},
};

/// The engine lists at most this many.
const MAX_LISTED: usize = 50;
/// Known costs shown before all are asked for.
const N_KNOWN_SHOWN: usize = 20;

/// SKUs sold without a cost, each with a way to enter it.
#[component]
pub(super) fn MissingCosts(
    /// What is loaded.
    loaded: Loaded,
) -> impl IntoView {
    let i18n = use_i18n();
    let n_missing = Memo::new(move |_| loaded.with(|data| data.skus_without_cost.len()));
    view! {
        <section class="panel import-list import-list__costs" aria-labelledby="data-costs">
            <div class="panel__head">
                <h2 id="data-costs">{t!(i18n, data.costs_title)}</h2>
                <Show when=move || { n_missing.get() >= MAX_LISTED }>
                    <span class="panel__note">{t!(i18n, data.costs_most)}</span>
                </Show>
            </div>
            <Show
                when=move || n_missing.get() != 0
                fallback=move || view! { <p class="muted">{t!(i18n, data.costs_none)}</p> }
            >
                <p class="muted">{t!(i18n, data.costs_why)}</p>
                <table class="data-table" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, data.sku)}</th>
                            <th scope="col">{t!(i18n, data.product)}</th>
                            <th scope="col" data-align="end">{t!(i18n, data.net_sales)}</th>
                            <th scope="col">{t!(i18n, data.cost)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || loaded.with(|data| data.skus_without_cost.clone())
                            key=|missing| missing.sku.clone()
                            let(missing)
                        >
                            <MissingRow missing/>
                        </For>
                    </tbody>
                </table>
                <p class="panel__foot">{t!(i18n, data.costs_sheet)}</p>
            </Show>
        </section>
    }
}

/// One SKU; its form opens in a row below.
#[component]
fn MissingRow(
    /// The SKU.
    missing: SkuWithoutCost,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let is_open = RwSignal::new(false);
    let sku = StoredValue::new(missing.sku.clone());
    view! {
        <tr data-sku=missing.sku>
            <th scope="row">{sku.get_value()}</th>
            <td data-wrap="true">{missing.title}</td>
            <td data-align="end">
                <CellLabel text=move || t_string!(i18n, data.net_sales)/>
                {format::money(&missing.net_sales, missing.currency)}
            </td>
            <td>
                <button
                    type="button"
                    class="button"
                    disabled=move || !workbook.is_writable()
                    aria-expanded=move || is_open.get().to_string()
                    aria-label=move || {
                        fill!(i18n, data.cost_enter_named, sku = sku.get_value())
                    }
                    on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                >
                    {t!(i18n, data.cost_enter)}
                </button>
            </td>
        </tr>
        <Show when=move || is_open.get()>
            <tr>
                <td colspan="4" data-wrap="true">
                    <CostForm sku=sku.get_value() on_close=move |()| is_open.set(false)/>
                </td>
            </tr>
        </Show>
    }
}

/// Costs in force, folded; nothing while there are none.
#[component]
pub(super) fn KnownCosts(
    /// What is loaded.
    loaded: Loaded,
) -> impl IntoView {
    let i18n = use_i18n();
    let n_known = Memo::new(move |_| loaded.with(|data| data.costs_entered.len()));
    let is_whole = RwSignal::new(false);
    let n_hidden = move || {
        if is_whole.get() { 0 } else { n_known.get().saturating_sub(N_KNOWN_SHOWN) }
    };
    let rows = move || {
        let n_shown = n_known.get() - n_hidden();
        loaded.with(|data| {
            let shown = data.costs_entered.iter().take(n_shown);
            shown.map(|cost| cost_row(i18n, cost)).collect_view()
        })
    };
    view! {
        <Show when=move || n_known.get() != 0>
            <section class="panel import-list__costs" aria-labelledby="data-known-costs">
                <div class="panel__head">
                    <h2 id="data-known-costs">{t!(i18n, data.costs_entered_title)}</h2>
                    <span class="panel__note">
                        {move || fill!(i18n, data.costs_entered_count, count = n_known.get())}
                    </span>
                </div>
                <table class="data-table" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, data.sku)}</th>
                            <th scope="col" data-align="end">{t!(i18n, data.cost_amount)}</th>
                            <th scope="col">{t!(i18n, data.cost_from)}</th>
                            <th scope="col">{t!(i18n, data.cost_source)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <Show when=move || n_hidden() != 0>
                    <p class="panel__foot">
                        <button type="button" class="button" on:click=move |_| is_whole.set(true)>
                            {move || fill!(i18n, data.costs_all, count = n_hidden())}
                        </button>
                    </p>
                </Show>
            </section>
        </Show>
    }
}

fn cost_row(i18n: I18n, cost: &CostEntry) -> impl IntoView + use<> {
    let source = if cost.is_typed {
        t_string!(i18n, data.cost_typed)
    } else {
        t_string!(i18n, data.cost_file)
    };
    view! {
        <tr>
            <th scope="row">{cost.sku.clone()}</th>
            <td data-align="end">
                <CellLabel text=move || t_string!(i18n, data.cost_amount)/>
                {format::money(&cost.unit_cost, cost.currency)}
            </td>
            <td>
                <CellLabel text=move || t_string!(i18n, data.cost_from)/>
                {format::day(cost.valid_from, language(i18n))}
            </td>
            <td>
                <CellLabel text=move || t_string!(i18n, data.cost_source)/>
                {source}
            </td>
        </tr>
    }
}
