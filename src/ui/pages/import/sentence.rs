//! What the file was recognised as: one sentence whose words can be changed.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    editors::{Editor, Part},
    focus::{focus, focus_first_field},
    sheet::Shared,
    words,
};
use crate::{
    ui::{
        components::{Glyph, Icon},
        format,
        i18n::{I18n, fill, language, name, t, t_string, use_i18n},
    },
    worker::protocol::{DateOrder, Question, Understood},
};

/// The sentence, what it rests on, and the editor of the word that is being changed.
#[component]
pub(super) fn Recognised(
    /// The engine's number of the file.
    pending: u32,
    /// The file as understood.
    understood: Shared,
    /// Name of the file.
    file_name: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(None::<Part>);
    let asked = Memo::new(move |_| understood.with(|file| parts_asked(&file.questions)));
    let questions = move || match asked.with(Vec::len) {
        0 => None,
        1 => Some(t_string!(i18n, import.question.title_single).to_owned()),
        count => Some(fill!(i18n, import.question.title_several, count = words::number(count))),
    };
    let on_close = move |part: Part| {
        open.set(None);
        focus(part.word_id());
    };
    let changing = move || open.get().filter(|part| asked.with(|asked| !asked.contains(part)));
    view! {
        <div class="import-sheet__step">
            <div class="import-sheet__head">
                <h2>{t!(i18n, import.sentence.title)}</h2>
                <span class="small muted">{t!(i18n, import.sentence.hint)}</span>
            </div>
            <Sentence understood asked open/>
            {move || {
                understood
                    .with(|file| file.is_described)
                    .then(|| view! { <p class="small">{t!(i18n, import.sentence.described)}</p> })
            }}
            {move || questions().map(|title| view! { <h3>{title}</h3> })}
            <For each=move || asked.get() key=|part| *part let(part)>
                <Editor part is_asked=true pending understood on_close/>
            </For>
            {move || {
                changing()
                    .map(|part| view! { <Editor part is_asked=false pending understood on_close/> })
            }}
            <Proof understood file_name/>
        </div>
    }
}

