//! Distinct orders, exact for every choice of SKUs.

use hashbrown::{HashMap, HashSet};
use serde::{Deserialize, Serialize};

use super::CellKey;

/// Orders per day × place, and the orders that hold several SKUs.
///
/// An order belongs to one day and place, so that orders add up over days, channels and shops. Over
/// SKUs they do not: an order with three SKUs is one order. The count for a set of SKUs is the sum
/// of the SKUs' counts less what the orders with several of them are counted too often.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct OrderCounts {
    /// `sku` of the keys is 0 and means nothing.
    pub(crate) whole: Vec<(CellKey, u32)>,
    pub(crate) several: Vec<SeveralSkus>,
}

/// An order with more than one SKU.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SeveralSkus {
    pub(crate) day: i32,
    pub(crate) place: u32,
    pub(crate) skus: Vec<u32>,
}

/// Counts orders while their lines go by, in any order.
#[derive(Default)]
pub(crate) struct OrderCounter {
    /// Order → where it was first seen.
    orders: HashMap<u64, CellKey>,
    /// Further SKUs of orders.
    further: HashSet<(u64, u32)>,
    several: HashMap<u64, Vec<u32>>,
    whole: HashMap<(i32, u32), u32>,
}

impl OrderCounter {
    /// A line of the order `order` (a hash that tells places apart). Gives the cell in which the
    /// order must be counted for the line's SKU, when this is the first line of that SKU.
    pub(crate) fn line(&mut self, order: u64, key: CellKey) -> Option<CellKey> {
        let Some(first) = self.orders.get(&order).copied() else {
            self.orders.insert(order, key);
            *self.whole.entry((key.day, key.place)).or_insert(0) += 1;
            return Some(key);
        };
        if first.sku == key.sku || !self.further.insert((order, key.sku)) {
            return None;
        }
        self.several.entry(order).or_insert_with(|| vec![first.sku]).push(key.sku);
        Some(CellKey { sku: key.sku, ..first })
    }

    pub(crate) fn finish(self) -> OrderCounts {
        let mut whole: Vec<(CellKey, u32)> = self
            .whole
            .into_iter()
            .map(|((day, place), count)| (CellKey { day, place, sku: 0 }, count))
            .collect();
        whole.sort_unstable();
        let orders = self.orders;
        let mut several: Vec<SeveralSkus> = self
            .several
            .into_iter()
            .filter_map(|(order, skus)| {
                let first = orders.get(&order)?;
                Some(SeveralSkus { day: first.day, place: first.place, skus })
            })
            .collect();
        several.sort_by(|one, other| {
            (one.day, one.place, &one.skus).cmp(&(other.day, other.place, &other.skus))
        });
        OrderCounts { whole, several }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_counts_once_as_a_whole_and_once_per_sku() {
        let mut counter = OrderCounter::default();
        let key = |sku| CellKey { day: 1, place: 0, sku };
        assert!(counter.line(7, key(1)).is_some());
        assert!(counter.line(7, key(1)).is_none());
        assert!(counter.line(7, key(2)).is_some());
        assert!(counter.line(7, key(2)).is_none());
        assert!(counter.line(8, key(2)).is_some());
        let counts = counter.finish();
        assert_eq!(counts.whole, [(key(0), 2)]);
        assert_eq!(counts.several.len(), 1);
        assert_eq!(counts.several[0].skus, [1, 2]);
    }
}
