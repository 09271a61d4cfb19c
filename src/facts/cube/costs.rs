//! What a unit costs, and since when.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::FxRates;
use crate::domain::{Currency, Day, Fixed, set_of_few, sku_key, sort_few};

/// A unit cost that holds from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CostLayer {
    pub valid_from: Day,
    pub unit_cost: Fixed,
    /// The part of it that is duty, where a sheet tells it; a duty of 0 is none that is told.
    pub duty: Option<Fixed>,
    /// Units and what they cost together, where the cost of one is rounded.
    pub exact: Option<(Fixed, Fixed)>,
    /// From here on the cost is not known: its currency has no rate on the day.
    pub is_untold: bool,
    pub currency: Currency,
    /// Entered by hand: counts before a cost sheet of the same day.
    pub is_typed: bool,
}

impl CostLayer {
    /// What units cost.
    pub(crate) fn of(&self, units: Fixed) -> Fixed {
        match self.exact {
            Some((all, cost)) => cost.share(units, all),
            None => units.times(self.unit_cost),
        }
    }
}

/// Units that came on a day at one cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Batch {
    pub day: Day,
    pub units: Fixed,
    pub unit_cost: Fixed,
    pub currency: Currency,
}

/// Unit costs of all SKUs. SKUs are compared without case and outer spaces.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CostBook {
    /// Sorted by day, one layer a day and currency.
    layers: BTreeMap<String, Vec<CostLayer>>,
    /// Sorted by day; of SKUs whose sheets say how many units came.
    batches: BTreeMap<String, Vec<Batch>>,
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
                let place = layers.partition_point(|it| *it < layer);
                layers.insert(place, layer);
            }
        }
    }

    /// Adds a batch beside the layer that it is, too. One without units is none.
    pub(crate) fn add_batch(&mut self, sku: &str, batch: Batch) {
        if batch.units > Fixed::ZERO {
            let batches = self.batches.entry(sku_key(sku)).or_default();
            let place = batches.partition_point(|it| *it < batch);
            batches.insert(place, batch);
        }
    }

    /// SKUs with batches, each sorted by day.
    pub fn batches(&self) -> impl Iterator<Item = (&str, &[Batch])> {
        self.batches.iter().map(|(sku, batches)| (sku.as_str(), batches.as_slice()))
    }

    /// The same in one currency, each cost at the rate of the day from which it holds. Of several costs of
    /// a day a typed one counts, else one in the currency itself. Where the one that counts has no rate,
    /// the cost is not known from that day on, and neither is a batch.
    #[must_use]
    pub fn converted(&self, rates: &FxRates, currency: Currency) -> Self {
        let told = |cost: Fixed, own: Currency, day: Day| rates.convert(cost, own, currency, day);
        let mut converted = Self::default();
        for (sku, layers) in &self.layers {
            let days = layers.chunk_by(|one, other| one.valid_from == other.valid_from);
            let of_day = days.filter_map(|of_day| {
                of_day.iter().max_by_key(|layer| (layer.is_typed, layer.currency == currency))
            });
            let layer = |layer: &CostLayer| {
                let cost = told(layer.unit_cost, layer.currency, layer.valid_from);
                CostLayer {
                    unit_cost: cost.unwrap_or_default(),
                    duty: layer.duty.and_then(|it| told(it, layer.currency, layer.valid_from)),
                    is_untold: cost.is_none(),
                    currency,
                    ..*layer
                }
            };
            converted.layers.insert(sku.clone(), of_day.map(layer).collect());
        }
        for (sku, batches) in &self.batches {
            let known = batches.iter().map_while(|batch| {
                let unit_cost = told(batch.unit_cost, batch.currency, batch.day)?;
                Some(Batch { unit_cost, currency, ..*batch })
            });
            converted.batches.insert(sku.clone(), known.collect());
        }
        converted
    }

    /// The layers of a SKU with others added, which count on their days.
    pub(crate) fn put(&mut self, sku: &str, added: Vec<CostLayer>) {
        let layers = self.layers.entry(sku_key(sku)).or_default();
        let days: BTreeSet<(Day, Currency)> =
            set_of_few(added.iter().map(|layer| (layer.valid_from, layer.currency)));
        layers.retain(|layer| !days.contains(&(layer.valid_from, layer.currency)));
        layers.extend(added);
        sort_few(layers);
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

/// The cost in force on a day in a currency; `None` when there is none.
pub(crate) fn cost_on(layers: &[CostLayer], day: Day, currency: Currency) -> Option<&CostLayer> {
    let until = layers.partition_point(|layer| layer.valid_from <= day);
    let before = layers.get(..until).unwrap_or_default();
    let newest = before.iter().rfind(|layer| layer.currency == currency);
    newest.filter(|layer| !layer.is_untold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(day: &str, whole: i64, is_typed: bool) -> CostLayer {
        CostLayer {
            exact: None,
            is_untold: false,
            valid_from: Day::parse(day).unwrap(),
            unit_cost: Fixed::from_whole(whole),
            duty: None,
            currency: Currency::USD,
            is_typed,
        }
    }

    #[test]
    fn the_layer_in_force_is_the_newest_that_has_begun() {
        let mut book = CostBook::default();
        book.add("Sku-1 ", layer("2026-03-01", 7, false));
        book.add("SKU-1", layer("2026-01-01", 5, false));
        let on = |day: &str| {
            let day = Day::parse(day).unwrap();
            cost_on(book.layers("sku-1"), day, Currency::USD).map(|layer| layer.unit_cost)
        };
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
