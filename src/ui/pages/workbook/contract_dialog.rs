//! What another choice in a contract would change, before it is made.

use std::sync::Arc;

use leptos::{ev::SubmitEvent, html, prelude::*};

use crate::{
    domain::Currency,
    ui::{
        components::FailureNotice,
        format::{self, Style},
        hooks::{today, use_dialog, use_worker_query},
        i18n::{I18n, fill, language, name, t, t_string, undefined_text, use_i18n},
        routes::View,
        state::use_workbook,
    },
    worker::protocol::{
        Change, ContractEffect, ContractView, MovedKpi, MovedMonth, Request, Response, UnitView,
    },
};

/// A choice that a person is about to make.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choosing {
    pub(super) contract: ContractView,
    pub(super) choice: String,
}

/// Open while a choice is about to be made.
#[component]
pub(super) fn ContractDialog(
    /// The choice; `None` closes the dialog.
    choosing: RwSignal<Option<Choosing>>,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let dialog = NodeRef::<html::Dialog>::new();
    use_dialog(dialog, Signal::derive(move || choosing.with(Option::is_some)));
    let reason = RwSignal::new(String::new());
    let has_problem = RwSignal::new(false);
    let answer = use_worker_query(move || choosing.with(|it| it.as_ref().map(question)), effect_of);
    // An answer of before must not stand under another question.
    let effect = Memo::new(move |_| {
        let asked = choosing.with(|it| it.as_ref().map(question));
        answer.value.get().filter(|told| Some(&told.0) == asked.as_ref())
    });
    let close = move || {
        reason.set(String::new());
        has_problem.set(false);
        choosing.set(None);
    };
    let choose = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(Choosing { contract, choice }) = choosing.get_untracked() else { return };
        let (contract, reason) = (contract.id, reason.get_untracked().trim().to_owned());
        has_problem.set(reason.is_empty());
        if reason.is_empty() {
            return;
        }
        workbook.change(Change::ChooseContract { contract, choice, reason });
        close();
    };
    let title = move || choosing.with(|it| it.as_ref().map(|it| title(i18n, it)));
    let told = move || effect.get().map(|told| moved(i18n, &told.1));
    // One live region: what is said when the figures are there.
    let counted = move || match effect.get() {
        Some(told) => moved_text(i18n, &told.1),
        None => t_string!(i18n, workbook.contract_counting).to_owned(),
    };
    view! {
        <dialog
            class="dialog"
            data-size="wide"
            node_ref=dialog
            aria-labelledby="choosing"
            on:close=move |_| close()
        >
            <form class="stack" data-gap="small" on:submit=choose>
                <h2 id="choosing">{title}</h2>
                <FailureNotice failure=answer.failure/>
                <p class="muted" role="status">{counted}</p>
                <div class="contract-effect" tabindex="0" role="region" aria-labelledby="moved">
                    {told}
                </div>
                {reason_field(i18n, reason, has_problem)}
                <div class="dialog__foot">
                    <button type="button" class="button" on:click=move |_| close()>
                        {t!(i18n, workbook.contract_leave)}
                    </button>
                    <button type="submit" class="button" data-kind="primary" data-action="choose">
                        {t!(i18n, workbook.contract_choose)}
                    </button>
                </div>
            </form>
        </dialog>
    }
    .into_any()
}

/// Why, and what is said when nobody says it.
fn reason_field(i18n: I18n, reason: RwSignal<String>, has_problem: RwSignal<bool>) -> AnyView {
    view! {
        <label class="field">
            <span class="field__label">{t!(i18n, workbook.contract_reason)}</span>
            <input
                class="field__input"
                autocomplete="off"
                autofocus
                maxlength="500"
                aria-required="true"
                aria-describedby=move || has_problem.get().then_some("no-reason")
                data-field="reason"
                prop:value=reason
                on:input=move |event| reason.set(event_target_value(&event))
            />
        </label>
        <p class="field__problem" role="alert" id="no-reason">
            {move || has_problem.get().then(|| t_string!(i18n, workbook.contract_no_reason))}
        </p>
    }
    .into_any()
}

fn question(choosing: &Choosing) -> Request {
    Request::ContractEffect {
        contract: choosing.contract.id.clone(),
        choice: choosing.choice.clone(),
        home: View::default().request(today()),
    }
}

/// The effect beside the question that it answers.
fn effect_of(request: Request, response: Response) -> Option<(Request, Arc<ContractEffect>)> {
    match response {
        Response::ContractEffect(effect) => Some((request, Arc::new(effect.open()?))),
        _ => None,
    }
}

