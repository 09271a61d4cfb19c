//! A file that cannot be taken in: what happened, why, the evidence, and what to do.

use leptos::prelude::*;

use super::{mapping::MapButton, refusal_words, words};
use crate::{
    domain::Problem,
    ui::{
        components::{Glyph, Icon},
        format,
        i18n::{I18n, fill, name, t, t_string, use_i18n},
        routes::Page,
        state::{use_imports, use_location},
    },
    worker::protocol::{NearestReport, ReadingEdit, Refusal},
};

/// Why a file is refused and how to get one that is not.
#[component]
pub(super) fn RefusalSheet(
    /// The engine's number of the file.
    pending: u32,
    /// What is wrong with it.
    refusal: Refusal,
    /// Whether the person can say what its columns are.
    can_be_mapped: bool,
    /// Name of the file.
    file_name: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_unknown = matches!(refusal, Refusal::UnknownReport { .. });
    let refusal = StoredValue::new(refusal);
    let words = move || refusal.with_value(|refusal| refusal_words::refusal(i18n, refusal));
    let steps =
        move || words().next.into_iter().map(|step| view! { <li>{step}</li> }).collect_view();
    let id = refusal.with_value(Refusal::id);
    let label = file_name.clone();
    view! {
        <div class="import-sheet__step">
            <div class="import-refusal" data-reason=id role="group" aria-label=label>
                <h2 class="import-refusal__title">
                    <Icon glyph=Glyph::Warning/>
                    <span>{move || words().title}</span>
                </h2>
                <p><code>{file_name}</code></p>
                <h3>{t!(i18n, import.refusal.why)}</h3>
                <p>{move || words().why}</p>
                {move || refusal.with_value(|refusal| evidence(i18n, pending, refusal))}
                <h3>{t!(i18n, import.refusal.next)}</h3>
                <ol class="import-refusal__steps">{steps}</ol>
                <p class="row">
                    {(can_be_mapped && !is_unknown).then(|| {
                        view! { <MapButton pending is_primary=false/> }
                    })}
                    <ReadableList/>
                </p>
                <p class="small muted">{t!(i18n, import.refusal.nothing_lost)}</p>
            </div>
        </div>
    }
}

/// Link to the reports that can be read, with where to get each.
#[component]
fn ReadableList() -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    view! {
        <a href=move || location.href(Page::Data)>{t!(i18n, import.refusal.unknown_list)}</a>
    }
}

/// What in the file shows it.
fn evidence(i18n: I18n, pending: u32, refusal: &Refusal) -> AnyView {
    match refusal {
        Refusal::DestroyedIds { line, column, value, .. } => {
            found(i18n, *line, column, value).into_any()
        }
        Refusal::TooManyProblems { first, .. } => first_problem(i18n, first).into_any(),
        Refusal::DamagedSheet { detail } if !detail.is_empty() => view! {
            <p class="small muted">
                {fill!(i18n, import.refusal.damaged_detail, detail = detail.clone())}
            </p>
        }
        .into_any(),
        Refusal::UnknownReport { table, nearest } => {
            let (header, nearest) = (table.header.clone(), nearest.clone());
            view! { <Unknown pending header nearest/> }.into_any()
        }
        _ => ().into_any(),
    }
}

fn found(i18n: I18n, line: u64, column: &str, value: &str) -> impl IntoView + use<> {
    let before =
        fill!(i18n, import.refusal.found, line = format::count(line), column = column.to_owned());
    let value = words::or_empty(i18n, value);
    view! { <p>{before} " " <span class="problem-list__value">{value}</span></p> }
}

fn first_problem(i18n: I18n, problem: &Problem) -> impl IntoView + use<> {
    let expected = words::expected(i18n, problem.kind);
    let expected = format!("{}: {expected}", t_string!(i18n, import.problem.expected));
    view! {
        <h3>{t_string!(i18n, import.refusal.problems_first)}</h3>
        {found(i18n, problem.line, &problem.column, &problem.value)}
        <p>{expected}</p>
    }
}

/// The header as read, and the kinds it resembles with what they lack.
#[component]
fn Unknown(
    /// The engine's number of the file.
    pending: u32,
    /// The header as read.
    header: Vec<String>,
    /// Kinds it resembles, most alike first.
    nearest: Vec<NearestReport>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (has_nearest, has_header) = (!nearest.is_empty(), !header.is_empty());
    let names = header.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    let kinds = nearest.into_iter().map(|kind| view! { <NearKind pending kind/> }).collect_view();
    view! {
        <ul class="import-refusal__header" role="list">{names}</ul>
        {has_header.then(|| {
            view! {
                <p>{t!(i18n, import.mapping.offer)}</p>
                <p class="row"><MapButton pending is_primary=true/></p>
            }
        })}
        {has_nearest.then(|| view! { <h3>{t!(i18n, import.refusal.unknown_near)}</h3> })}
        <ul class="import-refusal__near" role="list">{kinds}</ul>
    }
}

/// One kind that the file resembles; can be tried.
#[component]
fn NearKind(
    /// The engine's number of the file.
    pending: u32,
    /// The kind and how much of it was found.
    kind: NearestReport,
) -> impl IntoView {
    let i18n = use_i18n();
    let imports = use_imports();
    let NearestReport { report, names, match_percent, missing } = kind;
    let named = names.clone();
    let matched = move || {
        let percent = format!("{match_percent}%");
        fill!(i18n, import.refusal.unknown_match, percent = percent)
    };
    let lacks = move || {
        let columns = words::list(i18n, &missing);
        (!columns.is_empty())
            .then(|| fill!(i18n, import.refusal.unknown_missing, columns = columns))
    };
    let read_as =
        move || fill!(i18n, import.refusal.unknown_read_as_named, report = name(i18n, &named));
    view! {
        <li>
            <div>
                <strong>{move || name(i18n, &names)}</strong>
                <small>{matched}</small>
                <small>{lacks}</small>
            </div>
            <button
                type="button"
                class="button"
                aria-label=read_as
                on:click=move |_| {
                    imports.edit(pending, ReadingEdit::Report { report: report.clone() });
                }
            >
                {t!(i18n, import.refusal.unknown_read_as)}
            </button>
        </li>
    }
}

/// A file that the workbook holds already, byte for byte.
#[component]
pub(super) fn AlreadyLoaded(
    /// Name of the file.
    file_name: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    view! {
        <div class="import-sheet__step">
            <div class="import-refusal" data-reason="already_loaded">
                <h2 class="import-refusal__title" data-state="already">
                    <Icon glyph=Glyph::Check/>
                    <span>{t!(i18n, import.already.title)}</span>
                </h2>
                <p><code>{file_name}</code></p>
                <p>{t!(i18n, import.already.why)}</p>
                <p><a href=move || location.href(Page::Data)>{t!(i18n, import.already.see)}</a></p>
            </div>
        </div>
    }
}
