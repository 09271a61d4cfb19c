//! How long the money of orders was on its way.

use hashbrown::HashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{
    DayBoundary,
    build::Builder,
    order_days::NamesOfShops,
    row_days::RowDays,
    rows::{Row, number},
};
use crate::facts::{Segment, Table, segment::TextColumn};

/// The last day of each settlement, over all files: its money is on its way to the bank from then on.
#[derive(Default)]
pub(super) struct SettlementEnds(HashMap<u64, i32>);

impl SettlementEnds {
    pub(super) fn learn(&mut self, segment: &Segment, boundary: DayBoundary) {
        let Some(settlements) = Settlements::of(segment) else { return };
        let mut days = RowDays::new(segment, boundary);
        for row in 0..segment.len() {
            if let Some(settlement) = settlements.hash(row) {
                let day = days.day(row).day;
                let last = self.0.entry(settlement).or_insert(day);
                *last = day.max(*last);
            }
        }
    }
}

/// The postings of a segment that tells settlements apart.
pub(super) struct Settlements<'a> {
    report: &'a str,
    names: NamesOfShops<'a>,
    categories: &'a TextColumn,
    orders: &'a TextColumn,
    amounts: &'a [i64],
}

impl<'a> Settlements<'a> {
    /// `None` where the segment does not tell settlements apart.
    pub(super) fn of(segment: &'a Segment) -> Option<Self> {
        let settlements = segment.text_column("settlement")?;
        let is_told = settlements.index.texts().any(|name| !name.is_empty());
        if segment.table() != Table::Postings || !is_told {
            return None;
        }
        Some(Self {
            report: &segment.meta().report,
            names: NamesOfShops::of(segment, "settlement")?,
            categories: segment.text_column("category")?,
            orders: segment.text_column("order_id")?,
            amounts: segment.numbers("amount"),
        })
    }

    /// What tells settlements of reports and shops apart.
    fn hash(&self, row: usize) -> Option<u64> {
        let settlement = self.names.hash(row)?;
        Some(xxh3_64_with_seed(self.report.as_bytes(), settlement))
    }

    /// The order of a row that is a sale.
    pub(super) fn sold(&self, row: usize) -> Option<&'a str> {
        let order = self.orders.text_at(row);
        (self.categories.text_at(row) == "product_sales" && !order.is_empty()).then_some(order)
    }

    /// A sale on the last day of its settlement, its amount, and that as often as days went by since its
    /// order was made; `None` for what is no sale or of no known order.
    pub(super) fn sale(&self, row: &Row, places: &Builder) -> Option<(Row, [i64; 2])> {
        let order = self.sold(row.at)?;
        let last = *places.settlement_ends.0.get(&self.hash(row.at)?)?;
        let place = places.cube.places.get(row.key.place as usize);
        let ordered = places.order_days.day_of(order, place)?;
        let amount = number(self.amounts, row.at);
        let days = i64::from(last - ordered).max(0);
        Some((row.on(last), [amount, amount.saturating_mul(days)]))
    }
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
