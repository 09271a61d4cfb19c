//! Distinct orders, exact for every choice of SKUs.

use std::{collections::BTreeMap, ops::Range};

use hashbrown::{HashMap, HashSet, HashTable};
use serde::{Deserialize, Serialize};

use super::{CellKey, column, growing::GrowingCells};
use crate::domain::{Fixed, sort_few_by, steps::pause};

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

/// Takes note of order lines, in any order, and counts the orders at the end.
///
/// Lines are kept in parts by their order's hash, so that counting needs to remember the orders of
/// one part only: these stay in the processor's cache, those of a large file do not.
pub(crate) struct OrderCounter {
    parts: Vec<Vec<Line>>,
    /// The line noted last: lines of one order follow each other.
    last: Option<(u64, u32)>,
}

/// An order's line: the order's hash, and the cell of sales that the line belongs to.
#[derive(Clone, Copy)]
struct Line {
    /// In halves, which need no padding.
    order: [u32; 2],
    cell: u32,
}

/// Bits of the hash that tell the parts apart.
const PART_BITS: u32 = 8;

/// The counting, part after part.
#[derive(Default)]
struct Part {
    /// Order and the cell where it was first seen.
    orders: HashTable<(u64, u32)>,
    /// Further SKUs of orders.
    further: HashSet<(u64, u32)>,
    /// The cells in which orders count for a further SKU.
    further_in: Vec<u32>,
    /// Orders with several SKUs in the order of their second one; where to find them.
    several: Vec<SeveralSkus>,
    several_at: HashMap<u64, usize>,
}

/// Cells looked at in one call.
const CELLS_AT_ONCE: u32 = 1 << 12;

impl Default for OrderCounter {
    fn default() -> Self {
        Self { parts: vec![Vec::new(); 1 << PART_BITS], last: None }
    }
}

impl OrderCounter {
    /// Notes a line of the order `order` (a hash that tells places apart) in a cell of sales. Counts it
    /// there as if it were the order's first one: most are.
    pub(crate) fn line(&mut self, order: u64, cell: u32, sales: &mut GrowingCells) {
        if self.last == Some((order, cell)) {
            return;
        }
        self.last = Some((order, cell));
        let part = usize::try_from(order >> (u64::BITS - PART_BITS)).unwrap_or(0);
        if let Some(lines) = self.parts.get_mut(part) {
            lines.push(Line::new(order, cell));
            sales.add_to(cell, column::ORDERS, Fixed::SCALE);
        }
    }

    /// Counts each order once as a whole, and for each of its SKUs in the cell of the day and place
    /// where the order was first seen. In steps.
    pub(crate) async fn finish(self, sales: &mut GrowingCells) -> OrderCounts {
        let mut part = Part::default();
        for lines in self.parts {
            part.count(&lines, sales);
            pause().await;
        }
        let n_cells = u32::try_from(sales.len()).unwrap_or(u32::MAX);
        let mut whole = BTreeMap::new();
        for from in (0..n_cells).step_by(CELLS_AT_ONCE as usize) {
            add_whole(sales, from..n_cells.min(from + CELLS_AT_ONCE), &mut whole);
        }
        for cell in part.further_in {
            sales.add_to(cell, column::ORDERS, Fixed::SCALE);
        }
        let whole = whole.into_iter();
        let whole = whole.map(|((day, place), count)| (CellKey { day, place, sku: 0 }, count));
        let mut several = part.several;
        sort_few_by(&mut several, |one, other| {
            (one.day, one.place, &one.skus).cmp(&(other.day, other.place, &other.skus))
        });
        OrderCounts { whole: whole.collect(), several }
    }
}

/// Adds the orders first seen in some cells to those of their days and places. Cells of one follow each
/// other.
#[inline(never)]
fn add_whole(sales: &GrowingCells, cells: Range<u32>, whole: &mut BTreeMap<(i32, u32), u32>) {
    let mut open: Option<((i32, u32), i64)> = None;
    let mut close = |(key, count): ((i32, u32), i64)| {
        if let Some(count) = u32::try_from(count / Fixed::SCALE).ok().filter(|count| *count > 0) {
            *whole.entry(key).or_insert(0) += count;
        }
    };
    for cell in cells {
        let Some(CellKey { day, place, .. }) = sales.key(cell) else { continue };
        let orders = sales.sum(cell, column::ORDERS);
        match &mut open {
            Some((key, count)) if *key == (day, place) => *count += orders,
            _ => open.replace(((day, place), orders)).into_iter().for_each(&mut close),
        }
    }
    open.into_iter().for_each(close);
}

impl Part {
    /// A call for each part: a browser runs only the first ones slowly.
    #[inline(never)]
    fn count(&mut self, lines: &[Line], sales: &mut GrowingCells) {
        self.orders.clear();
        self.further.clear();
        self.several_at.clear();
        for line in lines {
            let (order, cell) = (line.order(), line.cell);
            let seen = self.orders.find(order, |entry| entry.0 == order);
            if let Some((_, first)) = seen.copied() {
                sales.add_to(cell, column::ORDERS, -Fixed::SCALE);
                self.count_again(order, first, cell, sales);
            } else {
                self.orders.insert_unique(order, (order, cell), |entry| entry.0);
            }
        }
    }

    /// Counts an order that was first seen in the cell `first` for another SKU.
    fn count_again(&mut self, order: u64, first: u32, cell: u32, sales: &mut GrowingCells) {
        let (Some(first), Some(key)) = (sales.key(first), sales.key(cell)) else { return };
        if first.sku == key.sku || !self.further.insert((order, key.sku)) {
            return;
        }
        let at = *self.several_at.entry(order).or_insert(self.several.len());
        if at == self.several.len() {
            let (day, place) = (first.day, first.place);
            self.several.push(SeveralSkus { day, place, skus: vec![first.sku] });
        }
        if let Some(several) = self.several.get_mut(at) {
            several.skus.push(key.sku);
        }
        self.further_in.push(sales.cell(CellKey { sku: key.sku, ..first }));
    }
}

impl Line {
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a number")]
    fn new(order: u64, cell: u32) -> Self {
        Self { order: [order as u32, (order >> 32) as u32], cell }
    }

    fn order(self) -> u64 {
        let [low, high] = self.order;
        u64::from(low) | u64::from(high) << 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::steps;

    #[test]
    fn an_order_counts_once_as_a_whole_and_once_per_sku() {
        let mut counter = OrderCounter::default();
        let mut sales = GrowingCells::new(column::N_SALES);
        let key = |day, sku| CellKey { day, place: 0, sku };
        // The second day of order 7 does not count: it was first seen on the first.
        for (order, day, sku) in [(7, 1, 1), (7, 1, 1), (8, 1, 2), (7, 2, 2), (7, 1, 2)] {
            let cell = sales.cell(key(day, sku));
            counter.line(order, cell, &mut sales);
        }
        let counts = steps::finish(counter.finish(&mut sales));
        assert_eq!(counts.whole, [(key(1, 0), 2)]);
        assert_eq!(counts.several.len(), 1);
        assert_eq!((counts.several[0].day, &counts.several[0].skus), (1, &vec![1, 2]));
        let cells = sales.finish();
        let orders = cells.keys.iter().zip(&cells.columns[column::ORDERS]);
        let orders: Vec<(CellKey, i64)> = orders.map(|(key, orders)| (*key, *orders)).collect();
        let one = Fixed::SCALE;
        assert_eq!(orders, [(key(1, 1), one), (key(1, 2), 2 * one), (key(2, 2), 0)]);
    }
}
