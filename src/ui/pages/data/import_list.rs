//! The files that are loaded, newest first.

use leptos::prelude::*;

use super::page::Loaded;
use crate::{
    domain::Period,
    ui::{
        components::{CellLabel, Glyph, Icon},
        format,
        hooks::day_and_time,
        i18n::{I18n, fill, language, name, t, t_string, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{Change, ImportView},
};

/// The table of imports.
#[component]
pub(super) fn ImportList(
    /// What is loaded.
    loaded: Loaded,
) -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    view! {
        <section class="panel import-list" aria-labelledby="data-imports">
            <div class="panel__head">
                <h2 id="data-imports">{t!(i18n, data.imports_title)}</h2>
                <span class="panel__note">{t!(i18n, data.imports_note)}</span>
                <span class="row">
                    <a class="button" href=move || location.href(Page::Import)>
                        <Icon glyph=Glyph::Upload/> {t!(i18n, data.import_more)}
                    </a>
                </span>
            </div>
            <table class="data-table" data-stack="true">
                <Head/>
                <tbody>
                    <For
                        each=move || loaded.with(|data| data.imports.clone())
                        key=|import| (import.import.clone(), import.in_force)
                        let(import)
                    >
                        <ImportRow import/>
                    </For>
                </tbody>
            </table>
            <p class="panel__foot">{t!(i18n, data.in_force_hint)}</p>
        </section>
    }
}

/// The names of the columns.
#[component]
fn Head() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <thead>
            <tr>
                <th scope="col">{t!(i18n, data.file)}</th>
                <th scope="col">{t!(i18n, data.shop)}</th>
                <th scope="col">{t!(i18n, data.period)}</th>
                <th scope="col" data-align="end" data-hide="middle">{t!(i18n, data.rows)}</th>
                <th scope="col" data-align="end">{t!(i18n, data.problems)}</th>
                <th scope="col" data-align="end">{t!(i18n, data.in_force)}</th>
                <th scope="col" data-align="end" data-hide="middle">{t!(i18n, data.size)}</th>
                <th scope="col" data-hide="middle">{t!(i18n, data.when)}</th>
                <th scope="col"><span class="visually-hidden">{t!(i18n, data.action)}</span></th>
            </tr>
        </thead>
    }
}

/// One import.
#[component]
fn ImportRow(
    /// The import.
    import: ImportView,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_replaced = import.in_force == 0 && import.facts > 0;
    let (file, kind) = (import.file.clone(), import.names.clone());
    let period = import.period;
    let (row_id, id, removed_name) =
        (import.import.clone(), import.import.clone(), import.file.clone());
    let cells = StoredValue::new(import);
    view! {
        <tr data-import=row_id data-state=is_replaced.then_some("replaced")>
            <th scope="row" data-wrap="true">
                <span class="import-list__file">{file}</span>
                <span class="data-table__sub">{move || name(i18n, &kind)}</span>
            </th>
            <td>
                <CellLabel text=move || t_string!(i18n, data.shop)/>
                {move || cells.with_value(|import| shop(i18n, import))}
            </td>
            <td>
                <CellLabel text=move || t_string!(i18n, data.period)/>
                {move || written_period(i18n, period)}
            </td>
            <Figures cells/>
            <td data-hide="middle">
                <CellLabel text=move || t_string!(i18n, data.when)/>
                {move || cells.with_value(|import| when(i18n, import.imported_millis))}
            </td>
            <td data-align="end"><RemoveButton id file=removed_name/></td>
        </tr>
    }
}

/// Rows, problems, facts in force and size.
#[component]
fn Figures(
    /// The import.
    cells: StoredValue<ImportView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (rows, problems, size) = cells.with_value(|import| {
        (format::count(import.rows), import.n_problems, format::bytes(import.size_bytes))
    });
    view! {
        <td data-align="end" data-hide="middle">
            <CellLabel text=move || t_string!(i18n, data.rows)/>
            {rows}
        </td>
        <td data-align="end">
            <CellLabel text=move || t_string!(i18n, data.problems)/>
            <span class="check-line" data-state=(problems > 0).then_some("differs")>
                {(problems > 0).then(|| view! { <Icon glyph=Glyph::Warning/> })}
                {format::count(problems)}
            </span>
        </td>
        <td data-align="end">
            <CellLabel text=move || t_string!(i18n, data.in_force)/>
            {move || cells.with_value(|import| in_force(i18n, import))}
        </td>
        <td data-align="end" data-hide="middle">
            <CellLabel text=move || t_string!(i18n, data.size)/>
            {size}
        </td>
    }
}

/// Takes the import out of force.
#[component]
fn RemoveButton(
    /// The import's id.
    id: String,
    /// Name of its file.
    file: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    view! {
        <button
            type="button"
            class="button"
            data-kind="quiet"
            disabled=move || !workbook.is_writable()
            title=move || (!workbook.is_writable()).then(|| t_string!(i18n, data.read_only))
            aria-label=move || fill!(i18n, data.remove_named, file = file.clone())
            on:click=move |_| workbook.change(Change::RemoveImport { import: id.clone() })
        >
            <Icon glyph=Glyph::Trash/> {t!(i18n, data.remove)}
        </button>
    }
}

fn shop(i18n: I18n, import: &ImportView) -> String {
    if import.shop.is_empty() {
        t_string!(i18n, data.no_shop).to_owned()
    } else {
        import.shop.clone()
    }
}

fn written_period(i18n: I18n, period: Option<Period>) -> String {
    period.map_or_else(
        || t_string!(i18n, data.no_period).to_owned(),
        |period| format::period(period, language(i18n)),
    )
}

fn when(i18n: I18n, millis: i64) -> String {
    let (day, time) = day_and_time(millis);
    format!("{} {time}", format::day(day, language(i18n)))
}

/// All, some or none of its facts count.
fn in_force(i18n: I18n, import: &ImportView) -> String {
    match import.in_force {
        0 if import.facts > 0 => t_string!(i18n, data.all_replaced).to_owned(),
        all if all == import.facts => format::count(all),
        some => fill!(
            i18n,
            data.in_force_value,
            in_force = format::count(some),
            facts = format::count(import.facts)
        ),
    }
}
