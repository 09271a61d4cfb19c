//! On which days SKUs were out of stock, and what that cost.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Series, Slice, covered_days,
    scan::{Scan, running},
    stock::Believed,
};
use crate::{
    domain::{Fixed, Measure, Missing, Period, Sum, set_of_few},
    facts::cube::column,
};

/// A snapshot speaks of its day and the six after it, unless there is a newer one.
const SPEAKS_DAYS: i32 = 7;
/// What a SKU sold in so many days before a snapshot is what it can be expected to sell.
const DEMAND_DAYS: i32 = 90;

/// By day: `DemandInStock`, `DemandOfStockDays`, `StockOutDays`, `LostSales`.
#[derive(Debug, Clone, Default)]
pub(super) struct StockDays([Series; 4]);

/// SKU → the days of the snapshots that have it, with what is available.
type Levels = BTreeMap<u32, BTreeMap<i32, i64>>;

/// What a SKU sold in one shop before each of its days: units and gross sales, added up.
#[derive(Default)]
struct Sold(Vec<(i32, i64, i64)>);

impl Slice {
    /// A sum over days of which a snapshot of stock tells.
    pub(super) fn of_stock_days(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        if self.stock.is_empty() {
            return Err(Missing::NoData);
        }
        let StockDays(series) = self.stock_days.get_or_init(|| {
            let scan = Scan::new(&self.cube, &self.choice, covered_days(&self.cube));
            scan.stock_days()
        });
        let nth = match measure {
            Measure::DemandInStock => 0,
            Measure::DemandOfStockDays => 1,
            Measure::StockOutDays => 2,
            _ => 3,
        };
        let over = |nth: usize| series.get(nth).map_or((0, 0), |it| self.over_series(it, period));
        // Of no SKU that sells anything is known.
        if over(1).1 == 0 {
            return Err(Missing::NoData);
        }
        let (value, n_facts) = over(nth);
        Ok(Sum { value: Fixed::from_ten_thousandths(value), n_facts })
    }
}

impl Scan<'_> {
    fn stock_days(&self) -> StockDays {
        let mut days = [const { Vec::new() }; 4].map(|_: Vec<()>| vec![(0, 0); self.n_days()]);
        // Reports that state other stock of a shop stand beside each other.
        let mut shops: BTreeMap<u32, Vec<Believed>> = BTreeMap::new();
        for believed in self.believed_stock(&self.cube.stock) {
            shops.entry(believed.shop).or_default().push(believed);
        }
        for (shop, believed) in shops {
            self.add_shop(shop, &believed, &mut days);
        }
        StockDays(days.map(running))
    }

    fn add_shop(&self, shop: u32, believed: &[Believed], days: &mut [Vec<(i64, u64)>; 4]) {
        let levels: Vec<Levels> = believed.iter().map(|it| self.levels_of(it)).collect();
        let snapshots: BTreeSet<i32> =
            set_of_few(believed.iter().flat_map(|it| it.days.keys().copied()));
        let snapshots: Vec<i32> = snapshots.into_iter().collect();
        let skus: BTreeSet<u32> = set_of_few(levels.iter().flat_map(|it| it.keys().copied()));
        for sku in skus.into_iter().filter(|sku| *sku > 0) {
            let sold = self.sold_in_shop(sku, shop);
            // Before its first snapshot a SKU may not have been there at all.
            let seen = levels.iter().filter_map(|it| it.get(&sku)?.keys().next());
            let first = seen.min().copied().unwrap_or(i32::MAX);
            for (nth, day) in snapshots.iter().enumerate().filter(|(_, day)| **day >= first) {
                if !self.knows_sales(shop, day - DEMAND_DAYS) {
                    continue;
                }
                let next = snapshots.get(nth + 1).copied().unwrap_or(i32::MAX);
                let until = next.min(day.saturating_add(SPEAKS_DAYS));
                let (units, gross) = sold.over(day - DEMAND_DAYS, *day);
                if units > 0 {
                    let is_there = believed.iter().zip(&levels).any(|(believed, levels)| {
                        // Of another report, the newest snapshot as long as it speaks.
                        let speaks = *day - SPEAKS_DAYS + 1..=*day;
                        let newest = believed.days.range(speaks).next_back().map(|(day, _)| *day);
                        let level = newest.and_then(|day| levels.get(&sku)?.get(&day));
                        level.is_some_and(|units| *units > 0)
                    });
                    self.add_days(*day..until, is_there, (units, gross), days);
                }
            }
        }
    }

    fn levels_of(&self, believed: &Believed) -> Levels {
        let mut there = Levels::new();
        for (day, (_, places)) in &believed.days {
            let levels =
                places.iter().flat_map(|place| self.cube.stock.between(*place, *day, *day));
            for (sku, available, _) in levels.flat_map(|it| it.1).filter(|it| self.has_sku(it.0)) {
                *there.entry(*sku).or_default().entry(*day).or_default() += available;
            }
        }
        there
    }

    fn add_days(
        &self,
        speaks: std::ops::Range<i32>,
        is_there: bool,
        (units, gross): (i64, i64),
        days: &mut [Vec<(i64, u64)>; 4],
    ) {
        let a_day = (gross + i64::from(DEMAND_DAYS) / 2) / i64::from(DEMAND_DAYS);
        let adds = if is_there {
            [(units, 1), (units, 1), (0, 0), (0, 0)]
        } else {
            [(0, 0), (units, 1), (Fixed::SCALE, 1), (a_day, 1)]
        };
        for day in speaks {
            let Some(at) = self.index_of(day) else { continue };
            for (line, (value, n_facts)) in days.iter_mut().zip(adds) {
                if let Some(sum) = line.get_mut(at) {
                    *sum = (sum.0.saturating_add(value), sum.1 + n_facts);
                }
            }
        }
    }

    /// What a shop sold of a SKU, day by day.
    fn sold_in_shop(&self, sku: u32, shop: u32) -> Sold {
        let cells = &self.cube.sales;
        let mut by_day: BTreeMap<i32, (i64, i64)> = BTreeMap::new();
        for index in cells.of_skus().cells(sku.into()) {
            let index = *index as usize;
            let Some(key) = cells.keys.get(index) else { continue };
            if self.shop_of(key.place) == shop && self.counts_of_sku(cells, index) {
                let sums = by_day.entry(key.day).or_default();
                sums.0 += super::scan::value(cells, column::UNITS, index);
                sums.1 += self.sales_of(index, *key).gross;
            }
        }
        let mut sum = (0, 0);
        let running = by_day.into_iter().map(|(day, (units, gross))| {
            sum = (sum.0 + units, sum.1 + gross);
            (day, sum.0, sum.1)
        });
        Sold(running.collect())
    }
}

impl Sold {
    /// Units and gross sales from a day to the one before another.
    fn over(&self, from: i32, until: i32) -> (i64, i64) {
        let before = |day: i32| {
            let nth = self.0.partition_point(|it| it.0 < day);
            nth.checked_sub(1).and_then(|nth| self.0.get(nth)).map_or((0, 0), |it| (it.1, it.2))
        };
        let (start, end) = (before(from), before(until));
        (end.0 - start.0, end.1 - start.1)
    }
}
