//! Soon.
use leptos::prelude::*;
/// Soon.
#[component]
pub(crate) fn HomePage() -> impl IntoView { view! { <p>"…"</p> } }
