//! A KPI over time: choices, one sentence, the drawing with its read-out, and the table.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Segmented, trend_reader::TrendReader, trend_table::TrendTable};
use crate::{
    domain::{Currency, Dimension, Granularity, Names},
    ui::{
        charts::{LineRole, TrendBand, TrendLine, TrendPicture, TrendRange},
        format::{self, Style},
        i18n::{
            I18n, Locale, channel_name, fill, label, language, name, t, t_string, unit_text,
            use_i18n,
        },
        routes::View,
        state::use_location,
    },
    worker::protocol::{Comparison, HomeRequest, Trend, TrendLimits, TrendSeries, UnitView},
};

/// A trend with what it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendInView {
    pub trend: Trend,
    /// Of money.
    pub currency: Currency,
    pub asked: HomeRequest,
    /// Where buckets will probably end, where that is asked for.
    pub ranges: Vec<TrendRange>,
}

/// The trend of the KPI that the URL names.
#[component]
pub fn TrendPanel(
    /// `None` before the first answer.
    trend: Signal<Option<TrendInView>>,
    /// KPIs that can be shown instead; empty where the KPI is fixed.
    choices: Signal<Vec<(String, Names)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let picture = Memo::new(move |_| {
        trend.with(|trend| trend.as_ref().map(|trend| Arc::new(picture(i18n, trend))))
    });
    let sentence = move || {
        let picture = picture.get()?;
        let limits = trend.with(|trend| limits_sentence(i18n, &trend.as_ref()?.trend, &picture));
        let aligned = trend.with(|trend| aligned_sentence(i18n, trend.as_ref()?));
        let gap = t_string!(i18n, home.sentence_gap);
        let sentences = [Some(sentence(i18n, &picture)), limits, aligned];
        Some(sentences.into_iter().flatten().collect::<Vec<_>>().join(gap))
    };
    let heading =
        move || trend.with(|shown| shown.as_ref().map(|shown| name(i18n, &shown.trend.names)));
    let reader = move || {
        picture.with(Option::is_some).then(|| {
            let picture = Signal::derive(move || picture.get().unwrap_or_else(empty));
            let summary = Signal::derive(move || sentence().unwrap_or_default());
            view! { <TrendReader picture summary/> }
        })
    };
    view! {
        <section class="panel" aria-labelledby="trend">
            <div class="panel__head">
                <h2 id="trend">{t!(i18n, home.trend)} " · " <span class="muted">{heading}</span></h2>
                <TrendChoices choices trend/>
            </div>
            <figure class="chart-frame">
                <figcaption class="chart-frame__summary">{sentence}</figcaption>
                {reader}
                <TrendTable trend/>
            </figure>
        </section>
    }
    .into_any()
}

fn empty() -> Arc<TrendPicture> {
    Arc::new(TrendPicture {
        axis: String::new(),
        buckets: Vec::new(),
        lines: Vec::new(),
        band: None,
        ranges: Vec::new(),
        notes: Vec::new(),
        style: Style { unit: UnitView::Count, currency: Currency::USD, language: Locale::en },
    })
}

/// KPI, granularity and split.
#[component]
fn TrendChoices(
    /// KPIs that can be shown.
    choices: Signal<Vec<(String, Names)>>,
    /// Which KPI and granularity are shown now.
    trend: Signal<Option<TrendInView>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let view = location.view();
    let granularities = Signal::derive(move || {
        vec![
            (Granularity::Day, t_string!(i18n, home.by_day).to_owned()),
            (Granularity::Week, t_string!(i18n, home.by_week).to_owned()),
            (Granularity::Month, t_string!(i18n, home.by_month).to_owned()),
        ]
    });
    let splits = Signal::derive(move || {
        vec![
            (None, t_string!(i18n, home.split_none).to_owned()),
            (Some(Dimension::Channel), t_string!(i18n, home.split_channel).to_owned()),
        ]
    });
    view! {
        <span class="row">
            <Show when=move || choices.with(|choices| !choices.is_empty())>
                <KpiSelect choices trend/>
            </Show>
            <Segmented
                label=label!(i18n, home.granularity)
                choices=granularities
                chosen=Signal::derive(move || view.with(View::granularity))
                on_choose=move |chosen| location.change(|view| view.granularity = Some(chosen))
            />
            <Segmented
                label=label!(i18n, home.split)
                choices=splits
                chosen=Signal::derive(move || view.with(|view| view.trend_by))
                on_choose=move |chosen| location.change(|view| view.trend_by = chosen)
            />
        </span>
    }
    .into_any()
}

