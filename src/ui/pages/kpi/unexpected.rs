//! A figure that is not what somebody expected: by how much, and a file for those who can find out why.

use js_sys::Uint8Array;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use crate::{
    domain::Currency,
    ui::{
        components::{FieldKind, TextField, typed_value, value_label},
        format::Style,
        hooks::{download, today},
        i18n::{failure_text, fill, language, t, t_string, use_i18n},
        state::{use_engine, use_location},
    },
    worker::protocol::{CaseRequest, CaseView, Request, Response, UnitView},
};

/// Asks what was expected. The file goes nowhere but to the person.
#[component]
pub(super) fn Unexpected(
    /// The KPI's id.
    kpi: String,
    /// Of its values.
    unit: UnitView,
    /// Of money.
    currency: Signal<Currency>,
) -> impl IntoView {
    let (i18n, engine, view) = (use_i18n(), use_engine(), use_location().view());
    let expected = RwSignal::new(String::new());
    let told: RwSignal<Option<String>> = RwSignal::new(None);
    let has_problem = RwSignal::new(false);
    let name = format!("case-{kpi}.json");
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = expected.with(|text| typed_value(text, unit));
        has_problem.set(typed.is_none());
        told.set(None);
        let Some(expected) = typed else { return };
        let home = view.with_untracked(|view| view.request(today()));
        let request = Request::Case(Box::new(CaseRequest { kpi: kpi.clone(), home, expected }));
        let name = name.clone();
        let style = Style { unit, currency: currency.get_untracked(), language: language(i18n) };
        spawn_local(async move {
            let answer = match engine.ask(request).await {
                Response::Case(case) => case.open(),
                Response::Failed(failure) => {
                    told.set(Some(failure_text(i18n, &failure)));
                    return;
                }
                _ => None,
            };
            let Some(CaseView { difference, text }) = answer else { return };
            download(&name, &Uint8Array::from(text.as_bytes()));
            told.set(Some(match difference {
                Some(difference) => {
                    fill!(i18n, kpi.case_difference, difference = style.full(&difference))
                }
                None => t_string!(i18n, kpi.case_undefined).to_owned(),
            }));
        });
    };
    let problem_id = "case-problem";
    let described = move || has_problem.get().then_some(problem_id);
    view! {
        <details class="formula-help" data-panel="case">
            <summary>{t!(i18n, kpi.case)}</summary>
            <p class="small muted">{t!(i18n, kpi.case_note)}</p>
            <form class="fields" novalidate on:submit=save>
                <TextField
                    label=Signal::derive(move || value_label(i18n, t_string!(i18n, kpi.case_expected), unit))
                    value=expected
                    kind=FieldKind::Amount
                    field="expected"
                    described_by=described
                />
                <div class="field">
                    <span class="field__label" aria-hidden="true">" "</span>
                    <button type="submit" class="button" data-action="case">{t!(i18n, kpi.case_save)}</button>
                </div>
            </form>
            <p class="field__problem" role="alert" id=problem_id>
                {move || has_problem.get().then(|| t_string!(i18n, kpi.stated_problem))}
            </p>
            <p class="small" role="status">{move || told.get()}</p>
        </details>
    }
    .into_any()
}
