//! The name of the open workbook, and all workbooks of this browser.

use leptos::{ev::SubmitEvent, prelude::*};

use super::delete_dialog::DeleteDialog;
use crate::{
    ui::{
        components::{Glyph, Icon},
        format,
        hooks::day_and_time,
        i18n::{fill, language, t, t_string, use_i18n},
        routes::Page,
        state::{use_location, use_workbook},
    },
    worker::protocol::{Change, WorkbookEntry},
};

/// Renames the open workbook.
#[component]
pub(super) fn Rename() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let known = Memo::new(move |_| {
        workbook
            .state
            .with(|state| state.as_ref().map(|open| open.name.clone()))
            .unwrap_or_default()
    });
    let typed = RwSignal::new(None::<String>);
    let text = move || typed.get().unwrap_or_else(|| known.get());
    let is_new = move || {
        let text = text();
        !text.trim().is_empty() && text.trim() != known.get()
    };
    let rename = move |event: SubmitEvent| {
        event.prevent_default();
        if is_new() {
            workbook.change(Change::RenameWorkbook { name: text().trim().to_owned() });
        }
        typed.set(None);
    };
    view! {
        <section class="panel" aria-labelledby="rename">
            <div class="panel__head"><h2 id="rename">{t!(i18n, workbook.name)}</h2></div>
            <form class="inline-form" on:submit=rename>
                <input
                    class="field__input"
                    aria-labelledby="rename"
                    maxlength="80"
                    prop:value=text
                    on:input=move |event| typed.set(Some(event_target_value(&event)))
                />
                <button
                    type="submit"
                    class="button"
                    disabled=move || !is_new() || !workbook.is_writable()
                >
                    {t!(i18n, workbook.rename)}
                </button>
            </form>
        </section>
    }
    .into_any()
}

/// All workbooks: open, new, delete.
#[component]
pub(super) fn Workbooks() -> impl IntoView {
    let (i18n, workbook, location) = (use_i18n(), use_workbook(), use_location());
    let doomed = RwSignal::new(None::<WorkbookEntry>);
    let entries = move || workbook.entries.get().unwrap_or_default();
    view! {
        <section class="panel" aria-labelledby="workbooks">
            <div class="panel__head"><h2 id="workbooks">{t!(i18n, workbook.all)}</h2></div>
            <ul class="plain-list">
                {move || {
                    entries().into_iter().map(|entry| view! { <Entry entry doomed/> }).collect_view()
                }}
            </ul>
            <div class="row panel__foot">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        location.go_afresh(Page::Workbook);
                        workbook.create(t_string!(i18n, shell.default_workbook).to_owned());
                    }
                >
                    <Icon glyph=Glyph::Plus/>
                    {t!(i18n, workbook.new)}
                </button>
                <button type="button" class="button" on:click=move |_| {
                    location.go_afresh(Page::Home);
                    workbook.open_demo();
                }>
                    <Icon glyph=Glyph::Play/>
                    {t!(i18n, first.demo_button)}
                </button>
            </div>
            <DeleteDialog doomed/>
        </section>
    }
    .into_any()
}

/// One workbook of the list.
#[component]
fn Entry(
    /// What is shown.
    entry: WorkbookEntry,
    /// Set to ask whether it is to be deleted.
    doomed: RwSignal<Option<WorkbookEntry>>,
) -> impl IntoView {
    let (i18n, workbook, location) = (use_i18n(), use_workbook(), use_location());
    let (day, time) = day_and_time(entry.changed_millis);
    let n_imports = entry.n_imports;
    let note = move || {
        let day = format::day(day, language(i18n));
        fill!(i18n, first.open_note, day = day, time = time, imports = n_imports)
    };
    let id = entry.id.clone();
    let is_open = {
        let id = id.clone();
        move || workbook.state.with(|state| state.as_ref().is_some_and(|open| open.id == id))
    };
    let is_shown = is_open.clone();
    let (name, is_demo, named) = (entry.name.clone(), entry.is_demo, entry.name.clone());
    view! {
        <li class="workbook-entry" aria-current=move || is_shown().then_some("true")>
            <span class="workbook-entry__name">
                <strong>{name}</strong>
                {is_demo.then(|| view! { <span class="badge" data-state="demo">"DEMO"</span> })}
                <small>{note}</small>
            </span>
            <button
                type="button"
                class="button"
                disabled=is_open
                on:click=move |_| {
                    location.go_afresh(Page::Home);
                    workbook.open(id.clone());
                }
            >
                {t!(i18n, workbook.open)}
            </button>
            <button
                type="button"
                class="button"
                data-kind="icon"
                aria-label=move || fill!(i18n, workbook.delete_named, name = named)
                on:click=move |_| doomed.set(Some(entry.clone()))
            >
                <Icon glyph=Glyph::Trash/>
            </button>
        </li>
    }
    .into_any()
}
