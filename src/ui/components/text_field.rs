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
    /// Id of what says what is wrong with it; nothing while all is well.
    #[prop(into, optional)]
    described_by: Option<Signal<Option<&'static str>>>,
) -> impl IntoView {
    let problem = move || described_by.and_then(|id| id.get());
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="field__input"
                type=if kind == FieldKind::Day { "date" } else { "text" }
                inputmode=(kind == FieldKind::Amount).then_some("decimal")
                data-field=field
                aria-describedby=problem
                aria-invalid=move || problem().map(|_| "true")
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
