//! The page: the measure's value, what it adds up from, and where that stands.

use leptos::prelude::*;

use super::tables::{FactTable, FileTable};
use crate::{
    domain::Filters,
    ui::{
        components::{FailureNotice, FilterBar, Glyph, Icon, Place, Precision, kpi_figure},
        format::{self, Style},
        hooks::{today, use_worker_query},
        i18n::{I18n, fill, language, name, t, t_string, undefined_text, use_i18n},
        routes::{Page, scope_text},
        state::{use_location, use_workbook},
    },
    worker::protocol::{FactsRequest, FactsView, Request, Response},
};

/// The facts with the filters that they are of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sight {
    pub(super) filters: Filters,
    pub(super) view: FactsView,
}

impl Sight {
    fn of(request: Request, response: Response) -> Option<Self> {
        match (request, response) {
            (Request::Facts(asked), Response::Facts(view)) => {
                Some(Self { filters: asked.home.filters, view: view.open()? })
            }
            _ => None,
        }
    }

    pub(super) fn style(&self, i18n: I18n) -> Style {
        let FactsView { unit, currency, .. } = &self.view;
        Style { unit: *unit, currency: *currency, language: language(i18n) }
    }
}

/// What a measure is made of, with home's period and filters.
#[component]
pub(crate) fn FactsPage(
    /// Measure id.
    measure: String,
) -> impl IntoView {
    let (i18n, location, workbook) = (use_i18n(), use_location(), use_workbook());
    let view = location.view();
    let is_open = Memo::new(move |_| workbook.state.with(Option::is_some));
    // The one import whose facts are shown.
    let only = RwSignal::new(None::<String>);
    let answer = use_worker_query(
        move || {
            is_open.get().then(|| {
                let home = view.get().request(today());
                let (measure, import) = (measure.clone(), only.get());
                Request::Facts(FactsRequest { measure, import, home })
            })
        },
        Sight::of,
    );
    let shown = answer.value;
    let title = move || shown.with(|sight| sight.as_ref().map(|it| name(i18n, &it.view.names)));
    let members = move || {
        shown.with(|sight| sight.as_ref().map(|it| it.view.members.clone())).unwrap_or_default()
    };
    let head = move || shown.with(|sight| sight.as_ref().map(|sight| head(i18n, sight)));
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
                <a class="page__back" href=move || location.href(Page::Kpis)>
                    <Icon glyph=Glyph::Left/>
                    {t!(i18n, kpi.back)}
                </a>
                <h1>{title}</h1>
            </div>
            <FailureNotice failure=answer.failure/>
            {head}
            <FileTable shown only/>
            <FactTable shown/>
        </div>
    }
    .into_any()
}

/// “$1,234.56, the sum of 1,200 facts in 3 files.”
fn head(i18n: I18n, sight: &Sight) -> AnyView {
    let FactsView { measure, unit, currency, period, value, sum, n_facts, files, .. } = &sight.view;
    let place = Place { scope: scope_text(&sight.filters), period: *period, currency: *currency };
    let figure = kpi_figure(i18n, measure, (value, *unit), &place, Precision::Full);
    let style = sight.style(i18n);
    let total = style.full(sum);
    let made_of = if let Some(why) = &value.undefined {
        undefined_text(i18n, why)
    } else if !sight.view.is_of_facts {
        t_string!(i18n, kpi.facts_none).to_owned()
    } else if value.value.as_ref().is_none_or(|value| value == sum) {
        fill!(
            i18n,
            kpi.facts_sum,
            count = format::count(*n_facts),
            files = files.len(),
            sum = total
        )
    } else if !sight.view.is_rounded {
        fill!(i18n, kpi.facts_differ, sum = total)
    } else {
        // Converted money is rounded fact by fact here, and sum by sum in the figure.
        fill!(
            i18n,
            kpi.facts_rounded,
            count = format::count(*n_facts),
            files = files.len(),
            sum = total
        )
    };
    view! {
        <section class="panel" aria-label=t_string!(i18n, kpi.value)>
            <p class="facts-value">{figure}</p>
            <p data-facts-sum=sum.clone()>{made_of}</p>
        </section>
    }
    .into_any()
}
