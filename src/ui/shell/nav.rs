//! The way between pages: a rail at the side, a bar at the foot of a phone.

use leptos::prelude::*;

use crate::ui::{
    components::{Glyph, Icon},
    i18n::{I18n, t, t_string, use_i18n},
    routes::Page,
    state::{use_imports, use_location},
};

/// The pages in the order in which a newcomer needs them.
const PAGES: [(Page, Glyph); 9] = [
    (Page::Home, Glyph::Home),
    (Page::Explore, Glyph::Table),
    (Page::Targets, Glyph::Target),
    (Page::Scorecards, Glyph::Card),
    (Page::Skus, Glyph::Matrix),
    (Page::Import, Glyph::Upload),
    (Page::Data, Glyph::Data),
    (Page::Reconciliation, Glyph::Check),
    (Page::Workbook, Glyph::Book),
];

fn label(i18n: I18n, page: &Page) -> &'static str {
    match page {
        Page::Import => t_string!(i18n, shell.nav_import),
        Page::Data | Page::Products => t_string!(i18n, shell.nav_data),
        Page::Reconciliation => t_string!(i18n, shell.nav_reconciliation),
        Page::Workbook => t_string!(i18n, shell.nav_workbook),
        Page::Explore => t_string!(i18n, explore.title),
        Page::Targets | Page::WhatIf => t_string!(i18n, shell.nav_targets),
        Page::Scorecards | Page::Scorecard(_) | Page::Questionnaire => {
            t_string!(i18n, shell.nav_scorecards)
        }
        Page::Skus => t_string!(i18n, shell.nav_skus),
        Page::Home | Page::Kpis | Page::Kpi(_) | Page::OwnKpi(_) | Page::Facts(_) => {
            t_string!(i18n, shell.nav_home)
        }
    }
}

/// The entry under which a page is found.
fn entry_of(page: Page) -> Page {
    match page {
        Page::Products => Page::Data,
        Page::WhatIf => Page::Targets,
        Page::Scorecard(_) | Page::Questionnaire => Page::Scorecards,
        Page::Kpis | Page::Kpi(_) | Page::OwnKpi(_) | Page::Facts(_) => Page::Home,
        page => page,
    }
}

/// The main navigation; links keep period and filters.
#[component]
pub(crate) fn Nav() -> impl IntoView {
    let (i18n, location, imports) = (use_i18n(), use_location(), use_imports());
    let current = location.page();
    let waiting = move || imports.pending.with(Vec::len);
    let item = move |(page, glyph): (Page, Glyph)| {
        let (target, named, counted) = (page.clone(), page.clone(), page == Page::Import);
        // Other pages lead there, too: on a phone they stand last, a swipe away.
        let is_last =
            matches!(page, Page::Explore | Page::Scorecards | Page::Skus).then_some("narrow");
        view! {
            <a
                class="nav__item"
                data-last=is_last
                href=move || location.href(target.clone())
                aria-current=move || (entry_of(current.get()) == page).then_some("page")
            >
                <Icon glyph/>
                <span class="nav__label">{move || label(i18n, &named)}</span>
                {move || (counted && waiting() > 0).then(|| view! {
                    <span class="nav__count" title=t!(i18n, shell.waiting)>
                        {waiting()}
                    </span>
                })}
            </a>
        }
    };
    view! {
        <nav class="nav" aria-label=t!(i18n, shell.nav)>
            <a class="nav__mark" href=move || location.href(Page::Home)>
                <Mark/>
                <span>"Linkstar KPI"</span>
                <small>{t!(i18n, shell.market)}</small>
            </a>
            {PAGES.map(item).collect_view()}
            <div class="nav__foot">
                <a href=move || location.href(Page::Workbook)>
                    <Icon glyph=Glyph::Lock/>
                    <span>{t!(i18n, shell.stays_here)}</span>
                </a>
            </div>
        </nav>
    }
    .into_any()
}

/// The product's mark: four bars.
#[component]
pub(crate) fn Mark() -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2.5 13.5V9M6.2 13.5V5.5M9.8 13.5v-6M13.5 13.5v-11"></path>
        </svg>
    }
    .into_any()
}
