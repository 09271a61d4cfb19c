//! Contracts: choices that change what every KPI means.

use leptos::prelude::*;

use crate::{
    ui::{
        i18n::{name, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, ContractView},
};

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
    view! {
        <section class="panel" aria-labelledby="contracts">
            <div class="panel__head">
                <h2 id="contracts">{t!(i18n, workbook.contracts)}</h2>
                <span class="panel__note">{t!(i18n, workbook.contracts_note)}</span>
            </div>
            <div class="contracts">
                {move || {
                    contracts.get().into_iter().map(|contract| view! { <Contract contract/> }).collect_view()
                }}
            </div>
        </section>
    }
    .into_any()
}

/// One contract; choosing is one change that can be undone.
#[component]
fn Contract(
    /// Names, choices and the choice in force.
    contract: ContractView,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let ContractView { id, names, explanation, choice, choices } = contract;
    let select_id = format!("contract-{id}");
    let (label_for, hint_id) = (select_id.clone(), format!("{select_id}-hint"));
    let described_by = hint_id.clone();
    let has_choice = choices.len() > 1;
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
                on:change=move |event| {
                    let choice = event_target_value(&event);
                    workbook.change(Change::ChooseContract { contract: id.clone(), choice });
                }
            >
                {options}
            </select>
            <p class="contract__hint" id=hint_id>{move || name(i18n, &explanation)}</p>
        </div>
    }
    .into_any()
}
