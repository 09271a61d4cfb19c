//! Changing what is known of one product.

use leptos::{ev::SubmitEvent, prelude::*};

use super::texts::{aliases_of, aliases_text, components_of, components_text};
use crate::{
    domain::{Component, ProductEdit, sku_key},
    ui::{
        components::TextField,
        i18n::{label, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, ProductView},
};

/// All fields of the entry; what exports say stands in empty ones.
#[component]
pub(super) fn ProductForm(
    /// As it is.
    product: ProductView,
    /// Called when the form is done with.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let ProductView { entry, told, .. } = product;
    let field = |text: &str| RwSignal::new(text.to_owned());
    let aliases = RwSignal::new(aliases_text(&entry));
    let components = RwSignal::new(components_text(&entry));
    let (asin, parent, title) = (field(&entry.asin), field(&entry.parent), field(&entry.title));
    let (brand, category, owner) =
        (field(&entry.brand), field(&entry.category), field(&entry.owner));
    let is_wrong = RwSignal::new(false);
    let before = StoredValue::new(entry);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let parts = before.with_value(|before| parts_of(&components.get(), &before.sku));
        is_wrong.set(parts.is_none());
        let Some(parts) = parts else { return };
        let edit = before.with_value(|before| {
            let changed = |now: RwSignal<String>, was: &str| {
                let now = now.get();
                (now.trim() != was).then_some(now)
            };
            // Lists are as they were unless their texts are other ones: names may have commas.
            ProductEdit {
                sku: before.sku.clone(),
                aliases: changed(aliases, &aliases_text(before)).map(|text| aliases_of(&text)),
                asin: changed(asin, &before.asin),
                parent: changed(parent, &before.parent),
                title: changed(title, &before.title),
                brand: changed(brand, &before.brand),
                category: changed(category, &before.category),
                owner: changed(owner, &before.owner),
                components: changed(components, &components_text(before)).map(|_| parts),
            }
        });
        if edit != (ProductEdit { sku: edit.sku.clone(), ..ProductEdit::default() }) {
            workbook.change(Change::EditProducts { products: vec![edit] });
        }
        on_close.run(());
    };
    let said = move || is_wrong.get().then(|| t_string!(i18n, products.components_wrong));
    view! {
        <form class="products__form" novalidate on:submit=save>
            <TextField label=label!(i18n, products.aliases) value=aliases field="aliases"/>
            <TextField label=label!(i18n, products.owner) value=owner field="owner"/>
            <TextField label=label!(i18n, products.brand) value=brand field="brand" example=told.brand/>
            <TextField
                label=label!(i18n, products.category)
                value=category
                field="category"
                example=told.category
            />
            <TextField label=label!(i18n, products.name) value=title field="title" example=told.title/>
            <TextField label=label!(i18n, products.asin) value=asin field="asin" example=told.asin/>
            <TextField label=label!(i18n, products.parent) value=parent field="parent"/>
            <TextField
                label=label!(i18n, products.components)
                value=components
                field="components"
                example="2 × LAN-001, 1 × MUG-002"
            />
            <span class="row products__actions">
                <button type="submit" class="button" data-kind="primary">
                    {t!(i18n, products.save)}
                </button>
                <button type="button" class="button" on:click=move |_| on_close.run(())>
                    {t!(i18n, products.cancel)}
                </button>
                <strong class="field__problem" role="alert">{said}</strong>
            </span>
        </form>
    }
}

/// What the bundle is made of; `None` when a number is none, or when it is a part of itself.
fn parts_of(text: &str, bundle: &str) -> Option<Vec<Component>> {
    let is_own = |part: &Component| sku_key(&part.sku) == sku_key(bundle);
    components_of(text).filter(|parts| !parts.iter().any(is_own))
}
