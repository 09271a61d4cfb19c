//! What is counted SKU by SKU: how many sold, which of them lost money, the largest and the new ones.

use std::{cmp::Reverse, collections::BTreeMap};

use hashbrown::HashSet;

use super::{Choice, Slice, covered_days, scan::Scan};
use crate::{
    domain::{Day, Fixed, Measure, Missing, Period, SkuWeeks, Sum, sort_few_by},
    facts::cube::{Cells, Cube, column},
};

/// A SKU is new until it has been sold for so many days.
const NEW_DAYS: i32 = 90;
/// Days of sales that must be known before a SKU's first sale says that it is new.
const KNOWN_DAYS: i32 = 180;
const N_LARGEST: usize = 10;
/// A SKU that lost money in 8 of 12 weeks loses money.
const WEEKS: i32 = 12;
const LOSING_WEEKS: u32 = 8;

/// Sums of one SKU over some days, in ten-thousandths.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SkuSums {
    units: i64,
    /// Units in shops with snapshots of stock.
    stocked_units: i64,
    pub(super) net: i64,
    /// Of days with a cost.
    costed_net: i64,
    /// Of shops with fees and days with a cost.
    fee_net: i64,
    fee_units: i64,
    /// Goods, fees, fulfilment and ads.
    costs: i64,
}

impl SkuSums {
    /// Contribution margin 3; `None` where some cost or all fees are unknown, or nothing was sold.
    fn margin(&self) -> Option<i64> {
        let is_known = self.fee_units > 0 && self.costed_net == self.net;
        is_known.then(|| self.fee_net.saturating_sub(self.costs))
    }
}

/// What is counted SKU by SKU over a period.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SkuCounts {
    n_sold: i64,
    n_judged: i64,
    n_losing: i64,
    n_stocked: i64,
    n_moving: i64,
    /// With net sales of any SKU.
    n_with_sales: u64,
    net: i64,
    largest_net: i64,
    new_net: i64,
}

impl Slice {
    /// A measure that is counted SKU by SKU.
    pub(super) fn of_skus(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        let feed = if matches!(measure, Measure::JudgedSkus | Measure::LosingSkus) {
            "platform_fees"
        } else {
            "units"
        };
        if !self.is_covered(feed, period) {
            return Err(Missing::NoData);
        }
        if measure == Measure::NewSkuNetSales
            && !self.knows_sales_since(period.to.plus(1 - KNOWN_DAYS))
        {
            return Err(Missing::TooShort);
        }
        let counts = self.sku_counts(period);
        if matches!(measure, Measure::StockedSkus | Measure::MovingSkus) {
            // Without a snapshot by then nobody knows what was there.
            Self::newest(&self.stock, period.to, |it| it.1)?;
        }
        let count = |n: i64| Sum {
            value: Fixed::from_ten_thousandths(n.saturating_mul(Fixed::SCALE)),
            n_facts: u64::try_from(n).unwrap_or(0),
        };
        let money = |amount: i64| Sum {
            value: Fixed::from_ten_thousandths(amount),
            n_facts: counts.n_with_sales,
        };
        Ok(match measure {
            Measure::SkusSold => count(counts.n_sold),
            Measure::JudgedSkus => count(counts.n_judged),
            Measure::LosingSkus => count(counts.n_losing),
            Measure::StockedSkus => count(counts.n_stocked),
            Measure::MovingSkus => count(counts.n_moving),
            Measure::Top10NetSales => money(counts.largest_net),
            Measure::NewSkuNetSales => money(counts.new_net),
            _ => money(counts.net),
        })
    }

    fn sku_counts(&self, period: Period) -> SkuCounts {
        if let Some(counts) = self.sku_counts.borrow().get(&period) {
            return *counts;
        }
        let scan = Scan::new(&self.cube, &self.choice, covered_days(&self.cube));
        let counts = scan.count_skus(period);
        self.sku_counts.borrow_mut().insert(period, counts);
        counts
    }

    /// Stock on its way in, at cost, of SKUs that lose money week by week.
    pub(super) fn loss_maker_inbound(&self, to: Day) -> Result<Sum, Missing> {
        if let Some(known) = self.loss_makers.borrow().get(&to) {
            return *known;
        }
        let inbound = self.find_loss_maker_inbound(to);
        self.loss_makers.borrow_mut().insert(to, inbound);
        inbound
    }

