//! A row of choices of which one holds.

use leptos::prelude::*;

/// Buttons side by side; the chosen one is pressed.
#[component]
pub(crate) fn Segmented<T: Clone + PartialEq + Send + Sync + 'static>(
    /// What is chosen, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Value and text of each choice, in order.
    #[prop(into)]
    choices: Signal<Vec<(T, String)>>,
    /// The choice in force.
    #[prop(into)]
    chosen: Signal<T>,
    /// Called with the choice that was pressed.
    #[prop(into)]
    on_choose: Callback<T>,
) -> impl IntoView {
    let button = move |(value, text): (T, String)| {
        let (is_chosen, pressed) = (value.clone(), value);
        view! {
            <button
                type="button"
                aria-pressed=move || chosen.with(|chosen| *chosen == is_chosen).to_string()
                on:click=move |_| on_choose.run(pressed.clone())
            >
                {text}
            </button>
        }
    };
    view! {
        <span class="segmented" role="group" aria-label=label>
            {move || choices.get().into_iter().map(button).collect_view()}
        </span>
    }
    .into_any()
}
