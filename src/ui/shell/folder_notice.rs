//! What is new in the remembered folder is offered on every page.

use leptos::prelude::*;

use crate::ui::{
    components::Notice,
    hooks::focus_main,
    i18n::{fill, t, t_string, use_i18n},
    routes::Page,
    state::{Look, use_folder, use_imports, use_location, use_workbook},
};

/// Asks about new files, or whether the folder may be looked into; nothing while there is nothing to ask.
#[component]
pub(crate) fn FolderNotice() -> impl IntoView {
    let folder = use_folder();
    let asks = move || {
        let view = folder.view.get().filter(|_| !folder.is_put_off.get())?;
        match view.look {
            Look::Seen { n_new: 0 } | Look::Gone | Look::Looking => None,
            look => Some((view.name, look)),
        }
    };
    move || {
        asks().map(|(name, look)| {
            view! {
                <Notice>
                    <div class="stack" data-gap="small">
                        <p>{question(name, look)}</p>
                        <div class="row">{answers(look)}</div>
                    </div>
                </Notice>
            }
        })
    }
}

fn question(name: String, look: Look) -> impl IntoView {
    let i18n = use_i18n();
    move || match look {
        Look::Seen { n_new: 1 } => fill!(i18n, shell.folder.new_single, name = name),
        Look::Seen { n_new } => {
            fill!(i18n, shell.folder.new_several, count = n_new, name = name)
        }
        Look::Locked | Look::Looking | Look::Gone => fill!(i18n, shell.folder.locked, name = name),
    }
}

fn answers(look: Look) -> impl IntoView {
    let (i18n, folder, imports) = (use_i18n(), use_folder(), use_imports());
    let (location, workbook) = (use_location(), use_workbook());
    let read = move |_| {
        imports.read(folder.take(), t_string!(i18n, shell.default_workbook).to_owned());
        location.go(Page::Import);
    };
    let is_stopped = move || {
        let is_taken = imports.progress.with(Option::is_some) || workbook.is_busy.get();
        is_taken || !workbook.is_writable()
    };
    let yes = if look == Look::Locked {
        view! {
            <button type="button" class="button" data-kind="primary" data-action="look-into-folder"
                on:click=move |_| folder.unlock()>
                {t!(i18n, shell.folder.look)}
            </button>
        }
        .into_any()
    } else {
        view! {
            <button type="button" class="button" data-kind="primary" data-action="read-new-files"
                disabled=is_stopped on:click=read>
                {t!(i18n, shell.folder.read)}
            </button>
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    folder.leave_out();
                    focus_main();
                }
            >
                {t!(i18n, shell.folder.never)}
            </button>
        }
        .into_any()
    };
    view! {
        {yes}
        <button
            type="button"
            class="button"
            on:click=move |_| {
                folder.is_put_off.set(true);
                focus_main();
            }
        >
            {t!(i18n, shell.folder.not_now)}
        </button>
    }
}
