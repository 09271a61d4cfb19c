//! Card, trend, formula with values, contracts, sources, traps.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    annotations::Annotations,
    explain::Explain,
    likely::{LikelyFinal, ranges},
    limits::Limits,
    lines::Lines,
    own::OwnKpiPanel,
    pace::PacePanel,
    references::References,
    stated::Stated,
    unexpected::Unexpected,
    warnings::KpiWarnings,
};
use crate::{
    domain::{Currency, Dimension},
    ui::{
        components::{
            FailureNotice, FilterBar, Glyph, Icon, Place, TrendInView, TrendPanel, home_star,
            kpi_card,
        },
        hooks::{today, use_after_paint, use_worker_query},
        i18n::{I18n, dimension_name, name, t, use_i18n},
        routes::{Page, Route, View, scope_text},
        state::{use_location, use_workbook},
    },
    worker::protocol::{HomeRequest, KpiInFrame, KpiView, Member, Request, Response, ViewFrame},
};

/// The KPI with what its figures are of, as home has them in its `Sight`.
#[derive(Debug, Clone, PartialEq)]
struct Sight {
    asked: HomeRequest,
    kpi: Arc<KpiView>,
    frame: ViewFrame,
}

impl Sight {
    fn of(request: Request, response: Response) -> Option<Self> {
        match (request, response) {
            (Request::Kpi { home: asked, .. }, Response::Kpi(kpi)) => {
                let KpiInFrame { kpi, frame } = kpi.open()?;
                Some(Self { asked, kpi: Arc::new(kpi), frame })
            }
            _ => None,
        }
    }

    /// Reads the language: call it where that is tracked.
    fn trend(&self, i18n: I18n) -> TrendInView {
        let (trend, currency) = (self.kpi.trend.clone(), self.frame.currency);
        let ranges = ranges(i18n, &self.kpi, currency);
        TrendInView { trend, currency, asked: self.asked.clone(), ranges }
    }

    fn place(&self) -> Place {
        let scope = scope_text(&self.asked.filters);
        Place { scope, period: self.frame.period, currency: self.frame.currency }
    }
}

/// The page of the KPI `id`, with home's period and filters.
#[component]
pub(crate) fn KpiPage(
    /// The KPI's id.
    id: String,
) -> impl IntoView {
    let (i18n, location, workbook) = (use_i18n(), use_location(), use_workbook());
    let view = location.view();
    let (trend_kpi, kept_id) = (id.clone(), StoredValue::new(id.clone()));
    let kpi = use_worker_query(
        move || {
            let home = view.with(|view| View { trend_kpi: trend_kpi.clone(), ..view.clone() });
            Some(Request::Kpi { kpi: id.clone(), home: home.request(today()) })
        },
        Sight::of,
    );
    let shown = kpi.value;
    let frame = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|it| it.frame.clone())));
    let currency = Signal::derive(move || frame.get().map_or(Currency::USD, |it| it.currency));
    let channels =
        Signal::derive(move || frame.get().map(|it| it.members.channels).unwrap_or_default());
    let title =
        move || shown.with(|shown| shown.as_ref().map(|it| name(i18n, &it.kpi.card.figure.names)));
    let star = move || {
        shown.get().map(|it| {
            let figure = &it.kpi.card.figure;
            home_star(i18n, workbook, &figure.kpi, &figure.names, it.kpi.is_on_home)
        })
    };
    let meaning =
        move || shown.with(|shown| shown.as_ref().map(|it| name(i18n, &it.kpi.card.meaning)));
    // The explanation is what was asked for: the rest follows in the frame after it.
    let is_explained =
        use_after_paint(move || shown.with(Option::is_some) || kpi.failure.with(Option::is_some));
    let drawn = move || is_explained.get().then(|| shown.get()).flatten();
    let trend = Memo::new(move |_| Some(drawn()?.trend(i18n)));
    view! {
        <FilterBar
            members=Signal::derive(move || frame.get().map(|frame| frame.members).unwrap_or_default())
            period=Signal::derive(move || frame.get().map(|frame| frame.period))
        />
        <div
            class="page"
            aria-busy=move || kpi.is_pending.get().to_string()
            data-late=move || kpi.is_late.get().then_some("true")
        >
            <div class="page__head">
                <a class="page__back" href=move || location.href(Page::Kpis)>
                    <Icon glyph=Glyph::Left/>
                    {t!(i18n, kpi.back)}
                </a>
                <div class="row">
                    <h1>{title}</h1>
                    {star}
                </div>
                <p class="page__lead">{meaning}</p>
            </div>
            <FailureNotice failure=kpi.failure/>
            <Show when=move || is_explained.get()>
                <KpiWarnings kpi=kept_id.get_value()/>
            </Show>
            <div class="split" data-side="card" hidden=move || kpi.failure.with(Option::is_some) && shown.with(Option::is_none)>
                <TrendPanel trend=trend.into() choices=Signal::derive(Vec::new)/>
                <Card shown currency is_explained/>
            </div>
            <Show when=move || is_explained.get()>
                <Further kpi=kept_id.get_value() shown channels currency/>
            </Show>
            {move || shown.get().map(|sight| {
                view! {
                    <Lines kpi=sight.kpi.clone() currency=sight.frame.currency/>
                    <Explain kpi=sight.kpi.clone() place=sight.place()/>
                }
            })}
        </div>
    }
    .into_any()
}

