//! Sums to hold against the platform, and totals that the file states about itself.

use leptos::prelude::*;

use super::{sheet::Shared, words};
use crate::{
    ui::{
        components::{Glyph, Icon},
        format,
        i18n::{I18n, fill, t, t_string, use_i18n},
    },
    worker::protocol::{TotalCheck, Understood},
};

/// Both kinds of totals.
#[component]
pub(super) fn Checks(
    /// The file as understood.
    understood: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let has_stated = Memo::new(move |_| understood.with(|file| !file.checks.is_empty()));
    view! {
        <div class="import-sheet__step">
            <div class="import-sheet__head"><h2>{t!(i18n, import.checks.title)}</h2></div>
            <div class="import-sheet__twins">
                <Sums understood/>
                <Show when=move || has_stated.get()>
                    <Stated understood/>
                </Show>
            </div>
        </div>
    }
}

/// The sum of every additive column of this file.
#[component]
fn Sums(
    /// The file as understood.
    understood: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| understood.with(|file| file.sums.is_empty()));
    let rows = move || understood.with(|file| sum_rows(i18n, file).into_any());
    view! {
        <div class="stack" data-gap="small">
            <h3>{t!(i18n, import.checks.sums_title)}</h3>
            <Show
                when=move || !is_empty.get()
                fallback=move || view! { <p class="muted">{t!(i18n, import.checks.sums_none)}</p> }
            >
                <p class="small muted">{t!(i18n, import.checks.sums_hint)}</p>
                <table class="data-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, import.checks.figure)}</th>
                            <th scope="col" data-align="end">{t!(i18n, import.checks.sum)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </Show>
        </div>
    }
}

fn sum_rows(i18n: I18n, file: &Understood) -> impl IntoView + use<> {
    let row = |(id, value): (&String, &String)| {
        let (table, column) = words::split(id);
        let (table, column_name) =
            (words::table(i18n, &file.words, table), words::column(i18n, &file.words, column));
        let name = format!("{table} · {column_name}");
        let figure = words::figure(file, column, value);
        view! {
            <tr>
                <th scope="row" data-wrap="true">{name}</th>
                <td data-align="end" data-sum=id.clone() data-value=value.clone()>{figure}</td>
            </tr>
        }
    };
    file.sums.iter().map(row).collect_view()
}

/// Totals printed in the file beside ours.
#[component]
fn Stated(
    /// The file as understood.
    understood: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        understood.with(|file| {
            let row = |check| check_row(i18n, file, check);
            file.checks.iter().map(row).collect_view()
        })
    };
    let differs = move || understood.with(|file| file.checks.iter().any(|check| !ties(check)));
    let why = move || {
        if understood.with(|file| file.n_problems > 0) {
            t_string!(i18n, import.checks.differ_problems)
        } else {
            t_string!(i18n, import.checks.differ_file)
        }
    };
    view! {
        <div class="stack" data-gap="small">
            <h3>{t!(i18n, import.checks.stated_title)}</h3>
            <table class="data-table" data-stack="true">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, import.checks.figure)}</th>
                        <th scope="col" data-align="end">{t!(i18n, import.checks.stated)}</th>
                        <th scope="col" data-align="end">{t!(i18n, import.checks.ours)}</th>
                        <th scope="col">{t!(i18n, import.checks.result)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <Show when=differs>
                <p class="small muted">{why}</p>
            </Show>
        </div>
    }
}

/// Our sum minus the stated one; `None` when one of them is no number.
fn difference(check: &TotalCheck) -> Option<f64> {
    Some(format::parse(&check.ours)? - format::parse(&check.stated)?)
}

/// Whether both are the same to half a cent.
fn ties(check: &TotalCheck) -> bool {
    difference(check).is_some_and(|difference| difference.abs() < 0.005)
}

fn check_row(i18n: I18n, file: &Understood, check: &TotalCheck) -> impl IntoView + use<> {
    let (_, column) = words::split(&check.column);
    let label = match check.line {
        Some(line) => fill!(i18n, import.problem.line_of, line = format::count(line)),
        None => check.label.clone(),
    };
    let tie = ties(check);
    let word = if tie {
        t_string!(i18n, import.checks.tie).to_owned()
    } else {
        let difference = difference(check).map(|number| format!("{number:.2}")).unwrap_or_default();
        let difference = words::figure(file, column, &difference);
        fill!(i18n, import.checks.differ, difference = difference)
    };
    let glyph = if tie { Glyph::Check } else { Glyph::Warning };
    view! {
        <tr>
            <th scope="row" data-wrap="true">
                {label} <span class="data-table__sub">" " {words::column(i18n, &file.words, column)}</span>
            </th>
            <td data-align="end">
                <span class="data-table__label">{t!(i18n, import.checks.stated)}</span>
                {words::figure(file, column, &check.stated)}
            </td>
            <td data-align="end">
                <span class="data-table__label">{t!(i18n, import.checks.ours)}</span>
                {words::figure(file, column, &check.ours)}
            </td>
            <td>
                <span class="check-line" data-state=(!tie).then_some("differs")>
                    <Icon glyph/> {word}
                </span>
            </td>
        </tr>
    }
}
