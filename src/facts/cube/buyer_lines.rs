//! What orders of buyers who are kept sold and cost.

use hashbrown::HashSet;
use serde::{Deserialize, Serialize};

use super::{
    build::{Builder, Status},
    buyers::Purchase,
    order_days::{NamesOfShops, of_shop},
    rows::{Row, number},
};
use crate::{
    domain::{sort_few, sort_few_by},
    facts::{Segment, Table, segment::TextColumn},
};

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
    /// Orders, and whether a line of theirs is money rather than goods.
    lines: Vec<((u64, bool), BuyerLine)>,
}

impl NotedLines {
    pub(super) fn learn(&mut self, segment: &Segment) {
        if segment.table() == Table::Purchases
            && let Some(orders) = NamesOfShops::of(segment, "order_id")
        {
            self.asked.extend((0..segment.len()).filter_map(|row| orders.hash(row)));
        }
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
                self.buyer_lines.lines.push(((order, false), line));
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
                let costs = number(amounts, row.at).saturating_neg();
                let (place, sku) = (row.key.place, row.key.sku);
                let line = BuyerLine { place, sku, costs, ..BuyerLine::default() };
                self.buyer_lines.lines.push(((order, true), line));
            }
        }
    }

    /// Gives lines to buyers. Of several reports that state the same of an order the one that is believed
    /// first counts.
    pub(super) fn finish_buyer_lines(&mut self) {
        let mut noted = std::mem::take(&mut self.buyer_lines.lines);
        let rank = |place: u32| {
            let place = self.cube.places.get(place as usize)?;
            let source = self.cube.sources.get(place.source)?;
            Some((source.rank, &source.report, &place.currency))
        };
        sort_few_by(&mut noted, |one, other| {
            one.0.cmp(&other.0).then_with(|| rank(one.1.place).cmp(&rank(other.1.place)))
        });
        let mut lines: Vec<BuyerLine> = Vec::new();
        for of_order in noted.chunk_by(|one, other| one.0 == other.0) {
            let Some(((order, _), first)) = of_order.first() else { continue };
            let Some(Purchase { buyer, day, .. }) = self.purchases.of_order(*order) else {
                continue;
            };
            let believed = of_order.iter().filter(|(_, line)| line.place == first.place);
            lines.extend(believed.map(|(_, line)| BuyerLine { buyer, day, ..*line }));
        }
        sort_few(&mut lines);
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
