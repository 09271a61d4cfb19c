//! What confirming the file would change.

use leptos::prelude::*;

use super::sheet::Shared;
use crate::{
    ui::{
        format::{self, Style},
        i18n::{I18n, language, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Effect, MonthChange, UnitView},
};

/// New, replaced, same and outdated facts, and the months whose net sales move.
#[component]
pub(super) fn Changes(
    /// The file as understood.
    understood: Shared,
) -> impl IntoView {
    let i18n = use_i18n();
    let effect = Memo::new(move |_| understood.with(|file| file.effect.clone()));
    let figures = move || effect.with(|effect| figures(i18n, effect).into_any());
    let workbook = use_workbook().state;
    let is_first = Memo::new(move |_| {
        workbook.with(|state| state.as_ref().is_none_or(|open| open.n_imports == 0))
    });
    let has_months = Memo::new(move |_| effect.with(|effect| !effect.months.is_empty()));
    let is_history =
        move || effect.with(|effect| effect.months.iter().any(|month| month.before.is_some()));
    view! {
        <div class="import-sheet__step">
            <div class="import-sheet__head">
                <h2>{t!(i18n, import.effect.title)}</h2>
                <span class="small muted">{t!(i18n, import.effect.facts)}</span>
            </div>
            <dl class="import-sheet__figures">{figures}</dl>
            <Show
                when=move || has_months.get()
                fallback=move || {
                    // Beside nothing there is nothing to move.
                    (!is_first.get())
                        .then(|| view! { <p class="muted">{t!(i18n, import.effect.none)}</p> })
                }
            >
                <h3>{t!(i18n, import.effect.months)}</h3>
                <MonthTable effect/>
            </Show>
            <Show when=is_history>
                <p class="small muted">{t!(i18n, import.effect.history)}</p>
            </Show>
        </div>
    }
}

fn figures(i18n: I18n, effect: &Effect) -> impl IntoView + use<> {
    let figure = |id: &'static str, word: &'static str, hint: &'static str, count: u64| {
        view! {
            <div>
                <dt>{word}</dt>
                <dd data-effect=id data-value=count>{format::count(count)} <small>{hint}</small></dd>
            </div>
        }
    };
    [
        figure(
            "new",
            t_string!(i18n, import.effect.new),
            t_string!(i18n, import.effect.new_hint),
            effect.new,
        ),
        figure(
            "replaced",
            t_string!(i18n, import.effect.replaced),
            t_string!(i18n, import.effect.replaced_hint),
            effect.replaced,
        ),
        figure(
            "same",
            t_string!(i18n, import.effect.same),
            t_string!(i18n, import.effect.same_hint),
            effect.same,
        ),
        figure(
            "outdated",
            t_string!(i18n, import.effect.outdated),
            t_string!(i18n, import.effect.outdated_hint),
            effect.outdated,
        ),
    ]
    .into_iter()
    .collect_view()
}

/// Net sales per month, before and after.
#[component]
fn MonthTable(
    /// What confirming would do.
    #[prop(into)]
    effect: Signal<Effect>,
) -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        effect
            .with(|effect| effect.months.iter().map(|month| month_row(i18n, month)).collect_view())
    };
    view! {
        <table class="data-table" data-stack="true">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, import.effect.month)}</th>
                    <th scope="col" data-align="end">{t!(i18n, import.effect.before)}</th>
                    <th scope="col" data-align="end">{t!(i18n, import.effect.after)}</th>
                    <th scope="col" data-align="end">{t!(i18n, import.effect.change)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn month_row(i18n: I18n, month: &MonthChange) -> impl IntoView + use<> {
    let style = Style { unit: UnitView::Money, currency: month.currency, language: language(i18n) };
    let written = |value: &Option<String>| {
        value.as_deref().map_or_else(|| format::UNDEFINED.to_owned(), |value| style.full(value))
    };
    let change = match (&month.after, &month.before) {
        (Some(after), Some(before)) => {
            style.change(after, before).map_or_else(String::new, |change| {
                let relative =
                    change.relative.map(|share| format!(" ({share})")).unwrap_or_default();
                format!("{}{relative}", change.absolute)
            })
        }
        _ => t_string!(i18n, import.effect.first).to_owned(),
    };
    view! {
        <tr>
            <th scope="row">{format::month(month.month, language(i18n))}</th>
            <td data-align="end">
                <span class="data-table__label">{t!(i18n, import.effect.before)}</span>
                {written(&month.before)}
            </td>
            <td data-align="end">
                <span class="data-table__label">{t!(i18n, import.effect.after)}</span>
                {written(&month.after)}
            </td>
            <td data-align="end">
                <span class="data-table__label">{t!(i18n, import.effect.change)}</span>
                {change}
            </td>
        </tr>
    }
}
