//! Which KPIs the table shows.

use std::sync::Arc;

use leptos::prelude::*;

use super::{choices::TableView, page::Sight};
use crate::{
    ui::{
        components::{Glyph, Icon, Popover, grouped},
        hooks::lower_case,
        i18n::{I18n, fill, group_name, name, t, use_i18n},
        state::use_location,
    },
    worker::protocol::{Axis, KpiChoice},
};

const LIST: &str = "explore-kpis";

/// The KPIs that the URL names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Chosen {
    kpis: Vec<String>,
    /// Between two parts of the business there is room for one KPI: the first one.
    is_one: bool,
}

impl Chosen {
    fn of(table: TableView) -> Self {
        let is_one = table.rows != Axis::Kpis && table.columns != Axis::Kpis;
        Self { kpis: table.kpis, is_one }
    }

    fn has(&self, id: &String) -> bool {
        if self.is_one { self.kpis.first() == Some(id) } else { self.kpis.contains(id) }
    }
}

/// A chip with the number of KPIs, and all of them behind it.
#[component]
pub(super) fn KpiChooser(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let sought = RwSignal::new(String::new());
    let chosen =
        Memo::new(move |_| location.route.with(|route| Chosen::of(TableView::of(&route.view))));
    // Of those in the table: a link may name what is not known any more.
    let text = move || {
        let is_one = chosen.with(|chosen| chosen.is_one);
        shown.with(|sight| {
            let kpis = sight.as_ref().map_or(&[][..], |sight| sight.view.kpis.as_slice());
            match kpis.first().filter(|_| is_one) {
                Some(kpi) => name(i18n, &kpi.names),
                None => fill!(i18n, explore.kpis_chosen, count = kpis.len()),
            }
        })
    };
    view! {
        <button type="button" class="chip" popovertarget=LIST data-set="true">
            <span class="chip__name">{t!(i18n, explore.kpis)}</span>
            <span class="chip__value">{text}</span>
            <Icon glyph=Glyph::Down/>
        </button>
        <Popover id=LIST>
            <input
                type="search"
                class="field__input"
                data-field="kpi-search"
                aria-label=t!(i18n, kpi.search)
                placeholder=t!(i18n, kpi.search)
                prop:value=sought
                on:input=move |event| sought.set(event_target_value(&event))
            />
            <KpiGroups shown sought chosen/>
            <Show when=move || chosen.with(|chosen| !chosen.is_one)>
                <button
                    type="button"
                    class="menu__item"
                    on:click=move |_| TableView::change(location, |table| table.kpis = Vec::new())
                >
                    {t!(i18n, explore.kpis_none)}
                </button>
            </Show>
        </Popover>
    }
    .into_any()
}

/// All KPIs that are sought, by group.
#[component]
fn KpiGroups(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
    /// What is sought.
    sought: RwSignal<String>,
    /// Which are in the table.
    chosen: Memo<Chosen>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let choose = move |id: String, is_added: bool| {
        let is_one = chosen.with_untracked(|chosen| chosen.is_one);
        TableView::change(location, |table| {
            let kpis = &mut table.kpis;
            kpis.retain(|it| *it != id);
            if is_one {
                kpis.insert(0, id);
            } else if is_added {
                kpis.push(id);
            }
        });
    };
    let groups = move || {
        let words = lower_case(&sought.get());
        let mut chosen = chosen.get();
        shown.with(|sight| {
            let choices = sight.as_ref().map_or(&[][..], |sight| sight.view.choices.as_slice());
            chosen.kpis.retain(|id| choices.iter().any(|choice| choice.id == *id));
            let found = choices.iter().filter(|kpi| matches(kpi, &words));
            let group = |(id, kpis): (&str, Vec<&KpiChoice>)| {
                let boxes = kpis.into_iter().map(|kpi| kpi_box(i18n, kpi, &chosen, choose));
                view! {
                    <div class="menu" role="group" aria-label=group_name(i18n, id)>
                        <p class="menu__note">{group_name(i18n, id)}</p>
                        {boxes.collect_view()}
                    </div>
                }
            };
            let groups = grouped(found.map(|kpi| (kpi.group.as_str(), kpi)));
            groups.into_iter().map(group).collect_view()
        })
    };
    view! { <div class="explore__choices">{groups}</div> }.into_any()
}

fn kpi_box(
    i18n: I18n,
    kpi: &KpiChoice,
    chosen: &Chosen,
    choose: impl Fn(String, bool) + Copy + 'static,
) -> AnyView {
    let id = kpi.id.clone();
    view! {
        <label class="menu__check">
            <input
                type=if chosen.is_one { "radio" } else { "checkbox" }
                name="explore-kpi"
                value=kpi.id.clone()
                prop:checked=chosen.has(&kpi.id)
                on:change=move |event| choose(id.clone(), event_target_checked(&event))
            />
            <span>{name(i18n, &kpi.names)}</span>
        </label>
    }
    .into_any()
}

/// Whether a KPI has every word in its id, its names, or the initials of its Chinese name.
fn matches(kpi: &KpiChoice, words: &str) -> bool {
    let texts = [&kpi.id, &kpi.names.en, &kpi.names.zh, &kpi.initials];
    let texts = texts.map(|text| lower_case(text));
    words.split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
}
