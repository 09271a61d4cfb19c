//! Card, trend, formula with values, contracts, sources, traps.

use std::sync::Arc;

use leptos::prelude::*;

use super::explain::Explain;
use crate::{
    domain::{Currency, Period},
    ui::{
        components::{FailureNotice, FilterBar, Glyph, Icon, KpiCard, Place, TrendPanel},
        hooks::{today, use_worker_query},
        i18n::{name, t, use_i18n},
        routes::{Page, View},
        state::{use_location, use_workbook},
    },
    worker::protocol::{KpiView, Members, Request, Response},
};

/// What home knows that the page needs too: members for the filters, period and currency.
#[derive(Clone, PartialEq)]
struct Frame {
    members: Members,
    period: Period,
    currency: Currency,
}

/// The page of the KPI `id`, with home's period and filters.
#[component]
pub(crate) fn KpiPage(
    /// The KPI's id.
    id: String,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let view = location.view();
    let trend_kpi = id.clone();
    let kpi = use_worker_query(
        move || {
            let home = view.with(|view| View { trend_kpi: trend_kpi.clone(), ..view.clone() });
            Some(Request::Kpi { kpi: id.clone(), home: home.request(today()) })
        },
        |response| match response {
            Response::Kpi(kpi) => Some(*kpi),
            _ => None,
        },
    );
    let frame = use_frame();
    let shown = kpi.value;
    let title =
        move || shown.with(|kpi| kpi.as_ref().map(|kpi| name(i18n, &kpi.card.figure.names)));
    let meaning = move || shown.with(|kpi| kpi.as_ref().map(|kpi| name(i18n, &kpi.card.meaning)));
    view! {
        <FilterBar
            members=Signal::derive(move || frame.get().map(|frame| frame.members).unwrap_or_default())
            period=Signal::derive(move || frame.get().map(|frame| frame.period))
        />
        <div class="page" aria-busy=move || kpi.is_pending.get().to_string()>
            <div class="page__head">
                <a class="page__back" href=move || location.href(Page::Home)>
                    <Icon glyph=Glyph::Left/>
                    {t!(i18n, kpi.back)}
                </a>
                <h1>{title}</h1>
                <p class="page__lead">{meaning}</p>
            </div>
            <FailureNotice failure=kpi.failure/>
            <div class="split" data-side="card">
                <TrendPanel
                    trend=Signal::derive(move || {
                        shown.with(|kpi| kpi.as_ref().map(|kpi| kpi.trend.clone()))
                    })
                    currency=Signal::derive(move || frame.get().map(|frame| frame.currency))
                    choices=Signal::derive(Vec::new)
                />
                <Card shown frame/>
            </div>
            {move || shown.get().zip(frame.get()).map(|(kpi, frame)| {
                let scope = view.with(View::scope_text);
                let place = Place { scope, period: frame.period, currency: frame.currency };
                view! { <Explain kpi place/> }
            })}
        </div>
    }
    .into_any()
}

/// Asks for home's frame: the KPI's own answer does not name period and currency.
fn use_frame() -> Memo<Option<Frame>> {
    let (view, workbook) = (use_location().view(), use_workbook());
    let answer = use_worker_query(
        move || {
            let is_open = workbook.state.with(Option::is_some);
            is_open.then(|| Request::Home(view.get().request(today())))
        },
        |response| match response {
            Response::Home(home) => Some(Frame {
                members: home.members.clone(),
                period: home.period,
                currency: home.currency,
            }),
            _ => None,
        },
    );
    Memo::new(move |_| answer.value.get().map(|frame| (*frame).clone()))
}

/// The same card as on home.
#[component]
fn Card(
    /// The newest answer.
    shown: Signal<Option<Arc<KpiView>>>,
    /// Period and currency.
    frame: Memo<Option<Frame>>,
) -> impl IntoView {
    let location = use_location();
    let card = move || {
        let (kpi, frame) = shown.get().zip(frame.get())?;
        let (scope, comparison) =
            location.route.with(|route| (route.view.scope_text(), route.view.comparison));
        let place = Place { scope, period: frame.period, currency: frame.currency };
        let id = kpi.card.figure.kpi.clone();
        let href = Signal::derive(move || location.href(Page::Kpi(id.clone())));
        Some(view! { <KpiCard card=kpi.card.clone() place comparison href/> })
    };
    view! { <div class="kpi-cards" data-size="single">{card}</div> }.into_any()
}
