//! A labelled choice of one of several.

use leptos::prelude::*;

/// A labelled list of which one is in `value`.
#[component]
pub(crate) fn ChoiceField(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// The choice.
    value: RwSignal<String>,
    /// Stable name, for tests.
    field: &'static str,
    /// Values and texts.
    #[prop(into)]
    choices: Signal<Vec<(String, String)>>,
    /// Called after another choice.
    #[prop(into, optional)]
    on_chosen: Option<Callback<()>>,
) -> impl IntoView {
    let options = move || {
        let chosen = value.get_untracked();
        let option = |(value, text): (String, String)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{text}</option> }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <select
                class="field__input"
                data-field=field
                prop:value=value
                on:change=move |event| {
                    value.set(event_target_value(&event));
                    if let Some(on_chosen) = on_chosen {
                        on_chosen.run(());
                    }
                }
            >
                {options}
            </select>
        </label>
    }
    .into_any()
}
