//! The bar over every page.

use leptos::prelude::*;

use super::{
    LanguageSwitch, ThemeSwitch, save_state::SaveStateText, undo_buttons::UndoButtons,
    workbook_menu::WorkbookMenu,
};
use crate::ui::{
    i18n::{t, use_i18n},
    state::use_workbook,
};

/// Workbook, save state, undo, language and theme.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let is_demo =
        move || workbook.state.with(|state| state.as_ref().is_some_and(|open| open.is_demo));
    view! {
        <header class="top-bar">
            <WorkbookMenu/>
            <Show when=is_demo>
                <span class="demo-stamp" title=t!(i18n, shell.demo_note)>"DEMO"</span>
            </Show>
            <SaveStateText/>
            <span class="top-bar__spacer"></span>
            <UndoButtons/>
            <LanguageSwitch/>
            <ThemeSwitch/>
        </header>
    }
    .into_any()
}