/// What stands between the card and the formula.
#[component]
fn Further(
    /// The KPI's id.
    kpi: String,
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
    /// Channels with data.
    channels: Signal<Vec<Member>>,
    /// Of money.
    currency: Signal<Currency>,
) -> impl IntoView {
    let full = Signal::derive(move || shown.get().map(|sight| sight.kpi.clone()));
    let own = move || {
        let own = full.get()?.own.clone()?;
        Some(view! { <OwnKpiPanel own/> })
    };
    view! {
        <OnItsWay shown currency/>
        <Annotations kpi=full channels/>
        <Stated kpi=full currency/>
        {own}
        <Beside kpi channels currency/>
    }
    .into_any()
}

/// Pace and forecast, asked for when the KPI itself is there: they may take a moment longer.
#[component]
fn OnItsWay(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
    /// Of money.
    currency: Signal<Currency>,
) -> impl IntoView {
    let asked = Memo::new(move |_| {
        let figure = shown.with(|it| it.as_ref().map(|it| it.kpi.card.figure.clone()))?;
        Some((figure.kpi, figure.unit))
    });
    move || asked.get().map(|(kpi, unit)| view! { <PacePanel kpi unit currency/> })
}

/// What the value is held against, and the own limits.
#[component]
fn Beside(
    /// The KPI's id.
    kpi: String,
    /// Channels with data.
    channels: Signal<Vec<Member>>,
    /// Of money.
    currency: Signal<Currency>,
) -> impl IntoView {
    let view = use_location().view();
    let references = use_worker_query(
        move || {
            let home = view.with(|view| view.request(today()));
            Some(Request::References { kpi: kpi.clone(), home })
        },
        |_, response| match response {
            Response::References(references) => references.open(),
            _ => None,
        },
    );
    let references = Signal::derive(move || references.value.get().map(|it| (*it).clone()));
    view! {
        <References references channels currency/>
        <Limits references channels currency/>
    }
    .into_any()
}

/// The same card as on home.
#[component]
fn Card(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
    /// Of money.
    currency: Signal<Currency>,
    /// Whether there is time for what can be done with it.
    is_explained: ReadSignal<bool>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let card = move || {
        let sight = shown.get()?;
        let (card, place) = (&sight.kpi.card, sight.place());
        let href = location.href_now(Page::Kpi(card.figure.kpi.clone()));
        Some(kpi_card(i18n, card, &place, sight.asked.comparison, href))
    };
    let asked = Memo::new(move |_| {
        shown.with(|it| {
            it.as_ref().map(|it| {
                let figure = &it.kpi.card.figure;
                (figure.kpi.clone(), figure.unit)
            })
        })
    });
    let full = Signal::derive(move || shown.get().map(|sight| sight.kpi.clone()));
    let below = move || {
        is_explained.get().then(|| asked.get()).flatten().map(|(kpi, unit)| {
            let explored = kpi.clone();
            view! {
                <BreakDown kpi=explored/>
                <Unexpected kpi unit currency/>
            }
        })
    };
    view! {
        <div class="stack">
            <div class="kpi-cards" data-size="single">{card}</div>
            <LikelyFinal kpi=full currency/>
            {below}
        </div>
    }
    .into_any()
}

/// Ways to the table of the KPI by the members of a dimension and months.
#[component]
fn BreakDown(
    /// The KPI's id.
    kpi: String,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let link = move |dimension: Dimension| {
        let (kpi, key) = (kpi.clone(), dimension.id());
        let href = move || {
            let table =
                [("rows", key.to_owned()), ("columns", "month".to_owned()), ("kpi", kpi.clone())];
            let mut view = location.view().get();
            view.set_own(&Page::Explore, table);
            Route { page: Page::Explore, view }.to_hash()
        };
        view! { <a href=href data-break-down=key>{move || dimension_name(i18n, dimension)}</a> }
    };
    view! {
        <p class="row small">
            <span class="muted">{t!(i18n, kpi.break_down)}</span>
            {Dimension::ALL.map(link).collect_view()}
        </p>
    }
    .into_any()
}
