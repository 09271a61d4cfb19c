//! Cells that could not be understood: where, what was read, what was expected.

use js_sys::Uint8Array;
use leptos::prelude::*;

use super::{
    corrections::{CorrectButton, Corrections},
    sheet::Shared,
    words,
};
use crate::{
    domain::Problem,
    ui::{
        components::{Glyph, Icon},
        format,
        hooks::download,
        i18n::{I18n, fill, t, t_string, use_i18n},
        spreadsheet::csv_text,
        state::use_imports,
    },
    worker::protocol::{Question, ReadingEdit},
};

/// Problems shown before the person asks for more.
const FIRST: usize = 10;

/// The list of problems; one calm line when there are none.
#[component]
pub(super) fn Problems(
    /// The engine's number of the file.
    pending: u32,
    /// The file as understood.
    understood: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let n_problems = Memo::new(move |_| understood.with(|file| file.n_problems));
    let summary = move || match n_problems.get() {
        0 => t_string!(i18n, import.problem.none).to_owned(),
        1 => t_string!(i18n, import.problem.summary_single).to_owned(),
        count => fill!(i18n, import.problem.summary, count = format::count(count)),
    };
    let glyph = move || if n_problems.get() == 0 { Glyph::Check } else { Glyph::Warning };
    view! {
        <div class="import-sheet__step">
            <div class="import-sheet__head"><h2>{t!(i18n, import.problem.title)}</h2></div>
            <p class="check-line" data-state=move || (n_problems.get() > 0).then_some("differs")>
                {move || view! { <Icon glyph=glyph()/> }}
                <span>{summary}</span>
            </p>
            <LeftOut pending understood/>
            <Show when=move || n_problems.get() != 0>
                <ProblemTable pending understood/>
            </Show>
            <Corrections pending understood/>
        </div>
    }
}

/// The first problems, more on demand.
#[component]
fn ProblemTable(
    /// The engine's number of the file.
    pending: u32,
    /// The file as understood.
    understood: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_all = RwSignal::new(false);
    let n_listed = move || understood.with(|file| file.problems.len());
    let rows = move || {
        let limit = if is_all.get() { usize::MAX } else { FIRST };
        understood.with(|file| {
            file.problems
                .iter()
                .take(limit)
                .map(|problem| problem_row(i18n, pending, problem))
                .collect_view()
        })
    };
    let cut = move || {
        let (listed, all) = (n_listed(), understood.with(|file| file.n_problems));
        (u64::try_from(listed).unwrap_or(u64::MAX) < all).then(|| {
            fill!(
                i18n,
                import.problem.shown,
                shown = words::number(listed),
                all = format::count(all)
            )
        })
    };
    let save = move |_| {
        let csv = understood.with_untracked(|file| problems_csv(i18n, &file.problems));
        // The browser tells by itself when it keeps no downloads.
        download("problems.csv", &Uint8Array::from(csv.as_bytes()));
    };
    let more = move || {
        let rest = n_listed().saturating_sub(FIRST);
        fill!(i18n, import.problem.all, count = words::number(rest))
    };
    view! {
        <div class="problem-list">
            <table class="data-table" data-stack="true">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, import.problem.line)}</th>
                        <th scope="col">{t!(i18n, import.problem.column)}</th>
                        <th scope="col">{t!(i18n, import.problem.value)}</th>
                        <th scope="col">{t!(i18n, import.problem.expected)}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t!(i18n, import.problem.correct)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <Show when=move || !is_all.get() && (n_listed() > FIRST)>
                <button
                    type="button"
                    class="button problem-list__more"
                    on:click=move |_| is_all.set(true)
                >
                    {more}
                </button>
            </Show>
            <p class="small muted">{cut}</p>
            <p>
                <button type="button" class="button" data-action="save-problems" on:click=save>
                    <Icon glyph=Glyph::Download/>
                    {t!(i18n, import.problem.save)}
                </button>
            </p>
        </div>
    }
}

/// Asks before more rows than usual are left out.
#[component]
fn LeftOut(
    /// The engine's number of the file.
    pending: u32,
    /// The file as understood.
    understood: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let imports = use_imports();
    let asked = Memo::new(move |_| {
        understood.with(|file| {
            file.questions.iter().find_map(|question| match question {
                Question::LeftOut { rows, of, max_percent } => Some((*rows, *of, *max_percent)),
                _ => None,
            })
        })
    });
    let why = move |(rows, of, max_percent): (u64, u64, u32)| {
        fill!(
            i18n,
            import.problem.left_out,
            rows = format::count(rows),
            of = format::count(of),
            max = max_percent
        )
    };
    view! {
        <Show when=move || asked.with(Option::is_some)>
            <div class="import-sheet__editor" data-asks="true" id="import-left-out" tabindex="-1">
                <p>{move || asked.get().map(why)}</p>
                <p class="row">
                    <button
                        type="button"
                        class="button"
                        data-action="leave-out"
                        disabled=move || imports.is_busy.get()
                        on:click=move |_| imports.edit(pending, ReadingEdit::LeaveOut)
                    >
                        {t!(i18n, import.problem.leave_out)}
                    </button>
                </p>
            </div>
        </Show>
    }
}

/// The problems as a sheet, with what was expected of each.
fn problems_csv(i18n: I18n, problems: &[Problem]) -> String {
    let head = [
        t_string!(i18n, import.problem.line),
        t_string!(i18n, import.problem.column),
        t_string!(i18n, import.problem.value),
        t_string!(i18n, import.problem.expected),
    ];
    let row = |problem: &Problem| {
        let expected = words::expected(i18n, problem.kind).to_owned();
        [problem.line.to_string(), problem.column.clone(), problem.value.clone(), expected]
    };
    csv_text(std::iter::once(head.map(str::to_owned)).chain(problems.iter().map(row)))
}

fn problem_row(i18n: I18n, pending: u32, problem: &Problem) -> impl IntoView + use<> {
    let column = if problem.column.is_empty() {
        t_string!(i18n, import.problem.whole_row).to_owned()
    } else {
        problem.column.clone()
    };
    let (kind, expected) = (problem.kind.id(), words::expected(i18n, problem.kind));
    // A row as a whole is set right in the file itself.
    let correct = (!problem.column.is_empty()).then(|| {
        let Problem { line, column, value, .. } = problem.clone();
        view! { <CorrectButton pending line column value/> }
    });
    let line = fill!(i18n, import.problem.line_of, line = format::count(problem.line));
    view! {
        <tr data-problem=kind data-line=problem.line>
            <th scope="row">{line}</th>
            <td>
                <span class="data-table__label">{t!(i18n, import.problem.column)}</span>
                {column}
            </td>
            <td data-wrap="true">
                <span class="data-table__label">{t!(i18n, import.problem.value)}</span>
                <span class="problem-list__value">{words::or_empty(i18n, &problem.value)}</span>
            </td>
            <td data-wrap="true">
                <span class="data-table__label">{t!(i18n, import.problem.expected)}</span>
                {expected}
            </td>
            <td>{correct}</td>
        </tr>
    }
}
