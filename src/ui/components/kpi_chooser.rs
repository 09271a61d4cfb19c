//! Which KPIs a table shows: a chip with their number, and all of them behind it.

use leptos::prelude::*;

use crate::{
    ui::{
        components::{Glyph, Icon, Popover, grouped},
        hooks::lower_case,
        i18n::{I18n, fill, group_name, name, t, use_i18n},
    },
    worker::protocol::KpiChoice,
};

const LIST: &str = "chosen-kpis";

/// The KPIs that are chosen, by their ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ChosenKpis {
    /// In order, each once.
    pub(crate) kpis: Vec<String>,
    /// There is room for one: the first one.
    pub(crate) is_one: bool,
}

impl ChosenKpis {
    fn has(&self, id: &String) -> bool {
        if self.is_one { self.kpis.first() == Some(id) } else { self.kpis.contains(id) }
    }

    /// What is chosen after a box was ticked or not.
    fn with(mut self, id: String, is_added: bool) -> Vec<String> {
        self.kpis.retain(|it| *it != id);
        if self.is_one {
            self.kpis.insert(0, id);
        } else if is_added {
            self.kpis.push(id);
        }
        self.kpis
    }
}

/// A chip with the number of KPIs, and all of them behind it.
#[component]
pub(crate) fn KpiChooser(
    /// All KPIs, in catalogue order; none while an answer is awaited.
    #[prop(into)]
    choices: Signal<Vec<KpiChoice>>,
    /// Those that are chosen. A link may name what is not known any more.
    #[prop(into)]
    chosen: Signal<ChosenKpis>,
    /// Called with what is chosen now.
    #[prop(into)]
    on_choose: Callback<Vec<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let sought = RwSignal::new(String::new());
    let known = Memo::new(move |_| {
        let mut chosen = chosen.get();
        choices.with(|all| chosen.kpis.retain(|id| all.iter().any(|kpi| kpi.id == *id)));
        chosen
    });
    let text = move || {
        let chosen = known.get();
        let first = chosen.kpis.first().filter(|_| chosen.is_one);
        let first = choices.with(|all| {
            all.iter().find(|kpi| Some(&kpi.id) == first).map(|kpi| name(i18n, &kpi.names))
        });
        first.unwrap_or_else(|| fill!(i18n, explore.kpis_chosen, count = chosen.kpis.len()))
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
            <KpiGroups choices sought chosen=known on_choose/>
            <Show when=move || known.with(|chosen| !chosen.is_one)>
                <button
                    type="button"
                    class="menu__item"
                    on:click=move |_| on_choose.run(Vec::new())
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
    /// All KPIs.
    choices: Signal<Vec<KpiChoice>>,
    /// What is sought.
    sought: RwSignal<String>,
    /// Which are chosen.
    chosen: Memo<ChosenKpis>,
    /// Called with what is chosen now.
    on_choose: Callback<Vec<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let choose = move |id: String, is_added: bool| {
        on_choose.run(chosen.get_untracked().with(id, is_added));
    };
    let groups = move || {
        let words = lower_case(&sought.get());
        let chosen = chosen.get();
        choices.with(|choices| {
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
    chosen: &ChosenKpis,
    choose: impl Fn(String, bool) + Copy + 'static,
) -> AnyView {
    let id = kpi.id.clone();
    view! {
        <label class="menu__check">
            <input
                type=if chosen.is_one { "radio" } else { "checkbox" }
                name="chosen-kpi"
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
