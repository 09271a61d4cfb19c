//! A warning with its evidence.

use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::{
    domain::{Currency, Filters, Period},
    ui::{
        format::{self, Style},
        i18n::{
            I18n, channel_name, comparator_text, fill, language, line_kind, name, t_string,
            use_i18n,
        },
        routes::{Page, Route, View},
        state::{use_location, use_workbook},
    },
    worker::protocol::{Change, LineView, UnitView, Warning, WarningReason},
};

/// One warning; its name leads to the KPI. It can be laid aside until newer data.
#[component]
pub(crate) fn WarningRow(
    /// What should be looked at.
    warning: Warning,
    /// What else can be done with it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (i18n, location, workbook) = (use_i18n(), use_location(), use_workbook());
    let page = Page::Kpi(warning.kpi.clone());
    let kind = kind_of(&warning);
    // What is of certain days leads to these.
    let of = warning.period.map(|period| {
        let named = |text: &String| Some(text.clone()).filter(|it| !it.is_empty());
        let filters = Filters {
            channels: named(&warning.channel).into_iter().collect(),
            skus: named(&warning.sku).into_iter().collect(),
            ..Filters::default()
        };
        View { filters, period: Some(period), ..View::default() }
    });
    let href = move || match &of {
        Some(view) => Route { page: page.clone(), view: view.clone() }.to_hash(),
        None => location.href(page.clone()),
    };
    let shown = warning.clone();
    let title = move || {
        let channel = channel_name(i18n, &shown.channel);
        let parts = [&channel, &shown.shop, &shown.sku, &shown.campaign].into_iter();
        let parts = parts.filter(|it| !it.is_empty());
        parts.fold(name(i18n, &shown.names), |title, part| format!("{title} · {part}"))
    };
    let (id, of_kind) = (warning.kpi.clone(), kind.clone());
    let sku = Some(warning.sku.clone()).filter(|sku| !sku.is_empty());
    let campaign = Some(warning.campaign.clone()).filter(|campaign| !campaign.is_empty());
    let about = about(i18n, &warning);
    let note = Some(warning.note.clone()).filter(|note| !note.is_empty());
    let is_snoozed = warning.is_snoozed;
    let change = Change::NoteWarning {
        warning: warning.id(),
        note: warning.note.clone(),
        snoozed_on: (!is_snoozed).then_some(warning.day),
    };
    let snooze_text = move || {
        if is_snoozed {
            t_string!(i18n, home.warning_unsnooze)
        } else {
            t_string!(i18n, home.warning_snooze)
        }
    };
    view! {
        <li class="warning" data-snoozed=is_snoozed.then_some("true") data-warning=id data-kind=of_kind data-sku=sku data-campaign=campaign>
            <span class="badge" data-state="breach">
                <Icon glyph=Glyph::Warning/>
                {move || line_kind(i18n, &kind)}
            </span>
            <div class="warning__text">
                <a href=href><strong>{title}</strong></a>
                <p>{move || evidence(i18n, &warning)}</p>
                {about}
                {note.map(|note| view! { <p class="warning__note">{note}</p> })}
                <p>
                    <button
                        type="button"
                        class="button"
                        data-kind="quiet"
                        data-action="snooze"
                        disabled=move || !workbook.is_writable()
                        on:click=move |_| workbook.change(change.clone())
                    >
                        {snooze_text}
                    </button>
                </p>
                {children.map(|children| children())}
            </div>
        </li>
    }
    .into_any()
}

/// What kind of line it is, or that there is none.
fn kind_of(warning: &Warning) -> String {
    match &warning.reason {
        WarningReason::Line { line, .. } => line.kind.clone(),
        WarningReason::Limit { .. } => "limit".to_owned(),
        WarningReason::Creep { .. } => "creep".to_owned(),
    }
}

/// What the line is of, and where it was read.
fn about(i18n: I18n, warning: &Warning) -> Option<AnyView> {
    let (line, is_of_every_category) = match &warning.reason {
        WarningReason::Line { line, is_of_every_category, .. } => (line, is_of_every_category),
        WarningReason::Limit { limit, .. } if !limit.reason.is_empty() => {
            let reason = limit.reason.clone();
            let text = move || fill!(i18n, home.warning_limit_reason, reason = reason);
            return Some(view! { <p class="small muted">{text}</p> }.into_any());
        }
        _ => return None,
    };
    let (names, source, is_of_every) =
        (line.scope.clone(), line.source.clone(), *is_of_every_category);
    let scope = move || {
        if is_of_every {
            t_string!(i18n, home.warning_every_category).to_owned()
        } else {
            name(i18n, &names)
        }
    };
    let has_source = !source.is_empty();
    let view = view! {
        <p class="small muted">{scope}</p>
        {has_source.then(|| view! {
            <p class="small muted">{fill!(i18n, home.warning_source, source = source)}</p>
        })}
    };
    Some(view.into_any())
}

fn evidence(i18n: I18n, warning: &Warning) -> String {
    match &warning.reason {
        WarningReason::Line { line, cases, .. } => beyond(i18n, warning, line, *cases),
        WarningReason::Limit { limit, currency } => {
            let style = Style { unit: warning.unit, currency: *currency, language: language(i18n) };
            let line = style.line(&limit.value.to_string());
            let Some(Period { from, to }) = warning.period else { return String::new() };
            let day = |day| format::day(day, style.language);
            fill!(
                i18n,
                home.warning_limit,
                value = style.full(&warning.value),
                from = day(from),
                to = day(to),
                line = comparator_text(i18n, limit.comparator.id(), &line)
            )
        }
        WarningReason::Creep { usual, months, excess, currency } => {
            let style = Style { unit: warning.unit, currency: *currency, language: language(i18n) };
            let money = Style { unit: UnitView::Money, ..style };
            let month = |month: &Period| format::month(month.from, style.language);
            let value = |(at, value): &(Period, String)| {
                fill!(i18n, home.warning_month, month = month(at), value = style.full(value))
            };
            let values: Vec<String> = months.iter().map(value).collect();
            let (Some((first, _)), Some((newest, _))) = (months.first(), months.last()) else {
                return String::new();
            };
            fill!(
                i18n,
                home.warning_creep,
                usual = style.full(usual),
                first = month(first),
                months = values.join(t_string!(i18n, home.warning_month_end)),
                newest = month(newest),
                excess = money.full(excess)
            )
        }
    }
}

/// “4.5% as of Jan 25, 2026; the line is below 4%. Cases too many: 2.”
fn beyond(i18n: I18n, warning: &Warning, line: &LineView, cases: Option<i64>) -> String {
    let style = Style { unit: warning.unit, currency: Currency::USD, language: language(i18n) };
    let is_low = matches!(line.comparator.as_str(), "below" | "at_most");
    let line = comparator_text(i18n, &line.comparator, &style.line(&line.value));
    let value = style.full(&warning.value);
    let day = format::day(warning.day, language(i18n));
    let text = fill!(i18n, home.warning, value = value, day = day, line = line);
    match cases {
        None => text,
        Some(cases) if is_low => {
            format!("{text} {}", fill!(i18n, home.warning_fewer, cases = cases))
        }
        Some(cases) => format!("{text} {}", fill!(i18n, home.warning_more, cases = cases)),
    }
}
