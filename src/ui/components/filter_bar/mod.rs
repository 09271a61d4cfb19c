//! What is to be seen: period, comparison and members, all in the URL.

mod member_filter;
mod period_menu;
mod presets;

use leptos::prelude::*;

use member_filter::MemberFilter;
use period_menu::PeriodMenu;

use super::{Glyph, Icon};
use crate::{
    domain::{Dimension, Filters, Period},
    ui::{
        i18n::{t, t_string, use_i18n},
        routes::{Page, comparison_id, comparison_of},
        state::use_location,
    },
    worker::protocol::{Comparison, Members},
};

/// The bar under the top bar; it scrolls in itself, never the page.
#[component]
pub fn FilterBar(
    /// What can be chosen.
    members: Signal<Members>,
    /// The period shown, after defaults; `None` before the first answer.
    period: Signal<Option<Period>>,
    /// Whether what is shown is held against another period.
    #[prop(default = true)]
    compares: bool,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let has_filters = move || location.route.with(|route| route.view.filters != Filters::default());
    let filter = move |dimension: Dimension| {
        let members = Memo::new(move |_| members.with(|members| members.of(dimension).to_vec()));
        // A choice of one is no choice, unless the URL says it.
        let is_useful = move || {
            members.with(|list| list.len() > 1)
                || location.route.with(|route| !route.view.filters.members(dimension).is_empty())
        };
        view! {
            <Show when=is_useful>
                <MemberFilter dimension members/>
            </Show>
        }
    };
    view! {
        <div class="filter-bar" role="group" aria-label=t!(i18n, home.filters)>
            <PeriodMenu period/>
            {compares.then(|| view! { <ComparisonSelect/> })}
            <span class="filter-bar__rule"></span>
            {Dimension::ALL.map(filter).collect_view()}
            <Show when=has_filters>
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    on:click=move |_| location.change(|view| view.filters = Filters::default())
                >
                    <Icon glyph=Glyph::Close/>
                    {t!(i18n, home.clear_filters)}
                </button>
            </Show>
            <a class="filter-bar__contracts" href=move || location.href(Page::Workbook)>
                {t!(i18n, home.contracts)}
            </a>
        </div>
    }
    .into_any()
}

/// What the period is held against.
#[component]
fn ComparisonSelect() -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let chosen = move || location.route.with(|route| comparison_id(route.view.comparison));
    let choices = [
        Comparison::PreviousPeriod,
        Comparison::YearBefore,
        Comparison::SameEvent,
        Comparison::None,
    ];
    let text = move |comparison| match comparison {
        Comparison::PreviousPeriod => t_string!(i18n, home.compare_previous),
        Comparison::YearBefore => t_string!(i18n, home.compare_year),
        Comparison::SameEvent => t_string!(i18n, home.compare_event),
        Comparison::None => t_string!(i18n, home.compare_none),
    };
    view! {
        <label class="chip" data-kind="select">
            <span class="chip__name">{t!(i18n, home.compare)}</span>
            <select
                class="chip__select"
                prop:value=chosen
                on:change=move |event| {
                    let id = event_target_value(&event);
                    location.change(|view| view.comparison = comparison_of(&id));
                }
            >
                {choices
                    .map(|choice| view! {
                        <option
                            value=comparison_id(choice)
                            selected=move || chosen() == comparison_id(choice)
                        >
                            {move || text(choice)}
                        </option>
                    })
                    .collect_view()}
            </select>
        </label>
    }
    .into_any()
}
