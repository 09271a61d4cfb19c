//! A KPI value on the page: the text for people, the exact value for machines.

use leptos::prelude::*;

use crate::{
    domain::{Currency, Period},
    ui::{
        format::{Style, UNDEFINED},
        i18n::{I18n, language, undefined_text, unit_text},
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

/// One figure, with all digits in its title and for screen readers. Reads the language: call it where
/// that is tracked.
pub fn kpi_figure(
    i18n: I18n,
    kpi: &str,
    (value, unit): (&ValueView, UnitView),
    place: &Place,
    precision: Precision,
) -> AnyView {
    let full = full(i18n, value, unit, place.currency);
    let shown = figure_text(i18n, (value, unit), place.currency, precision);
    let is_cut = value.value.is_some() && shown != full;
    let hidden = is_cut.then(|| full.clone());
    view! {
        <span
            class="figure"
            data-kpi=kpi.to_owned()
            data-scope=place.scope.clone()
            data-period=place.period.to_string()
            data-value=value.value.clone().unwrap_or_default()
            data-undefined=value.value.is_none().then_some("true")
            title=full
        >
            <span aria-hidden=is_cut.then_some("true")>{shown}</span>
            {hidden.map(|full| view! { <span class="visually-hidden">{full}</span> })}
        </span>
    }
    .into_any()
}

/// What a figure shows, without what stands in its title.
pub(crate) fn figure_text(
    i18n: I18n,
    (value, unit): (&ValueView, UnitView),
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
