//! Every kind of an amount column, and what its amounts are.

use leptos::prelude::*;

use crate::{
    ui::{
        i18n::{fill, name, t, t_string, use_i18n},
        state::use_mappings,
    },
    worker::protocol::{CategoryView, MappedKind, MappingView},
};

/// The kinds, one a row; nothing where amounts are not of several kinds.
#[component]
pub(super) fn Kinds() -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let texts = Memo::new(move |_| {
        mappings
            .draft
            .with(|draft| draft.kinds.iter().map(|it| it.text.clone()).collect::<Vec<_>>())
    });
    let has_kinds = Memo::new(move |_| texts.with(|texts| !texts.is_empty()));
    view! {
        <Show when=move || has_kinds.get()>
            <table class="data-table mapping__columns" data-stack="true">
                <caption class="small muted">{t!(i18n, import.mapping.kinds)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, import.mapping.kind)}</th>
                        <th scope="col">{t!(i18n, import.mapping.read_as)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || texts.get() key=String::clone let(text)>
                        <Kind text/>
                    </For>
                </tbody>
            </table>
        </Show>
    }
}

/// One kind.
#[component]
fn Kind(
    /// As it stands in the file.
    text: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let own = text.clone();
    let kind = Memo::new(move |_| {
        mappings
            .draft
            .with(|draft| draft.kinds.iter().find(|it| it.text == own).cloned().unwrap_or_default())
    });
    let is_cost = Memo::new(move |_| {
        let category = kind.with(|kind| kind.category.clone());
        mappings.view.with(|view| view.as_ref().is_some_and(|view| is_cost_in(view, &category)))
    });
    let own = text.clone();
    let change = move |change: &dyn Fn(&mut MappedKind)| {
        mappings
            .change(|draft| draft.kinds.iter_mut().filter(|it| it.text == own).for_each(change));
    };
    let (change_category, change_sign) = (change.clone(), change);
    let label = {
        let text = text.clone();
        move || fill!(i18n, import.mapping.kind_as_named, kind = &text)
    };
    let shown = text.clone();
    view! {
        <tr data-kind=text data-state=move || kind.with(|it| it.category.is_empty()).then_some("open")>
            <th scope="row"><code>{shown}</code></th>
            <td>
                <select
                    class="field__input"
                    aria-label=label
                    prop:value=move || kind.with(|it| it.category.clone())
                    on:change=move |event| {
                        let category = event_target_value(&event);
                        let view = mappings.view.get_untracked();
                        change_category(&|kind| say(view.as_ref(), kind, &category));
                    }
                >
                    <Categories kind/>
                </select>
                <Show when=move || is_cost.get()>
                    <label class="choice">
                        <input
                            type="checkbox"
                            prop:checked=move || kind.with(|it| it.is_negated)
                            on:change={
                                let change_sign = change_sign.clone();
                                move |event| {
                                    let is_negated = event_target_checked(&event);
                                    change_sign(&|kind| kind.is_negated = is_negated);
                                }
                            }
                        />
                        <span class="small">{t!(i18n, import.mapping.negated)}</span>
                    </label>
                </Show>
            </td>
        </tr>
    }
}

/// Says what a kind is. What becomes a cost by that has the sign that its amounts show.
fn say(view: Option<&MappingView>, kind: &mut MappedKind, category: &str) {
    let is_cost = |id: &str| view.is_some_and(|view| is_cost_in(view, id));
    if !is_cost(&kind.category) {
        let is_positive = view.is_some_and(|view| view.positive_kinds.contains(&kind.text));
        kind.is_negated = is_positive;
    }
    kind.is_negated &= is_cost(category);
    category.clone_into(&mut kind.category);
}

fn is_cost_in(view: &MappingView, category: &str) -> bool {
    view.categories.iter().any(|it| it.id == category && it.is_cost)
}

/// What a kind can be.
#[component]
fn Categories(
    /// The kind.
    kind: Memo<MappedKind>,
) -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let categories = Memo::new(move |_| {
        mappings
            .view
            .with(|view| view.as_ref().map(|view| view.categories.clone()).unwrap_or_default())
    });
    move || {
        let chosen = kind.with_untracked(|it| it.category.clone());
        let option = |it: CategoryView| {
            let is_chosen = it.id == chosen;
            view! { <option value=it.id selected=is_chosen>{name(i18n, &it.names)}</option> }
        };
        view! {
            <option value="" selected=chosen.is_empty()>{t_string!(i18n, import.mapping.choose)}</option>
            {categories.get().into_iter().map(option).collect_view()}
        }
    }
}
