//! Typing the cost of one SKU.

use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    domain::{Currency, Day},
    ui::{
        components::{FieldKind, TextField},
        format,
        hooks::today,
        i18n::{label, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::Change,
};

/// Amount, currency and first day. A valid answer becomes one change of the workbook.
#[component]
pub(super) fn CostForm(
    /// The SKU.
    sku: String,
    /// Called when the form is done with.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    // From the first day with data on, so that nothing sold so far stays without a cost.
    let first_day = workbook
        .state
        .with_untracked(|state| state.as_ref().and_then(|open| open.covered))
        .map_or_else(today, |covered| covered.from);
    let amount = RwSignal::new(String::new());
    let currency = RwSignal::new(Currency::USD.to_string());
    let from = RwSignal::new(first_day.to_string());
    let is_wrong = RwSignal::new(false);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let change = change_of(&sku, &amount.get(), &currency.get(), &from.get());
        is_wrong.set(change.is_none());
        if let Some(change) = change {
            workbook.change(change);
            on_close.run(());
        }
    };
    let said = move || is_wrong.get().then(|| t_string!(i18n, data.cost_invalid));
    view! {
        <form class="cost-form" novalidate on:submit=save>
            <TextField
                label=label!(i18n, data.cost_amount)
                value=amount
                kind=FieldKind::Amount
            />
            <TextField label=label!(i18n, data.cost_currency) value=currency/>
            <TextField label=label!(i18n, data.cost_from) value=from kind=FieldKind::Day/>
            <span class="cost-form__actions">
                <button type="submit" class="button" data-kind="primary">
                    {t!(i18n, data.cost_save)}
                </button>
                <button type="button" class="button" on:click=move |_| on_close.run(())>
                    {t!(i18n, data.cost_cancel)}
                </button>
            </span>
            <p class="field__hint">{t!(i18n, data.cost_from_hint)} " " <strong role="alert">{said}</strong></p>
        </form>
    }
}

/// The change that the fields make; `None` when one of them is not valid.
fn change_of(sku: &str, amount: &str, currency: &str, from: &str) -> Option<Change> {
    let unit_cost = format::typed_amount(amount)?;
    format::parse(&unit_cost).filter(|cost| *cost > 0.0)?;
    Some(Change::EnterCost {
        sku: sku.to_owned(),
        unit_cost,
        currency: Currency::parse(currency)?,
        valid_from: Day::parse(from)?,
    })
}

#[cfg(test)]
mod tests {
    use super::change_of;

    #[test]
    fn a_cost_is_above_zero_with_currency_and_day() {
        assert!(change_of("A", " 4.25 ", "usd", "2026-08-01").is_some());
        assert!(change_of("A", "0", "USD", "2026-08-01").is_none());
        assert!(change_of("A", "abc", "USD", "2026-08-01").is_none());
        assert!(change_of("A", "4", "US", "2026-08-01").is_none());
        assert!(change_of("A", "4", "USD", "").is_none());
    }
}
