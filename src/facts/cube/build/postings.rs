//! Amounts of money become fees, refunds, and, where only booked sales count, sales.

use super::{
    super::{Transfers, believed::Moved, column, rows::Row},
    Builder, SaleTiming, TextColumn,
};
use crate::facts::{
    Segment,
    cube::rows::{each_day, number},
};

/// How statuses of payouts begin that did not arrive.
const FAILED: [&str; 3] = ["fail", "cancel", "失败"];

impl Builder {
    pub(super) fn add_postings(&mut self, segment: &Segment, rows: &[Row]) {
        let Some(categories) = segment.text_column("category") else { return };
        let storage = categories.id_of("storage_fee");
        let column_of = |category: &str| match category {
            "refund_principal" | "promotion_refund" => Some((column::REFUNDS, -1)),
            "platform_fee" | "payment_fee" | "affiliate_fee" => Some((column::PLATFORM_FEES, -1)),
            "fulfilment_fee" | "storage_fee" => Some((column::FULFILMENT, -1)),
            "product_sales" => Some((column::POSTED_SALES, 1)),
            _ => None,
        };
        // What sellers pay and give back is counted positive.
        let columns: Vec<Option<(usize, i64)>> = categories.index.texts().map(column_of).collect();
        let amounts = segment.numbers("amount");
        if self.options.sale_timing == SaleTiming::Settled {
            self.add_settled_sales(segment, categories, rows);
        }
        self.add_affiliates(segment, categories, rows);
        self.note_fees(segment, rows);
        self.note_buyers_money(segment, categories, rows);
        if rows.first().is_some_and(|row| self.lists_payouts(row)) {
            self.add_transfers(segment, categories, rows);
        }
        for row in rows {
            let id = categories.ids.get(row.at).copied().unwrap_or(u32::MAX);
            if let Some((column, sign)) = columns.get(id as usize).copied().flatten() {
                let moved = (column == column::REFUNDS).then(|| self.refund_day(segment, row));
                if let Some(day) = moved.flatten() {
                    let cell = self.money.cell(row.key);
                    let amount = sign * number(amounts, row.at);
                    self.moved_refunds.push(Moved { cell, day, amount });
                    continue;
                }
                each_day(row, [sign * number(amounts, row.at)], |key, [amount]| {
                    let cell = self.money.add(key, &[]);
                    self.money.add_to(cell, column, amount);
                    if column == column::REFUNDS {
                        self.money.add_to(cell, column::N_REFUNDS, 1);
                    }
                    if storage == Some(id) {
                        self.money.add_to(cell, column::STORAGE, amount);
                    }
                });
            }
        }
    }

    /// Whether transfers of the report of a row are payouts.
    fn lists_payouts(&self, row: &Row) -> bool {
        let place = self.cube.places.get(row.key.place as usize);
        let source = place.and_then(|place| self.cube.sources.get(place.source));
        source.is_some_and(|source| source.transfers == Transfers::Payouts)
    }

    /// What went to the bank: it leaves the account at the platform.
    fn add_transfers(&mut self, segment: &Segment, categories: &TextColumn, rows: &[Row]) {
        let Some(transfer) = categories.id_of("transfer") else { return };
        let amounts = segment.numbers("amount");
        let is_transfer = |row: &&Row| categories.ids.get(row.at) == Some(&transfer);
        for row in rows.iter().filter(is_transfer) {
            self.payouts.add(row.key, &[number(amounts, row.at).saturating_neg()]);
        }
    }

    /// Payouts as their own report lists them, but for those that did not arrive.
    pub(super) fn add_payouts(&mut self, segment: &Segment, rows: &[Row]) {
        let amounts = segment.numbers("amount");
        for row in rows {
            let status = segment.text("status", row.at).to_lowercase();
            if !FAILED.iter().any(|failed| status.starts_with(failed)) {
                self.payouts.add(row.key, &[number(amounts, row.at)]);
            }
        }
    }

    /// What is booked as sold, with its units, its order and the seller's promotions.
    fn add_settled_sales(&mut self, segment: &Segment, categories: &TextColumn, rows: &[Row]) {
        let Some(orders) = segment.text_column("order_id") else { return };
        let (amounts, units) = (segment.numbers("amount"), segment.numbers("units"));
        let (sale, promotion) = (categories.id_of("product_sales"), categories.id_of("promotion"));
        let states_units = segment.states("units");
        for row in rows {
            let id = categories.ids.get(row.at).copied();
            let amount = number(amounts, row.at);
            if id.is_some() && id == sale {
                let values = [amount, amount, 0, 0, number(units, row.at)];
                let mut first = None;
                each_day(row, values, |key, parts| {
                    let cell = self.sales.add(key, &parts);
                    first.get_or_insert(cell);
                });
                if let Some(cell) = first {
                    if !states_units {
                        self.sales.add_to(cell, column::N_WITHOUT_UNITS, 1);
                    }
                    self.count_order(orders, row.at, row.key, cell);
                }
            } else if id.is_some() && id == promotion {
                each_day(row, [-amount], |key, [discount]| {
                    let cell = self.sales.add(key, &[]);
                    self.sales.add_to(cell, column::SELLER_DISCOUNTS, discount);
                });
            }
        }
    }

    /// The day of a refund's order, where the contract asks for it and the order is known.
    pub(in crate::facts::cube) fn refund_day(&self, segment: &Segment, row: &Row) -> Option<i32> {
        let follows = self.options.refunds_on_order_day;
        follows.then(|| self.day_of_order(segment, row)).flatten()
    }
}
