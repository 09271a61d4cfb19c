//! Why there is nothing, and the one step that would change it.

use leptos::prelude::*;

/// A part without data.
#[component]
pub(crate) fn EmptyState(
    /// What the part is for, in one sentence.
    #[prop(into)]
    title: Signal<String>,
    /// Why there is nothing.
    #[prop(into)]
    reason: Signal<String>,
    /// The next step: a button or a link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <strong>{title}</strong>
            <p>{reason}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
