//! One product under several names: the SKU map, of files and as it was typed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{CostBook, CostLayer, CubeInput, costs::cost_on};
use crate::{
    domain::{Component, Currency, Fixed, ProductEdit, ProductEntry, set_of_few, sku_key},
    facts::Table,
};

/// The SKU map in force.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Identities {
    /// By the compared SKU.
    entries: BTreeMap<String, ProductEntry>,
    /// Compared name → SKU, of other names only.
    names: BTreeMap<String, String>,
    /// ASIN → SKU; of ASINs that one entry names alone.
    asins: BTreeMap<String, Option<String>>,
}

impl Identities {
    /// What loaded SKU maps say, and in its place what was typed; `inputs` are those believed last first.
    pub(super) fn of(inputs: &[CubeInput<'_>], typed: &BTreeMap<String, ProductEdit>) -> Self {
        let mut entries = BTreeMap::new();
        for input in inputs.iter().filter(|input| input.segment.table() == Table::Products) {
            add_rows(&mut entries, input);
        }
        for (key, edit) in typed {
            let entry: &mut ProductEntry = entries.entry(key.clone()).or_default();
            if entry.sku.is_empty() {
                edit.sku.clone_into(&mut entry.sku);
            }
            edit.apply(entry);
        }
        let mut names = BTreeMap::new();
        for (key, entry) in &entries {
            let others = entry.aliases.iter().map(|alias| sku_key(alias));
            for alias in others.filter(|alias| alias != key && !alias.is_empty()) {
                names.insert(alias, entry.sku.clone());
            }
        }
        let mut identities = Self { entries, names, asins: BTreeMap::new() };
        let mut asins: BTreeMap<String, Option<String>> = BTreeMap::new();
        for entry in identities.entries.values().filter(|entry| !entry.asin.is_empty()) {
            // Two names of one product are one product.
            let sku = identities.sku_of(&entry.sku).to_owned();
            let known = asins.entry(asin_key(&entry.asin)).or_insert_with(|| Some(sku.clone()));
            if known.as_ref() != Some(&sku) {
                *known = None;
            }
        }
        identities.asins = asins;
        identities
    }

    /// The SKU that a name stands for, as the map spells it: itself where the map does not know it.
    pub fn sku_of<'a>(&'a self, name: &'a str) -> &'a str {
        if self.entries.is_empty() {
            return name;
        }
        let (mut key, mut seen) = (sku_key(name), BTreeSet::new());
        let own = self.entries.get(&key).map_or(name, |entry| entry.sku.as_str());
        let mut sku = own;
        while let Some(next) = self.names.get(&key) {
            // Names that go round in a circle stand for themselves.
            if !seen.insert(next.as_str()) {
                return own;
            }
            (sku, key) = (next, sku_key(next));
        }
        sku
    }

    /// The SKU of an ASIN, where the map names one.
    pub(super) fn sku_of_asin(&self, asin: &str) -> Option<&str> {
        self.asins.get(&asin_key(asin))?.as_deref()
    }

    /// What the map says of a SKU.
    pub fn entry(&self, sku: &str) -> Option<&ProductEntry> {
        self.entries.get(&sku_key(sku))
    }

    /// All SKUs of the map.
    pub fn entries(&self) -> impl Iterator<Item = &ProductEntry> {
        self.entries.values()
    }

    /// Gives bundles without a cost of their own in a currency the costs of what they are made of, from the days on
    /// which all of these are known.
    pub fn add_bundle_costs(&self, costs: &mut CostBook) {
        let mut added = Vec::new();
        for entry in self.entries.values().filter(|entry| !entry.components.is_empty()) {
            let own: BTreeSet<Currency> =
                set_of_few(costs.layers(&entry.sku).iter().map(|layer| layer.currency));
            let layers = self.bundle_layers(entry, costs).into_iter();
            let missing = layers.filter(|layer| !own.contains(&layer.currency));
            added.extend(missing.map(|layer| (entry.sku.clone(), layer)));
        }
        for (sku, layer) in added {
            costs.add(&sku, layer);
        }
    }

    /// What a bundle is made of, by the SKUs of its parts; empty for other SKUs.
    pub(crate) fn parts_of(&self, sku: &str) -> Vec<(&str, Fixed)> {
        let parts = self.entries.get(&sku_key(sku)).map(|entry| &entry.components);
        parts.into_iter().flatten().map(|part| (self.sku_of(&part.sku), part.quantity)).collect()
    }

    fn bundle_layers(&self, bundle: &ProductEntry, costs: &CostBook) -> Vec<CostLayer> {
        let parts: Vec<(&[CostLayer], Fixed)> = bundle
            .components
            .iter()
            .map(|part| (costs.layers(self.sku_of(&part.sku)), part.quantity))
            .collect();
        let starts: BTreeSet<_> =
            set_of_few(parts.iter().flat_map(|(layers, _)| {
                layers.iter().map(|layer| (layer.currency, layer.valid_from))
            }));
        let layer = |(currency, valid_from)| {
            let cost = |(layers, quantity): &(&[CostLayer], Fixed)| {
                Some(cost_on(layers, valid_from, currency)?.of(quantity.times(MANY)))
            };
            let cost = parts.iter().map(cost).sum::<Option<Fixed>>()?;
            let unit_cost = cost.divided_by(MANY)?;
            let exact = Some((MANY, cost));
            Some(CostLayer {
                valid_from,
                unit_cost,
                duty: None,
                exact,
                is_untold: false,
                currency,
                is_typed: false,
            })
        };
        starts.into_iter().filter_map(layer).collect()
    }
}

/// Bundles whose cost is told together, so that a part's rounded cost does not count.
const MANY: Fixed = Fixed::from_whole(10_000);

fn asin_key(asin: &str) -> String {
    asin.trim().to_uppercase()
}

/// Rows of one SKU are one entry: the last text counts, other names and parts are collected.
fn add_rows(entries: &mut BTreeMap<String, ProductEntry>, input: &CubeInput<'_>) {
    let segment = input.segment;
    let quantities = segment.numbers("quantity");
    let in_force = |row: &usize| input.mask.is_none_or(|mask| mask.get(*row) != Some(&false));
    for row in (0..segment.len()).filter(in_force) {
        let text = |name: &str| segment.text(name, row).trim();
        let sku = text("sku");
        if sku.is_empty() {
            continue;
        }
        let entry = entries.entry(sku_key(sku)).or_default();
        sku.clone_into(&mut entry.sku);
        let mut fill = |place: fn(&mut ProductEntry) -> &mut String, name: &str| {
            if !text(name).is_empty() {
                text(name).clone_into(place(entry));
            }
        };
        fill(|it| &mut it.asin, "asin");
        fill(|it| &mut it.parent, "parent");
        fill(|it| &mut it.title, "title");
        fill(|it| &mut it.brand, "brand");
        fill(|it| &mut it.category, "category");
        fill(|it| &mut it.owner, "owner");
        let alias = text("alias");
        if !alias.is_empty() && !entry.aliases.iter().any(|it| it == alias) {
            entry.aliases.push(alias.to_owned());
        }
        let part = text("component");
        if !part.is_empty() {
            entry.components.retain(|it| it.sku != part);
            let stated = quantities.get(row).copied().unwrap_or(0);
            let quantity =
                if stated > 0 { Fixed::from_ten_thousandths(stated) } else { Fixed::from_whole(1) };
            entry.components.push(Component { sku: part.to_owned(), quantity });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Currency, Day};

    fn entry(sku: &str, aliases: &[&str], components: &[(&str, i64)]) -> ProductEntry {
        let part = |(sku, quantity): &(&str, i64)| Component {
            sku: (*sku).to_owned(),
            quantity: Fixed::from_whole(*quantity),
        };
        ProductEntry {
            sku: sku.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            components: components.iter().map(part).collect(),
            ..ProductEntry::default()
        }
    }

    fn map(entries: Vec<ProductEntry>) -> Identities {
        let edit = |entry: ProductEntry| {
            let edit = ProductEdit {
                sku: entry.sku.clone(),
                aliases: Some(entry.aliases),
                asin: Some(entry.asin),
                components: Some(entry.components),
                ..ProductEdit::default()
            };
            (sku_key(&entry.sku), edit)
        };
        Identities::of(&[], &entries.into_iter().map(edit).collect())
    }

    #[test]
    fn a_name_stands_for_its_sku_without_case_and_over_others() {
        let map = map(vec![entry("LAN-1", &["lan1-fba", "B"], &[]), entry("B", &["C"], &[])]);
        assert_eq!(map.sku_of("LAN1-FBA "), "LAN-1");
        assert_eq!(map.sku_of("c"), "LAN-1", "C is B, and B is LAN-1");
        assert_eq!((map.sku_of("LAN-1"), map.sku_of("lan-1")), ("LAN-1", "LAN-1"));
        assert_eq!(map.sku_of("unknown"), "unknown");
    }

    #[test]
    fn names_in_a_circle_stand_for_themselves() {
        let map = map(vec![entry("A", &["B", "A"], &[]), entry("B", &["A"], &[])]);
        assert_eq!((map.sku_of("A"), map.sku_of("B")), ("A", "B"));
    }

    #[test]
    fn an_asin_of_two_skus_is_neithers() {
        let with =
            |sku: &str, asin: &str| ProductEntry { asin: asin.into(), ..entry(sku, &[], &[]) };
        let two = ProductEntry { aliases: vec!["E".into()], ..with("D", "B03") };
        let map =
            map(vec![with("A", "B01"), with("B", "B02"), with("C", "B02"), two, with("E", "B03")]);
        assert_eq!((map.sku_of_asin("b01"), map.sku_of_asin("B02")), (Some("A"), None));
        assert_eq!(map.sku_of_asin("B03"), Some("D"), "two names of one product");
    }

    #[test]
    fn a_bundle_costs_what_its_parts_cost_from_the_day_all_are_known() {
        let layer = |day: &str, cost: &str| CostLayer {
            exact: None,
            is_untold: false,
            valid_from: Day::parse(day).unwrap(),
            unit_cost: Fixed::parse(cost).unwrap(),
            duty: None,
            currency: Currency::USD,
            is_typed: false,
        };
        let mut costs = CostBook::default();
        costs.add("a", layer("2026-01-01", "2.50"));
        costs.add("a", layer("2026-03-01", "3"));
        costs.add("b", layer("2026-02-01", "1.10"));
        costs.add("own", layer("2026-01-01", "9"));
        let yuan =
            CostLayer { currency: Currency::parse("CNY").unwrap(), ..layer("2026-01-01", "60") };
        costs.add("set", yuan);
        let set = |sku: &str| entry(sku, &[], &[("A", 2), ("B", 1)]);
        let map = map(vec![set("SET"), set("OWN"), entry("LESS", &[], &[("A", 1), ("Z", 1)])]);
        map.add_bundle_costs(&mut costs);
        // 2 × 2.50 + 1.10, then 2 × 3 + 1.10.
        let told = |layer: &CostLayer| (layer.valid_from, layer.of(Fixed::from_whole(1)));
        let bundle = [yuan, layer("2026-02-01", "6.1"), layer("2026-03-01", "7.1")];
        let found: Vec<_> = costs.layers("set").iter().map(told).collect();
        assert_eq!(found, bundle.each_ref().map(told), "a cost in yuan is none in dollars");
        assert_eq!(costs.layers("own"), [layer("2026-01-01", "9")]);
        assert!(costs.layers("less").is_empty(), "a part without a cost is not free");
    }
}
