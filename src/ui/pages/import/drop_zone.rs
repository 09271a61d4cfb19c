//! Where files go in. The input itself and the drop on the window belong to the shell.

use leptos::prelude::*;

use super::folder::RememberedFolder;
use crate::ui::{
    components::{Glyph, Icon},
    hooks::{open_file_dialog, open_folder_dialog},
    i18n::{t, t_string, use_i18n},
    routes::Page,
    state::{use_imports, use_location},
};

/// The invitation to drop files: in full, or as one line once files are there.
#[component]
pub(super) fn DropZone(
    /// Whether to be short.
    #[prop(into)]
    is_line: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (imports, location) = (use_imports(), use_location());
    let title = move || {
        if is_line.get() {
            t_string!(i18n, import.drop.more)
        } else {
            t_string!(i18n, import.drop.title)
        }
    };
    view! {
        <section class="drop-zone" data-size=move || is_line.get().then_some("line")>
            <p class="drop-zone__title"><Icon glyph=Glyph::Upload/> <span>{title}</span></p>
            <Show when=move || !is_line.get()>
                <p>{t!(i18n, import.drop.kinds)}</p>
                <p>{t!(i18n, import.drop.privacy)}</p>
            </Show>
            <div class="drop-zone__buttons">
            <button
                type="button"
                class="button"
                data-kind=move || (!is_line.get()).then_some("primary")
                disabled=move || imports.progress.with(Option::is_some)
                on:click=move |_| open_file_dialog()
            >
                {t!(i18n, import.drop.choose)}
            </button>
            <button
                type="button"
                class="button"
                disabled=move || imports.progress.with(Option::is_some)
                on:click=move |_| open_folder_dialog()
            >
                {t!(i18n, import.drop.choose_folder)}
            </button>
            </div>
            <Show when=move || !is_line.get()>
                <p class="small">
                    <a href=move || location.href(Page::Data)>{t!(i18n, import.drop.how)}</a>
                    " "
                    {t!(i18n, import.drop.desktop)}
                </p>
                <RememberedFolder/>
            </Show>
        </section>
    }
}
