//! Orders of buyers who are known by a hash, and how many buyers come and come again.

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use crate::facts::TextIndex;

/// Days that the counts of a day look back, that day among them.
const WINDOW_DAYS: i32 = 365;

/// An order of a buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Purchase {
    /// The same number for the same buyer.
    pub(crate) buyer: u32,
    pub(crate) day: i32,
    pub(crate) place: u32,
}

/// Collects what facts say of buyers; an order with several lines, or stated twice, is one.
#[derive(Default)]
pub(super) struct PurchaseCounter {
    buyers: TextIndex,
    /// By the hash of an order that tells shops apart: the earliest of its lines.
    orders: HashMap<u64, Purchase>,
}

impl PurchaseCounter {
    pub(super) fn add(&mut self, buyer: &str, order: u64, day: i32, place: u32) {
        let buyer = self.buyers.intern(buyer);
        let purchase = Purchase { buyer, day, place };
        let known = self.orders.entry(order).or_insert(purchase);
        *known = purchase.min(*known);
    }

    /// The order with a hash; `None` where no buyer of it is kept.
    pub(super) fn of_order(&self, order: u64) -> Option<Purchase> {
        self.orders.get(&order).copied()
    }

    /// The orders, buyer by buyer, each buyer's in the order of their days.
    pub(super) fn finish(self) -> Vec<Purchase> {
        let mut purchases: Vec<Purchase> = self.orders.into_values().collect();
        purchases.sort_unstable();
        purchases
    }
}

/// How many buyers there are on each day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct BuyerCounts {
    first_day: i32,
    /// Buyers by the day of their first order.
    new: Vec<i64>,
    /// Distinct buyers of the 365 days up to each day, and those of them with two orders and more.
    in_year: Vec<i64>,
    again_in_year: Vec<i64>,
}

