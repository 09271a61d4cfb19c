//! What to look at first: KPIs beyond a line that costs rights or money.

use leptos::prelude::*;

use crate::{
    domain::{Currency, Filters},
    ui::{
        components::{Glyph, Icon},
        format::{self, Style},
        hooks::{today, use_worker_query},
        i18n::{
            I18n, channel_name, comparator_text, fill, language, line_kind, name, t, t_string,
            use_i18n,
        },
        routes::{Page, Route, View},
        state::{use_location, use_workbook},
    },
    worker::protocol::{Request, Response, Warning},
};

/// The warnings of the whole business, whatever the filters; nothing while there is none.
#[component]
pub(super) fn Warnings() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let is_open = Memo::new(move |_| workbook.state.with(Option::is_some));
    let answer = use_worker_query(
        move || is_open.get().then(|| Request::Warnings { today: today() }),
        |_, response| match response {
            Response::Warnings { warnings } => Some(warnings),
            _ => None,
        },
    );
    move || {
        let warnings = answer.value.get().filter(|warnings| !warnings.is_empty())?;
        Some(view! {
            <section class="panel" aria-labelledby="warnings">
                <div class="panel__head">
                    <h2 id="warnings">{t!(i18n, home.warnings)}</h2>
                    <span class="panel__note">{t!(i18n, home.warnings_note)}</span>
                </div>
                <ul class="warnings">
                    {warnings.iter().cloned().map(|warning| view! { <Row warning/> }).collect_view()}
                </ul>
            </section>
        })
    }
}

/// One warning with its evidence; its name leads to the KPI.
#[component]
fn Row(
    /// What is beyond its line.
    warning: Warning,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let page = Page::Kpi(warning.kpi.clone());
    let kind = warning.line.kind.clone();
    // What is of a product and certain days leads to these.
    let of = warning.period.map(|period| {
        let filters = Filters {
            channels: vec![warning.line.channel.clone()],
            skus: vec![warning.sku.clone()],
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
        let (kpi, channel) = (name(i18n, &shown.names), channel_name(i18n, &shown.line.channel));
        let parts = [&shown.shop, &shown.sku].into_iter().filter(|it| !it.is_empty());
        parts.fold(format!("{kpi} · {channel}"), |title, part| format!("{title} · {part}"))
    };
    let (source, id, of_kind) = (warning.line.source.clone(), warning.kpi.clone(), kind.clone());
    let sku = Some(warning.sku.clone()).filter(|sku| !sku.is_empty());
    let (names, is_of_every) = (warning.line.scope.clone(), warning.is_of_every_category);
    let scope = move || {
        if is_of_every {
            t_string!(i18n, home.warning_every_category).to_owned()
        } else {
            name(i18n, &names)
        }
    };
    let has_source = !source.is_empty();
    view! {
        <li class="warning" data-warning=id data-kind=of_kind data-sku=sku>
            <span class="badge" data-state="breach">
                <Icon glyph=Glyph::Warning/>
                {move || line_kind(i18n, &kind)}
            </span>
            <div class="warning__text">
                <a href=href><strong>{title}</strong></a>
                <p>{move || evidence(i18n, &warning)}</p>
                <p class="small muted">{scope}</p>
                {has_source.then(|| view! {
                    <p class="small muted">{fill!(i18n, home.warning_source, source = source)}</p>
                })}
            </div>
        </li>
    }
    .into_any()
}

/// “4.5% as of Jan 25, 2026; the line is below 4%. Cases too many: 2.”
fn evidence(i18n: I18n, warning: &Warning) -> String {
    let style = Style { unit: warning.unit, currency: Currency::USD, language: language(i18n) };
    let line = comparator_text(i18n, &warning.line.comparator, &style.line(&warning.line.value));
    let value = style.full(&warning.value);
    let day = format::day(warning.day, language(i18n));
    let text = fill!(i18n, home.warning, value = value, day = day, line = line);
    let is_low = matches!(warning.line.comparator.as_str(), "below" | "at_most");
    match warning.cases {
        None => text,
        Some(cases) if is_low => {
            format!("{text} {}", fill!(i18n, home.warning_fewer, cases = cases))
        }
        Some(cases) => format!("{text} {}", fill!(i18n, home.warning_more, cases = cases)),
    }
}
