//! Soon.
use leptos::prelude::*;
/// Soon.
#[component]
pub(crate) fn KpiPage(id: String) -> impl IntoView { view! { <p>"…"</p> } }
