//! The stock of a slice: which snapshots count, and what was there.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use super::{Level, PlaceStock, scan::Scan};
use crate::{
    domain::Fixed,
    facts::cube::stock::{self, Snapshots},
};

/// The places whose snapshots count on each day, with the rank of their report.
type BelievedDays = BTreeMap<i32, (u32, Vec<u32>)>;

/// The snapshots of a shop that count.
pub(super) struct Believed {
    /// See `Scan::shop_of`.
    pub(super) shop: u32,
    pub(super) days: BelievedDays,
}

impl Scan<'_> {
    /// Snapshots of each shop, oldest first.
    pub(super) fn scan_stock(&self, stock: &Snapshots) -> Vec<PlaceStock> {
        let snapshot = |(day, (_, places)): (i32, (u32, Vec<u32>))| {
            let levels = places.iter().flat_map(|place| stock.between(*place, day, day));
            levels.map(|(_, levels)| self.level(day, levels)).reduce(together)
        };
        let believed = |believed: Believed| PlaceStock {
            snapshots: believed.days.into_iter().filter_map(snapshot).collect(),
        };
        self.believed_stock(stock).into_iter().map(believed).collect()
    }

    /// Places and days of the snapshots that count at the end of a day.
    pub(super) fn newest_stock(&self, end: i32) -> HashSet<(u32, i32)> {
        self.newest_of(&self.cube.stock, end)
    }

    /// The same of other snapshots.
    pub(super) fn newest_of(&self, stock: &Snapshots, end: i32) -> HashSet<(u32, i32)> {
        let newest = |believed: &Believed| {
            let (day, (_, places)) = believed.days.range(..=end).next_back()?;
            Some(places.iter().map(|place| (*place, *day)).collect::<Vec<_>>())
        };
        self.believed_stock(stock).iter().filter_map(newest).flatten().collect()
    }

    /// Of reports that state the same stock of a shop, the one believed first counts on each day.
    pub(super) fn believed_stock(&self, stock: &Snapshots) -> Vec<Believed> {
        let mut statements: BTreeMap<(u32, &str, u32), BelievedDays> = BTreeMap::new();
        for place in stock.places() {
            // Units have no currency.
            let is_ours = self.has_shop_of(place);
            let source = self.cube.places.get(place as usize).map(|it| it.source);
            let source = source.and_then(|source| self.cube.sources.get(source));
            let (true, Some(source)) = (is_ours && self.has_stock(stock, place), source) else {
                continue;
            };
            let alone = if source.group.is_empty() { place } else { u32::MAX };
            let days =
                statements.entry((self.shop_of(place), source.group.as_str(), alone)).or_default();
            for (day, _) in stock.between(place, i32::MIN, i32::MAX) {
                let believed = days.entry(day).or_insert_with(|| (source.rank, Vec::new()));
                if source.rank < believed.0 {
                    *believed = (source.rank, Vec::new());
                }
                if source.rank == believed.0 {
                    believed.1.push(place);
                }
            }
        }
        let told = statements.into_iter().filter(|(_, days)| !days.is_empty());
        told.map(|((shop, ..), days)| Believed { shop, days }).collect()
    }

    /// Whether any snapshot of a place lists a SKU of the slice.
    fn has_stock(&self, stock: &Snapshots, place: u32) -> bool {
        let is_ours = |level: &stock::Level| self.has_sku(level.0);
        let mut days = stock.between(place, i32::MIN, i32::MAX);
        days.any(|(_, levels)| levels.iter().any(is_ours))
    }

    /// What was there of the slice's SKUs. What a snapshot does not list was not there.
    fn level(&self, day: i32, levels: &[stock::Level]) -> Level {
        let ours = levels.iter().filter(|(sku, ..)| self.has_sku(*sku));
        ours.map(|(sku, available, inbound)| {
            let units = Fixed::from_ten_thousandths(*available);
            let worth = self.stock_cost(*sku, day).map(|cost| cost.of(units).ten_thousandths());
            (day, *available, *inbound, worth)
        })
        .reduce(together)
        .unwrap_or_else(|| {
            let has_cost = |sku: u32| self.stock_cost(sku, day).is_some();
            (day, 0, 0, self.chosen_skus().any(has_cost).then_some(0))
        })
    }
}

/// Two parts of the stock of one day.
fn together(one: Level, other: Level) -> Level {
    let worth = match (one.3, other.3) {
        (Some(one), Some(other)) => Some(one.saturating_add(other)),
        (one, other) => one.or(other),
    };
    (one.0, one.1.saturating_add(other.1), one.2.saturating_add(other.2), worth)
}
