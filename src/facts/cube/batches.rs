//! What a sold unit cost when costs change from batch to batch.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Batch, CostBook, CostLayer, Cube, column};
use crate::domain::{Currency, Day, Fixed, set_of_few, sku_key};

/// Which of the units in stock is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchOrder {
    /// The oldest.
    FirstIn,
    /// Any: each costs what all of them cost on average.
    Mixed,
}

impl CostBook {
    /// The book in which SKUs with batches have the unit cost of what was sold of them, day by day, over
    /// all channels: a layer for each day with sales. What bundles take out counts, too. What is sold
    /// beyond the batches costs what the last unit did. SKUs without batches keep their layers, and from
    /// the first cost on that a person typed the layers hold as they are.
    #[must_use]
    pub fn by_batches(&self, order: BatchOrder, cube: &Cube, currency: Currency) -> Self {
        let sold = units_sold(self, cube);
        let mut book = self.clone();
        for (sku, batches) in self.batches() {
            let ours: Vec<Batch> =
                batches.iter().filter(|it| it.currency == currency).copied().collect();
            let is_typed = |it: &&CostLayer| it.is_typed && it.currency == currency;
            let typed = self.layers(sku).iter().find(is_typed).map(|it| it.valid_from);
            let days = sold.get(sku).into_iter().flatten().map(|(day, units)| (*day, *units));
            let layer = |(valid_from, units, cost): (Day, Fixed, Fixed)| {
                let exact = Some((units, cost));
                let unit_cost = cost.divided_by(units)?;
                let (is_untold, is_typed) = (false, false);
                let duty = None;
                Some(CostLayer {
                    valid_from,
                    unit_cost,
                    duty,
                    exact,
                    is_untold,
                    currency,
                    is_typed,
                })
            };
            let costs = costs_of_days(order, &ours, days).into_iter();
            let costs = costs.filter(|(day, ..)| typed.is_none_or(|typed| *day < typed));
            book.put(sku, costs.filter_map(layer).collect());
        }
        book
    }
}

/// Units of each SKU with batches by day: those sold, and those in bundles that have no batches.
fn units_sold(costs: &CostBook, cube: &Cube) -> BTreeMap<String, BTreeMap<Day, Fixed>> {
    let with_batches: BTreeSet<&str> = set_of_few(costs.batches().map(|(sku, _)| sku));
    let taken = |sku: &String| -> Vec<(String, Fixed)> {
        let own = sku_key(sku);
        if with_batches.contains(own.as_str()) {
            return vec![(own, Fixed::from_whole(1))];
        }
        let parts = cube.identities.parts_of(sku).into_iter();
        let parts = parts.map(|(part, quantity)| (sku_key(part), quantity));
        parts.filter(|(part, _)| with_batches.contains(part.as_str())).collect()
    };
    let taken: Vec<Vec<(String, Fixed)>> = cube.skus.iter().map(taken).collect();
    let mut sold: BTreeMap<String, BTreeMap<Day, Fixed>> = BTreeMap::new();
    for (index, key) in cube.sales.keys.iter().enumerate() {
        let counts = cube.sales.in_total.get(index) == Some(&true);
        let units = cube.sales.columns.get(column::UNITS).and_then(|it| it.get(index));
        let units = Fixed::from_ten_thousandths(units.copied().unwrap_or(0));
        for (sku, quantity) in taken.get(key.sku as usize).into_iter().flatten().filter(|_| counts)
        {
            if !sold.contains_key(sku) {
                sold.insert(sku.clone(), BTreeMap::new());
            }
            let Some(days) = sold.get_mut(sku) else { continue };
            let day = days.entry(Day::from_days_since_epoch(key.day)).or_default();
            *day = day.plus(units.times(*quantity));
        }
    }
    sold
}

