//! The table of products: searched, changed one by one or all that are shown, saved as a sheet.

use js_sys::Uint8Array;
use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    form::ProductForm,
    page::Known,
    texts::{aliases_text, components_text, sheet},
};
use crate::{
    domain::{Currency, ProductEdit},
    ui::{
        components::{CellLabel, Glyph, Icon},
        format,
        hooks::download,
        i18n::{fill, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, ProductView},
};

/// Rows shown at first, and with each step more.
const ROWS_AT_ONCE: usize = 50;

/// Which products are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Only {
    All,
    WithoutOwner,
    WithoutCost,
    /// Sold, and unknown to the SKU map.
    NotInMap,
}

impl Only {
    fn of(id: &str) -> Self {
        match id {
            "no_owner" => Self::WithoutOwner,
            "no_cost" => Self::WithoutCost,
            "not_in_map" => Self::NotInMap,
            _ => Self::All,
        }
    }

    fn shows(self, product: &ProductView) -> bool {
        match self {
            Self::All => true,
            Self::WithoutOwner => product.entry.owner.is_empty(),
            Self::WithoutCost => !product.has_cost,
            Self::NotInMap => product.net_sales.is_some() && !product.is_in_map,
        }
    }
}

/// The section with the table.
#[component]
pub(super) fn Products(
    /// What is known.
    known: Known,
) -> impl IntoView {
    let i18n = use_i18n();
    let sought = RwSignal::new(String::new());
    let only = RwSignal::new(Only::All);
    let n_shown = RwSignal::new(ROWS_AT_ONCE);
    // The product whose form is open.
    let edited = RwSignal::new(None::<String>);
    let found = Memo::new(move |_| {
        let words = sought.get().to_lowercase();
        known.with(|view| {
            let products = view.products.iter();
            let found = products.filter(|it| only.get().shows(it) && matches(it, &words));
            found.cloned().collect::<Vec<_>>()
        })
    });
    let shown =
        move || found.with(|found| found.iter().take(n_shown.get()).cloned().collect::<Vec<_>>());
    let currency = Memo::new(move |_| known.with(|view| view.currency));
    let n_hidden = move || found.with(Vec::len).saturating_sub(n_shown.get());
    view! {
        <section class="panel products" aria-labelledby="products-title">
            <div class="panel__head">
                <h2 id="products-title">{t!(i18n, products.all)}</h2>
                <span class="panel__note">{t!(i18n, products.sheet_hint)}</span>
            </div>
            <Tools known found sought only n_shown/>
            <table class="data-table" data-stack="true">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, products.sku)}</th>
                        <th scope="col" data-align="end">{t!(i18n, products.net_sales)}</th>
                        <th scope="col">{t!(i18n, products.owner)}</th>
                        <th scope="col">{t!(i18n, products.brand)}</th>
                        <th scope="col" data-hide="middle">{t!(i18n, products.category)}</th>
                        <th scope="col">{t!(i18n, products.names)}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t!(i18n, products.edit)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    // A row stays while nothing of its product changes, and with it an open form.
                    <For
                        each=shown
                        key=move |product| (product.clone(), currency.get_untracked())
                        let(product)
                    >
                        <ProductRow product currency=currency.get_untracked() edited/>
                    </For>
                </tbody>
            </table>
            <Show when=move || found.with(Vec::is_empty)>
                <p class="muted" role="status">{t!(i18n, products.none_found)}</p>
            </Show>
            <Show when=move || n_hidden() != 0>
                <p class="panel__foot">
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| n_shown.update(|shown| *shown += ROWS_AT_ONCE)
                    >
                        {move || fill!(i18n, products.more, count = n_hidden())}
                    </button>
                </p>
            </Show>
        </section>
    }
}

/// Search, the map as a sheet, and one value for all that are shown.
#[component]
fn Tools(
    /// What is known.
    known: Known,
    /// The products that are shown.
    #[prop(into)]
    found: Signal<Vec<ProductView>>,
    /// What is sought in them.
    sought: RwSignal<String>,
    /// Which of them.
    only: RwSignal<Only>,
    /// Rows shown.
    n_shown: RwSignal<usize>,
) -> impl IntoView {
    let i18n = use_i18n();
    let save = move |_| {
        let text = known.with_untracked(|view| sheet(&view.products));
        // The browser tells by itself when it keeps no downloads.
        download("sku-map.csv", &Uint8Array::from(text.as_bytes()));
    };
    view! {
        <div class="row products__tools">
            <input
                class="field__input"
                data-size="inline"
                data-field="search"
                type="search"
                placeholder=t!(i18n, products.search)
                aria-label=t!(i18n, products.search)
                prop:value=sought
                on:input=move |event| {
                    sought.set(event_target_value(&event));
                    n_shown.set(ROWS_AT_ONCE);
                }
            />
            <select
                class="field__input"
                data-size="inline"
                data-field="only"
                aria-label=t!(i18n, products.only)
                on:change=move |event| {
                    only.set(Only::of(&event_target_value(&event)));
                    n_shown.set(ROWS_AT_ONCE);
                }
            >
                <option value="all">{t!(i18n, products.only_all)}</option>
                <option value="no_owner">{t!(i18n, products.only_no_owner)}</option>
                <option value="no_cost">{t!(i18n, products.only_no_cost)}</option>
                <option value="not_in_map">{t!(i18n, products.only_not_in_map)}</option>
            </select>
            <button type="button" class="button" on:click=save>
                <Icon glyph=Glyph::Download/>
                {t!(i18n, products.download)}
            </button>
            <SetForAll found/>
        </div>
    }
}