/// Which KPI the trend shows.
#[component]
fn KpiSelect(
    /// KPIs that can be shown.
    choices: Signal<Vec<(String, Names)>>,
    /// Which one is shown now.
    trend: Signal<Option<TrendInView>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let shown = Memo::new(move |_| {
        trend.with(|shown| shown.as_ref().map(|it| it.trend.kpi.clone())).unwrap_or_default()
    });
    let option = move |(id, names): (String, Names)| {
        let value = id.clone();
        view! {
            <option value=value selected=move || shown.get() == id>
                {move || name(i18n, &names)}
            </option>
        }
    };
    view! {
        <select
            class="field__input"
            data-size="inline"
            aria-label=t!(i18n, home.trend_kpi)
            on:change=move |event| {
                let id = event_target_value(&event);
                location.change(|view| view.trend_kpi = id);
            }
        >
            {move || choices.get().into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// The drawing's content in the reader's language.
fn picture(i18n: I18n, shown: &TrendInView) -> TrendPicture {
    let TrendInView { trend, currency, asked, ranges } = shown;
    let (currency, comparison) = (*currency, asked.comparison);
    let style = Style { unit: trend.unit, currency, language: language(i18n) };
    let mut lines: Vec<TrendLine> = trend
        .series
        .iter()
        .map(|series| line(series, series_name(i18n, series, trend), LineRole::Own))
        .collect();
    lines.extend(trend.comparison.as_ref().map(|series| {
        let label = comparison_name(i18n, comparison).to_owned();
        line(series, label, LineRole::Comparison)
    }));
    let target = t_string!(i18n, home.target);
    lines.extend(trend.target.iter().map(|it| line(it, target.to_owned(), LineRole::Target)));
    let unit = match trend.unit {
        UnitView::Money => currency.to_string(),
        UnitView::Share => "%".to_owned(),
        unit => unit_text(i18n, unit).to_owned(),
    };
    let axis = name(i18n, &trend.names);
    TrendPicture {
        axis: if unit.is_empty() { axis } else { fill!(i18n, home.axis, kpi = axis, unit = unit) },
        buckets: trend
            .buckets
            .iter()
            .map(|bucket| match trend.granularity {
                Granularity::Month => format::month(bucket.from, style.language),
                Granularity::Day | Granularity::Week => {
                    format::day_short(bucket.from, style.language)
                }
            })
            .collect(),
        lines,
        band: trend.limits.as_ref().map(|limits| band(limits, trend.unit)),
        ranges: ranges.clone(),
        notes: trend.notes.clone(),
        style,
    }
}

fn band(limits: &TrendLimits, unit: UnitView) -> TrendBand {
    // Half an order is none.
    let told = |limit: &f64| if unit == UnitView::Count { limit.round() } else { *limit };
    TrendBand {
        lower: limits.lower.iter().map(told).collect(),
        upper: limits.upper.iter().map(told).collect(),
        outside: limits.outside.iter().filter_map(|it| usize::try_from(*it).ok()).collect(),
    }
}

/// What the natural limits say, in words; nothing where there are none.
fn limits_sentence(i18n: I18n, trend: &Trend, picture: &TrendPicture) -> Option<String> {
    let limits = trend.limits.as_ref()?;
    let (outside, of) = (limits.outside.len(), limits.n_points);
    let text = |number: &f64| picture.style.whole(&number.to_string());
    Some(if limits.is_by_weekday {
        fill!(i18n, home.limits_by_weekday, outside = outside, of = of)
    } else {
        let band = picture.band.as_ref()?;
        let (low, high) = (text(band.lower.first()?), text(band.upper.first()?));
        fill!(i18n, home.limits, low = low, high = high, outside = outside, of = of)
    })
}

/// What aligned the comparison, or why nothing does; nothing for other comparisons.
fn aligned_sentence(i18n: I18n, shown: &TrendInView) -> Option<String> {
    let Comparison::SameEvent = shown.asked.comparison else { return None };
    let Some(aligned) = &shown.trend.aligned else {
        return Some(t_string!(i18n, home.aligned_none).to_owned());
    };
    let days = |period| format::period(period, language(i18n));
    Some(fill!(
        i18n,
        home.aligned,
        event = name(i18n, &aligned.names),
        days = days(aligned.days),
        before = days(aligned.days_before),
        against = days(aligned.against)
    ))
}

fn line(series: &TrendSeries, label: String, role: LineRole) -> TrendLine {
    let number =
        |value: &crate::worker::protocol::ValueView| format::parse(value.value.as_deref()?);
    TrendLine {
        label,
        values: series.values.iter().map(number).collect(),
        is_settling: series
            .values
            .iter()
            .map(|value| value.notes.iter().any(|note| note.note == "immature"))
            .collect(),
        role,
    }
}

/// The member's name, or "this period" for the whole.
pub(super) fn series_name(i18n: I18n, series: &TrendSeries, trend: &Trend) -> String {
    if !series.member.is_empty() {
        channel_name(i18n, &series.member)
    } else if trend.comparison.is_some() {
        t_string!(i18n, home.this_period).to_owned()
    } else {
        name(i18n, &trend.names)
    }
}

pub(super) fn comparison_name(i18n: I18n, comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::YearBefore => t_string!(i18n, home.compare_year),
        Comparison::SameEvent => t_string!(i18n, home.compare_event),
        Comparison::PreviousPeriod | Comparison::None => t_string!(i18n, home.compare_previous),
    }
}

/// Highest, lowest and newest value in words.
fn sentence(i18n: I18n, picture: &TrendPicture) -> String {
    let value = |index: usize| picture.lines.first()?.values.get(index).copied().flatten();
    let known = || (0..picture.buckets.len()).filter_map(|index| Some((index, value(index)?)));
    let high = known().max_by(|one, other| one.1.total_cmp(&other.1));
    let low = known().min_by(|one, other| one.1.total_cmp(&other.1));
    let (Some(high), Some(low), Some(last)) = (high, low, known().next_back()) else {
        return t_string!(i18n, home.trend_none).to_owned();
    };
    let text = |number: f64| picture.style.whole(&number.to_string());
    let at = |index: usize| picture.buckets.get(index).cloned().unwrap_or_default();
    let split = picture.lines.first().filter(|_| picture.lines.iter().skip(1).any(is_member));
    match split {
        Some(line) => fill!(
            i18n,
            home.trend_sentence_of,
            line = line.label,
            high = text(high.1),
            high_at = at(high.0),
            low = text(low.1),
            low_at = at(low.0),
            last = text(last.1),
            last_at = at(last.0)
        ),
        None => fill!(
            i18n,
            home.trend_sentence,
            high = text(high.1),
            high_at = at(high.0),
            low = text(low.1),
            low_at = at(low.0),
            last = text(last.1),
            last_at = at(last.0)
        ),
    }
}

/// A further member of a split chart, neither the comparison period nor the target.
fn is_member(line: &TrendLine) -> bool {
    line.role == LineRole::Own
}