/// “Refund timing: On the refund date → On the date of the order”.
fn title(i18n: I18n, choosing: &Choosing) -> String {
    let Choosing { contract, choice } = choosing;
    let named = |id: &str| {
        let choice = contract.choices.iter().find(|it| it.id == id);
        choice.map(|choice| name(i18n, &choice.names)).unwrap_or_default()
    };
    let (before, after) = (named(&contract.choice), named(choice));
    fill!(
        i18n,
        workbook.contract_title,
        contract = name(i18n, &contract.names),
        before = before,
        after = after
    )
}

/// “KPIs that change (Oct 2 – 31, 2026): 15”.
fn moved_text(i18n: I18n, effect: &ContractEffect) -> String {
    let days = format::period(effect.period, language(i18n));
    if effect.kpis.is_empty() && effect.months.is_empty() {
        fill!(i18n, workbook.contract_moves_nothing, days = days)
    } else {
        fill!(i18n, workbook.contract_moves, n = effect.kpis.len(), days = days)
    }
}

fn moved(i18n: I18n, effect: &ContractEffect) -> AnyView {
    let ContractEffect { currency_before, currency_after, kpis, months, .. } = effect;
    let currencies = (*currency_before, *currency_after);
    let rows = kpis.iter().map(|kpi| kpi_row(i18n, kpi, currencies)).collect_view();
    let month_rows = months.iter().map(|month| month_row(i18n, month, currencies)).collect_view();
    let (has_kpis, has_months) = (!kpis.is_empty(), !months.is_empty());
    // Why values would be gone, each reason once.
    let mut reasons: Vec<String> = Vec::new();
    let gone = kpis.iter().filter(|kpi| kpi.before.value.is_some());
    for why in gone.filter_map(|kpi| kpi.after.undefined.as_ref()) {
        let reason = undefined_text(i18n, why);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let reasons = reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view();
    view! {
        <h3 id="moved" class="visually-hidden">{t!(i18n, workbook.contract_after)}</h3>
        <ul class="plain-list small">{reasons}</ul>
        {has_kpis.then(|| table(i18n, t_string!(i18n, workbook.contract_kpi), rows.into_any()))}
        {has_months.then(|| view! {
            <h3>{t!(i18n, workbook.contract_months)}</h3>
            {table(i18n, t_string!(i18n, workbook.contract_month), month_rows.into_any())}
        })}
    }
    .into_any()
}

fn table(i18n: I18n, first: &'static str, rows: AnyView) -> AnyView {
    view! {
        <table class="data-table" data-stack="true">
            <thead>
                <tr>
                    <th scope="col">{first}</th>
                    <th scope="col" data-align="end">{t!(i18n, workbook.contract_before)}</th>
                    <th scope="col" data-align="end">{t!(i18n, workbook.contract_after)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn kpi_row(i18n: I18n, kpi: &MovedKpi, currencies: (Currency, Currency)) -> AnyView {
    let written = |value: &Option<String>, currency| {
        let style = Style { unit: kpi.unit, currency, language: language(i18n) };
        value.as_deref().map_or_else(|| format::UNDEFINED.to_owned(), |value| style.full(value))
    };
    let (before, after) =
        (written(&kpi.before.value, currencies.0), written(&kpi.after.value, currencies.1));
    row(i18n, &kpi.kpi, name(i18n, &kpi.names), before, after)
}

fn month_row(i18n: I18n, month: &MovedMonth, currencies: (Currency, Currency)) -> AnyView {
    let written = |value: &Option<String>, currency| {
        let style = Style { unit: UnitView::Money, currency, language: language(i18n) };
        value.as_deref().map_or_else(|| format::UNDEFINED.to_owned(), |value| style.full(value))
    };
    let (before, after) =
        (written(&month.before, currencies.0), written(&month.after, currencies.1));
    row(i18n, &month.month.to_string(), format::month(month.month, language(i18n)), before, after)
}

fn row(i18n: I18n, id: &str, title: String, before: String, after: String) -> AnyView {
    view! {
        <tr data-moved=id.to_owned()>
            <th scope="row">{title}</th>
            <td data-align="end">
                <span class="data-table__label">{t!(i18n, workbook.contract_before)}</span>
                {before}
            </td>
            <td data-align="end">
                <span class="data-table__label">{t!(i18n, workbook.contract_after)}</span>
                {after}
            </td>
        </tr>
    }
    .into_any()
}