/// Whether a product has what is sought in one of its texts.
fn matches(product: &ProductView, words: &str) -> bool {
    let ProductView { entry, told, .. } = product;
    let texts = [
        &entry.sku,
        &entry.asin,
        &entry.parent,
        &entry.title,
        &entry.brand,
        &entry.category,
        &entry.owner,
        &told.title,
        &told.asin,
        &told.brand,
        &told.category,
    ];
    texts.into_iter().chain(&entry.aliases).any(|text| text.to_lowercase().contains(words))
}

/// One product; its form opens in a row below.
#[component]
fn ProductRow(
    /// The product.
    product: ProductView,
    /// Of its sales.
    currency: Currency,
    /// The product whose form is open.
    edited: RwSignal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let sku = StoredValue::new(product.entry.sku.clone());
    let is_open =
        Memo::new(move |_| edited.with(|it| sku.with_value(|sku| it.as_ref() == Some(sku))));
    let toggle = move |_| {
        let is_open = is_open.get_untracked();
        edited.set((!is_open).then(|| sku.get_value()));
    };
    let or_told = |own: &str, told: &str| if own.is_empty() { told } else { own }.to_owned();
    let (entry, told) = (&product.entry, &product.told);
    let (title, brand) = (or_told(&entry.title, &told.title), or_told(&entry.brand, &told.brand));
    let category = or_told(&entry.category, &told.category);
    let owner = entry.owner.clone();
    let names = [aliases_text(entry), components_text(entry)];
    let names = names.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let hidden_if = |is_empty: bool| is_empty.then_some("narrow");
    let (hides_owner, hides_names) = (hidden_if(owner.is_empty()), hidden_if(names.is_empty()));
    let net_sales = product.net_sales.as_ref();
    let net_sales = net_sales.map_or_else(|| "–".to_owned(), |net| format::money(net, currency));
    let product = StoredValue::new(product);
    view! {
        <tr data-product=sku.get_value()>
            <th scope="row" data-wrap="true">
                {sku.get_value()}
                <small class="products__title">{title}</small>
            </th>
            <td data-align="end">
                <CellLabel text=move || t_string!(i18n, products.net_sales)/>
                {net_sales}
            </td>
            <td data-hide=hides_owner>
                <CellLabel text=move || t_string!(i18n, products.owner)/>
                {owner}
            </td>
            <td><CellLabel text=move || t_string!(i18n, products.brand)/> {brand}</td>
            <td data-hide="middle"><CellLabel text=move || t_string!(i18n, products.category)/> {category}</td>
            <td data-wrap="true" data-hide=hides_names>
                <CellLabel text=move || t_string!(i18n, products.names)/>
                {names}
            </td>
            <td>
                <button
                    type="button"
                    class="button"
                    data-action="edit"
                    disabled=move || !workbook.is_writable()
                    aria-expanded=move || is_open.get().to_string()
                    aria-label=move || fill!(i18n, products.edit_named, sku = sku.get_value())
                    on:click=toggle
                >
                    {t!(i18n, products.edit)}
                </button>
            </td>
        </tr>
        <Show when=move || is_open.get()>
            <tr>
                <td colspan="7" data-wrap="true">
                    <ProductForm product=product.get_value() on_close=move |()| edited.set(None)/>
                </td>
            </tr>
        </Show>
    }
}

/// Gives all products that are shown one owner, brand or category.
#[component]
fn SetForAll(
    /// The products that are shown.
    #[prop(into)]
    found: Signal<Vec<ProductView>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let field = RwSignal::new("owner".to_owned());
    let value = RwSignal::new(String::new());
    let is_idle = Memo::new(move |_| {
        value.with(|value| value.trim().is_empty()) || found.with(Vec::is_empty)
    });
    let set = move |event: SubmitEvent| {
        event.prevent_default();
        let (field, value) = (field.get_untracked(), value.get_untracked());
        let products = found.with_untracked(|found| {
            found.iter().map(|it| said(&it.entry.sku, &field, &value)).collect()
        });
        workbook.change(Change::EditProducts { products });
    };
    view! {
        <form class="row products__all" novalidate on:submit=set>
            <select
                class="field__input"
                data-size="inline"
                aria-label=t!(i18n, products.set_field)
                prop:value=field
                on:change=move |event| field.set(event_target_value(&event))
            >
                <option value="owner">{t!(i18n, products.owner)}</option>
                <option value="brand">{t!(i18n, products.brand)}</option>
                <option value="category">{t!(i18n, products.category)}</option>
            </select>
            <input
                class="field__input"
                data-size="inline"
                data-field="value"
                type="text"
                maxlength="100"
                autocomplete="off"
                aria-label=t!(i18n, products.set_value)
                placeholder=t!(i18n, products.set_value)
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <button
                type="submit"
                class="button"
                disabled=move || is_idle.get() || !workbook.is_writable()
            >
                {move || fill!(i18n, products.set_all, count = found.with(Vec::len))}
            </button>
        </form>
    }
}

/// Says one thing of a product.
fn said(sku: &str, field: &str, value: &str) -> ProductEdit {
    let mut edit = ProductEdit { sku: sku.to_owned(), ..ProductEdit::default() };
    let place = match field {
        "brand" => &mut edit.brand,
        "category" => &mut edit.category,
        _ => &mut edit.owner,
    };
    *place = Some(value.trim().to_owned());
    edit
}
