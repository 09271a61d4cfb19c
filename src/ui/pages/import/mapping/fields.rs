//! What one row is, where its figures belong, and what such reports are called.

use leptos::prelude::*;

use crate::{
    domain::Currency,
    ui::{
        i18n::{I18n, fill, label, name, t, t_string, use_i18n},
        state::{Mappings, use_mappings},
    },
    worker::protocol::{HeaderRowView, MappingTableView, Member},
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
            <HeaderRow/>
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
                            choose_channel(i18n, &mappings, event_target_value(&event));
                        }
                    >
                        <Channels/>
                    </select>
                </label>
                <Typed
                    label=label!(i18n, import.mapping.shop)
                    field="shop"
                    value=Signal::derive(move || mappings.draft.with(|draft| draft.shop.clone()))
                    on_typed=move |shop| mappings.change(|draft| draft.shop = shop)
                />
            </Show>
            <Typed
                label=label!(i18n, import.mapping.currency)
                field="currency"
                value=Signal::derive(move || {
                    let currency = mappings.draft.with(|draft| draft.currency);
                    currency.map(|currency| currency.to_string()).unwrap_or_default()
                })
                on_typed=move |code: String| {
                    let currency = Currency::parse(&code);
                    mappings.change(|draft| draft.currency = currency);
                }
            />
            <Typed
                label=label!(i18n, import.mapping.name)
                field="name"
                value=Signal::derive(move || mappings.draft.with(|draft| draft.name.clone()))
                // Without a name it keeps the one it had.
                on_typed=move |name: String| {
                    mappings.change(|draft| if !name.is_empty() { draft.name = name });
                }
            />
            <Typed
                label=label!(i18n, import.mapping.how_to_get)
                field="how-to-get"
                value=Signal::derive(move || mappings.draft.with(|draft| draft.how_to_get.clone()))
                on_typed=move |text: String| mappings.change(|draft| draft.how_to_get = text)
            />
        </div>
    }
}

/// Which row names the columns; nothing where only one can.
#[component]
fn HeaderRow() -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let rows = Memo::new(move |_| {
        mappings.view.with(|view| {
            let view = view.as_ref()?;
            (view.header_rows.len() > 1).then(|| (view.n_above, view.header_rows.clone()))
        })
    });
    let option = move |chosen: u64, it: HeaderRowView| {
        let gap = t_string!(i18n, import.list_gap);
        let cells = it.cells.join(gap);
        let row = it.n_above + 1;
        view! {
            <option value=it.n_above.to_string() selected=it.n_above == chosen>
                {fill!(i18n, import.mapping.header_row, row = row, cells = cells)}
            </option>
        }
    };
    let choose = move |event| {
        if let Ok(n_above) = event_target_value(&event).parse() {
            mappings.choose_header(n_above);
        }
    };
    move || {
        rows.get().map(|(chosen, rows)| {
            let rows = rows.into_iter().map(|row| option(chosen, row)).collect_view();
            view! {
                <label class="field">
                    <span class="field__label">{t!(i18n, import.mapping.header)}</span>
                    <select class="field__input" data-field="header" on:change=choose>{rows}</select>
                </label>
            }
        })
    }
}

/// Says where the figures belong; a shop without a name is called so, as the person sees it.
fn choose_channel(i18n: I18n, mappings: &Mappings, channel: String) {
    let named = |id: &str| {
        mappings.view.with_untracked(|view| {
            let mut channels = view.iter().flat_map(|view| &view.channels);
            channels.find(|it| it.id == id).map(|it| name(i18n, &it.names))
        })
    };
    mappings.change(|draft| {
        let is_unnamed =
            draft.shop.is_empty() || named(&draft.channel).as_ref() == Some(&draft.shop);
        if let Some(shop) = named(&channel).filter(|_| is_unnamed) {
            draft.shop = shop;
        }
        draft.channel = channel;
    });
}

/// A text that holds for the whole file.
#[component]
fn Typed(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// Stable name, for tests.
    field: &'static str,
    /// As it is now.
    value: Signal<String>,
    /// Called with another one.
    #[prop(into)]
    on_typed: Callback<String>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                type="text"
                class="field__input"
                data-field=field
                autocomplete="off"
                maxlength="80"
                prop:value=value
                on:change=move |event| on_typed.run(event_target_value(&event).trim().to_owned())
            />
        </label>
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