/// Of each day with sales the units, and what they cost together.
fn costs_of_days(
    order: BatchOrder,
    batches: &[Batch],
    sold: impl Iterator<Item = (Day, Fixed)>,
) -> Vec<(Day, Fixed, Fixed)> {
    let mut stock = Stock { order, lots: VecDeque::new(), last: None };
    let mut coming = batches.iter().peekable();
    let mut costs = Vec::new();
    for (day, units) in sold.filter(|(_, units)| *units > Fixed::ZERO) {
        while let Some(batch) = coming.next_if(|batch| batch.day <= day) {
            stock.receive(batch.units, batch.unit_cost);
        }
        costs.extend(stock.sell(units).map(|cost| (day, units, cost)));
    }
    costs
}

/// What is there: units and what they cost together, oldest first.
struct Stock {
    order: BatchOrder,
    lots: VecDeque<(Fixed, Fixed)>,
    /// Units and their cost of what was sold last.
    last: Option<(Fixed, Fixed)>,
}

impl Stock {
    fn receive(&mut self, units: Fixed, unit_cost: Fixed) {
        self.lots.push_back((units, units.times(unit_cost)));
        if self.order == BatchOrder::Mixed {
            let mixed = self.lots.iter().fold((Fixed::ZERO, Fixed::ZERO), |all, lot| {
                (all.0.plus(lot.0), all.1.plus(lot.1))
            });
            self.lots = VecDeque::from([mixed]);
        }
    }

    /// What the units taken out cost; `None` before anything came.
    fn sell(&mut self, units: Fixed) -> Option<Fixed> {
        let (mut left, mut cost) = (units, Fixed::ZERO);
        while left > Fixed::ZERO
            && let Some((there, worth)) = self.lots.front_mut()
        {
            self.last = Some((*there, *worth));
            let taken = left.min(*there);
            let part = worth.share(taken, *there);
            (*there, *worth) = (there.minus(taken), worth.minus(part));
            (left, cost) = (left.minus(taken), cost.plus(part));
            if *there == Fixed::ZERO {
                self.lots.pop_front();
            }
        }
        if left > Fixed::ZERO {
            let (units, worth) = self.last?;
            cost = cost.plus(worth.share(left, units));
        }
        Some(cost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Costs of days, of sales as `(day, units)`.
    fn costs(order: BatchOrder, sold: &[(&str, i64)]) -> Vec<String> {
        let batch = |on: &str, units: i64, unit_cost: i64| Batch {
            day: day(on),
            units: Fixed::from_whole(units),
            unit_cost: Fixed::from_whole(unit_cost),
            currency: Currency::USD,
        };
        let batches = [batch("2026-01-01", 10, 4), batch("2026-02-01", 10, 6)];
        let sold = sold.iter().map(|(on, units)| (day(on), Fixed::from_whole(*units)));
        let costs = costs_of_days(order, &batches, sold);
        costs.into_iter().map(|(.., cost)| cost.to_string()).collect()
    }

    #[test]
    fn the_oldest_units_go_first() {
        // 6 at 4; then 4 at 4 and 4 at 6; then 6 at 6, and one more than there is.
        let sold = [("2026-01-10", 6), ("2026-02-10", 8), ("2026-03-10", 7)];
        assert_eq!(costs(BatchOrder::FirstIn, &sold), ["24", "40", "42"]);
    }

    #[test]
    fn mixed_units_cost_their_mean() {
        // 6 at 4; 4 at 4 and 10 at 6 are 14 for 76, of which 8 and then 7 are sold.
        let sold = [("2026-01-10", 6), ("2026-02-10", 8), ("2026-03-10", 7)];
        assert_eq!(costs(BatchOrder::Mixed, &sold), ["24", "43.4286", "38"]);
    }

    #[test]
    fn before_the_first_batch_nothing_is_known() {
        assert_eq!(costs(BatchOrder::FirstIn, &[("2025-12-31", 1), ("2026-01-01", 1)]), ["4"]);
        assert!(costs(BatchOrder::Mixed, &[("2026-01-02", 0)]).is_empty());
    }
}
