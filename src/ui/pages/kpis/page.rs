//! The page: one question to the engine, its answer as a list that can be searched.

use leptos::prelude::*;

use super::list::{KpiList, Only};
use crate::{
    ui::{
        components::{FailureNotice, FilterBar, Glyph, Icon, Segmented},
        hooks::{today, use_worker_query},
        i18n::{fill, label, t, t_string, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{HomeRequest, KpisView, Request, Response},
};

/// All KPIs with what their figures are of, as home has them in its `Sight`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sight {
    pub(super) asked: HomeRequest,
    pub(super) view: KpisView,
}

impl Sight {
    fn of(request: Request, response: Response) -> Option<Self> {
        match (request, response) {
            (Request::Kpis(asked), Response::Kpis(view)) => {
                Some(Self { asked, view: view.open()? })
            }
            _ => None,
        }
    }

    fn n_defined(&self) -> usize {
        self.view.kpis.iter().filter(|it| it.card.figure.value.value.is_some()).count()
    }
}

/// Every KPI with home's period and filters.
#[component]
pub(crate) fn KpisPage() -> impl IntoView {
    let (i18n, location, workbook) = (use_i18n(), use_location(), use_workbook());
    let view = location.view();
    let is_open = Memo::new(move |_| workbook.state.with(Option::is_some));
    let request = move || is_open.get().then(|| Request::Kpis(view.get().request(today())));
    let answer = use_worker_query(request, Sight::of);
    let shown = answer.value;
    let sought = RwSignal::new(String::new());
    let only = RwSignal::new(Only::All);
    let members = move || {
        shown.with(|sight| sight.as_ref().map(|it| it.view.members.clone())).unwrap_or_default()
    };
    let lead = move || {
        shown.with(|sight| {
            sight.as_ref().map(|it| {
                let (n_all, n_defined) = (it.view.kpis.len(), it.n_defined());
                fill!(i18n, kpi.all_lead, count = n_all, defined = n_defined)
            })
        })
    };
    let choices = move || {
        let all = t_string!(i18n, kpi.only_all).to_owned();
        let with = t_string!(i18n, kpi.only_with_value).to_owned();
        let without = t_string!(i18n, kpi.only_without_value).to_owned();
        vec![(Only::All, all), (Only::WithValue, with), (Only::WithoutValue, without)]
    };
    view! {
        <FilterBar
            members=Signal::derive(members)
            period=Signal::derive(move || shown.with(|it| it.as_ref().map(|it| it.view.period)))
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
                <h1>{t!(i18n, kpi.all)}</h1>
                <p class="page__lead">{lead}</p>
            </div>
            <FailureNotice failure=answer.failure/>
            <div class="row kpi-list__tools">
                <input
                    class="field__input"
                    data-field="search"
                    type="search"
                    placeholder=t!(i18n, kpi.search)
                    aria-label=t!(i18n, kpi.search)
                    prop:value=sought
                    on:input=move |event| sought.set(event_target_value(&event))
                />
                <a class="button" href=move || location.href(Page::OwnKpi(String::new()))>
                    {t!(i18n, kpi.own_new)}
                </a>
                <Segmented
                    label=label!(i18n, kpi.only)
                    choices=Signal::derive(choices)
                    chosen=only
                    on_choose=move |chosen| only.set(chosen)
                />
            </div>
            <KpiList shown sought only/>
        </div>
    }
    .into_any()
}
