//! The open workbook's name, and the way to the others.

use leptos::prelude::*;

use crate::ui::{
    components::{Glyph, Icon, Popover, hide_popover},
    i18n::{t, use_i18n},
    routes::Page,
    state::{use_location, use_workbook},
};

const MENU: &str = "workbook-menu";

/// A button with the name; its list opens other workbooks.
#[component]
pub(crate) fn WorkbookMenu() -> impl IntoView {
    let (i18n, workbook, location) = (use_i18n(), use_workbook(), use_location());
    let name = move || {
        workbook
            .state
            .with(|state| state.as_ref().map(|open| open.name.clone()).unwrap_or_default())
    };
    let open_id = move || workbook.state.with(|state| state.as_ref().map(|open| open.id.clone()));
    let entries = move || workbook.entries.get().unwrap_or_default();
    let item = move |entry: crate::worker::protocol::WorkbookEntry| {
        let is_open = open_id().as_deref() == Some(entry.id.as_str());
        let id = entry.id;
        view! {
            <button
                type="button"
                class="menu__item"
                aria-current=is_open.then_some("true")
                on:click=move |_| {
                    hide_popover(MENU);
                    if !is_open {
                        location.go_afresh(Page::Home);
                        workbook.open(id.clone());
                    }
                }
            >
                <span>{entry.name}</span>
                {entry.is_demo.then(|| view! { <span class="badge" data-state="demo">"DEMO"</span> })}
                {is_open.then(|| view! { <Icon glyph=Glyph::Check/> })}
            </button>
        }
    };
    view! {
        <button type="button" class="top-bar__workbook" popovertarget=MENU>
            <span>{name}</span>
            <Icon glyph=Glyph::Down/>
        </button>
        <Popover id=MENU>
            <div class="menu">
                {move || entries().into_iter().map(item).collect_view()}
                <a
                    class="menu__item"
                    href=move || location.href(Page::Workbook)
                    on:click=move |_| hide_popover(MENU)
                >
                    <span>{t!(i18n, shell.manage_workbooks)}</span>
                    <Icon glyph=Glyph::Right/>
                </a>
            </div>
        </Popover>
    }
    .into_any()
}
