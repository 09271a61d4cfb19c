//! What people say of the days that the trend shows, and a form for more of it.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    annotation_form::{AnnotationForm, Draft, FORM_ID},
    stacked_table::stacked_table,
};
use crate::{
    domain::{Annotation, Day},
    ui::{
        components::{CellLabel, bin_button},
        format,
        hooks::focus_on,
        i18n::{I18n, channel_name, fill, language, t, t_string, use_i18n},
        state::{use_announcer, use_workbook},
    },
    worker::protocol::{AnnotationView, Change, KpiView, Member},
};

/// Where the focus goes when a note is gone, and with it the button that was pressed.
const HEAD_ID: &str = "notes";

/// The notes on the days shown, and the form; nothing while the answer is awaited.
#[component]
pub(super) fn Annotations(
    /// The KPI in full.
    kpi: Signal<Option<Arc<KpiView>>>,
    /// Channels with data.
    channels: Signal<Vec<Member>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let draft = Draft::new();
    // The form stays while notes come and go, and when other days are chosen.
    let id = Memo::new(move |_| kpi.with(|it| Some(it.as_ref()?.card.figure.kpi.clone())));
    let last = Memo::new(move |_| kpi.with(|it| it.as_ref().and_then(|it| last_day(it))));
    let list = move || {
        let view = kpi.get()?;
        let others = (view.n_other_annotations > 0).then(|| {
            let text = fill!(i18n, kpi.notes_elsewhere, count = view.n_other_annotations);
            view! { <p class="muted small">{text}</p> }
        });
        let rows = view.annotations.clone();
        let shown = if rows.is_empty() {
            view! { <p class="muted">{t!(i18n, kpi.notes_none)}</p> }.into_any()
        } else {
            notes_table(i18n, rows, draft)
        };
        Some(view! { {shown}{others} })
    };
    move || {
        let id = id.get()?;
        Some(view! {
            <section class="panel kpi-lines" aria-labelledby=HEAD_ID>
                <div class="panel__head">
                    <h2 id=HEAD_ID tabindex="-1">{t!(i18n, kpi.notes)}</h2>
                    <span class="panel__note">{t!(i18n, kpi.notes_note)}</span>
                </div>
                {list}
                <AnnotationForm kpi=id draft channels last/>
            </section>
        })
    }
}

/// The last day that the trend shows.
fn last_day(view: &KpiView) -> Option<Day> {
    view.trend.buckets.last().map(|bucket| bucket.to)
}

fn notes_table(i18n: I18n, notes: Vec<AnnotationView>, draft: Draft) -> AnyView {
    let row = |note: AnnotationView| view! { <Note note draft/> };
    let heads = [
        t!(i18n, kpi.note_days).into_any(),
        t!(i18n, kpi.note_text).into_any(),
        t!(i18n, kpi.note_scope).into_any(),
        ().into_any(),
    ];
    stacked_table(heads, notes.into_iter().map(row).collect_view().into_any())
}

/// One note; changing it and taking it away can be undone.
#[component]
fn Note(
    /// What was said.
    note: AnnotationView,
    /// What is being typed.
    draft: Draft,
) -> impl IntoView {
    let (i18n, workbook, announcer) = (use_i18n(), use_workbook(), use_announcer());
    let AnnotationView { number, annotation } = note;
    let edited = annotation.clone();
    let change = move |_| {
        draft.edit(number, &edited);
        focus_on(FORM_ID);
    };
    let remove = move |_| {
        draft.forget(number);
        workbook.change_then(Change::RemoveAnnotation { number }, move || {
            focus_on(HEAD_ID);
            announcer.say(t_string!(i18n, kpi.note_removed).to_owned());
        });
    };
    let days = format::period(annotation.days, language(i18n));
    let scope = scope_text(i18n, &annotation);
    let text = annotation.text;
    let [to_change, to_remove] = [text.clone(), text.clone()];
    view! {
        <tr>
            <th scope="row">{days}</th>
            <td data-wrap="true">
                <CellLabel text=Signal::derive(move || t_string!(i18n, kpi.note_text))/>
                {text}
            </td>
            <td>
                <CellLabel text=Signal::derive(move || t_string!(i18n, kpi.note_scope))/>
                {scope}
            </td>
            <td data-align="end">
                <span class="row">
                    <button
                        type="button"
                        class="button"
                        data-action="change-note"
                        aria-label=move || fill!(i18n, kpi.note_change_of, text = to_change)
                        disabled=move || !workbook.is_writable()
                        on:click=change
                    >
                        {t!(i18n, kpi.note_edit)}
                    </button>
                    {bin_button(move || fill!(i18n, kpi.note_remove, text = to_remove.clone()), remove)}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// “All KPIs · Amazon”.
fn scope_text(i18n: I18n, annotation: &Annotation) -> String {
    let kpis = match annotation.kpi.as_str() {
        "" => t_string!(i18n, kpi.note_all_kpis),
        _ => t_string!(i18n, kpi.note_this_kpi),
    };
    match annotation.channel.as_str() {
        "" => kpis.to_owned(),
        channel => format!("{kpis} · {}", channel_name(i18n, channel)),
    }
}
