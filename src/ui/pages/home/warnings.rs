//! What to look at first: KPIs beyond a line that costs rights or money, and what grows worse by itself.

use leptos::prelude::*;

use crate::{
    ui::{
        components::WarningRow,
        hooks::{today, use_worker_query},
        i18n::{fill, t, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Request, Response, Warning},
};

/// The warnings of the whole business, whatever the filters; nothing while there is none. What was laid
/// aside is behind a button.
#[component]
pub(super) fn Warnings() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let is_open = Memo::new(move |_| workbook.state.with(Option::is_some));
    let shows_snoozed = RwSignal::new(false);
    let answer = use_worker_query(
        move || is_open.get().then(|| Request::Warnings { today: today() }),
        |_, response| match response {
            Response::Warnings { warnings } => Some(warnings),
            _ => None,
        },
    );
    move || {
        let warnings = answer.value.get().filter(|warnings| !warnings.is_empty())?;
        let n_snoozed = warnings.iter().filter(|warning| warning.is_snoozed).count();
        let shows_all = shows_snoozed.get();
        let is_shown = |warning: &&Warning| shows_all || !warning.is_snoozed;
        let rows = warnings.iter().filter(is_shown).cloned();
        let rows = rows.map(|warning| view! { <WarningRow warning/> }).collect_view();
        let snoozed = (n_snoozed > 0).then(|| {
            view! {
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    data-action="snoozed"
                    aria-expanded=shows_all.to_string()
                    on:click=move |_| shows_snoozed.set(!shows_all)
                >
                    {fill!(i18n, home.warning_snoozed, count = n_snoozed)}
                </button>
            }
        });
        Some(view! {
            <section class="panel" aria-labelledby="warnings">
                <div class="panel__head">
                    <h2 id="warnings">{t!(i18n, home.warnings)}</h2>
                    <span class="panel__note">{t!(i18n, home.warnings_note)}</span>
                </div>
                <ul class="warnings">{rows}</ul>
                {snoozed}
            </section>
        })
    }
}
