//! The folder that is remembered for this workbook.

use leptos::prelude::*;

use crate::ui::{
    hooks::{focus_main, gives_lasting_folders},
    i18n::{fill, t, use_i18n},
    state::{Look, use_folder, use_workbook},
};

/// Offers to remember a folder, or says which one is; nothing where the browser cannot, and in the demo.
#[component]
pub(super) fn RememberedFolder() -> impl IntoView {
    let i18n = use_i18n();
    let (folder, workbook) = (use_folder(), use_workbook());
    let is_own =
        move || workbook.state.with(|state| state.as_ref().is_some_and(|open| !open.is_demo));
    let offer = move || {
        view! {
            <button type="button" class="button" data-action="remember-folder"
                on:click=move |_| folder.choose()>
                {t!(i18n, shell.folder.remember)}
            </button>
            <p class="small">{t!(i18n, shell.folder.remember_note)}</p>
        }
    };
    let remembered = move |name: String, look: Look| {
        let text = move || match look {
            Look::Gone => fill!(i18n, shell.folder.gone, name = name),
            Look::Locked | Look::Looking | Look::Seen { .. } => {
                fill!(i18n, shell.folder.remembered, name = name)
            }
        };
        view! {
            <p class="small">
                {text}
                {(look == Look::Seen { n_new: 0 }).then(|| view! {
                    " "
                    {t!(i18n, shell.folder.nothing_new)}
                })}
            </p>
            <div class="row">
                <button type="button" class="button" data-size="small"
                    on:click=move |_| folder.unlock()>
                    {t!(i18n, shell.folder.look)}
                </button>
                <button type="button" class="button" data-size="small"
                    on:click=move |_| folder.choose()>
                    {t!(i18n, shell.folder.other)}
                </button>
                <button type="button" class="button" data-size="small" data-action="forget-folder"
                    on:click=move |_| {
                        folder.forget();
                        focus_main();
                    }>
                    {t!(i18n, shell.folder.forget)}
                </button>
            </div>
        }
    };
    move || {
        let is_offered = gives_lasting_folders() && is_own();
        is_offered.then(|| match folder.view.get() {
            Some(view) => remembered(view.name, view.look).into_any(),
            None => offer().into_any(),
        })
    }
}
