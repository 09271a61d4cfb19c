//! What a platform keeps of its fees on sales that were given back.

use hashbrown::{HashMap, HashSet};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{
    believed::Moved,
    build::Builder,
    column,
    order_days::{NamesOfShops, of_shop},
    rows::{Row, number},
};
use crate::{
    domain::Fixed,
    facts::{Segment, Table},
};

/// Orders of which money was given back, SKU by SKU: what their sales and their fees were.
#[derive(Default)]
pub(super) struct KeptFees {
    asked: HashSet<u64>,
    /// By the hash of order and SKU, and the place of its postings: reports that state the same are not mixed.
    orders: HashMap<(u64, u32), Fees>,
}

/// Amounts in ten-thousandths, all positive.
#[derive(Debug, Clone, Copy, Default)]
struct Fees {
    sold: i64,
    refunded: i64,
    charged: i64,
    given_back: i64,
    /// The day of the last refund, where that is summed, and the day of the order where refunds follow it.
    last: Option<(i32, u32, Option<i32>)>,
}

impl Fees {
    /// Fees of the part that was given back, less what came back of them; `None` where the sale is not known.
    fn kept(&self) -> Option<i64> {
        let part = Fixed::from_ten_thousandths(self.refunded.min(self.sold));
        let sold = Some(Fixed::from_ten_thousandths(self.sold)).filter(|sold| *sold > Fixed::ZERO);
        let charged = Fixed::from_ten_thousandths(self.charged).share(part, sold?);
        Some(charged.ten_thousandths().saturating_sub(self.given_back))
    }
}

fn of_sku(order: u64, sku: &str) -> u64 {
    xxh3_64_with_seed(sku.as_bytes(), order)
}

impl KeptFees {
    pub(super) fn learn(&mut self, segment: &Segment) {
        let (Some(categories), Some(orders)) =
            (segment.text_column("category"), NamesOfShops::of(segment, "order_id"))
        else {
            return;
        };
        let refund = categories.id_of("refund_principal");
        if segment.table() == Table::Postings && refund.is_some() {
            let is_refund = |row: &usize| categories.ids.get(*row).copied() == refund;
            let refunds = (0..segment.len()).filter(is_refund);
            let asked = refunds
                .filter_map(|row| orders.hash(row).map(|it| of_sku(it, segment.text("sku", row))));
            self.asked.extend(asked);
        }
    }
}

impl Builder {
    /// Notes sales, refunds and fees of the orders of which something was given back.
    pub(super) fn note_fees(&mut self, segment: &Segment, rows: &[Row]) {
        if self.kept_fees.asked.is_empty() {
            return;
        }
        let amounts = segment.numbers("amount");
        for row in rows {
            let Row { at, key, .. } = row;
            let text = |name| segment.text(name, *at);
            let category = text("category");
            if !matches!(category, "product_sales" | "refund_principal" | "platform_fee") {
                continue;
            }
            let place = self.cube.places.get(key.place as usize);
            let order = of_sku(of_shop(text("order_id"), place), text("sku"));
            if !self.kept_fees.asked.contains(&order) {
                continue;
            }
            let amount = number(amounts, *at);
            let refunded = (category == "refund_principal")
                .then(|| (key.day, self.money.cell(*key), self.refund_day(segment, row)));
            let fees = self.kept_fees.orders.entry((order, key.place)).or_default();
            fees.last = fees.last.max(refunded);
            let (sum, amount) = match category {
                "product_sales" => (&mut fees.sold, amount),
                "refund_principal" => (&mut fees.refunded, amount.saturating_neg()),
                _ if is_of_refund(text("kind")) => (&mut fees.given_back, amount),
                _ => (&mut fees.charged, amount.saturating_neg()),
            };
            *sum = sum.saturating_add(amount);
        }
    }

    /// Sums what was kept on the day of the last refund, or on that of the order where refunds are of it. The
    /// order of sums changes nothing.
    pub(super) fn add_kept_fees(&mut self) {
        let orders = std::mem::take(&mut self.kept_fees.orders);
        for fees in orders.values() {
            let (Some(amount), Some((_, cell, ordered))) = (fees.kept(), fees.last) else {
                continue;
            };
            match ordered {
                Some(day) => self.moved_kept_fees.push(Moved { cell, day, amount }),
                None => self.money.add_to(cell, column::KEPT_FEES, amount),
            }
        }
    }
}

/// What recipes call a posting that gives back.
fn is_of_refund(kind: &str) -> bool {
    matches!(kind, "refund" | "chargeback")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 15.00 of fees on a sale of 100.00.
    fn fees(refunded: i64, given_back: i64) -> Fees {
        Fees { sold: 100, refunded, charged: 15, given_back, last: Some((7, 3, None)) }
    }

    #[test]
    fn what_does_not_come_back_is_kept() {
        assert_eq!(fees(100, 12).kept(), Some(3));
        // A third was given back, of the fee 5 belong to it, of which 4 came back.
        let third = Fees { sold: 300, charged: 15, ..fees(100, 4) };
        assert_eq!(third.kept(), Some(1));
        // More is given back than was paid: no more than all fees belong to it.
        assert_eq!(fees(120, 12).kept(), Some(3));
    }

    #[test]
    fn of_a_sale_that_no_file_has_nothing_is_said() {
        assert_eq!(Fees { sold: 0, ..fees(100, 12) }.kept(), None);
    }
}
