//! What is lost in the platform's warehouses, and what it pays for that.

use super::{
    super::{column, rows::Row},
    Builder, RESALEABLE,
};
use crate::facts::{
    Segment,
    cube::rows::{each_day, number},
};

/// How reasons of reimbursements begin that are about units in warehouses. What buyers did not send back,
/// fees and reversals without a cause are others.
const OF_WAREHOUSES: [&str; 2] = ["lost", "damaged"];

impl Builder {
    /// Units of balances that were lost or damaged and not found. Damage moves a unit from what can be sold
    /// to what cannot, so that it is counted where it leaves.
    pub(super) fn add_losses(&mut self, segment: &Segment, rows: &[Row]) {
        let [lost, found, damaged] = ["lost", "found", "damaged"].map(|name| segment.numbers(name));
        for row in rows.iter().filter(|row| segment.text("kind", row.at) == "balance") {
            let is_sellable = segment.text("disposition", row.at) == RESALEABLE;
            let damaged = if is_sellable { number(damaged, row.at) } else { 0 };
            // What leaves is negative.
            let left = [number(found, row.at), damaged];
            let left = left.into_iter().fold(number(lost, row.at), i64::saturating_add);
            if left != 0 {
                each_day(row, [left.saturating_neg()], |key, units| {
                    self.warehouse.add(key, &units);
                });
            }
        }
    }

    pub(super) fn add_reimbursements(&mut self, segment: &Segment, rows: &[Row]) {
        let (amounts, put_back) = (segment.numbers("amount"), segment.numbers("units_in_stock"));
        for row in rows {
            let reason = segment.text("reason", row.at).to_lowercase();
            if OF_WAREHOUSES.iter().any(|name| reason.starts_with(name)) {
                let cell = self.warehouse.add(row.key, &[]);
                self.warehouse.add_to(cell, column::REIMBURSED, number(amounts, row.at));
                self.warehouse.add_to(cell, column::PUT_BACK, number(put_back, row.at));
            }
        }
    }
}
