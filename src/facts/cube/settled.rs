//! How long the money of orders was on its way.

use hashbrown::HashMap;

use super::{
    DayBoundary,
    build::Builder,
    row_days::RowDays,
    rows::{Row, number},
};
use crate::facts::{Segment, Table, segment::TextColumn};

/// The last day of each settlement of a segment, by the id of its text: its money is on its way to the bank
/// from then on.
pub(super) struct Settlements<'a> {
    names: &'a TextColumn,
    categories: &'a TextColumn,
    orders: &'a TextColumn,
    amounts: &'a [i64],
    last_days: HashMap<u32, i32>,
}

impl<'a> Settlements<'a> {
    /// `None` where the segment does not tell settlements apart.
    pub(super) fn of(segment: &'a Segment, boundary: DayBoundary) -> Option<Self> {
        let names =
            segment.text_column("settlement").filter(|_| segment.table() == Table::Postings)?;
        let mut days = RowDays::new(segment, boundary);
        let mut last_days: HashMap<u32, i32> = HashMap::new();
        for (at, name) in names.ids.iter().enumerate() {
            if !names.index.text(*name).is_empty() {
                let day = days.day(at).day;
                let last = last_days.entry(*name).or_insert(day);
                *last = day.max(*last);
            }
        }
        let (categories, orders) =
            (segment.text_column("category")?, segment.text_column("order_id")?);
        let amounts = segment.numbers("amount");
        Some(Self { names, categories, orders, amounts, last_days })
    }

    /// A sale on the last day of its settlement, its amount, and that as often as days went by since its
    /// order was made; `None` for what is no sale or of no known order.
    pub(super) fn sale(&self, row: &Row, places: &Builder) -> Option<(Row, [i64; 2])> {
        if self.categories.index.text(id(self.categories, row)) != "product_sales" {
            return None;
        }
        let last = *self.last_days.get(&id(self.names, row))?;
        let place = places.cube.places.get(row.key.place as usize);
        let order = self.orders.index.text(id(self.orders, row));
        let ordered = places.order_days.day_of(order, place)?;
        let amount = number(self.amounts, row.at);
        let days = i64::from(last - ordered).max(0);
        Some((row.on(last), [amount, amount.saturating_mul(days)]))
    }
}

fn id(column: &TextColumn, row: &Row) -> u32 {
    column.ids.get(row.at).copied().unwrap_or(u32::MAX)
}

impl Builder {
    pub(super) fn add_settled(&mut self, settlements: &Settlements<'_>, rows: &[Row]) {
        for row in rows {
            if let Some((row, sums)) = settlements.sale(row, self) {
                self.settled.add(row.key, &sums);
            }
        }
    }
}