impl BuyerCounts {
    /// Counts over `purchases`, ordered as `PurchaseCounter::finish` gives them.
    pub(super) fn of<'a>(purchases: impl IntoIterator<Item = &'a Purchase>) -> Self {
        let purchases: Vec<&Purchase> = purchases.into_iter().collect();
        let first_day = purchases.iter().map(|it| it.day).min().unwrap_or(0);
        let last_day = purchases.iter().map(|it| it.day).max().unwrap_or(0);
        let span = (last_day - first_day + WINDOW_DAYS + 1).max(0);
        let n_days = usize::try_from(span).unwrap_or(0);
        let mut counts = Self {
            first_day,
            new: vec![0; n_days],
            in_year: vec![0; n_days],
            again_in_year: vec![0; n_days],
        };
        for orders in purchases.chunk_by(|one, other| one.buyer == other.buyer) {
            let days: Vec<i32> = orders.iter().map(|order| order.day).collect();
            counts.add_buyer(&days);
        }
        for changes in [&mut counts.in_year, &mut counts.again_in_year] {
            let mut sum = 0;
            for change in changes {
                sum += *change;
                *change = sum;
            }
        }
        counts
    }

    /// Notes on which days a buyer counts; `days` of the orders, in order. Until they are summed up,
    /// the counts hold how much they change from one day to the next.
    fn add_buyer(&mut self, days: &[i32]) {
        let index = |day: i32| usize::try_from(day - self.first_day).unwrap_or(0);
        let change = |changes: &mut Vec<i64>, from: i32, until: i32| {
            if from < until {
                for (day, by) in [(from, 1), (until, -1)] {
                    if let Some(place) = changes.get_mut(index(day)) {
                        *place += by;
                    }
                }
            }
        };
        if let Some(place) = days.first().and_then(|day| self.new.get_mut(index(*day))) {
            *place += 1;
        }
        for (nth, day) in days.iter().enumerate() {
            // Until the next order, which counts for itself.
            let next = days.get(nth + 1).copied().unwrap_or(i32::MAX);
            change(&mut self.in_year, *day, next.min(day + WINDOW_DAYS));
            let before = nth.checked_sub(1).and_then(|before| days.get(before));
            if let Some(before) = before {
                change(&mut self.again_in_year, *day, next.min(before + WINDOW_DAYS));
            }
        }
    }

    /// Buyers whose first order lies in these days, both ends among them.
    pub(super) fn new_in(&self, from: i32, to: i32) -> i64 {
        let days = (self.first_day..).zip(&self.new);
        days.filter(|(day, _)| (from..=to).contains(day)).map(|(_, count)| count).sum()
    }

    /// Distinct buyers of the 365 days up to `day`.
    pub(super) fn in_year(&self, day: i32) -> i64 {
        self.at(&self.in_year, day)
    }

    /// Those of them with two orders and more.
    pub(super) fn again_in_year(&self, day: i32) -> i64 {
        self.at(&self.again_in_year, day)
    }

    fn at(&self, counts: &[i64], day: i32) -> i64 {
        let index = usize::try_from(i64::from(day) - i64::from(self.first_day)).ok();
        index.and_then(|index| counts.get(index)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purchases(orders: &[(&str, u64, i32)]) -> Vec<Purchase> {
        let mut counter = PurchaseCounter::default();
        for (buyer, order, day) in orders {
            counter.add(buyer, *order, *day, 0);
        }
        counter.finish()
    }

    #[test]
    fn lines_of_one_order_are_one_purchase() {
        let one = purchases(&[("ann", 1, 10), ("ann", 1, 10), ("ann", 2, 11), ("bob", 3, 5)]);
        let days: Vec<(u32, i32)> = one.iter().map(|it| (it.buyer, it.day)).collect();
        assert_eq!(days, [(0, 10), (0, 11), (1, 5)]);
    }

    #[test]
    fn a_buyer_is_new_once() {
        let counts = BuyerCounts::of(&purchases(&[("ann", 1, 10), ("ann", 2, 12), ("bob", 3, 12)]));
        assert_eq!(counts.new_in(10, 11), 1);
        assert_eq!(counts.new_in(12, 12), 1);
        assert_eq!(counts.new_in(0, 1_000), 2);
        assert_eq!(counts.new_in(13, 1_000), 0);
    }

    #[test]
    fn a_year_holds_365_days() {
        let counts = BuyerCounts::of(&purchases(&[("ann", 1, 10)]));
        assert_eq!([9, 10, 374, 375].map(|day| counts.in_year(day)), [0, 1, 1, 0]);
        assert_eq!(counts.again_in_year(10), 0);
    }

    #[test]
    fn who_orders_twice_within_a_year_came_again() {
        // Twice on a day, then after 364 days, then after 365.
        let counts =
            BuyerCounts::of(&purchases(&[("ann", 1, 0), ("ann", 2, 364), ("ann", 3, 729)]));
        assert_eq!([363, 364, 365, 728].map(|day| counts.again_in_year(day)), [0, 1, 0, 0]);
        assert_eq!([728, 729, 1_093, 1_094].map(|day| counts.in_year(day)), [1, 1, 1, 0]);
        let twice = BuyerCounts::of(&purchases(&[("bob", 1, 7), ("bob", 2, 7)]));
        assert_eq!([7, 371, 372].map(|day| twice.again_in_year(day)), [1, 1, 0]);
    }

    /// The same counts, made anew for each day.
    #[test]
    fn counts_are_those_of_looking_back() {
        let orders: Vec<(String, u64, i32)> = (0..400_u64)
            .map(|n| (format!("b{}", n * 7 % 61), n, i32::try_from(n * 131 % 1_100).unwrap()))
            .collect();
        let named: Vec<(&str, u64, i32)> =
            orders.iter().map(|(buyer, order, day)| (buyer.as_str(), *order, *day)).collect();
        let counts = BuyerCounts::of(&purchases(&named));
        for day in -1..1_500 {
            let mut by_buyer = std::collections::BTreeMap::new();
            for (buyer, _, at) in &named {
                if *at <= day && *at > day - 365 {
                    *by_buyer.entry(buyer).or_insert(0) += 1;
                }
            }
            let again = by_buyer.values().filter(|count| **count > 1).count();
            assert_eq!(counts.in_year(day), i64::try_from(by_buyer.len()).unwrap(), "{day}");
            assert_eq!(counts.again_in_year(day), i64::try_from(again).unwrap(), "{day}");
        }
    }

    #[test]
    fn without_buyers_all_is_0() {
        let counts = BuyerCounts::of([]);
        assert_eq!((counts.new_in(-5, 5), counts.in_year(0), counts.again_in_year(0)), (0, 0, 0));
    }
}
