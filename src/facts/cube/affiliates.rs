//! What affiliates brought, and what they got for it.

use hashbrown::HashSet;

use super::{
    CellKey,
    build::Builder,
    column,
    order_days::{NamesOfShops, of_shop},
    rows::{Row, each_day, number},
};
use crate::facts::{Segment, segment::TextColumn};

/// Orders for which any posting states a commission.
#[derive(Default)]
pub(super) struct AffiliateOrders(HashSet<u64>);

impl AffiliateOrders {
    pub(super) fn learn(&mut self, segment: &Segment) {
        let (Some(categories), Some(orders)) =
            (segment.text_column("category"), NamesOfShops::of(segment, "order_id"))
        else {
            return;
        };
        let Some(commission) = categories.id_of("affiliate_fee") else { return };
        let amounts = segment.numbers("amount");
        let paying = categories
            .ids
            .iter()
            .enumerate()
            .filter(|(row, category)| **category == commission && number(amounts, *row) != 0);
        self.0.extend(paying.filter_map(|(row, _)| orders.hash(row)));
    }
}

impl Builder {
    /// Whether a commission was paid for an order.
    pub(super) fn is_of_affiliate(&self, order: &str, key: CellKey) -> bool {
        let place = self.cube.places.get(key.place as usize);
        !order.is_empty() && self.affiliate_orders.0.contains(&of_shop(order, place))
    }

    pub(super) fn add_affiliates(
        &mut self,
        segment: &Segment,
        categories: &TextColumn,
        rows: &[Row],
    ) {
        if self.affiliate_orders.0.is_empty() {
            return;
        }
        let (commission, sale) =
            (categories.id_of("affiliate_fee"), categories.id_of("product_sales"));
        let amounts = segment.numbers("amount");
        for row in rows {
            let category = categories.ids.get(row.at).copied();
            let is_brought = || self.is_of_affiliate(segment.text("order_id", row.at), row.key);
            let (column, sign) = match category {
                None => continue,
                own if own == commission => (column::AFFILIATE_FEES, -1),
                own if own == sale && is_brought() => (column::AFFILIATE_SALES, 1),
                _ => continue,
            };
            each_day(row, [sign * number(amounts, row.at)], |key, [amount]| {
                let cell = self.money.cell(key);
                self.money.add_to(cell, column, amount);
            });
        }
    }
}
