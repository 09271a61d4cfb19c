//! Distinct orders, exact for every choice of SKUs.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet, HashTable};
use serde::{Deserialize, Serialize};

use super::{CellKey, growing::GrowingCells};

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
    orders: HashTable<Seen>,
    /// Further SKUs of orders.
    further: HashSet<(u64, u32)>,
    several: HashMap<u64, Several>,
    whole: BTreeMap<(i32, u32), u32>,
    /// The order counted last: its lines follow each other.
    last: Option<(u64, CellKey)>,
}

/// An order and the cell of sales where it was first seen. There are as many as orders, so that
/// the hash is kept in halves, which need no padding.
struct Seen {
    order: [u32; 2],
    cell: u32,
}

/// Day and place of an order, and its SKUs.
struct Several {
    first: CellKey,
    skus: Vec<u32>,
}

impl OrderCounter {
    /// Makes room for as many further orders.
    pub(crate) fn reserve(&mut self, n_orders: usize) {
        self.orders.reserve(n_orders, Seen::hash);
    }

    /// A line of the order `order` (a hash that tells places apart) in a cell of `sales`. Gives the
    /// cell in which the order must be counted for the line's SKU, when this is the first line of
    /// that SKU.
    pub(crate) fn line(&mut self, order: u64, cell: u32, sales: &mut GrowingCells) -> Option<u32> {
        let key = sales.key(cell)?;
        let first = match self.last {
            Some((last, first)) if last == order => first,
            _ => {
                let seen = Seen::new(order, cell);
                let same = |other: &Seen| other.order == seen.order;
                match self.orders.find(order, same) {
                    Some(other) => sales.key(other.cell)?,
                    None => {
                        self.orders.insert_unique(order, seen, Seen::hash);
                        self.last = Some((order, key));
                        *self.whole.entry((key.day, key.place)).or_insert(0) += 1;
                        return Some(cell);
                    }
                }
            }
        };
        self.last = Some((order, first));
        if first.sku == key.sku || !self.further.insert((order, key.sku)) {
            return None;
        }
        let nothing = || Several { first, skus: vec![first.sku] };
        self.several.entry(order).or_insert_with(nothing).skus.push(key.sku);
        Some(sales.cell(CellKey { sku: key.sku, ..first }))
    }

    pub(crate) fn finish(self) -> OrderCounts {
        let whole = self.whole.into_iter();
        let whole = whole.map(|((day, place), count)| (CellKey { day, place, sku: 0 }, count));
        let several = self.several.into_values();
        let mut several: Vec<SeveralSkus> = several
            .map(|it| SeveralSkus { day: it.first.day, place: it.first.place, skus: it.skus })
            .collect();
        several.sort_by(|one, other| {
            (one.day, one.place, &one.skus).cmp(&(other.day, other.place, &other.skus))
        });
        OrderCounts { whole: whole.collect(), several }
    }
}

impl Seen {
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a number")]
    fn new(order: u64, cell: u32) -> Self {
        Self { order: [order as u32, (order >> 32) as u32], cell }
    }

    fn hash(&self) -> u64 {
        let [low, high] = self.order;
        u64::from(low) | u64::from(high) << 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_counts_once_as_a_whole_and_once_per_sku() {
        let mut counter = OrderCounter::default();
        let mut sales = GrowingCells::new(1);
        let key = |day, sku| CellKey { day, place: 0, sku };
        let mut line = |order, day, sku| {
            let cell = sales.cell(key(day, sku));
            let counted = counter.line(order, cell, &mut sales);
            counted.and_then(|cell| sales.key(cell))
        };
        assert_eq!(line(7, 1, 1), Some(key(1, 1)));
        assert_eq!(line(7, 1, 1), None);
        assert_eq!(line(8, 1, 2), Some(key(1, 2)));
        assert_eq!(line(7, 2, 2), Some(key(1, 2)), "counted where the order was first seen");
        assert_eq!(line(7, 1, 2), None);
        let counts = counter.finish();
        assert_eq!(counts.whole, [(key(1, 0), 2)]);
        assert_eq!(counts.several.len(), 1);
        assert_eq!(counts.several[0].skus, [1, 2]);
    }
}
