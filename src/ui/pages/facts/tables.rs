//! The files, and the largest facts.

use std::sync::Arc;

use leptos::prelude::*;

use super::page::Sight;
use crate::{
    domain::{Currency, Period},
    ui::{
        format::{self, Style},
        i18n::{I18n, channel_name, code_text, fill, language, name, t, use_i18n},
    },
    worker::protocol::{FactField, FactRow, FactsFile, UnitView},
};

/// Files with facts; choosing one shows its facts alone.
#[component]
pub(super) fn FileTable(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
    /// The one import whose facts are shown.
    only: RwSignal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let sight = shown.get().filter(|sight| !sight.view.files.is_empty())?;
        let style = sight.style(i18n);
        // With other filters the file may have nothing to show.
        let is_gone = only.with_untracked(|only| {
            only.as_ref().is_some_and(|it| sight.view.files.iter().all(|file| file.import != *it))
        });
        if is_gone {
            only.set(None);
        }
        let files = sight.view.files.iter().map(|file| file_row(i18n, style, file, only));
        let rows = files.collect_view();
        Some(view! {
            <section class="panel" aria-labelledby="fact-files">
                <div class="panel__head">
                    <h2 id="fact-files">{t!(i18n, kpi.facts_files)}</h2>
                    <span class="panel__note">{t!(i18n, kpi.facts_files_note)}</span>
                </div>
                <table class="data-table" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, kpi.facts_file)}</th>
                            <th scope="col">{t!(i18n, kpi.facts_days)}</th>
                            <th scope="col" data-align="end">{t!(i18n, kpi.facts_count)}</th>
                            <th scope="col" data-align="end">{t!(i18n, kpi.facts_amount)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        })
    }
}

fn file_row(i18n: I18n, style: Style, file: &FactsFile, only: RwSignal<Option<String>>) -> AnyView {
    let import = file.import.clone();
    let is_only = {
        let import = import.clone();
        move || only.with(|only| only.as_ref() == Some(&import)).to_string()
    };
    let choose = move |_| {
        only.update(|only| {
            *only = if only.as_ref() == Some(&import) { None } else { Some(import.clone()) }
        });
    };
    let days = Period { from: file.first_day, to: file.last_day };
    view! {
        <tr data-facts-file=file.file.clone()>
            <th scope="row">
                <button type="button" class="button" data-kind="quiet" aria-pressed=is_only on:click=choose>
                    {file.file.clone()}
                </button>
                " "
                <span class="data-table__sub">{name(i18n, &file.report)}</span>
            </th>
            <td>
                <span class="data-table__label">{t!(i18n, kpi.facts_days)}</span>
                {format::period(days, language(i18n))}
            </td>
            <td data-align="end">
                <span class="data-table__label">{t!(i18n, kpi.facts_count)}</span>
                {format::count(file.n_facts)}
            </td>
            <td data-align="end">
                <span class="data-table__label">{t!(i18n, kpi.facts_amount)}</span>
                {style.full(&file.sum)}
            </td>
        </tr>
    }
    .into_any()
}

/// The largest facts: what each adds, and where it stands.
#[component]
pub(super) fn FactTable(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let sight = shown.get().filter(|sight| !sight.view.facts.is_empty())?;
        let style = sight.style(i18n);
        let rows = sight.view.facts.iter().map(|fact| fact_row(i18n, style, fact)).collect_view();
        let note = fill!(i18n, kpi.facts_largest, count = sight.view.facts.len());
        Some(view! {
            <section class="panel" aria-labelledby="fact-rows">
                <div class="panel__head">
                    <h2 id="fact-rows">{t!(i18n, kpi.facts_rows)}</h2>
                    <span class="panel__note">{note}</span>
                </div>
                <table class="data-table" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, kpi.facts_day)}</th>
                            <th scope="col" data-align="end">{t!(i18n, kpi.facts_amount)}</th>
                            <th scope="col">{t!(i18n, kpi.facts_said)}</th>
                            <th scope="col">{t!(i18n, kpi.facts_line)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        })
    }
}

fn fact_row(i18n: I18n, style: Style, fact: &FactRow) -> AnyView {
    let own = fact.fields.iter().find(|field| field.id == "currency");
    let currency = own.and_then(|field| Currency::parse(&field.text)).unwrap_or(style.currency);
    let money = Style { unit: UnitView::Money, currency, ..style };
    let said = fact.fields.iter().map(|field| said(i18n, money, field)).collect_view();
    let line = fill!(i18n, kpi.facts_line_of, line = fact.line);
    view! {
        <tr data-fact-line=fact.line>
            <th scope="row">{format::day(fact.day, language(i18n))}</th>
            <td data-align="end" data-value=fact.amount.clone()>
                <span class="data-table__label">{t!(i18n, kpi.facts_amount)}</span>
                {style.full(&fact.amount)}
            </td>
            <td data-wrap="true"><dl class="said">{said}</dl></td>
            <td data-wrap="true">
                {line}
                " "
                <span class="data-table__sub">{fact.file.clone()}</span>
            </td>
        </tr>
    }
    .into_any()
}

fn said(i18n: I18n, money: Style, field: &FactField) -> AnyView {
    let text = match field.id.as_str() {
        "channel" => channel_name(i18n, &field.text),
        "category" | "kind" | "status" => code_text(i18n, &field.text),
        _ if field.is_money => money.full(&field.text),
        _ => field.text.clone(),
    };
    view! { <div><dt>{name(i18n, &field.names)}</dt><dd>{text}</dd></div> }.into_any()
}
