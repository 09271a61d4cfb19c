//! Which place and which SKU the names of a fact are.

use super::{
    super::{Place, Product, Source},
    Builder,
};
use crate::{
    domain::ProductEntry,
    facts::{Segment, Table},
};

impl Builder {
    pub(in crate::facts::cube) fn source(&mut self, source: &Source) -> usize {
        let known = self.cube.sources.iter().position(|it| it == source);
        known.unwrap_or_else(|| {
            self.cube.sources.push(source.clone());
            self.cube.sources.len() - 1
        })
    }

    pub(in crate::facts::cube) fn place(&mut self, place: Place) -> u32 {
        if let Some(id) = self.places.get(&place) {
            return *id;
        }
        let id = u32::try_from(self.cube.places.len()).unwrap_or(u32::MAX);
        self.cube.places.push(place.clone());
        self.places.insert(place, id);
        id
    }

    /// The SKU's id; facts that name an ASIN only belong to its SKU when there is just one.
    pub(in crate::facts::cube) fn sku(&mut self, sku: &str, asin: &str, is_order: bool) -> u32 {
        if sku.is_empty() {
            if asin.is_empty() {
                return 0;
            }
            if let Some(sku) = self.cube.identities.sku_of_asin(asin).map(str::to_owned) {
                return self.intern(&sku);
            }
            if let Some(Some(known)) = self.cube.asins.get(asin) {
                return *known;
            }
            return self.intern(asin);
        }
        let sku = self.cube.identities.sku_of(sku).to_owned();
        let id = self.intern(&sku);
        if is_order && !asin.is_empty() {
            let known = self.cube.asins.entry(asin.to_owned()).or_insert(Some(id));
            if *known != Some(id) {
                *known = None;
            }
        }
        id
    }

    fn intern(&mut self, sku: &str) -> u32 {
        let id = self.skus.intern(sku);
        if self.cube.products.len() <= id as usize {
            self.cube.products.resize(id as usize + 1, Product::default());
        }
        id
    }

    pub(in crate::facts::cube) fn describe(&mut self, sku: u32, segment: &Segment, row: usize) {
        let Some(product) = self.cube.products.get_mut(sku as usize) else { return };
        let is_sheet = segment.table() == Table::Costs;
        let mut fill = |place: fn(&mut Product) -> &mut String, name: &str| {
            let text = segment.text(name, row);
            let place = place(product);
            if !text.is_empty() && (place.is_empty() || is_sheet) {
                text.clone_into(place);
            }
        };
        // A posting's title describes the event as often as the product.
        if segment.table() != Table::Postings {
            fill(|product| &mut product.title, "title");
        }
        fill(|product| &mut product.asin, "asin");
        fill(|product| &mut product.brand, "brand");
        fill(|product| &mut product.category, "category");
    }
}

/// What the SKU map says counts before what exports say.
pub(super) fn tell(product: &mut Product, entry: &ProductEntry) {
    let fill = |place: &mut String, text: &str| {
        if !text.is_empty() {
            text.clone_into(place);
        }
    };
    fill(&mut product.title, &entry.title);
    fill(&mut product.asin, &entry.asin);
    fill(&mut product.brand, &entry.brand);
    fill(&mut product.category, &entry.category);
    fill(&mut product.parent, &entry.parent);
    fill(&mut product.owner, &entry.owner);
}
