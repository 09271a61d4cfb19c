//! Contracts: choices that change what every KPI means.

use leptos::{ev::Event, prelude::*};
use web_sys::HtmlSelectElement;

use crate::{
    ui::{
        i18n::{fill, name, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, ContractView},
};

use super::contract_dialog::{Choosing, ContractDialog};

/// One select per contract, with what it changes.
#[component]
pub(super) fn Contracts() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let contracts = Memo::new(move |_| {
        workbook
            .state
            .with(|state| state.as_ref().map(|open| open.contracts.clone()))
            .unwrap_or_default()
    });
    let choosing = RwSignal::new(None);
    view! {
        <section class="panel" aria-labelledby="contracts">
            <div class="panel__head">
                <h2 id="contracts">{t!(i18n, workbook.contracts)}</h2>
                <span class="panel__note">{t!(i18n, workbook.contracts_note)}</span>
            </div>
            <div class="contracts">
                {move || {
                    let contracts = contracts.get().into_iter();
                    contracts.map(|contract| view! { <Contract contract choosing/> }).collect_view()
                }}
            </div>
            <ContractDialog choosing/>
        </section>
    }
    .into_any()
}

/// One contract; choosing shows what it would change, and is then one change that can be undone.
#[component]
fn Contract(
    /// Names, choices and the choice in force.
    contract: ContractView,
    /// The choice that is about to be made.
    choosing: RwSignal<Option<Choosing>>,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let ContractView { id, names, explanation, choice, choices, reason } = contract.clone();
    let select_id = format!("contract-{id}");
    let (label_for, hint_id) = (select_id.clone(), format!("{select_id}-hint"));
    let described_by = hint_id.clone();
    let has_choice = choices.len() > 1;
    let in_force = choice.clone();
    // An empty workbook has no figures that could move.
    let is_empty = move || {
        workbook.state.with_untracked(|state| state.as_ref().is_none_or(|open| open.n_imports == 0))
    };
    let choose = move |event: Event| {
        let choice = event_target_value(&event);
        if is_empty() {
            let (contract, reason) = (id.clone(), String::new());
            workbook.change(Change::ChooseContract { contract, choice, reason });
        } else {
            // Until it is made, the choice in force is the one shown.
            event_target::<HtmlSelectElement>(&event).set_value(&in_force);
            choosing.set(Some(Choosing { contract: contract.clone(), choice }));
        }
    };
    let options = choices
        .into_iter()
        .map(|one| {
            let is_chosen = one.id == choice;
            let names = one.names;
            view! {
                <option value=one.id selected=is_chosen>{move || name(i18n, &names)}</option>
            }
        })
        .collect_view();
    view! {
        <div class="contract">
            <label class="contract__name" for=label_for>{move || name(i18n, &names)}</label>
            <select
                id=select_id
                class="field__input"
                aria-describedby=described_by
                disabled=move || !has_choice || !workbook.is_writable()
                title=move || (!has_choice).then(|| t_string!(i18n, workbook.only_choice))
                prop:value=choice.clone()
                on:change=choose
            >
                {options}
            </select>
            <p class="contract__hint" id=hint_id>{move || name(i18n, &explanation)}</p>
            {(!reason.is_empty()).then(|| view! {
                <p class="contract__hint">{fill!(i18n, workbook.contract_because, reason = reason)}</p>
            })}
        </div>
    }
    .into_any()
}
