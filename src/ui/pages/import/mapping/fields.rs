//! What one row is, where its figures belong, and what such reports are called.

use leptos::prelude::*;

use crate::{
    domain::Currency,
    ui::{
        i18n::{name, t, use_i18n},
        state::use_mappings,
    },
    worker::protocol::{MappingTableView, Member},
};

/// The answers that hold for the whole file.
#[component]
pub(super) fn Fields() -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let has_channel = Memo::new(move |_| {
        mappings.view.with(|view| view.as_ref().is_some_and(|view| !view.channels.is_empty()))
    });
    view! {
        <div class="fields mapping__fields">
            <label class="field">
                <span class="field__label">{t!(i18n, import.mapping.table)}</span>
                <select
                    class="field__input"
                    data-field="table"
                    prop:value=move || mappings.draft.with(|draft| draft.table.clone())
                    on:change=move |event| mappings.choose_table(event_target_value(&event))
                >
                    <Tables/>
                </select>
            </label>
            <Show when=move || has_channel.get()>
                <label class="field">
                    <span class="field__label">{t!(i18n, import.mapping.channel)}</span>
                    <select
                        class="field__input"
                        data-field="channel"
                        prop:value=move || mappings.draft.with(|draft| draft.channel.clone())
                        on:change=move |event| {
                            let channel = event_target_value(&event);
                            mappings.change(|draft| draft.channel = channel);
                        }
                    >
                        <Channels/>
                    </select>
                </label>
                <label class="field">
                    <span class="field__label">{t!(i18n, import.mapping.shop)}</span>
                    <input
                        type="text"
                        class="field__input"
                        data-field="shop"
                        autocomplete="off"
                        maxlength="80"
                        prop:value=move || mappings.draft.with(|draft| draft.shop.clone())
                        on:change=move |event| {
                            let shop = event_target_value(&event);
                            mappings.change(|draft| shop.trim().clone_into(&mut draft.shop));
                        }
                    />
                </label>
            </Show>
            <label class="field">
                <span class="field__label">{t!(i18n, import.mapping.currency)}</span>
                <input
                    type="text"
                    class="field__input"
                    data-field="currency"
                    autocomplete="off"
                    maxlength="3"
                    placeholder="USD"
                    prop:value=move || {
                        let currency = mappings.draft.with(|draft| draft.currency);
                        currency.map(|currency| currency.to_string()).unwrap_or_default()
                    }
                    on:change=move |event| {
                        let currency = Currency::parse(&event_target_value(&event));
                        mappings.change(|draft| draft.currency = currency);
                    }
                />
            </label>
            <label class="field">
                <span class="field__label">{t!(i18n, import.mapping.name)}</span>
                <input
                    type="text"
                    class="field__input"
                    data-field="name"
                    autocomplete="off"
                    maxlength="80"
                    prop:value=move || mappings.draft.with(|draft| draft.name.clone())
                    on:change=move |event| {
                        let name = event_target_value(&event).trim().to_owned();
                        // Without a name it keeps the one it had.
                        mappings.change(|draft| if !name.is_empty() { draft.name = name });
                    }
                />
            </label>
        </div>
    }
}

/// What a row can be.
#[component]
fn Tables() -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let chosen = move |table: &str| mappings.draft.with_untracked(|draft| draft.table == table);
    move || {
        let tables = mappings.view.with_untracked(|view| view.as_ref().map(|it| it.tables.clone()));
        let option = |it: MappingTableView| {
            let is_chosen = chosen(&it.table);
            view! { <option value=it.table selected=is_chosen>{name(i18n, &it.meaning)}</option> }
        };
        tables.into_iter().flatten().map(option).collect_view()
    }
}

/// Where the figures can belong; nothing is chosen for the person.
#[component]
fn Channels() -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let channels = Memo::new(move |_| {
        mappings.view.with(|view| view.as_ref().map(|it| it.channels.clone()).unwrap_or_default())
    });
    let chosen = move |id: &str| mappings.draft.with_untracked(|draft| draft.channel == id);
    move || {
        let option = |it: Member| {
            let is_chosen = chosen(&it.id);
            view! { <option value=it.id selected=is_chosen>{name(i18n, &it.names)}</option> }
        };
        view! {
            <option value="" selected=chosen("")>{t!(i18n, import.mapping.choose)}</option>
            {channels.get().into_iter().map(option).collect_view()}
        }
    }
}
