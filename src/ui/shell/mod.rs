//! What is around every page: bars, navigation, drop zone, live region.

mod drop_veil;
mod folder_notice;
mod nav;
mod save_state;
mod switches;
mod top_bar;
mod undo_buttons;
mod workbook_menu;

use leptos::prelude::*;

use drop_veil::DropVeil;
use folder_notice::FolderNotice;
pub(crate) use nav::Mark;
use nav::Nav;
pub(crate) use switches::{LanguageSwitch, ThemeSwitch};
use top_bar::TopBar;

use crate::ui::{
    components::{FailureNotice, Notice, Severity},
    hooks::{
        FILE_INPUT_ID, FOLDER_INPUT_ID, Part, chosen_files, focus_main, reload, use_document,
        use_file_drop, use_leave_guard, use_page_top, use_part, use_shortcuts,
    },
    i18n::{fill, t, t_string, use_i18n},
    pages::{first_open::FirstOpen, home::HomePage, later},
    routes::Page,
    state::{use_announcer, use_imports, use_location, use_preferences, use_workbook},
};

/// The frame around the page that the URL names; without a workbook, the three doors.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let i18n = use_i18n();
    let (workbook, location, imports) = (use_workbook(), use_location(), use_imports());
    let preferences = use_preferences();
    let sentence = use_announcer().sentence();
    let page = location.page();
    use_document(
        preferences.language(),
        preferences.theme(),
        Signal::derive(move || document_title(i18n, &page.get(), workbook)),
    );
    use_shortcuts(move || workbook.undo(), move || workbook.redo());
    use_leave_guard(Signal::derive(move || workbook.has_unsaved() || imports.is_under_way()));
    let take = move |files: Vec<web_sys::File>| {
        if !files.is_empty() {
            imports.read(files, t_string!(i18n, shell.default_workbook).to_owned());
            location.go(Page::Import);
        }
    };
    let is_over = use_file_drop(take);
    let is_open = Memo::new(move |_| workbook.state.with(Option::is_some));
    // What went wrong on a page is told there.
    use_page_top(location.route, is_open, move || workbook.failure.set(None));
    let is_known = Memo::new(move |_| workbook.entries.with(Option::is_some));
    let part = use_part(is_known, later::load);
    view! {
        <a
            class="skip-link"
            href="#main"
            on:click=move |event| {
                // The hash is the route: going there by link would leave the page.
                event.prevent_default();
                focus_main();
            }
        >
            {t!(i18n, shell.skip)}
        </a>
        {move || match (is_open.get(), is_known.get()) {
            (true, _) => view! { <Frame part/> }.into_any(),
            (false, true) => view! { <FirstOpen/> }.into_any(),
            (false, false) => view! { <Starting/> }.into_any(),
        }}
        <input
            type="file"
            multiple
            id=FILE_INPUT_ID
            class="visually-hidden"
            tabindex="-1"
            aria-label=t!(i18n, shell.choose_files)
            on:change=move |event| take(chosen_files(&event))
        />
        <input
            type="file"
            prop:webkitdirectory=true
            id=FOLDER_INPUT_ID
            class="visually-hidden"
            tabindex="-1"
            aria-label=t!(i18n, shell.choose_folder)
            on:change=move |event| take(chosen_files(&event))
        />
        <DropVeil is_over/>
        <p class="visually-hidden" role="status" aria-live="polite">{sentence}</p>
    }
    .into_any()
}

fn document_title(
    i18n: crate::ui::i18n::I18n,
    page: &Page,
    workbook: crate::ui::state::Workbook,
) -> String {
    let product = t_string!(i18n, shell.product);
    let Some(name) = workbook.state.with(|state| state.as_ref().map(|open| open.name.clone()))
    else {
        return product.to_owned();
    };
    let page = match page {
        Page::Home => t_string!(i18n, shell.nav_home).to_owned(),
        Page::Import => t_string!(i18n, shell.nav_import).to_owned(),
        Page::Data => t_string!(i18n, shell.nav_data).to_owned(),
        Page::Products => t_string!(i18n, products.title).to_owned(),
        Page::Reconciliation => t_string!(i18n, reconciliation.title).to_owned(),
        Page::Workbook => t_string!(i18n, shell.nav_workbook).to_owned(),
        Page::Kpis => t_string!(i18n, kpi.all).to_owned(),
        Page::Explore => t_string!(i18n, explore.title).to_owned(),
        Page::Targets => t_string!(i18n, shell.nav_targets).to_owned(),
        Page::WhatIf => t_string!(i18n, what_if.title).to_owned(),
        Page::Scorecards | Page::Scorecard(_) => t_string!(i18n, shell.nav_scorecards).to_owned(),
        Page::Questionnaire => t_string!(i18n, questionnaire.title).to_owned(),
        Page::Skus => t_string!(i18n, shell.nav_skus).to_owned(),
        Page::OwnKpi(id) if id.is_empty() => t_string!(i18n, kpi.own_new).to_owned(),
        Page::Kpi(id) | Page::OwnKpi(id) | Page::Facts(id) => id.clone(),
    };
    format!("{page} · {name} · {product}")
}

/// Bars and navigation around a page of the open workbook.
#[component]
fn Frame(
    /// How far all pages but home are.
    part: Signal<Part>,
) -> impl IntoView {
    let (workbook, page) = (use_workbook(), use_location().page());
    let is_demo =
        move || workbook.state.with(|state| state.as_ref().is_some_and(|open| open.is_demo));
    view! {
        <div class="frame" data-demo=move || is_demo().to_string()>
            <Nav/>
            <div class="frame__main">
                <TopBar/>
                <main id="main" tabindex="-1">
                    <div class="frame__notice">
                        <FailureNotice failure=workbook.failure/>
                        <Busy/>
                        <FolderNotice/>
                    </div>
                    {move || match page.get() {
                        Page::Home => view! { <HomePage/> }.into_any(),
                        page => match part.get() {
                            Part::Loaded => later::later_page(page).into_any(),
                            Part::Awaited => {
                                view! { <div class="page" aria-busy="true"></div> }.into_any()
                            }
                            Part::Failed => view! { <NotLoaded/> }.into_any(),
                        },
                    }}
                </main>
            </div>
        </div>
    }
    .into_any()
}

/// The part of the program with this page could not be fetched.
#[component]
fn NotLoaded() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page">
            <Notice severity=Severity::Critical>
                <p>{t!(i18n, shell.not_loaded)}</p>
                <p>
                    <button class="button" type="button" on:click=|_| reload()>
                        {t!(i18n, shell.reload)}
                    </button>
                </p>
            </Notice>
        </div>
    }
    .into_any()
}

/// Another workbook is being opened or the demo company made.
#[component]
fn Busy() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let text = move || match workbook.demo_progress.get() {
        Some((done, all)) => fill!(i18n, first.demo_progress, done = done, all = all),
        None => t_string!(i18n, first.demo_opening).to_owned(),
    };
    move || workbook.is_busy.get().then(|| view! { <Notice><p>{text}</p></Notice> })
}

/// Until the engine has said which workbooks there are.
#[component]
fn Starting() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main id="main" class="starting" tabindex="-1" aria-busy="true">
            <strong>{t!(i18n, shell.product)}</strong>
            <p>{t!(i18n, shell.starting)}</p>
        </main>
    }
    .into_any()
}
