//! The page: sentence, tiles, cards, trend, channels.

use leptos::prelude::*;

use super::{
    cards::Cards,
    channel_table::ChannelTable,
    freshness::FreshnessStrip,
    sight::{Home, Sight, part},
    summary::summary,
    tiles::Tiles,
    warnings::Warnings,
};
use crate::{
    ui::{
        components::{
            DemoFilesButton, EmptyState, FailureNotice, FilterBar, Glyph, Icon, Notice, TrendPanel,
        },
        hooks::{open_file_dialog, today, use_worker_query},
        i18n::{I18n, fill, label, t, t_string, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{HomeView, KpiCard, Members, Request},
};

/// Home, or what to do while the workbook is empty.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let workbook = use_workbook();
    let has_data = Memo::new(move |_| {
        workbook.state.with(|state| state.as_ref().is_some_and(|open| open.covered.is_some()))
    });
    move || {
        if has_data.get() { view! { <Filled/> }.into_any() } else { view! { <Empty/> }.into_any() }
    }
}

/// An empty workbook: the one next step.
#[component]
fn Empty() -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let workbook = use_workbook();
    let title = move || {
        let n_imports =
            workbook.state.with(|state| state.as_ref().map_or(0, |open| open.n_imports));
        if n_imports == 0 {
            t_string!(i18n, home.empty_title)
        } else {
            t_string!(i18n, home.no_days_title)
        }
    };
    view! {
        <div class="page">
            <h1>{title}</h1>
            <Warnings/>
            <EmptyState
                title=label!(i18n, home.empty_what)
                reason=label!(i18n, home.empty_why)
            >
                <div class="row">
                    <button
                        type="button"
                        class="button"
                        data-kind="primary"
                        data-size="large"
                        on:click=move |_| open_file_dialog()
                    >
                        <Icon glyph=Glyph::Upload/>
                        {t!(i18n, first.drop_button)}
                    </button>
                    <DemoFilesButton/>
                </div>
                <p>
                    <a href=move || location.href(Page::Questionnaire)>{t!(i18n, first.questions)}</a>
                </p>
            </EmptyState>
        </div>
    }
    .into_any()
}

/// Home of a workbook with data. Old figures stay, dimmed, while new ones are computed.
#[component]
fn Filled() -> impl IntoView {
    let view = use_location().view();
    let ask = move || Some(Request::Home(view.get().request(today())));
    let answer = use_worker_query(ask, Sight::of);
    let home = answer.value;
    let members = Memo::new(move |_| part(home, |sight| sight.home.members.clone()));
    let choices = Memo::new(move |_| part(home, |sight| choices(&sight.home.cards)));
    let trend = Memo::new(move |_| part(home, Sight::trend));
    view! {
        <FilterBar
            members=Signal::derive(move || members.get().unwrap_or_else(Members::default))
            period=Signal::derive(move || part(home, |sight| sight.home.period))
        />
        <div
            class="page"
            aria-busy=move || answer.is_pending.get().to_string()
            data-late=move || answer.is_late.get().then_some("true")
        >
            <FailureNotice failure=answer.failure/>
            {move || home.get().is_none().then(|| view! { <Skeleton/> })}
            <Head home/>
            <Warnings/>
            <Tiles home/>
            <Cards home/>
            <TrendPanel
                trend=trend.into()
                choices=Signal::derive(move || choices.get().unwrap_or_default())
            />
            <ChannelTable home/>
        </div>
    }
    .into_any()
}

/// The KPIs that the trend can show.
fn choices(cards: &[KpiCard]) -> Vec<(String, crate::domain::Names)> {
    cards.iter().map(|card| (card.figure.kpi.clone(), card.figure.names.clone())).collect()
}

/// The sentence made from the numbers, and how new each source is.
#[component]
fn Head(
    /// The newest answer.
    home: Home,
) -> impl IntoView {
    let i18n = use_i18n();
    let sentence = move || part(home, |sight| summary(i18n, &sight.home, sight.asked.comparison));
    let others = move || {
        let words = part(home, |sight| left_out(i18n, &sight.home)).flatten();
        words.map(|words| view! { <Notice>{words}</Notice> })
    };
    view! {
        <div class="page__head">
            <h1>{sentence}</h1>
            {others}
            <FreshnessStrip home/>
        </div>
    }
    .into_any()
}

/// Names the currencies whose amounts are not part of the figures.
fn left_out(i18n: I18n, home: &HomeView) -> Option<String> {
    let codes: Vec<String> = home.other_currencies.iter().map(ToString::to_string).collect();
    let others = codes.join(t_string!(i18n, home.list_gap));
    let own = home.currency;
    (!codes.is_empty()).then(|| fill!(i18n, home.left_out, own = own, others = others))
}

/// The page's outline while the first figures are computed.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="home-skeleton" aria-hidden="true">
            {(0..6).map(|_| view! { <span class="skeleton" data-size="figure"></span> }).collect_view()}
        </div>
    }
    .into_any()
}