    fn find_loss_maker_inbound(&self, to: Day) -> Result<Sum, Missing> {
        if !weeks_to(to).iter().all(|week| self.is_covered("platform_fees", *week)) {
            return Err(Missing::NoData);
        }
        Self::newest(&self.stock, to, |it| it.2)?;
        let all = Period { from: to.plus(1 - 7 * WEEKS), to };
        self.rated(Measure::LossMakerInbound, all, Sum::default())?;
        let scan = Scan::new(&self.cube, &self.choice, covered_days(&self.cube));
        let weeks = scan.weeks_of_inbound(to);
        let losing = weeks.iter().filter(|it| it.n_losing() >= LOSING_WEEKS);
        let (value, n_facts) = losing.fold((0_i64, 0), |(worth, n_facts), sku| {
            (worth.saturating_add(sku.worth), n_facts + sku.n_costed)
        });
        Ok(Sum { value: Fixed::from_ten_thousandths(value), n_facts })
    }
}

/// The last twelve weeks up to a day, oldest first.
fn weeks_to(to: Day) -> Vec<Period> {
    let week = |nth: i32| Period { from: to.plus(-7 * nth - 6), to: to.plus(-7 * nth) };
    (0..WEEKS).rev().map(week).collect()
}

/// The SKUs of a slice that are on their way in, with what they left week by week up to a day, sorted.
pub fn sku_weeks(cube: &Cube, choice: &Choice, to: Day) -> Vec<SkuWeeks> {
    let scan = Scan::new(cube, choice, covered_days(cube));
    let amount = Fixed::from_ten_thousandths;
    let told = |it: InboundSku| SkuWeeks {
        sku: cube.skus.get(it.sku as usize).cloned().unwrap_or_default(),
        margins: it.margins.into_iter().map(|margin| margin.map(amount)).collect(),
        inbound: amount(it.inbound),
        inbound_worth: (it.n_costed > 0).then(|| amount(it.worth)),
    };
    let mut all: Vec<SkuWeeks> = scan.weeks_of_inbound(to).into_iter().map(told).collect();
    sort_few_by(&mut all, |one, other| one.sku.cmp(&other.sku));
    all
}

/// A SKU that is on its way in. Amounts in ten-thousandths.
struct InboundSku {
    sku: u32,
    margins: Vec<Option<i64>>,
    inbound: i64,
    worth: i64,
    /// Levels of stock with a cost.
    n_costed: u64,
}

impl InboundSku {
    fn n_losing(&self) -> u32 {
        self.margins.iter().map(|it| u32::from(it.is_some_and(|margin| margin < 0))).sum()
    }
}

