//! Which page is shown.

use futures_util::FutureExt as _;
use leptos::prelude::*;

use super::part;
use crate::ui::{
    pages::{
        data::DataPage,
        explore::ExplorePage,
        facts::FactsPage,
        import::ImportPage,
        kpi::{KpiPage, OwnKpiPage},
        kpis::KpisPage,
        products::ProductsPage,
        questionnaire::QuestionnairePage,
        reconciliation::ReconciliationPage,
        scorecards::{ScorecardPage, ScorecardsPage},
        skus::SkusPage,
        targets::TargetsPage,
        what_if::WhatIfPage,
        workbook::WorkbookPage,
    },
    routes::Page,
};

/// What `page` shows. `None` for home, which is no page of this part, and before the part is loaded.
pub(crate) fn later_page(page: Page) -> Option<AnyView> {
    // What is loaded is there at once.
    part::view(page).now_or_never()?.ok()?
}

/// The same, inside the part.
pub(super) fn view_of(page: Page) -> Option<AnyView> {
    let view = match page {
        Page::Home => return None,
        Page::Import => view! { <div class="page"><ImportPage/></div> }.into_any(),
        Page::Data => view! { <div class="page"><DataPage/></div> }.into_any(),
        Page::Products => view! { <div class="page"><ProductsPage/></div> }.into_any(),
        Page::Reconciliation => view! { <div class="page"><ReconciliationPage/></div> }.into_any(),
        Page::Workbook => view! { <WorkbookPage/> }.into_any(),
        Page::Kpis => view! { <KpisPage/> }.into_any(),
        Page::Explore => view! { <ExplorePage/> }.into_any(),
        Page::Targets => view! { <TargetsPage/> }.into_any(),
        Page::WhatIf => view! { <WhatIfPage/> }.into_any(),
        Page::Scorecards => view! { <ScorecardsPage/> }.into_any(),
        Page::Scorecard(id) => view! { <ScorecardPage id/> }.into_any(),
        Page::Questionnaire => view! { <QuestionnairePage/> }.into_any(),
        Page::Skus => view! { <SkusPage/> }.into_any(),
        Page::Kpi(id) => view! { <KpiPage id/> }.into_any(),
        Page::OwnKpi(id) => view! { <OwnKpiPage id/> }.into_any(),
        Page::Facts(measure) => view! { <FactsPage measure/> }.into_any(),
    };
    Some(view)
}