/// The parts of the sentence that questions are about.
fn parts_asked(questions: &[Question]) -> Vec<Part> {
    let mut parts = Vec::new();
    for question in questions {
        let part = match question {
            Question::DateOrder { .. } => Part::Dates,
            Question::Period | Question::SnapshotDay => Part::Period,
            Question::Currency => Part::Currency,
            // Answered where the rows are shown.
            Question::LeftOut { .. } => continue,
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// The sentence itself.
#[component]
fn Sentence(
    /// The file as understood.
    understood: Shared,
    /// Parts that wait for an answer.
    #[prop(into)]
    asked: Signal<Vec<Part>>,
    /// The part being changed.
    open: RwSignal<Option<Part>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || understood.with(|file| words::rows(i18n, file.rows));
    let has_dates = Memo::new(move |_| {
        let is_asked = asked.with(|asked| asked.contains(&Part::Dates));
        is_asked || understood.with(|file| file.date_order_proof.is_some())
    });
    let has_money = Memo::new(move |_| {
        let is_asked = asked.with(|asked| asked.contains(&Part::Currency));
        is_asked || understood.with(|file| !file.currencies.is_empty())
    });
    view! {
        <p class="import-sheet__sentence">
            {t!(i18n, import.sentence.start)}
            <span class="nowrap">
                <Word part=Part::Report understood asked open/>
                {t!(i18n, import.sentence.after_report)}
            </span>
            {t!(i18n, import.sentence.shop)} <WordAndComma part=Part::Shop understood asked open/>
            {t!(i18n, import.sentence.period)} <WordAndComma part=Part::Period understood asked open/>
            {t!(i18n, import.sentence.rows)}
            <span class="nowrap"><strong>{rows}</strong> {t!(i18n, import.sentence.comma)}</span>
            <Show
                when=move || has_money.get()
                fallback=move || t!(i18n, import.sentence.no_currency)
            >
                {t!(i18n, import.sentence.currency)}
                <WordAndComma part=Part::Currency understood asked open/>
            </Show>
            {t!(i18n, import.sentence.zone)}
            <Show
                when=move || has_dates.get()
                fallback=move || {
                    view! {
                        <span class="nowrap">
                            <Word part=Part::Zone understood asked open/>
                            {t!(i18n, import.sentence.end)}
                        </span>
                    }
                }
            >
                <WordAndComma part=Part::Zone understood asked open/>
                {t!(i18n, import.sentence.dates)}
                <span class="nowrap">
                    <Word part=Part::Dates understood asked open/>
                    {t!(i18n, import.sentence.end)}
                </span>
            </Show>
        </p>
    }
}

/// A word with the comma that must not begin a line.
#[component]
fn WordAndComma(
    /// What the word says.
    part: Part,
    /// The file as understood.
    understood: Shared,
    /// Parts that wait for an answer.
    asked: Signal<Vec<Part>>,
    /// The part being changed.
    open: RwSignal<Option<Part>>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <span class="nowrap">
            <Word part understood asked open/>
            {t!(i18n, import.sentence.comma)}
        </span>
    }
}

/// A word of the sentence; a press opens its editor below.
#[component]
fn Word(
    /// What the word says.
    part: Part,
    /// The file as understood.
    understood: Shared,
    /// Parts that wait for an answer.
    asked: Signal<Vec<Part>>,
    /// The part being changed.
    open: RwSignal<Option<Part>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_asked = move || asked.with(|asked| asked.contains(&part));
    let is_open = move || open.get() == Some(part) || is_asked();
    let toggle = move |_| {
        if !is_asked() {
            open.update(|open| *open = (*open != Some(part)).then_some(part));
        }
        focus_first_field(part.editor_id());
    };
    view! {
        <button
            type="button"
            id=part.word_id()
            class="chip"
            data-kind="word"
            data-part=part.id()
            data-asks=move || is_asked().then_some("true")
            aria-expanded=move || is_open().to_string()
            aria-controls=part.editor_id()
            title=move || part.name(i18n)
            on:click=toggle
        >
            {move || understood.with(|file| word(i18n, part, file, is_asked()))}
            <span class="visually-hidden">{move || format!(" ({})", part.name(i18n))}</span>
            <Icon glyph=Glyph::Down/>
        </button>
    }
}

/// What the sentence says about `part`, or the question.
fn word(i18n: I18n, part: Part, file: &Arc<Understood>, is_asked: bool) -> String {
    match part {
        Part::Report => name(i18n, &file.names),
        Part::Shop if file.shop.is_empty() => t_string!(i18n, import.sentence.no_shop).to_owned(),
        Part::Shop => file.shop.clone(),
        Part::Zone => words::zone(i18n, &file.zone),
        Part::Period => match file.period {
            Some(period) => format::period(period, language(i18n)),
            None if file.questions.contains(&Question::SnapshotDay) => {
                t_string!(i18n, import.sentence.no_day).to_owned()
            }
            None => t_string!(i18n, import.sentence.no_period).to_owned(),
        },
        Part::Currency if is_asked => t_string!(i18n, import.sentence.no_currency_yet).to_owned(),
        Part::Currency => {
            let codes: Vec<String> = file.currencies.iter().map(ToString::to_string).collect();
            words::list(i18n, &codes)
        }
        Part::Dates if is_asked => t_string!(i18n, import.sentence.needs_order).to_owned(),
        Part::Dates => match file.date_order {
            DateOrder::MonthFirst => t_string!(i18n, import.sentence.month_first).to_owned(),
            DateOrder::DayFirst => t_string!(i18n, import.sentence.day_first).to_owned(),
        },
    }
}

/// What the sentence rests on: columns found, encoding, the file's name.
#[component]
fn Proof(
    /// The file as understood.
    understood: Shared,
    /// Name of the file.
    file_name: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let parts = move || {
        let parts = understood.with(|file| proof(i18n, file));
        parts.into_iter().map(|part| view! { <span>{part}</span> }).collect_view()
    };
    view! { <div class="import-sheet__proof">{parts} <code>{file_name}</code></div> }
}

fn proof(i18n: I18n, file: &Understood) -> Vec<String> {
    let used = file.columns.iter().filter(|column| column.role.is_some()).count();
    let mut parts = vec![fill!(
        i18n,
        import.sentence.columns_used,
        used = words::number(used),
        all = words::number(file.columns.len())
    )];
    let delimiter = match file.delimiter.as_str() {
        "," => t_string!(i18n, import.sentence.delimiter_comma),
        "\t" => t_string!(i18n, import.sentence.delimiter_tab),
        ";" => t_string!(i18n, import.sentence.delimiter_semicolon),
        "|" => t_string!(i18n, import.sentence.delimiter_pipe),
        other => other,
    };
    let (container, encoding) =
        (file.container.to_ascii_uppercase(), file.encoding.to_ascii_uppercase());
    let form = [container.as_str(), encoding.as_str(), delimiter];
    parts.push(form.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "));
    if !file.sheet.is_empty() {
        parts.push(fill!(i18n, import.sentence.sheet, name = file.sheet.clone()));
    }
    if !file.unknown_sheets.is_empty() {
        let names = file.unknown_sheets.join(t_string!(i18n, import.list_gap));
        parts.push(fill!(i18n, import.sentence.unknown_sheets, names = names));
    }
    if file.preamble_lines > 0 {
        parts.push(fill!(i18n, import.sentence.preamble, count = file.preamble_lines));
    }
    if let Some(sample) = &file.date_order_proof {
        parts.push(fill!(i18n, import.sentence.date_proof, sample = sample.clone()));
    }
    parts
}