impl Scan<'_> {
    fn weeks_of_inbound(&self, to: Day) -> Vec<InboundSku> {
        let mut found: BTreeMap<u32, InboundSku> = BTreeMap::new();
        for (place, day) in self.newest_stock(to.days_since_epoch()) {
            let levels = self.cube.stock.between(place, day, day).flat_map(|it| it.1);
            for (sku, _, inbound) in levels.filter(|it| it.2 > 0 && self.has_sku(it.0)) {
                let of_sku = found.entry(*sku).or_insert_with(|| InboundSku {
                    sku: *sku,
                    margins: Vec::new(),
                    inbound: 0,
                    worth: 0,
                    n_costed: 0,
                });
                of_sku.inbound = of_sku.inbound.saturating_add(*inbound);
                if let Some(cost) = self.stock_cost(*sku, day) {
                    let worth = cost.of(Fixed::from_ten_thousandths(*inbound)).ten_thousandths();
                    of_sku.worth = of_sku.worth.saturating_add(worth);
                    of_sku.n_costed += 1;
                }
            }
        }
        for week in weeks_to(to) {
            let sums = self.sku_sums(week);
            for (sku, of_sku) in &mut found {
                of_sku.margins.push(sums.get(*sku as usize).and_then(SkuSums::margin));
            }
        }
        found.into_values().collect()
    }

    fn count_skus(&self, period: Period) -> SkuCounts {
        let sums = self.sku_sums(period);
        let stocked = self.skus_in_stock(period.to);
        let new_days =
            period.to.plus(1 - NEW_DAYS).days_since_epoch()..=period.to.days_since_epoch();
        let mut counts = SkuCounts::default();
        let mut nets: Vec<i64> = Vec::new();
        for ((sku, sums), first) in (0_u32..).zip(&sums).zip(self.cube.first_sold()).skip(1) {
            counts.n_sold += i64::from(sums.units > 0);
            let margin = sums.margin();
            counts.n_judged += i64::from(margin.is_some());
            counts.n_losing += i64::from(margin.is_some_and(|margin| margin < 0));
            counts.n_moving += i64::from(sums.stocked_units > 0);
            counts.n_stocked += i64::from(sums.stocked_units > 0 || stocked.contains(&sku));
            counts.net = counts.net.saturating_add(sums.net);
            if new_days.contains(first) {
                counts.new_net = counts.new_net.saturating_add(sums.net);
            }
            if sums.net != 0 {
                nets.push(sums.net);
            }
        }
        counts.n_with_sales = nets.len() as u64;
        nets.sort_unstable_by_key(|net| Reverse(*net));
        counts.largest_net = nets.iter().take(N_LARGEST).sum();
        counts
    }

    /// SKUs of the slice with units that can be sold, at the newest snapshots on or before a day.
    fn skus_in_stock(&self, day: Day) -> HashSet<u32> {
        let newest = self.newest_stock(day.days_since_epoch());
        let levels =
            newest.into_iter().flat_map(|(place, day)| self.cube.stock.between(place, day, day));
        let there = levels
            .flat_map(|it| it.1)
            .filter(|(sku, available, _)| *available > 0 && self.has_sku(*sku));
        there.map(|(sku, ..)| *sku).collect()
    }

    /// By SKU, what it sold and cost; the first is what names no SKU.
    pub(super) fn sku_sums(&self, period: Period) -> Vec<SkuSums> {
        let mut sums = vec![SkuSums::default(); self.cube.skus.len()];
        let with_stock: HashSet<u32> =
            self.cube.stock.places().into_iter().map(|place| self.shop_of(place)).collect();
        let places = 0..u32::try_from(self.cube.places.len()).unwrap_or(0);
        let with_stock: Vec<bool> =
            places.map(|place| with_stock.contains(&self.shop_of(place))).collect();
        let mut each = |cells: &Cells, add: &dyn Fn(&mut SkuSums, usize)| {
            for index in self.cells_of_skus(cells, period) {
                let sku = cells.keys.get(index).map(|key| key.sku);
                if let Some(sums) = sku.and_then(|sku| sums.get_mut(sku as usize)) {
                    add(sums, index);
                }
            }
        };
        each(&self.cube.sales, &|sums, index| self.add_sales(sums, index, &with_stock));
        each(&self.cube.money, &|sums, index| self.add_money(sums, index));
        let ads = &self.cube.ads;
        each(ads, &|sums, index| sums.costs += self.money(ads, column::SPEND, index));
        sums
    }

    /// Positions of the cells of single SKUs in a period.
    pub(super) fn cells_of_skus(&self, cells: &Cells, period: Period) -> Vec<usize> {
        let days = period.from.days_since_epoch()..=period.to.days_since_epoch();
        let mut found: Vec<usize> = Vec::new();
        if self.is_sku_scoped {
            let of_skus = cells.of_skus();
            let indices = self.chosen_skus().flat_map(|sku| of_skus.cells(sku.into()));
            let is_in = |index: &&u32| {
                cells.keys.get(**index as usize).is_some_and(|key| days.contains(&key.day))
            };
            found.extend(indices.filter(is_in).map(|index| *index as usize));
        } else {
            let of_days = cells.of_days();
            let indices = days.flat_map(|day| of_days.cells(day.into()));
            found.extend(indices.map(|index| *index as usize));
        }
        found.retain(|index| self.counts_of_sku(cells, *index));
        found
    }

    fn add_sales(&self, sums: &mut SkuSums, index: usize, with_stock: &[bool]) {
        let cells = &self.cube.sales;
        let Some(key) = cells.keys.get(index) else { return };
        let sales = self.sales_of(index, *key);
        sums.units += sales.units;
        sums.net += sales.net;
        if with_stock.get(key.place as usize) == Some(&true) {
            sums.stocked_units += sales.units;
        }
        let Some(cogs) = self.cogs_of(index, *key) else { return };
        sums.costed_net += sales.net;
        if self.has_fees(key.place, key.day) {
            sums.fee_net += sales.net;
            sums.fee_units += sales.units;
            sums.costs += cogs;
        }
    }

    fn add_money(&self, sums: &mut SkuSums, index: usize) {
        let cells = &self.cube.money;
        let Some(key) = cells.keys.get(index) else { return };
        let has_sales = self.has_sales(key.place, key.day);
        let refunds = if has_sales { self.money(cells, column::REFUNDS, index) } else { 0 };
        let fees = self.money(cells, column::PLATFORM_FEES, index);
        sums.costs += fees + self.money(cells, column::FULFILMENT, index);
        sums.net -= refunds;
        if self.cost(key.sku, key.day).is_some() {
            sums.costed_net -= refunds;
            if self.has_fees(key.place, key.day) {
                sums.fee_net -= refunds;
            }
        }
    }
}
