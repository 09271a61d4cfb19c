//! The warnings of the KPI, and what is said of them.

use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    ui::{
        components::WarningRow,
        hooks::{today, use_worker_query},
        i18n::{t, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, Request, Response, Warning},
};

/// Those of the whole business, whatever the filters, laid aside or not; nothing while there is none.
#[component]
pub(super) fn KpiWarnings(
    /// Id of the KPI.
    kpi: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let answer = use_worker_query(
        || Some(Request::Warnings { today: today() }),
        |_, response| match response {
            Response::Warnings { warnings } => Some(warnings),
            _ => None,
        },
    );
    move || {
        let warnings = answer.value.get()?;
        let own: Vec<Warning> = warnings.iter().filter(|it| it.kpi == kpi).cloned().collect();
        (!own.is_empty()).then(|| {
            let rows = own.into_iter().map(|warning| {
                let noted = warning.clone();
                view! { <WarningRow warning><NoteForm warning=noted/></WarningRow> }
            });
            view! {
                <section class="panel" aria-labelledby="kpi-warnings">
                    <div class="panel__head">
                        <h2 id="kpi-warnings">{t!(i18n, kpi.warnings)}</h2>
                    </div>
                    <ul class="warnings">{rows.collect_view()}</ul>
                </section>
            }
        })
    }
}

/// A line of text beside the warning.
#[component]
fn NoteForm(
    /// What it is about.
    warning: Warning,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let note = RwSignal::new(warning.note.clone());
    let (id, said) = (warning.id(), warning.note.clone());
    let snoozed_on = warning.is_snoozed.then_some(warning.day);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let note = note.get_untracked();
        workbook.change(Change::NoteWarning { warning: id.clone(), note, snoozed_on });
    };
    let is_same = Memo::new(move |_| note.with(|note| note.trim() == said));
    view! {
        <form class="row warning__form" novalidate on:submit=save>
            <input
                class="field__input"
                data-size="inline"
                data-field="note"
                type="text"
                maxlength="500"
                autocomplete="off"
                aria-label=t!(i18n, kpi.warning_note)
                placeholder=t!(i18n, kpi.warning_note_hint)
                prop:value=note
                on:input=move |event| note.set(event_target_value(&event))
            />
            <button
                type="submit"
                class="button"
                disabled=move || is_same.get() || !workbook.is_writable()
            >
                {t!(i18n, kpi.warning_note_save)}
            </button>
        </form>
    }
    .into_any()
}
