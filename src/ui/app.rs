//! The root: what is shared is provided here, then the shell shows the page.

use leptos::{mount::mount_to_body, prelude::*};

use super::{
    i18n::I18nSubContextProvider,
    shell::Shell,
    state::{
        provide_announcer, provide_engine, provide_folder, provide_imports, provide_location,
        provide_mappings, provide_preferences, provide_workbook,
    },
};
use crate::worker::client::WorkerClient;

/// Starts the engine's worker and the page in the document's body.
pub fn start() {
    console_error_panic_hook::set_once();
    let client = WorkerClient::start();
    mount_to_body(move || view! { <App client/> });
}

/// The whole page over one engine.
#[component]
pub fn App(
    /// What answers the page's requests.
    client: WorkerClient,
) -> impl IntoView {
    provide_engine(client);
    provide_announcer();
    provide_location();
    let workbook = provide_workbook();
    provide_imports();
    provide_folder();
    provide_mappings();
    let preferences = provide_preferences();
    workbook.start();
    view! {
        <I18nSubContextProvider initial_locale=preferences.language()>
            <Shell/>
        </I18nSubContextProvider>
    }
    .into_any()
}
