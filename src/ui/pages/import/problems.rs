//! Cells that could not be understood: where, what was read, what was expected.

use leptos::prelude::*;

use super::{sheet::Shared, words};
use crate::{
    domain::Problem,
    ui::{
        components::{Glyph, Icon},
        format,
        i18n::{I18n, fill, t, t_string, use_i18n},
    },
};

/// Problems shown before the person asks for more.
const FIRST: usize = 10;

/// The list of problems; one calm line when there are none.
#[component]
pub(super) fn Problems(
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
            <Show when=move || n_problems.get() != 0>
                <ProblemTable understood/>
            </Show>
        </div>
    }
}

/// The first problems, more on demand.
#[component]
fn ProblemTable(
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
                .map(|problem| problem_row(i18n, problem))
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
        </div>
    }
}

fn problem_row(i18n: I18n, problem: &Problem) -> impl IntoView + use<> {
    let column = if problem.column.is_empty() {
        t_string!(i18n, import.problem.whole_row).to_owned()
    } else {
        problem.column.clone()
    };
    let (kind, expected) = (problem.kind.id(), words::expected(i18n, problem.kind));
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
        </tr>
    }
}
