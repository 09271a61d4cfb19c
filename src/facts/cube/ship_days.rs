//! On which days order lines were shipped, for sales that count when they leave the warehouse.

use hashbrown::{HashMap, HashSet};

use super::{Booking, CubeInput, Place, build::Builder, order_days::of_shop, rows::Row};
use crate::facts::{Segment, Table};

/// What was shipped, and the first day on which something of its order was: an order is of one day.
#[derive(Default)]
pub(super) struct ShipDays {
    /// The order's hash and the SKU; SKU 0: all of the order.
    shipped: HashSet<(u64, u32)>,
    days: HashMap<u64, i32>,
}

impl ShipDays {
    fn note(&mut self, order: &str, place: Option<&Place>, sku: u32, day: i32) {
        if !order.is_empty() {
            let order = of_shop(order, place);
            self.shipped.insert((order, sku));
            let known = self.days.entry(order).or_insert(day);
            *known = day.min(*known);
        }
    }

    fn day_of(&self, order: &str, place: Option<&Place>, sku: u32) -> Option<i32> {
        let order = of_shop(order, place);
        let is_shipped = |sku| self.shipped.contains(&(order, sku));
        self.days.get(&order).copied().filter(|_| is_shipped(sku) || is_shipped(0))
    }
}

/// Whether a segment says when something was shipped: it lists shipments, or what the platform books
/// when it ships.
pub(super) fn tells_ship_days(input: &CubeInput<'_>) -> bool {
    match input.segment.table() {
        Table::Shipments => true,
        Table::Postings => input.source.booking == Booking::WithShipment,
        _ => false,
    }
}

impl Builder {
    /// Notes when order lines were shipped, of one of the inputs that tell.
    pub(super) fn learn_ship_days(&mut self, input: &CubeInput<'_>) {
        let segment = input.segment;
        let Some(orders) = segment.text_column("order_id") else { return };
        let categories = segment.text_column("category");
        for row in self.rows(input, |_| true) {
            let category = categories.map(|column| column.text_at(row.at));
            if category.is_none_or(|category| category == "product_sales") {
                let order = orders.text_at(row.at);
                let place = self.cube.places.get(row.key.place as usize);
                self.ship_days.note(order, place, row.key.sku, row.key.day);
            }
        }
    }

    /// Order lines on the day of their order's first shipment; those that were not shipped are left out.
    pub(super) fn on_ship_days(&self, segment: &Segment, rows: &[Row]) -> Vec<Row> {
        let Some(orders) = segment.text_column("order_id") else { return Vec::new() };
        let shipped = |row: &Row| {
            let order = orders.text_at(row.at);
            let place = self.cube.places.get(row.key.place as usize);
            let day = self.ship_days.day_of(order, place, row.key.sku)?;
            Some(row.on(day))
        };
        rows.iter().filter_map(shipped).collect()
    }
}
