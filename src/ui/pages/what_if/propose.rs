//! The result as targets of a year, to be looked at before they are saved.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use super::page::Sight;
use crate::{
    domain::{Day, Filters, TargetScope},
    ui::{
        components::ChoiceField,
        hooks::today,
        i18n::{fill, label, t, t_string, use_i18n},
        pages::targets::{Drafts, PlanUrl},
        routes::Page,
        state::{use_announcer, use_engine, use_location, use_workbook},
    },
    worker::protocol::{
        PlanAnswer, PlanBy, PlanDrafts, PlanRequest, Request, Response, Sealed, WhatIfRequest,
    },
};

/// Which year, and the button.
#[component]
pub(super) fn ProposePanel(
    /// The open workbook.
    workbook_id: String,
    /// The newest answer with what was asked.
    shown: Signal<Option<Arc<Sight>>>,
    /// What is asked now.
    asked: Signal<WhatIfRequest>,
) -> impl IntoView {
    let (i18n, location, workbook) = (use_i18n(), use_location(), use_workbook());
    let (engine, announcer) = (use_engine(), use_announcer());
    let drafts = Drafts::of(&workbook_id);
    let years = years(today());
    let year = RwSignal::new(years.last().cloned().unwrap_or_default());
    let choices = StoredValue::new(years);
    let problem = RwSignal::new(String::new());
    let is_single = move || asked.with(|asked| is_single(&asked.filters));
    let can = move || is_single() && shown.with(Option::is_some) && workbook.is_writable();
    let propose = move |_| {
        let Ok(of) = year.get_untracked().parse::<i32>() else { return };
        let request = PlanRequest::Propose { asked: asked.get_untracked(), year: of };
        let filters = asked.with_untracked(|it| it.filters.clone());
        spawn_local(async move {
            let answer = engine.ask(Request::Plan(Sealed::of(&request))).await;
            let Response::Plan(answer) = answer else { return };
            let Some(PlanAnswer::Drafts(found)) = answer.open() else { return };
            if found.blocks.is_empty() {
                let text = if found.why == "all_locked" {
                    t_string!(i18n, targets.all_locked)
                } else {
                    t_string!(i18n, what_if.nothing_to_propose)
                };
                problem.set(text.to_owned());
                return announcer.say(text.to_owned());
            }
            drafts.take_over(&found.blocks);
            announcer.say(fill!(i18n, targets.drafted, count = found.blocks.len()));
            location.go_seeing(Page::Targets, |view| {
                view.set_own(&Page::Targets, plan(&found, &filters, of));
            });
        });
    };
    let years = Signal::derive(move || {
        choices
            .with_value(|it| it.iter().map(|year| (year.clone(), year.clone())).collect::<Vec<_>>())
    });
    let why_not = move || {
        if is_single() { problem.get() } else { t_string!(i18n, what_if.several).to_owned() }
    };
    view! {
        <section class="panel" aria-labelledby="what-if-propose">
            <div class="panel__head">
                <h2 id="what-if-propose">{t!(i18n, what_if.propose)}</h2>
            </div>
            <p class="page__lead" id="what-if-propose-note">{t!(i18n, what_if.propose_note)}</p>
            <div class="row what-if__propose">
                <ChoiceField label=label!(i18n, what_if.year) value=year field="year" choices=years/>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-action="propose"
                    aria-describedby="what-if-propose-note"
                    disabled=move || !can()
                    on:click=propose
                >
                    {t!(i18n, what_if.propose_button)}
                </button>
            </div>
            <p class="field__problem" role="status" data-part="propose-problem">{why_not}</p>
        </section>
    }
    .into_any()
}

/// Years with months to come, of this one and the next.
fn years(today: Day) -> Vec<String> {
    let year = today.year();
    let has_more = Day::from_ymd(year, 12, 1).is_some_and(|december| december > today);
    let this = has_more.then_some(year);
    this.into_iter().chain([year + 1]).map(|it| it.to_string()).collect()
}

/// Targets are of one part of the business; brands have none.
fn is_single(filters: &Filters) -> bool {
    let Filters { channels, shops, skus, brands, categories, owners } = filters;
    brands.is_empty() && [channels, shops, skus, categories, owners].iter().all(|it| it.len() <= 1)
}

/// What the grid of targets shows: these KPIs of this part, in the year.
fn plan(found: &PlanDrafts, filters: &Filters, year: i32) -> Vec<(&'static str, String)> {
    let mut goals: Vec<&String> = Vec::new();
    for kpi in found.blocks.iter().flat_map(|block| block.keys.iter().map(|key| &key.kpi)) {
        if !goals.contains(&kpi) {
            goals.push(kpi);
        }
    }
    let one = |members: &[String]| members.first().cloned().unwrap_or_default();
    let scope = TargetScope {
        channel: one(&filters.channels),
        shop: one(&filters.shops),
        sku: one(&filters.skus),
        category: one(&filters.categories),
        owner: one(&filters.owners),
    };
    let goals = goals.into_iter().cloned().collect();
    let of = Day::from_ymd(year, 1, 1);
    PlanUrl { goals, by: PlanBy::Whole, of, scope, ..PlanUrl::default() }.pairs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Fixed, Period, TargetBlock, TargetKey, TargetLevel},
        ui::routes::{Route, View},
    };

    #[test]
    fn the_grid_shows_what_was_proposed() {
        let block = |kpi: &str| {
            let day = Day::parse("2027-01-01").unwrap();
            let key = TargetKey { kpi: kpi.to_owned(), scope: TargetScope::default() };
            let number = Some(Fixed::from_whole(1));
            TargetBlock::of_one(TargetLevel::Commit, key, Period { from: day, to: day }, number)
        };
        let blocks = ["sales.net", "sales.net", "pl.cm3"].map(block).to_vec();
        let found = PlanDrafts { blocks, n_without: 0, why: String::new() };
        let filters = Filters { channels: vec!["amazon".to_owned()], ..Filters::default() };
        let view = View { own: plan(&found, &filters, 2027), ..View::default() };
        assert_eq!(
            Route { page: Page::Targets, view }.to_hash(),
            "#/targets?goal=sales.net&goal=pl.cm3&parts=whole&of=2027-01-01&in=channel%3Aamazon"
        );
        assert!(is_single(&filters));
        assert!(!is_single(&Filters { brands: vec!["A".to_owned()], ..filters }));
    }

    #[test]
    fn a_year_is_offered_while_months_are_to_come() {
        let of = |day: &str| years(Day::parse(day).unwrap());
        assert_eq!(of("2026-11-30"), ["2026", "2027"]);
        assert_eq!(of("2026-12-01"), ["2027"]);
    }
}
