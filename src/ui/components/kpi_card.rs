//! One KPI: name, value, what it is held against, thirteen points, and what to know about it.

use leptos::prelude::*;

use super::{Glyph, Icon, KpiFigure, Place, Precision};
use crate::{
    ui::{
        charts::Sparkline,
        format::{self, Style},
        i18n::{
            I18n, against_text, fill, language, name, note_text, points_text, t, undefined_text,
            unit_text, use_i18n,
        },
    },
    worker::protocol::{Comparison, Figure, KpiCard as Card, UnitView, ValueView},
};

/// The card of a KPI; the whole card leads to the KPI's page.
#[component]
pub fn KpiCard(
    /// What is shown.
    card: Card,
    /// Scope, period and currency of the value.
    place: Place,
    /// What `previous` is.
    comparison: Comparison,
    /// The KPI's page.
    #[prop(into)]
    href: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let Card { figure, year_before, spark, is_immature, meaning, group: _ } = card;
    let style = Style { unit: figure.unit, currency: place.currency, language: language_now(i18n) };
    let (names, unit, value) = (figure.names.clone(), figure.unit, figure.value.clone());
    let year = year_before.filter(|_| comparison != Comparison::YearBefore);
    view! {
        <a class="kpi-card" href=href title=move || name(i18n, &meaning)>
            <div class="kpi-card__name">
                <h3>{move || name(i18n, &names)}</h3>
                {is_immature.then(|| view! {
                    <span class="badge" data-state="settling">
                        <Icon glyph=Glyph::Settling/>
                        {t!(i18n, words.settling)}
                    </span>
                })}
            </div>
            <div class="kpi-card__value">
                <span class="kpi-card__figure">
                    <KpiFigure
                        kpi=figure.kpi.clone()
                        value=value.clone()
                        unit
                        place=place.clone()
                        precision=Precision::Whole
                    />
                    <small>{move || unit_text(i18n, unit)}</small>
                </span>
            </div>
            <Against figure previous_is=comparison year style days=place.period.n_days()/>
            <Why value=value.clone()/>
            <Sparkline values=spark style is_settling=is_immature/>
            <Foot value unit/>
        </a>
    }
    .into_any()
}

/// Untracked: only the unit and currency of the style are used where it is stored.
fn language_now(i18n: I18n) -> crate::ui::i18n::Locale {
    i18n.get_locale_untracked()
}

/// The changes against the comparison period and a year before.
#[component]
fn Against(
    /// Value and previous value.
    figure: Figure,
    /// What the previous value is.
    previous_is: Comparison,
    /// The value a year before, when it is not the previous one.
    year: Option<ValueView>,
    /// Unit and currency.
    style: Style,
    /// Days of the period, for "the 30 days before".
    days: i32,
) -> impl IntoView {
    let i18n = use_i18n();
    let Figure { value, previous, .. } = figure;
    let Some(now) = value.value else { return ().into_any() };
    let line = move |kind: Comparison, before: Option<ValueView>| {
        let before = before?.value;
        let now = now.clone();
        let change = move || {
            let style = Style { language: language(i18n), ..style };
            before.as_deref().and_then(|before| style.change(&now, before))
        };
        let relative = change.clone();
        let is_share = style.unit == UnitView::Share;
        let absolute = move || match change() {
            Some(change) if is_share => points_text(i18n, &change.absolute),
            Some(change) => change.absolute,
            None => format::UNDEFINED.to_owned(),
        };
        Some(view! {
            <dt>{move || against_text(i18n, kind, days)}</dt>
            <dd>{absolute}</dd>
            <dd>{move || relative().and_then(|change| change.relative)}</dd>
        })
    };
    view! {
        <dl class="kpi-card__against">
            {line.clone()(previous_is, previous)}
            {line(Comparison::YearBefore, year)}
        </dl>
    }
    .into_any()
}

/// Why there is no value, and the way out.
#[component]
fn Why(
    /// Shows nothing when it is defined.
    value: ValueView,
) -> impl IntoView {
    let i18n = use_i18n();
    value.undefined.filter(|_| value.value.is_none()).map(|why| {
        view! { <p class="kpi-card__why">{move || undefined_text(i18n, &why)}</p> }
    })
}

/// The count behind a rate, coverage, and notes.
#[component]
fn Foot(
    /// The value that the foot is about.
    value: ValueView,
    /// Rates show their denominator.
    unit: UnitView,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_rate = matches!(unit, UnitView::Share | UnitView::Ratio);
    // A denominator in money is no sample size.
    let is_sample = |n: &String| is_rate && value.value.is_some() && !n.contains('.');
    let n = value.n.filter(is_sample);
    let n = n.map(|n| format!("n = {}", count_text(&n)));
    let coverage = value.coverage;
    let notes = value.notes;
    view! {
        <div class="kpi-card__foot">
            {n.map(|n| view! { <span>{n}</span> })}
            {coverage.map(|share| view! {
                <span>{move || fill!(i18n, words.coverage, share = format::percent(&share))}</span>
            })}
            {notes
                .into_iter()
                // Shown beside the name already.
                .filter(|note| note.note != "immature")
                .map(|note| view! { <span>{move || note_text(i18n, &note)}</span> })
                .collect_view()}
        </div>
    }
    .into_any()
}

fn count_text(n: &str) -> String {
    let style = Style {
        unit: UnitView::Count,
        currency: crate::domain::Currency::USD,
        language: crate::ui::i18n::Locale::en,
    };
    style.full(n)
}
