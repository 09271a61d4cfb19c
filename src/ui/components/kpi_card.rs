//! One KPI: name, value, what it is held against, thirteen points, and what to know about it.

use leptos::prelude::*;

use super::{Glyph, Icon, Place, Precision, kpi_figure, standing_mark};
use crate::{
    ui::{
        charts::sparkline,
        format::{self, Style},
        i18n::{
            I18n, Locale, against_text, fill, language, name, note_text, points_text, t_string,
            undefined_text, unit_text,
        },
    },
    worker::protocol::{Comparison, KpiCard, UnitView, ValueView},
};

/// The card of a KPI; the whole card leads to the KPI's page, `href`. `comparison` says what its
/// previous value is.
///
/// Reads the language: call it where that is tracked. Called again with other values it gives the
/// same elements, of which only what differs is changed.
pub fn kpi_card(
    i18n: I18n,
    card: &KpiCard,
    place: &Place,
    comparison: Comparison,
    href: String,
) -> AnyView {
    let figure = &card.figure;
    let style = Style { unit: figure.unit, currency: place.currency, language: language(i18n) };
    let has_value = figure.value.value.is_some();
    let settling = card.is_immature.then(|| {
        view! {
            <span class="badge" data-state="settling">
                <Icon glyph=Glyph::Settling/>
                {t_string!(i18n, words.settling)}
            </span>
        }
    });
    view! {
        <a class="kpi-card" href=href title=name(i18n, &card.meaning)>
            <div class="kpi-card__name">
                <h3>{name(i18n, &figure.names)}</h3>
            </div>
            <div class="kpi-card__value">
                <span class="kpi-card__figure">
                    {kpi_figure(
                        i18n,
                        &figure.kpi,
                        (&figure.value, figure.unit),
                        place,
                        Precision::Whole,
                    )}
                    <small>{has_value.then(|| unit_text(i18n, figure.unit))}</small>
                </span>
                {settling}
            </div>
            {against(i18n, card, comparison, style, place.period.n_days())}
            {why(i18n, &figure.value)}
            {sparkline(&card.spark, style, card.is_immature)}
            {foot(i18n, &figure.value, figure.unit)}
        </a>
    }
    .into_any()
}

/// The changes against the target, the comparison period and a year before; `days` of the period, for "the 30
/// days before".
fn against(
    i18n: I18n,
    card: &KpiCard,
    comparison: Comparison,
    style: Style,
    days: i32,
) -> Option<AnyView> {
    let now = card.figure.value.value.as_deref()?;
    let line = |text: String, before: Option<&str>, mark: Option<AnyView>| {
        let change = before.and_then(|before| style.change(now, before));
        let (absolute, relative) = match change {
            Some(change) if style.unit == UnitView::Share => {
                (points_text(i18n, &change.absolute), change.relative)
            }
            Some(change) => (change.absolute, change.relative),
            None => (format::UNDEFINED.to_owned(), None),
        };
        view! {
            <dt>{text}</dt>
            <dd>{absolute}</dd>
            <dd>{mark}{relative}</dd>
        }
    };
    let earlier = |kind: Comparison, before: &ValueView| {
        line(against_text(i18n, kind, days), before.value.as_deref(), None)
    };
    let target = card.target.as_ref().map(|target| {
        let text = fill!(i18n, words.against_target, value = style.short(&target.number));
        let mark = target.standing.map(|standing| standing_mark(i18n, standing));
        line(text, Some(&target.number), mark)
    });
    let previous = card.figure.previous.as_ref().map(|before| earlier(comparison, before));
    let year = card.year_before.as_ref().filter(|_| comparison != Comparison::YearBefore);
    let year = year.map(|before| earlier(Comparison::YearBefore, before));
    Some(view! { <dl class="kpi-card__against">{target}{previous}{year}</dl> }.into_any())
}

/// Why there is no value, and the way out.
fn why(i18n: I18n, value: &ValueView) -> Option<AnyView> {
    let why = value.undefined.as_ref().filter(|_| value.value.is_none())?;
    Some(view! { <p class="kpi-card__why">{undefined_text(i18n, why)}</p> }.into_any())
}

/// The count behind a rate, coverage, and notes.
fn foot(i18n: I18n, value: &ValueView, unit: UnitView) -> AnyView {
    let is_rate = matches!(unit, UnitView::Share | UnitView::Ratio);
    // A denominator in money is no sample size, and what was typed has none.
    let is_sample =
        |n: &&String| is_rate && value.value.is_some() && !n.contains('.') && n.as_str() != "0";
    let n = value.n.as_ref().filter(is_sample);
    let n = n.map(|n| format!("n = {}", count_text(n)));
    let coverage = value.coverage.as_ref();
    let coverage =
        coverage.map(|share| fill!(i18n, words.coverage, share = format::percent(share)));
    // Shown beside the name already.
    let notes = value.notes.iter().filter(|note| note.note != "immature");
    let notes = notes.map(|note| note_text(i18n, note));
    let texts = n.into_iter().chain(coverage).chain(notes);
    view! {
        <div class="kpi-card__foot">
            {texts.map(|text| view! { <span>{text}</span> }).collect_view()}
        </div>
    }
    .into_any()
}

fn count_text(n: &str) -> String {
    let style = Style {
        unit: UnitView::Count,
        currency: crate::domain::Currency::USD,
        language: Locale::en,
    };
    style.full(n)
}
