//! Whether dates begin with the month or the day; the file's own proof stands beside it.

use leptos::prelude::*;

use super::{Edited, frame::EditorFrame};
use crate::{
    domain::Day,
    ui::{
        format,
        i18n::{I18n, fill, label, language, t_string, use_i18n},
    },
    worker::protocol::{DateOrder, Question, ReadingEdit, Understood},
};

/// Two readings of a date of the file, one to be chosen.
#[component]
pub(super) fn DateOrderEditor(
    /// What is edited.
    edited: Edited,
) -> impl IntoView {
    let i18n = use_i18n();
    let (known, sample, proof) = edited
        .understood
        .with_untracked(|file| (file.date_order, sample(file), file.date_order_proof.clone()));
    // An unanswered question has no answer chosen for the person.
    let chosen = RwSignal::new((!edited.is_asked).then_some(known));
    let shown = sample.clone();
    let label = move || match &sample {
        Some(sample) => fill!(i18n, import.editor.date_label, sample = sample.clone()),
        None => t_string!(i18n, import.editor.date_label_plain).to_owned(),
    };
    let reason = move || match &proof {
        Some(proof) => fill!(i18n, import.editor.date_proved, sample = proof.clone()),
        None => t_string!(i18n, import.editor.date_undecided).to_owned(),
    };
    let choice = move |order: DateOrder| {
        let sample = shown.clone();
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=format!("date-order-{}", edited.pending)
                    prop:checked=move || chosen.get() == Some(order)
                    on:change=move |_| chosen.set(Some(order))
                />
                <span>{move || reading(i18n, order, sample.as_deref())}</span>
            </label>
        }
    };
    view! {
        <EditorFrame
            edited
            edit=Signal::derive(move || chosen.get().map(|order| ReadingEdit::DateOrder { order }))
            invalid=label!(i18n, import.editor.date_invalid)
        >
            <fieldset>
                <legend>{label}</legend>
                {choice(DateOrder::MonthFirst)}
                {choice(DateOrder::DayFirst)}
            </fieldset>
            <p class="field__hint">{reason}</p>
        </EditorFrame>
    }
}

fn sample(file: &Understood) -> Option<String> {
    file.questions.iter().find_map(|question| match question {
        Question::DateOrder { sample } => Some(sample.clone()),
        _ => None,
    })
}

/// `month / day: Mar 4, 2026`, or only the order when there is no sample to read.
fn reading(i18n: I18n, order: DateOrder, sample: Option<&str>) -> String {
    let day =
        sample.and_then(|sample| day_of(sample, order)).map(|day| format::day(day, language(i18n)));
    match (order, day) {
        (DateOrder::MonthFirst, Some(day)) => {
            fill!(i18n, import.editor.date_month_first, day = day)
        }
        (DateOrder::DayFirst, Some(day)) => fill!(i18n, import.editor.date_day_first, day = day),
        (DateOrder::MonthFirst, None) => t_string!(i18n, import.sentence.month_first).to_owned(),
        (DateOrder::DayFirst, None) => t_string!(i18n, import.sentence.day_first).to_owned(),
    }
}

/// The day that the first three numbers of `sample` name in `order`, to show what it would mean.
fn day_of(sample: &str, order: DateOrder) -> Option<Day> {
    let mut numbers = sample
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(str::parse::<u32>);
    let (first, second) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let year = numbers.next()?.ok()?;
    let year = if year < 100 { year + 2000 } else { year };
    let (month, day) = match order {
        DateOrder::MonthFirst => (first, second),
        DateOrder::DayFirst => (second, first),
    };
    Day::from_ymd(i32::try_from(year).ok()?, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_read_in_both_orders() {
        let read = |sample, order| day_of(sample, order).map(|day| day.to_string());
        let march = Some("2026-03-04".to_owned());
        assert_eq!(read("03/04/2026 8:14 PM", DateOrder::MonthFirst), march);
        assert_eq!(read("4-3-26", DateOrder::DayFirst), march);
        assert_eq!(read("13/04/2026", DateOrder::MonthFirst), None);
        assert_eq!(read("soon", DateOrder::DayFirst), None);
    }
}
