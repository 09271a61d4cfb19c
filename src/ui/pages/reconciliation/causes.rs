//! What the difference of one total is made of.

use leptos::prelude::*;

use super::totals::{has_gap, written};
use crate::{
    domain::{Currency, Period},
    ui::{
        format,
        i18n::{I18n, fill, language, t, t_string, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{CauseView, Change, TotalView},
};

/// Spans of missing days that are named; the rest is counted.
const MAX_SPANS: usize = 4;

/// Missing days, causes to tick, and what stays unexplained.
#[component]
pub(super) fn Causes(
    /// The total.
    total: StoredValue<TotalView>,
    /// Of its amounts.
    currency: Currency,
) -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    let has_gap = total.with_value(has_gap);
    let causes = total.with_value(|total| total.causes.clone());
    let missing = total.with_value(|total| total.missing.clone());
    let has_causes = !causes.is_empty();
    let choices = causes
        .into_iter()
        .map(|cause| view! { <CauseChoice total cause currency/> })
        .collect_view();
    let rest = move || {
        let rest = total.with_value(|it| written(i18n, it, currency, it.unexplained.as_ref()));
        fill!(i18n, reconciliation.unexplained, amount = rest)
    };
    view! {
        {(!missing.is_empty()).then(|| view! {
            <p class="totals__missing">
                {move || missing_text(i18n, &missing)} " "
                <a href=move || location.href(Page::Import)>
                    {t!(i18n, reconciliation.missing_import)}
                </a>
            </p>
        })}
        {has_gap.then(|| view! {
            <fieldset class="totals__causes">
                <legend>{t!(i18n, reconciliation.causes_title)}</legend>
                <p class="small muted">
                    {move || if has_causes {
                        t_string!(i18n, reconciliation.causes_why)
                    } else {
                        t_string!(i18n, reconciliation.causes_none)
                    }}
                </p>
                {choices}
                <p class="totals__rest">{rest}</p>
            </fieldset>
        })}
    }
}

/// One cause with its amount; ticking it is a change of the workbook.
#[component]
fn CauseChoice(
    /// The total.
    total: StoredValue<TotalView>,
    /// The cause.
    cause: CauseView,
    /// Of its amount.
    currency: Currency,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let CauseView { cause, amount, is_chosen, fits } = cause;
    let cause = StoredValue::new(cause);
    let choose = move |_| {
        let change = cause.with_value(|cause| total.with_value(|total| chosen(total, cause)));
        workbook.change(change);
    };
    let kpi = total.with_value(|total| total.kpi.clone());
    let adds = !amount.starts_with('-');
    let text = move || cause.with_value(|cause| cause_text(i18n, cause, &kpi, adds));
    let shown = move || total.with_value(|total| written(i18n, total, currency, Some(&amount)));
    view! {
        <label class="choice totals__cause" data-cause=cause.get_value()>
            <input
                type="checkbox"
                prop:checked=is_chosen
                disabled=move || !workbook.is_writable()
                on:change=choose
            />
            <span>{text}</span>
            <span class="totals__amount">{shown}</span>
            {fits.then(|| view! {
                <span class="badge" data-state="signed">{t!(i18n, reconciliation.fits)}</span>
            })}
        </label>
    }
}

/// The total's causes with one of them turned over.
fn chosen(total: &TotalView, turned: &str) -> Change {
    let counts = |it: &&CauseView| it.is_chosen != (it.cause == turned);
    let causes = total.causes.iter().filter(counts).map(|it| it.cause.clone());
    Change::ExplainTotal { total: total.id.clone(), causes: causes.collect() }
}

fn cause_text(i18n: I18n, cause: &str, kpi: &str, adds: bool) -> &'static str {
    let (is_gmv, is_net) = (kpi == "sales.gmv", kpi == "sales.net");
    match cause {
        "cancelled" if is_gmv => t_string!(i18n, reconciliation.cause_cancelled_gmv),
        "cancelled" => t_string!(i18n, reconciliation.cause_cancelled),
        "tax" => t_string!(i18n, reconciliation.cause_tax),
        "shipping" => t_string!(i18n, reconciliation.cause_shipping),
        "seller_discounts" if is_net => t_string!(i18n, reconciliation.cause_seller_discounts_net),
        "seller_discounts" => t_string!(i18n, reconciliation.cause_seller_discounts),
        "platform_discounts" if adds => {
            t_string!(i18n, reconciliation.cause_platform_discounts_in)
        }
        "platform_discounts" => t_string!(i18n, reconciliation.cause_platform_discounts),
        "refunds" if is_net => t_string!(i18n, reconciliation.cause_refunds_net),
        "refunds" => t_string!(i18n, reconciliation.cause_refunds),
        "utc_days" => t_string!(i18n, reconciliation.cause_utc_days),
        "booking" => t_string!(i18n, reconciliation.cause_booking),
        _ => t_string!(i18n, reconciliation.cause_fees),
    }
}

fn missing_text(i18n: I18n, missing: &[Period]) -> String {
    let count: i32 = missing.iter().map(Period::n_days).sum();
    let mut days: Vec<String> =
        missing.iter().take(MAX_SPANS).map(|span| format::period(*span, language(i18n))).collect();
    if missing.len() > MAX_SPANS {
        days.push("…".to_owned());
    }
    let days = days.join(t_string!(i18n, words.list_gap));
    match count {
        1 => fill!(i18n, reconciliation.missing_one, days = days),
        _ => fill!(i18n, reconciliation.missing, count = count, days = days),
    }
}
