//! The page: the choices, one question to the engine, its answer as a table.

use leptos::prelude::*;

use super::{axes::Axes, choices::TableView, output::Output, table::ExploreTable};
use crate::{
    ui::{
        components::{ChosenKpis, FailureNotice, FilterBar, Glyph, Icon, KpiChooser},
        hooks::{today, use_worker_query},
        i18n::{I18n, dimension_name, fill, t, t_string, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{Axis, ExploreRequest, ExploreView, Head, Request, Response},
};

/// A table with what was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sight {
    pub(super) asked: ExploreRequest,
    pub(super) view: ExploreView,
}

impl Sight {
    fn of(request: Request, response: Response) -> Option<Self> {
        match (request, response) {
            (Request::Explore(asked), Response::Explore(view)) => {
                Some(Self { asked, view: view.open()?.unpacked() })
            }
            _ => None,
        }
    }
}

/// KPIs by two of: themselves, time, and the parts of the business, with home's period and filters.
#[component]
pub(crate) fn ExplorePage() -> impl IntoView {
    let (i18n, location, workbook) = (use_i18n(), use_location(), use_workbook());
    let view = location.view();
    let is_open = Memo::new(move |_| workbook.state.with(Option::is_some));
    let answer = use_worker_query(
        move || is_open.get().then(|| Request::Explore(TableView::request(&view.get(), today()))),
        Sight::of,
    );
    let shown = answer.value;
    let members = move || {
        shown.with(|sight| sight.as_ref().map(|it| it.view.members.clone())).unwrap_or_default()
    };
    // They are the same in nearly every answer, and there are many.
    let choices = Memo::new(move |_| {
        shown.with(|sight| sight.as_ref().map(|it| it.view.choices.clone())).unwrap_or_default()
    });
    let chosen = Memo::new(move |_| {
        let table = location.route.with(|route| TableView::of(&route.view));
        // Between two parts of the business there is room for one KPI.
        let is_one = table.rows != Axis::Kpis && table.columns != Axis::Kpis;
        ChosenKpis { kpis: table.kpis, is_one }
    });
    let choose = move |kpis: Vec<String>| TableView::change(location, |table| table.kpis = kpis);
    view! {
        <FilterBar
            members=Signal::derive(members)
            period=Signal::derive(move || shown.with(|it| it.as_ref().map(|it| it.view.period)))
            compares=false
        />
        <div
            class="page"
            aria-busy=move || answer.is_pending.get().to_string()
            data-late=move || answer.is_late.get().then_some("true")
        >
            <div class="page__head">
                <a class="page__back" href=move || location.href(Page::Home)>
                    <Icon glyph=Glyph::Left/>
                    {t!(i18n, shell.nav_home)}
                </a>
                <h1>{t!(i18n, explore.title)}</h1>
                <p class="page__lead">{t!(i18n, explore.lead)}</p>
            </div>
            <FailureNotice failure=answer.failure/>
            <div class="row explore__tools">
                <Axes/>
                <KpiChooser choices chosen on_choose=choose/>
                <Output shown/>
            </div>
            <ExploreTable shown/>
            {move || shown.get().and_then(|sight| nothing_named(i18n, &sight))}
        </div>
    }
    .into_any()
}

/// What to do where no product is of any brand, category or owner.
fn nothing_named(i18n: I18n, Sight { asked, view }: &Sight) -> Option<AnyView> {
    let sides = [(asked.rows, &view.rows), (asked.columns, &view.columns)];
    // The total stands alone.
    let is_nothing = |heads: &[Head]| heads.len() == 1 && !view.kpis.is_empty();
    let dimension = sides.into_iter().find_map(|(axis, heads)| match axis {
        Axis::Members(it) if it.is_of_products() && is_nothing(heads) => Some(it),
        _ => None,
    })?;
    let href = use_location().href_now(Page::Products);
    let what = dimension_name(i18n, dimension);
    let text = fill!(i18n, explore.nothing_named, what = what);
    let link = view! {
        <p class="muted" role="status">{text} " " <a href=href>{t_string!(i18n, products.title)}</a></p>
    };
    Some(link.into_any())
}
