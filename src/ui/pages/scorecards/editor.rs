//! Changing a card: what it is of, its KPIs and their weights.

use std::collections::BTreeSet;

use leptos::{ev::SubmitEvent, prelude::*};

use super::draft::{Draft, lines_of, spread, with_id};
use crate::{
    domain::{CardCycle, CardLine, Fixed, Names, ScorecardChange, TargetScope},
    ui::{
        components::{ChoiceField, ChosenKpis, KpiChooser, typed_percent},
        hooks::use_leave_guard,
        i18n::{I18n, Live, fill, label, name, t, t_string, use_i18n},
        pages::targets::scope_name,
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{Change, KpiChoice, ScorecardView, Sealed},
};

/// KPIs whose weight cannot be read: what was typed is in the field only.
type Wrong = RwSignal<BTreeSet<String>>;

/// Whether one of them is still on the card.
fn has_any(draft: &Draft, wrong: Wrong) -> bool {
    let lines = draft.get().map(|card| card.lines).unwrap_or_default();
    wrong.with(|wrong| lines.iter().any(|line| wrong.contains(&line.kpi)))
}

/// The form; what it says is seen at once below it.
#[component]
pub(super) fn Editor(
    /// What is being changed.
    draft: Draft,
    /// The newest answer.
    shown: Signal<Option<ScorecardView>>,
) -> impl IntoView {
    let (i18n, workbook, location) = (use_i18n(), use_workbook(), use_location());
    use_leave_guard(Signal::derive(|| true));
    let choices = Memo::new(move |_| {
        shown.with(|it| it.as_ref().map(|it| it.choices.clone()).unwrap_or_default())
    });
    let chosen = Memo::new(move |_| ChosenKpis {
        kpis: draft
            .get()
            .map(|card| card.lines.into_iter().map(|line| line.kpi).collect())
            .unwrap_or_default(),
        is_one: false,
    });
    let is_nameless =
        Memo::new(move |_| draft.get().is_some_and(|card| card.name.trim().is_empty()));
    let wrong: Wrong = RwSignal::new(BTreeSet::new());
    let has_wrong = Memo::new(move |_| has_any(&draft, wrong));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(card) = untrack(|| draft.get()).map(with_id) else { return };
        let id = card.id.clone();
        let change =
            Change::Scorecards(Sealed::of(&ScorecardChange::Save { card: Box::new(card) }));
        workbook.change_then(change, move || {
            draft.set(None);
            location.go(Page::Scorecard(id));
        });
    };
    let choose = move |kpis: Vec<String>| {
        draft.change(|card| card.lines = lines_of(&card.lines, kpis));
    };
    let discard = move |_| {
        let is_new = untrack(|| draft.get()).is_some_and(|card| card.id.is_empty());
        draft.set(None);
        if is_new {
            location.go(Page::Scorecards);
        }
    };
    view! {
        <form class="panel scorecard__editor stack" data-gap="small" on:submit=save>
            <Of draft shown/>
            <div class="row">
                <KpiChooser
                    choices
                    chosen
                    on_choose=choose
                />
                <span class="field__hint">{t!(i18n, scorecards.choose_kpis)}</span>
            </div>
            <Weights draft shown choices wrong/>
            <p class="field__hint" role="status">
                {move || is_nameless.get().then(|| t_string!(i18n, scorecards.name_problem))}
            </p>
            <div class="row">
                <button
                    type="submit"
                    class="button"
                    data-kind="primary"
                    data-action="save-card"
                    disabled=move || is_nameless.get() || has_wrong.get() || !workbook.is_writable()
                >
                    {t!(i18n, scorecards.save)}
                </button>
                <button type="button" class="button" data-action="discard" on:click=discard>
                    {t!(i18n, scorecards.discard)}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Name, person, part of the business and cycle.
#[component]
fn Of(
    /// What is being changed.
    draft: Draft,
    /// The newest answer.
    shown: Signal<Option<ScorecardView>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let card = untrack(|| draft.get()).unwrap_or_default();
    let (title, person) = (card.name.clone(), card.person.clone());
    let scope = RwSignal::new(scope_key(&card.scope));
    let cycle = RwSignal::new(card.cycle.id().to_owned());
    let scopes = Memo::new(move |_| {
        let mut scopes =
            shown.with(|it| it.as_ref().map(|it| it.scopes.clone()).unwrap_or_default());
        if !scopes.contains(&card.scope) {
            scopes.push(card.scope.clone());
        }
        scopes
    });
    let choose_scope = move |()| {
        let key = scope.get_untracked();
        let found =
            scopes.with_untracked(|all| all.iter().find(|it| scope_key(it) == key).cloned());
        draft.change(|card| card.scope = found.unwrap_or_default());
    };
    let choose_cycle = move |()| {
        let id = cycle.get_untracked();
        let found = CardCycle::ALL.into_iter().find(|it| it.id() == id);
        draft.change(|card| card.cycle = found.unwrap_or_default());
    };
    let scope_choices = move || {
        let choice = |it: &TargetScope| (scope_key(it), scope_name(i18n, it));
        scopes.with(|all| all.iter().map(choice).collect::<Vec<_>>())
    };
    let cycles = move || {
        vec![
            ("month".to_owned(), t_string!(i18n, scorecards.cycle_month).to_owned()),
            ("quarter".to_owned(), t_string!(i18n, scorecards.cycle_quarter).to_owned()),
        ]
    };
    view! {
        <div class="fields">
            {text_field("card-name", t!(i18n, scorecards.name), title, move |text| {
                draft.change(|card| card.name = text);
            })}
            {text_field("person", t!(i18n, scorecards.person), person, move |text| {
                draft.change(|card| card.person = text);
            })}
            <ChoiceField
                label=label!(i18n, scorecards.scope)
                value=scope
                field="scope"
                choices=Signal::derive(scope_choices)
                on_chosen=choose_scope
            />
            <ChoiceField
                label=label!(i18n, scorecards.cycle)
                value=cycle
                field="cycle"
                choices=Signal::derive(cycles)
                on_chosen=choose_cycle
            />
        </div>
    }
    .into_any()
}

/// A text that is written down with every letter; `value` is what it begins with.
fn text_field(
    field: &'static str,
    label: Live<&'static str>,
    value: String,
    write: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="field__input"
                data-field=field
                autocomplete="off"
                maxlength="500"
                value=value
                on:input=move |event| write(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

/// A scope as the value of a choice.
fn scope_key(scope: &TargetScope) -> String {
    let TargetScope { channel, shop, category, owner, sku } = scope;
    [channel, shop, category, owner, sku].map(String::as_str).join("\u{1f}")
}

/// A weight for each KPI.
#[component]
fn Weights(
    /// What is being changed.
    draft: Draft,
    /// The newest answer.
    shown: Signal<Option<ScorecardView>>,
    /// All KPIs.
    choices: Memo<Vec<KpiChoice>>,
    /// KPIs whose weight cannot be read.
    wrong: Wrong,
) -> impl IntoView {
    let i18n = use_i18n();
    // Spreading writes the fields anew, typing does not.
    let round = RwSignal::new(0_u32);
    let lines = Memo::new(move |_| draft.get().map(|card| card.lines).unwrap_or_default());
    let gates = Memo::new(move |_| {
        shown.with(|it| it.as_ref().map(|it| it.gates.clone()).unwrap_or_default())
    });
    let sum = move || {
        let weighed = |lines: &Vec<CardLine>| {
            lines.iter().filter(|it| !it.is_gate).map(|it| it.weight).sum::<Fixed>()
        };
        lines.with(weighed).to_string()
    };
    let row = move |(kpi, _): (String, u32)| {
        let named = kpi.clone();
        let text = Signal::derive(move || {
            let of = |it: &Vec<KpiChoice>| {
                it.iter().find(|it| it.id == named).map(|it| it.names.clone())
            };
            choices.with(of).unwrap_or_else(Names::default)
        });
        let gated = kpi.clone();
        let may_be_gate = Memo::new(move |_| gates.with(|it| it.contains(&gated)));
        view! { <Weight draft kpi text may_be_gate wrong/> }
    };
    let is_sum_off = move || sum() != "100";
    view! {
        <Show when=move || lines.with(|it| !it.is_empty())>
            <ul class="scorecard__weights">
                <For
                    each=move || lines.with(|it| {
                        let round = round.get();
                        it.iter().map(|line| (line.kpi.clone(), round)).collect::<Vec<_>>()
                    })
                    key=|it| it.clone()
                    children=row
                />
            </ul>
            <div class="row">
                <strong data-part="sum" data-rating=move || is_sum_off().then_some("behind")>
                    {move || fill!(i18n, scorecards.sum, sum = sum())}
                </strong>
                <button
                    type="button"
                    class="button"
                    data-action="spread"
                    on:click=move |_| {
                        draft.change(|card| spread(&mut card.lines));
                        round.update(|it| *it += 1);
                    }
                >
                    {t!(i18n, scorecards.spread)}
                </button>
            </div>
        </Show>
    }
    .into_any()
}

#[component]
fn Weight(
    /// What is being changed.
    draft: Draft,
    /// The KPI's id.
    kpi: String,
    /// What it is called.
    text: Signal<Names>,
    /// Platforms draw lines for it.
    may_be_gate: Memo<bool>,
    /// KPIs whose weight cannot be read.
    wrong: Wrong,
) -> impl IntoView {
    let i18n = use_i18n();
    let line = {
        let card = untrack(|| draft.get()).unwrap_or_default();
        card.lines.into_iter().find(|line| line.kpi == kpi)
    };
    let (weight, is_gate) = line.map_or((Fixed::ZERO, false), |it| (it.weight, it.is_gate));
    let own = kpi.clone();
    let is_wrong = Memo::new(move |_| wrong.with(|it| it.contains(&own)));
    // The field is written anew, with what the card has.
    wrong.update(|it| {
        it.remove(&kpi);
    });
    let is_gate = RwSignal::new(is_gate);
    let kpi = StoredValue::new(kpi);
    let change = move |change: &dyn Fn(&mut CardLine)| {
        draft.change(|card| {
            let of = kpi.get_value();
            card.lines.iter_mut().filter(|line| line.kpi == of).for_each(change);
        });
    };
    let typed = move |typed: String| {
        let weight = typed_percent(&typed);
        wrong.update(|it| {
            if weight.is_none() {
                it.insert(kpi.get_value())
            } else {
                it.remove(&kpi.get_value())
            };
        });
        if let Some(weight) = weight {
            change(&|line| line.weight = weight);
        }
    };
    view! {
        <li data-kpi=kpi.get_value()>
            <span>{move || text.with(|names| name(i18n, names))}</span>
            <input
                class="field__input"
                inputmode="decimal"
                data-size="inline"
                data-field="weight"
                aria-label=move || weight_label(i18n, &text.get())
                aria-invalid=move || is_wrong.get().then_some("true")
                title=move || is_wrong.get().then(|| t_string!(i18n, scorecards.weight_problem))
                disabled=is_gate
                value=weight.to_string()
                on:input=move |event| typed(event_target_value(&event))
            />
            <span>"%"</span>
            <Show when=move || may_be_gate.get()>
                <label class="menu__check">
                    <input
                        type="checkbox"
                        prop:checked=is_gate
                        on:change=move |event| {
                            let is = event_target_checked(&event);
                            is_gate.set(is);
                            change(&|line| line.is_gate = is);
                        }
                    />
                    <span>{t!(i18n, scorecards.is_gate)}</span>
                </label>
            </Show>
            <Show when=move || is_wrong.get()>
                <span class="field__problem" role="alert">{t!(i18n, scorecards.weight_problem)}</span>
            </Show>
        </li>
    }
    .into_any()
}

fn weight_label(i18n: I18n, names: &Names) -> String {
    format!("{}: {}", t_string!(i18n, scorecards.weight), name(i18n, names))
}
