//! What is said of SKUs.

use crate::{
    domain::{Currency, SkuDecision},
    ui::{
        format::{self, Style},
        i18n::{I18n, fill, language, t_string},
        routes::{Page, Route, View},
    },
    worker::protocol::UnitView,
};

/// The parts of a score, in the order of their weights.
pub(super) fn part_names(i18n: I18n) -> [&'static str; 5] {
    [
        t_string!(i18n, skus.cover),
        t_string!(i18n, skus.moving),
        t_string!(i18n, skus.margin),
        t_string!(i18n, skus.returns),
        t_string!(i18n, skus.trend),
    ]
}

/// The value that a part's points are of.
pub(super) fn part_value(i18n: I18n, at: usize, value: &str) -> String {
    if at == 0 {
        let days = format::parse(value).map_or_else(String::new, |it| format!("{it:.0}"));
        fill!(i18n, skus.cover_value, value = days)
    } else {
        format::percent(value)
    }
}

pub(super) fn corner_name(i18n: I18n, corner: &str) -> &'static str {
    match corner {
        "star" => t_string!(i18n, skus.star),
        "cash" => t_string!(i18n, skus.cash),
        "slow" => t_string!(i18n, skus.slow),
        "problem" => t_string!(i18n, skus.problem),
        _ => "–",
    }
}

pub(super) fn decision_name(i18n: I18n, decision: SkuDecision) -> &'static str {
    match decision {
        SkuDecision::Stop => t_string!(i18n, skus.stop),
        SkuDecision::Reprice => t_string!(i18n, skus.reprice),
        SkuDecision::Clear => t_string!(i18n, skus.clear),
        SkuDecision::Keep => t_string!(i18n, skus.keep),
    }
}

/// Whole money; a dash where there is none.
pub(super) fn money(i18n: I18n, value: Option<&String>, currency: Currency) -> String {
    let style = Style { unit: UnitView::Money, currency, language: language(i18n) };
    value.map_or_else(|| "–".to_owned(), |it| style.whole(it))
}

/// A count without decimals.
pub(super) fn count(text: &str) -> String {
    format::parse(text).map_or_else(String::new, |it| format!("{it:.0}"))
}

/// A KPI of one SKU, in the days seen here.
pub(super) fn kpi_href(kpi: &str, sku: &str, view: &View) -> String {
    let mut view = view.clone();
    view.filters.skus = vec![sku.to_owned()];
    Route { page: Page::Kpi(kpi.to_owned()), view }.to_hash()
}
