//! A KPI value on the page: the text for people, the exact value for machines.

use leptos::prelude::*;

use crate::{
    domain::{Currency, Period},
    ui::{
        format::{Style, UNDEFINED},
        i18n::{I18n, language, undefined_text, unit_text, use_i18n},
    },
    worker::protocol::{UnitView, ValueView},
};

/// Which part of the business and which days a figure is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Compact text of the filters: `all`, `channel=amazon;sku=X`.
    pub scope: String,
    pub period: Period,
    /// Of money.
    pub currency: Currency,
}

/// How many digits are shown; the title always has all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precision {
    /// `$12.3k`, `$1.23万`.
    #[default]
    Short,
    /// `$12,346`.
    Whole,
    /// `$12,345.67`.
    Full,
}

/// One figure, with all digits in its title and for screen readers.
#[component]
pub fn KpiFigure(
    /// Id of the KPI.
    kpi: String,
    /// The value, or why there is none.
    value: ValueView,
    /// How the value is written.
    unit: UnitView,
    /// Scope, period and currency.
    place: Place,
    /// Short when left out.
    #[prop(optional)]
    precision: Precision,
) -> impl IntoView {
    let i18n = use_i18n();
    let currency = place.currency;
    let exact = value.value.clone().unwrap_or_default();
    let is_undefined = value.value.is_none();
    let value = StoredValue::new(value);
    let shown = move || value.with_value(|value| shown(i18n, value, unit, currency, precision));
    let full = Memo::new(move |_| value.with_value(|value| full(i18n, value, unit, currency)));
    let is_cut = Memo::new(move |_| !is_undefined && shown() != full.get());
    view! {
        <span
            class="figure"
            data-kpi=kpi
            data-scope=place.scope
            data-period=place.period.to_string()
            data-value=exact
            data-undefined=is_undefined.then_some("true")
            title=full
        >
            <span aria-hidden=move || is_cut.get().then_some("true")>{shown}</span>
            {move || is_cut.get().then(|| view! { <span class="visually-hidden">{full}</span> })}
        </span>
    }
    .into_any()
}

fn shown(
    i18n: I18n,
    value: &ValueView,
    unit: UnitView,
    currency: Currency,
    precision: Precision,
) -> String {
    let style = Style { unit, currency, language: language(i18n) };
    let Some(value) = &value.value else { return UNDEFINED.to_owned() };
    match precision {
        Precision::Short => style.short(value),
        Precision::Whole => style.whole(value),
        Precision::Full => style.full(value),
    }
}

fn full(i18n: I18n, value: &ValueView, unit: UnitView, currency: Currency) -> String {
    let style = Style { unit, currency, language: language(i18n) };
    match (&value.value, &value.undefined) {
        (Some(value), _) => {
            format!("{} {}", style.full(value), unit_text(i18n, unit)).trim_end().to_owned()
        }
        (None, Some(why)) => undefined_text(i18n, why),
        (None, None) => UNDEFINED.to_owned(),
    }
}
