//! Soon.
use leptos::prelude::*;
/// Soon.
#[component]
pub(crate) fn WorkbookPage() -> impl IntoView { view! { <p>"…"</p> } }
