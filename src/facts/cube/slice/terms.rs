//! What was spent on search terms, and on those that brought nothing.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    Slice, covered_days,
    scan::{Scan, value},
};
use crate::{
    domain::{Fixed, Measure, Missing, Period, Sum},
    facts::cube::column,
};

/// Spend, clicks and orders.
pub(super) type TermSums = (i64, i64, i64);

impl Slice {
    /// Spend on search terms, or the part of it that is wasted.
    pub(super) fn of_terms(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        if !self.is_covered("search_terms", period) {
            return Err(Missing::NoData);
        }
        if self.is_sku_scoped {
            return Err(Missing::NoSkuDetail);
        }
        let terms = self.terms_in(period);
        let sum = |of: fn(&TermSums) -> i64| terms.iter().map(of).sum::<i64>();
        let is_wasted = |term: &&TermSums| measure == Measure::TermSpend || term.2 == 0;
        let clicks = sum(|it| it.1);
        let enough = if measure == Measure::WastedSpend && clicks > 0 {
            clicks_for_an_order(clicks, sum(|it| it.2)).ok_or(Missing::NoAdOrders)?
        } else {
            0
        };
        let counted = terms.iter().filter(is_wasted).filter(|term| term.1 >= enough);
        let (spend, n_terms) = counted.fold((0_i64, 0), |sum, term| (sum.0 + term.0, sum.1 + 1));
        Ok(Sum { value: Fixed::from_ten_thousandths(spend), n_facts: n_terms })
    }
}

impl Slice {
    fn terms_in(&self, period: Period) -> Rc<[TermSums]> {
        if let Some(terms) = self.terms.borrow().get(&period) {
            return Rc::clone(terms);
        }
        let scan = Scan::new(&self.cube, &self.choice, covered_days(&self.cube));
        let terms: Rc<[TermSums]> = scan.terms(period).into();
        self.terms.borrow_mut().insert(period, Rc::clone(&terms));
        terms
    }
}

impl Scan<'_> {
    /// The sums of each search term over a period.
    fn terms(&self, period: Period) -> Vec<TermSums> {
        let cells = &self.cube.terms;
        let days = period.from.days_since_epoch()..=period.to.days_since_epoch();
        let mut terms: BTreeMap<(u32, u32), TermSums> = BTreeMap::new();
        let of_days = cells.of_days();
        for index in days.flat_map(|day| of_days.cells(day.into())).map(|index| *index as usize) {
            let Some(key) = cells.keys.get(index) else { continue };
            if self.counts(cells, index) && self.is_in_window(key.place) {
                let sums = terms.entry((self.shop_of(key.place), key.sku)).or_default();
                let add = |sum: i64, amount: i64| sum.saturating_add(amount);
                *sums = (
                    add(sums.0, self.money(cells, column::TERM_SPEND, index)),
                    add(sums.1, value(cells, column::TERM_CLICKS, index)),
                    add(sums.2, value(cells, column::TERM_ORDERS, index)),
                );
            }
        }
        terms.into_values().collect()
    }
}

/// The fewest clicks, in ten-thousandths, after which an order would have come with 95 % probability if
/// `orders` of `clicks` bring one: the smallest n with (1 − orders ÷ clicks)ⁿ ≤ 0.05. `None` when nothing
/// brought an order.
fn clicks_for_an_order(clicks: i64, orders: i64) -> Option<i64> {
    if orders <= 0 || clicks <= 0 {
        return None;
    }
    // Multiplied, not by logarithms: these differ from machine to machine in their last digits.
    #[expect(clippy::cast_precision_loss, reason = "counts of clicks are far below 2⁵³")]
    let none = (1.0 - orders as f64 / clicks as f64).max(0.0);
    let (mut n, mut chance) = (0_i64, 1.0);
    while chance > 0.05 && n < MOST_CLICKS {
        chance *= none;
        n += 1;
    }
    Some(n.saturating_mul(Fixed::SCALE))
}

/// At one order in 30,000 clicks; beyond that no term is called wasted.
const MOST_CLICKS: i64 = 100_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(clicks: i64, orders: i64, expected: Option<i64>) {
        let scaled = |n: i64| n * Fixed::SCALE;
        assert_eq!(clicks_for_an_order(scaled(clicks), scaled(orders)), expected.map(scaled));
    }

    /// By hand: ln 0.05 ÷ ln 0.9 = 28.43, ÷ ln 0.5 = 4.32, ÷ ln 0.99 = 298.07.
    #[test]
    fn how_many_clicks_an_order_takes_follows_from_the_own_rate() {
        check(100, 10, Some(29));
        check(10, 5, Some(5));
        check(1_000, 10, Some(299));
        check(10, 10, Some(1));
        check(10, 20, Some(1));
        check(10, 0, None);
        check(0, 0, None);
    }
}
