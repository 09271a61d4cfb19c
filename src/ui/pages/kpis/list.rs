//! The KPIs by group, those that were sought.

use std::sync::Arc;

use leptos::prelude::*;

use super::page::Sight;
use crate::{
    ui::{
        charts::sparkline,
        components::{Place, Precision, grouped, home_star, kpi_figure},
        format::Style,
        i18n::{I18n, group_name, language, name, t, undefined_text, unit_text, use_i18n},
        routes::{Page, scope_text},
        state::{Location, Workbook, use_location, use_workbook},
    },
    worker::protocol::{Figure, ListedKpi},
};

/// Which KPIs are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Only {
    All,
    WithValue,
    WithoutValue,
}

impl Only {
    fn shows(self, kpi: &ListedKpi) -> bool {
        let has_value = kpi.card.figure.value.value.is_some();
        match self {
            Self::All => true,
            Self::WithValue => has_value,
            Self::WithoutValue => !has_value,
        }
    }
}

/// A panel for each group that holds something sought.
#[component]
pub(super) fn KpiList(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
    /// What is sought.
    sought: RwSignal<String>,
    /// Which of them.
    only: RwSignal<Only>,
) -> impl IntoView {
    let (i18n, location, workbook) = (use_i18n(), use_location(), use_workbook());
    let groups = move || {
        let sight = shown.get()?;
        let words = sought.get().to_lowercase();
        let only = only.get();
        let found = |kpi: &&ListedKpi| only.shows(kpi) && matches(kpi, &words);
        let found = sight.view.kpis.iter().filter(found);
        let groups = grouped(found.map(|kpi| (kpi.card.group.as_str(), kpi)));
        if groups.is_empty() {
            return Some(
                view! { <p class="muted" role="status">{t!(i18n, kpi.none_found)}</p> }.into_any(),
            );
        }
        let place = Place {
            scope: scope_text(&sight.asked.filters),
            period: sight.view.period,
            currency: sight.view.currency,
        };
        let frame = Frame { i18n, location, workbook, place: &place };
        let groups = groups.into_iter().map(|(id, kpis)| frame.group(id, &kpis));
        Some(groups.collect_view().into_any())
    };
    view! { <div class="stack">{groups}</div> }.into_any()
}

/// Whether a KPI has every word in one of its texts: its id, both names and meanings, or the initials
/// of its Chinese name.
fn matches(kpi: &ListedKpi, words: &str) -> bool {
    let ListedKpi { card, initials, .. } = kpi;
    let (names, meaning) = (&card.figure.names, &card.meaning);
    let texts = [&card.figure.kpi, &names.en, &names.zh, &meaning.en, &meaning.zh, initials];
    let texts = texts.map(|text| text.to_lowercase());
    words.split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
}

/// What all rows share.
struct Frame<'a> {
    i18n: I18n,
    location: Location,
    workbook: Workbook,
    place: &'a Place,
}

impl Frame<'_> {
    fn group(&self, id: &str, kpis: &[&ListedKpi]) -> AnyView {
        let heading = format!("kpis-{id}");
        let labelled_by = heading.clone();
        view! {
            <section class="panel" aria-labelledby=labelled_by>
                <div class="panel__head"><h2 id=heading>{group_name(self.i18n, id)}</h2></div>
                <ul class="kpi-list">{kpis.iter().map(|kpi| self.row(kpi)).collect_view()}</ul>
            </section>
        }
        .into_any()
    }

    /// The KPI with its value; the row leads to the KPI's page.
    fn row(&self, kpi: &ListedKpi) -> AnyView {
        let i18n = self.i18n;
        let card = &kpi.card;
        let figure = &card.figure;
        let style =
            Style { unit: figure.unit, currency: self.place.currency, language: language(i18n) };
        let href = self.location.href_now(Page::Kpi(figure.kpi.clone()));
        let has_value = figure.value.value.is_some();
        let why = figure.value.undefined.as_ref().filter(|_| !has_value);
        let why = why.map(|why| {
            view! { <span class="kpi-list__why">{undefined_text(i18n, why)}</span> }
        });
        view! {
            <li class="kpi-list__item" data-listed=figure.kpi.clone()>
                {home_star(i18n, self.workbook, &figure.kpi, &figure.names, kpi.is_on_home)}
                <a class="kpi-list__row" href=href>
                    <span class="kpi-list__name">
                        <strong>{name(i18n, &figure.names)}</strong>
                        <span>{name(i18n, &card.meaning)}</span>
                        {why}
                    </span>
                    <span class="kpi-list__value">
                        {kpi_figure(
                            i18n,
                            &figure.kpi,
                            (&figure.value, figure.unit),
                            self.place,
                            Precision::Whole,
                        )}
                        <small>{has_value.then(|| unit_text(i18n, figure.unit))}</small>
                    </span>
                    <span class="kpi-list__change">{change(figure, style)}</span>
                    {sparkline(&card.spark, style, card.is_immature)}
                </a>
            </li>
        }
        .into_any()
    }
}

/// The change against the comparison period, in percent.
fn change(figure: &Figure, style: Style) -> Option<String> {
    let now = figure.value.value.as_deref()?;
    let before = figure.previous.as_ref()?.value.as_deref()?;
    style.change(now, before)?.relative
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::Names,
        worker::protocol::{DirectionView, KpiCard, UnitView, ValueView},
    };

    fn kpi() -> ListedKpi {
        let names = Names { en: "Net sales".into(), zh: "净销售额".into() };
        let meaning = Names { en: "What remains.".into(), zh: "剩下的。".into() };
        let figure = Figure {
            kpi: "sales.net".into(),
            names,
            unit: UnitView::Money,
            direction: DirectionView::Up,
            value: ValueView { value: Some("120".into()), ..ValueView::default() },
            previous: Some(ValueView { value: Some("100".into()), ..ValueView::default() }),
        };
        let card = KpiCard {
            figure,
            year_before: None,
            target: None,
            spark: Vec::new(),
            is_immature: false,
            meaning,
            group: "sales".into(),
        };
        ListedKpi { card, initials: "jxse".into(), is_on_home: true }
    }

    #[test]
    fn a_kpi_is_found_by_each_of_its_names() {
        for words in ["", "net", "sales net", "净销", "jxs", "sales.net", "remains"] {
            assert!(matches(&kpi(), words), "{words}");
        }
        for words in ["acos", "net acos", "xsj"] {
            assert!(!matches(&kpi(), words), "{words}");
        }
    }

    #[test]
    fn values_can_be_asked_for() {
        let mut kpi = kpi();
        assert!(Only::WithValue.shows(&kpi) && !Only::WithoutValue.shows(&kpi));
        kpi.card.figure.value.value = None;
        assert!(!Only::WithValue.shows(&kpi) && Only::WithoutValue.shows(&kpi));
        assert!(Only::All.shows(&kpi));
    }
}
