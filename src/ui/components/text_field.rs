//! A labelled input.

use leptos::prelude::*;

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum FieldKind {
    #[default]
    Text,
    Amount,
    Day,
}

/// A labelled input whose text is in `value` with every letter.
#[component]
pub(crate) fn TextField(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// What that is.
    #[prop(optional)]
    kind: FieldKind,
    /// Stable name, for tests.
    #[prop(optional)]
    field: Option<&'static str>,
    /// What holds, or an example, while it is empty.
    #[prop(into, optional)]
    example: Option<String>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="field__input"
                type=if kind == FieldKind::Day { "date" } else { "text" }
                inputmode=(kind == FieldKind::Amount).then_some("decimal")
                data-field=field
                autocomplete="off"
                maxlength="500"
                placeholder=example
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}
