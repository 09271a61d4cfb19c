//! The demo company's files, to practise importing with.

use leptos::{prelude::*, task::spawn_local};

use super::{Glyph, Icon};
use crate::{
    ui::{
        hooks::download,
        i18n::{failure_text, t, t_string, use_i18n},
        state::{use_announcer, use_engine},
    },
    worker::protocol::Request,
};

/// Saves the demo's export files as one zip.
#[component]
pub(crate) fn DemoFilesButton() -> impl IntoView {
    let (i18n, engine, announcer) = (use_i18n(), use_engine(), use_announcer());
    let is_busy = RwSignal::new(false);
    let save = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            match engine.ask_for_bytes(Request::DemoFiles).await {
                Ok((name, bytes)) => {
                    download(&name, &bytes);
                    announcer.say(t_string!(i18n, first.demo_files_saved));
                }
                Err(failure) => announcer.say(failure_text(i18n, &failure)),
            }
            is_busy.try_set(false);
        });
    };
    view! {
        <button
            type="button"
            class="button"
            data-kind="quiet"
            aria-busy=move || is_busy.get().to_string()
            on:click=save
        >
            <Icon glyph=Glyph::Download/>
            {t!(i18n, first.demo_files)}
        </button>
    }
    .into_any()
}
