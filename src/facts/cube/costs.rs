//! What a unit costs, and since when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{Currency, Day, Fixed, sku_key};

/// A unit cost that holds from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CostLayer {
    pub valid_from: Day,
    pub unit_cost: Fixed,
    pub currency: Currency,
    /// Entered by hand: counts before a cost sheet of the same day.
    pub is_typed: bool,
}

/// Unit costs of all SKUs. SKUs are compared without case and outer spaces.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CostBook {
    /// Sorted by day, one layer a day and currency.
    layers: BTreeMap<String, Vec<CostLayer>>,
}

impl CostBook {
    /// Adds a layer; of two for one day in one currency the typed one, else the later added, counts.
    pub fn add(&mut self, sku: &str, layer: CostLayer) {
        let layers = self.layers.entry(sku_key(sku)).or_default();
        let is_same = |it: &&mut CostLayer| {
            it.valid_from == layer.valid_from && it.currency == layer.currency
        };
        match layers.iter_mut().find(is_same) {
            Some(same) if same.is_typed && !layer.is_typed => (),
            Some(same) => *same = layer,
            None => {
                layers.push(layer);
                layers.sort_unstable();
            }
        }
    }

    /// The layers of a SKU by day; none when it has no cost.
    pub fn layers(&self, sku: &str) -> &[CostLayer] {
        self.layers.get(&sku_key(sku)).map_or(&[], Vec::as_slice)
    }

    /// All SKUs with their layers.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[CostLayer])> {
        self.layers.iter().map(|(sku, layers)| (sku.as_str(), layers.as_slice()))
    }
}

/// The unit cost in force on a day in a currency; `None` when there is none.
pub(crate) fn cost_on(layers: &[CostLayer], day: Day, currency: Currency) -> Option<Fixed> {
    let in_force = |it: &&CostLayer| it.currency == currency && it.valid_from <= day;
    layers.iter().rfind(in_force).map(|layer| layer.unit_cost)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(day: &str, whole: i64, is_typed: bool) -> CostLayer {
        CostLayer {
            valid_from: Day::parse(day).unwrap(),
            unit_cost: Fixed::from_whole(whole),
            currency: Currency::USD,
            is_typed,
        }
    }

    #[test]
    fn the_layer_in_force_is_the_newest_that_has_begun() {
        let mut book = CostBook::default();
        book.add("Sku-1 ", layer("2026-03-01", 7, false));
        book.add("SKU-1", layer("2026-01-01", 5, false));
        let on = |day: &str| cost_on(book.layers("sku-1"), Day::parse(day).unwrap(), Currency::USD);
        assert_eq!(on("2025-12-31"), None);
        assert_eq!(on("2026-02-28"), Some(Fixed::from_whole(5)));
        assert_eq!(on("2026-03-01"), Some(Fixed::from_whole(7)));
    }

    #[test]
    fn a_typed_cost_counts_before_a_sheet() {
        let mut book = CostBook::default();
        book.add("a", layer("2026-01-01", 9, true));
        book.add("a", layer("2026-01-01", 5, false));
        assert_eq!(book.layers("a"), [layer("2026-01-01", 9, true)]);
    }
}
