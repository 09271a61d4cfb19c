//! The days that a report covers, or the day of a snapshot, when the file does not say it.

use leptos::prelude::*;

use super::{
    Edited,
    frame::{EditorFrame, Field},
};
use crate::{
    domain::{Day, Period},
    ui::i18n::{label, t_string, use_i18n},
    worker::protocol::{Question, ReadingEdit},
};

/// First and last day, or one day for a snapshot.
#[component]
pub(super) fn PeriodEditor(
    /// What is edited.
    edited: Edited,
) -> impl IntoView {
    let i18n = use_i18n();
    let (known, is_one_day) = edited
        .understood
        .with_untracked(|file| (file.period, file.questions.contains(&Question::SnapshotDay)));
    let from = RwSignal::new(known.map(|period| period.from.to_string()).unwrap_or_default());
    let to = RwSignal::new(known.map(|period| period.to.to_string()).unwrap_or_default());
    let edit = move || {
        let from = from.with(|day| Day::parse(day))?;
        let to = if is_one_day { from } else { to.with(|day| Day::parse(day))? };
        (from <= to).then_some(ReadingEdit::Period { period: Period { from, to } })
    };
    let (label, hint) = (
        move || {
            if is_one_day {
                t_string!(i18n, import.editor.day_label)
            } else {
                t_string!(i18n, import.editor.period_label)
            }
        },
        move || {
            if is_one_day {
                t_string!(i18n, import.editor.day_hint)
            } else {
                t_string!(i18n, import.editor.period_hint)
            }
        },
    );
    let from_label = move || {
        if is_one_day {
            t_string!(i18n, import.editor.day).to_owned()
        } else {
            t_string!(i18n, import.editor.from).to_owned()
        }
    };
    view! {
        <EditorFrame
            edited
            edit=Signal::derive(edit)
            invalid=label!(i18n, import.editor.period_invalid)
        >
            <fieldset>
                <legend>{label}</legend>
                <div class="fields">
                    <DayField label=Signal::derive(from_label) day=from/>
                    <Show when=move || !is_one_day>
                        <DayField
                            label=label!(i18n, import.editor.to)
                            day=to
                        />
                    </Show>
                </div>
            </fieldset>
            <p class="field__hint">{hint}</p>
        </EditorFrame>
    }
}

/// A day, as the browser's own date field.
#[component]
fn DayField(
    /// What the day is.
    label: Signal<String>,
    /// The day as `2026-08-31`; empty while there is none.
    day: RwSignal<String>,
) -> impl IntoView {
    view! {
        <Field label>
            <input
                type="date"
                class="field__input"
                prop:value=day
                on:input=move |event| day.set(event_target_value(&event))
            />
        </Field>
    }
}
