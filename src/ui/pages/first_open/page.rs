//! Three doors: drop files, try the demo company, open a workbook.

use leptos::prelude::*;

use super::PrivacyProof;
use crate::{
    ui::{
        components::{DemoFilesButton, FailureNotice, Glyph, Icon},
        hooks::{day_and_time, open_file_dialog},
        i18n::{fill, language, t, t_string, use_i18n},
        routes::Page,
        shell::{LanguageSwitch, Mark, ThemeSwitch},
        state::{use_location, use_workbook},
    },
    worker::protocol::WorkbookEntry,
};

/// The one screen before a workbook is open.
#[component]
pub(crate) fn FirstOpen() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let location = use_location();
    // What is answered is kept in a workbook.
    let ask = move |_| {
        location.go_afresh(Page::Questionnaire);
        workbook.create(t_string!(i18n, shell.default_workbook).to_owned());
    };
    let has_entries =
        move || workbook.entries.with(|list| list.as_ref().is_some_and(|list| !list.is_empty()));
    view! {
        <div class="first-open">
            <header class="first-open__bar">
                <Mark/>
                <strong>{t!(i18n, shell.product)}</strong>
                <span class="top-bar__spacer"></span>
                <LanguageSwitch/>
                <ThemeSwitch/>
            </header>
            <main id="main" class="first-open__main" tabindex="-1">
                <div class="page__head">
                    <h1>{t!(i18n, first.title)}</h1>
                    <p class="page__lead">{t!(i18n, first.lead)}</p>
                </div>
                <FailureNotice failure=workbook.failure/>
                <div class="doors">
                    <DropDoor/>
                    <DemoDoor/>
                    <Show when=has_entries>
                        <OpenDoor/>
                    </Show>
                </div>
                <button type="button" class="first-open__ask" data-action="questionnaire" on:click=ask>
                    {t!(i18n, first.questions)}
                </button>
                <PrivacyProof/>
            </main>
        </div>
    }
    .into_any()
}

/// The first door: files make a workbook.
#[component]
fn DropDoor() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="door" data-kind="drop">
            <h2 class="door__title">{t!(i18n, first.drop_title)}</h2>
            <ul class="door__list">
                <li><Icon glyph=Glyph::File/><span>{t!(i18n, first.drop_platforms)}</span></li>
                <li><Icon glyph=Glyph::File/><span>{t!(i18n, first.drop_ads)}</span></li>
                <li><Icon glyph=Glyph::Check/><span>{t!(i18n, first.drop_kinds)}</span></li>
            </ul>
            <button
                type="button"
                class="button"
                data-kind="primary"
                data-size="large"
                on:click=move |_| open_file_dialog()
            >
                <Icon glyph=Glyph::Upload/>
                {t!(i18n, first.drop_button)}
            </button>
        </section>
    }
    .into_any()
}

/// The second door: the demo company, always there.
#[component]
fn DemoDoor() -> impl IntoView {
    let (i18n, workbook, location) = (use_i18n(), use_workbook(), use_location());
    let label = move || match workbook.demo_progress.get() {
        Some((done, all)) => fill!(i18n, first.demo_progress, done = done, all = all),
        None if workbook.is_busy.get() => t_string!(i18n, first.demo_opening).to_owned(),
        None => t_string!(i18n, first.demo_button).to_owned(),
    };
    view! {
        <section class="door" data-kind="demo">
            <h2 class="door__title">{t!(i18n, first.demo_title)}</h2>
            <ul class="door__list">
                <li><Icon glyph=Glyph::Check/><span>{t!(i18n, first.demo_what)}</span></li>
                <li><Icon glyph=Glyph::Check/><span>{t!(i18n, first.demo_apart)}</span></li>
            </ul>
            <div class="row">
                <button
                    type="button"
                    class="button"
                    data-size="large"
                    aria-busy=move || workbook.is_busy.get().to_string()
                    on:click=move |_| {
                        location.go_afresh(Page::Home);
                        workbook.open_demo();
                    }
                >
                    <Icon glyph=Glyph::Play/>
                    {label}
                </button>
                <DemoFilesButton/>
            </div>
        </section>
    }
    .into_any()
}

/// The third door: workbooks of this browser.
#[component]
fn OpenDoor() -> impl IntoView {
    let (i18n, workbook, location) = (use_i18n(), use_workbook(), use_location());
    let entries = move || workbook.entries.get().unwrap_or_default();
    let row = move |entry: WorkbookEntry| {
        let (day, time) = day_and_time(entry.changed_millis);
        let n_imports = entry.n_imports;
        let note = move || {
            let day = crate::ui::format::day(day, language(i18n));
            fill!(i18n, first.open_note, day = day, time = time, imports = n_imports)
        };
        let id = entry.id;
        view! {
            <li>
                <button
                    type="button"
                    class="door__entry"
                    on:click=move |_| {
                        location.go_afresh(Page::Home);
                        workbook.open(id.clone());
                    }
                >
                    <strong>{entry.name}</strong>
                    {entry.is_demo.then(|| view! {
                        <span class="badge" data-state="demo">"DEMO"</span>
                    })}
                    <small>{note}</small>
                </button>
            </li>
        }
    };
    view! {
        <section class="door">
            <h2 class="door__title">{t!(i18n, first.open_title)}</h2>
            <ul class="door__entries">{move || entries().into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}
