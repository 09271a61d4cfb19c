//! SKUs that may be one product.

use leptos::prelude::*;

use super::page::Known;
use crate::{
    domain::ProductEdit,
    ui::{
        i18n::{fill, t, use_i18n},
        state::use_workbook,
    },
    worker::protocol::Change,
};

/// One line for each group of SKUs that look alike; nothing while there is none.
#[component]
pub(super) fn Similar(
    /// What is known.
    known: Known,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let is_empty = Memo::new(move |_| known.with(|view| view.similar.is_empty()));
    let groups = move || {
        let groups = known.with(|view| view.similar.clone());
        let group = |skus: Vec<String>| {
            let text = skus.join(" · ");
            let first = first_of(known, &skus);
            let change = merged(known, &first, &skus);
            let named = first.clone();
            view! {
                <li class="row" data-similar=first>
                    <span>{text}</span>
                    <button
                        type="button"
                        class="button"
                        disabled=move || !workbook.is_writable()
                        on:click=move |_| workbook.change(change.clone())
                    >
                        {move || fill!(i18n, products.merge, sku = named)}
                    </button>
                </li>
            }
        };
        groups.into_iter().map(group).collect_view()
    };
    view! {
        <Show when=move || !is_empty.get()>
            <section class="panel" aria-labelledby="similar-title">
                <div class="panel__head">
                    <h2 id="similar-title">{t!(i18n, products.similar_title)}</h2>
                    <span class="panel__note">{t!(i18n, products.similar_why)}</span>
                </div>
                <ul class="products__similar" role="list">{groups}</ul>
            </section>
        </Show>
    }
}

/// The one that sells most: products stand in that order.
fn first_of(known: Known, skus: &[String]) -> String {
    let first = known.with_untracked(|view| {
        let found = view.products.iter().find(|it| skus.contains(&it.entry.sku));
        found.map(|it| it.entry.sku.clone())
    });
    first.or_else(|| skus.first().cloned()).unwrap_or_default()
}

/// The first one with the others as names of it.
fn merged(known: Known, first: &str, skus: &[String]) -> Change {
    let mut aliases = known.with_untracked(|view| {
        let found = view.products.iter().find(|it| it.entry.sku == first);
        found.map(|it| it.entry.aliases.clone()).unwrap_or_default()
    });
    aliases.extend(skus.iter().filter(|sku| *sku != first).cloned());
    let (sku, aliases) = (first.to_owned(), Some(aliases));
    Change::EditProducts { products: vec![ProductEdit { sku, aliases, ..ProductEdit::default() }] }
}
