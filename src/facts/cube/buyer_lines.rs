//! What orders of buyers who are kept sold and cost.

use std::collections::BTreeMap;

use hashbrown::HashSet;
use serde::{Deserialize, Serialize};

use super::{
    build::{Builder, Status},
    order_days::{NamesOfShops, of_shop},
    rows::{Row, number},
};
use crate::facts::{Segment, Table, segment::TextColumn};

/// A part of an order: goods, money given back, or costs, in ten-thousandths of the currency of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub(crate) struct BuyerLine {
    /// As in `Purchase`, like the day, which is that of the order.
    pub(crate) buyer: u32,
    pub(crate) day: i32,
    pub(crate) place: u32,
    pub(crate) sku: u32,
    /// Gross, the seller's and the platform's discounts, tax.
    pub(crate) sold: [i64; 4],
    pub(crate) units: i64,
    /// Refunds, fees and fulfilment.
    pub(crate) costs: i64,
}

/// Lines before it is known whose they are.
#[derive(Default)]
pub(super) struct NotedLines {
    /// Orders with a buyer, by the hash that tells shops apart.
    asked: HashSet<u64>,
    /// By order, and whether it is goods or money; the lines of each place that states them.
    lines: BTreeMap<(u64, bool), BTreeMap<u32, Vec<BuyerLine>>>,
}

impl NotedLines {
    pub(super) fn learn(&mut self, segment: &Segment) {
        if segment.table() == Table::Purchases
            && let Some(orders) = NamesOfShops::of(segment, "order_id")
        {
            self.asked.extend((0..segment.len()).filter_map(|row| orders.hash(row)));
        }
    }

    fn note(&mut self, order: u64, is_money: bool, line: BuyerLine) {
        let places = self.lines.entry((order, is_money)).or_default();
        places.entry(line.place).or_default().push(line);
    }
}

impl Builder {
    fn asked_order(&self, order: &str, row: &Row) -> Option<u64> {
        let order = of_shop(order, self.cube.places.get(row.key.place as usize));
        self.buyer_lines.asked.contains(&order).then_some(order)
    }

    /// Notes lines of orders whose buyers are kept.
    pub(super) fn note_bought(&mut self, segment: &Segment, rows: &[Row], statuses: &[Status]) {
        let text = |name| segment.text_column(name);
        let (Some(told), Some(orders)) = (text("status"), text("order_id")) else { return };
        if self.buyer_lines.asked.is_empty() {
            return;
        }
        let columns = ["gross", "seller_discount", "platform_discount", "tax"];
        let columns = columns.map(|name| segment.numbers(name));
        let units = segment.numbers("units");
        for row in rows {
            let status = told.ids.get(row.at).and_then(|id| statuses.get(*id as usize));
            let is_kept = status.is_some_and(|status| self.is_kept(*status));
            let order = self.asked_order(orders.text_at(row.at), row).filter(|_| is_kept);
            if let Some(order) = order {
                let line = BuyerLine {
                    place: row.key.place,
                    sku: row.key.sku,
                    sold: columns.map(|column| number(column, row.at)),
                    units: number(units, row.at),
                    ..BuyerLine::default()
                };
                self.buyer_lines.note(order, false, line);
            }
        }
    }

    /// Notes what was given back and paid for these orders.
    pub(super) fn note_buyers_money(
        &mut self,
        segment: &Segment,
        categories: &TextColumn,
        rows: &[Row],
    ) {
        if self.buyer_lines.asked.is_empty() {
            return;
        }
        let Some(orders) = segment.text_column("order_id") else { return };
        let amounts = segment.numbers("amount");
        for row in rows.iter().filter(|row| is_cost(categories.text_at(row.at))) {
            if let Some(order) = self.asked_order(orders.text_at(row.at), row) {
                let costs = -number(amounts, row.at);
                let (place, sku) = (row.key.place, row.key.sku);
                let line = BuyerLine { place, sku, costs, ..BuyerLine::default() };
                self.buyer_lines.note(order, true, line);
            }
        }
    }

    /// Gives lines to buyers. Of several reports that state the same of an order the one that is believed
    /// first counts.
    pub(super) fn finish_buyer_lines(&mut self) {
        let noted = std::mem::take(&mut self.buyer_lines.lines);
        let mut lines: Vec<BuyerLine> = Vec::new();
        for ((order, _), places) in noted {
            let Some(purchase) = self.purchases.of_order(order) else { continue };
            let rank = |place: &u32| {
                let place = self.cube.places.get(*place as usize)?;
                let source = self.cube.sources.get(place.source)?;
                Some((source.rank, &source.report, &place.currency))
            };
            let believed =
                places.into_iter().min_by(|one, other| rank(&one.0).cmp(&rank(&other.0)));
            let of_order = believed.into_iter().flat_map(|(_, lines)| lines);
            let (buyer, day) = (purchase.buyer, purchase.day);
            lines.extend(of_order.map(|line| BuyerLine { buyer, day, ..line }));
        }
        lines.sort_unstable();
        self.cube.buyer_lines = lines.into();
    }
}

/// Whether postings of a category lower contribution margin 2.
fn is_cost(category: &str) -> bool {
    matches!(
        category,
        "refund_principal"
            | "promotion_refund"
            | "platform_fee"
            | "payment_fee"
            | "affiliate_fee"
            | "fulfilment_fee"
            | "storage_fee"
    )
}
