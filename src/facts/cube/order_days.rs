//! On which days orders were made, for what is counted by the day of its order.

use hashbrown::{HashMap, HashSet};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Place, settled::Settlements};
use crate::facts::{Segment, Table, segment::TextColumn};

/// The first day of the orders that are asked for: those of which something came back or was settled, or all of them.
pub(super) struct OrderDays {
    /// Refunds follow their orders, so that every order may be asked for.
    has_all: bool,
    /// Orders of which something came back or was settled, by the hash that tells shops apart.
    asked: HashSet<u64>,
    days: HashMap<u64, i32>,
}

impl OrderDays {
    pub(super) fn new(has_all: bool) -> Self {
        Self { has_all, asked: HashSet::new(), days: HashMap::new() }
    }

    /// Notes the orders of which something came back or was settled; their days are learned from order lines.
    pub(super) fn learn_asked(&mut self, segment: &Segment) {
        let settlements = Settlements::of(segment);
        let is_of_returns = segment.table() == Table::Returns;
        if self.has_all || !is_of_returns && settlements.is_none() {
            return;
        }
        let Some(orders) = NamesOfShops::of(segment, "order_id") else { return };
        let is_asked = |row: &usize| settlements.as_ref().is_none_or(|it| it.sold(*row).is_some());
        self.asked.extend((0..segment.len()).filter(is_asked).filter_map(|row| orders.hash(row)));
    }

    /// Notes the day of an order line.
    pub(super) fn note(&mut self, order: &str, place: Option<&Place>, day: i32) {
        if order.is_empty() || !self.has_all && self.asked.is_empty() {
            return;
        }
        let order = of_shop(order, place);
        if self.has_all || self.asked.contains(&order) {
            let known = self.days.entry(order).or_insert(day);
            *known = day.min(*known);
        }
    }

    /// The day of an order; `None` when no file has it, or it is not asked for.
    pub(super) fn day_of(&self, order: &str, place: Option<&Place>) -> Option<i32> {
        self.days.get(&of_shop(order, place)).copied().filter(|_| !order.is_empty())
    }
}

/// Names of a segment, such as its orders, which shops may have in common.
pub(super) struct NamesOfShops<'a> {
    names: &'a TextColumn,
    channels: &'a TextColumn,
    shops: &'a TextColumn,
}

impl<'a> NamesOfShops<'a> {
    /// Of a text column; `None` where the table has none of the name.
    pub(super) fn of(segment: &'a Segment, column: &str) -> Option<Self> {
        let text = |name| segment.text_column(name);
        Some(Self { names: text(column)?, channels: text("channel")?, shops: text("shop")? })
    }

    /// What tells the name of a row from the same of another shop; `None` where there is no name.
    pub(super) fn hash(&self, row: usize) -> Option<u64> {
        let name = self.names.text_at(row);
        let of_shop = || hash(name, self.channels.text_at(row), self.shops.text_at(row));
        (!name.is_empty()).then(of_shop)
    }
}

/// A hash of an order that two reports of one shop have in common.
pub(super) fn of_shop(order: &str, place: Option<&Place>) -> u64 {
    place.map_or(0, |place| hash(order, &place.channel, &place.shop))
}

fn hash(order: &str, channel: &str, shop: &str) -> u64 {
    let shop = xxh3_64_with_seed(shop.as_bytes(), 0);
    let shop = xxh3_64_with_seed(channel.as_bytes(), shop);
    xxh3_64_with_seed(order.as_bytes(), shop)
}
