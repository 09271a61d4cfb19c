//! What another choice in a contract would change, before it is made.

use std::sync::Arc;

use leptos::{ev::SubmitEvent, html, prelude::*};

use crate::{
    domain::Currency,
    ui::{
        components::FailureNotice,
        format::{self, Style},
        hooks::{today, use_dialog, use_worker_query},
        i18n::{I18n, fill, language, name, t, t_string, use_i18n},
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
    let answer = use_worker_query(move || choosing.with(|it| it.as_ref().map(question)), effect_of);
    // An answer of before must not stand under another question.
    let effect = Memo::new(move |_| {
        let asked = choosing.with(|it| it.as_ref().map(question));
        answer.value.get().filter(|told| Some(&told.0) == asked.as_ref())
    });
    let close = move || {
        reason.set(String::new());
        choosing.set(None);
    };
    let choose = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(Choosing { contract, choice }) = choosing.get_untracked() else { return };
        let (contract, reason) = (contract.id, reason.get_untracked());
        workbook.change(Change::ChooseContract { contract, choice, reason });
        close();
    };
    let title = move || choosing.with(|it| it.as_ref().map(|it| title(i18n, it)));
    let told = move || match effect.get() {
        Some(told) => moved(i18n, &told.1),
        None => view! { <p class="muted" role="status">{t!(i18n, workbook.contract_counting)}</p> }
            .into_any(),
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
                <div class="contract-effect" tabindex="0" role="region" aria-labelledby="choosing">
                    {told}
                </div>
                <label class="field">
                    <span class="field__label">{t!(i18n, workbook.contract_reason)}</span>
                    <input
                        class="field__input"
                        autocomplete="off"
                        maxlength="500"
                        required
                        data-field="reason"
                        prop:value=reason
                        on:input=move |event| reason.set(event_target_value(&event))
                    />
                </label>
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
        Response::ContractEffect(effect) => Some((request, Arc::new(*effect))),
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

fn moved(i18n: I18n, effect: &ContractEffect) -> AnyView {
    let ContractEffect { period, currency_before, currency_after, kpis, months } = effect;
    let currencies = (*currency_before, *currency_after);
    let days = format::period(*period, language(i18n));
    if kpis.is_empty() && months.is_empty() {
        let nothing = fill!(i18n, workbook.contract_moves_nothing, days = days);
        return view! { <p class="muted">{nothing}</p> }.into_any();
    }
    let title = fill!(i18n, workbook.contract_moves, n = kpis.len(), days = days);
    let rows = kpis.iter().map(|kpi| kpi_row(i18n, kpi, currencies)).collect_view();
    let month_rows = months.iter().map(|month| month_row(i18n, month, currencies)).collect_view();
    let has_months = !months.is_empty();
    view! {
        <h3>{title}</h3>
        {table(i18n, t_string!(i18n, workbook.contract_kpi), rows.into_any())}
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
