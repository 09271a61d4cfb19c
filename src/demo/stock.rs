//! Amazon's warehouse: what was received, what is left, what is on its way.
//!
//! Receipts are planned with the sales already known, so that a SKU never sells what it does not
//! have; only the best seller runs dry, on the days of its story.

use super::amazon::AmazonLine;
use super::arithmetic::{item, part, position};
use super::calendar::{Civil, DAYS, FIRST, LAST, civil, local_day};
use super::products::Sku;
use super::rng::Rng;
use super::stories::{LOSS_MAKER, STOCK_OUT};

/// Receipts up to this many days ahead are already on their way.
const INBOUND_DAYS: i64 = 35;
/// Before its stock-out the best seller gets no more than is sold until then, from this day on.
const LEAN_FROM: i64 = STOCK_OUT.first_day() - 75;

/// What Manage FBA Inventory shows of one SKU at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    pub(super) fulfillable: i64,
    pub(super) reserved: i64,
    pub(super) unsellable: i64,
    pub(super) working: i64,
    pub(super) shipped: i64,
    pub(super) receiving: i64,
}

impl Snapshot {
    pub(super) fn warehouse(&self) -> i64 {
        self.fulfillable + self.reserved + self.unsellable
    }

    pub(super) fn inbound(&self) -> i64 {
        self.working + self.shipped + self.receiving
    }
}

/// The warehouse of all SKUs.
pub(super) struct Stock {
    shelves: Vec<Shelf>,
}

struct Shelf {
    /// Units on hand and sellable at the end of each day from `FIRST`.
    levels: Vec<i64>,
    /// Day and units of each delivery, also of those after the last day.
    receipts: Vec<(i64, i64)>,
    /// Day and units of each return that cannot be sold again.
    unsellable: Vec<(i64, i64)>,
    /// Units sold each day from `FIRST`.
    sold: Vec<i64>,
}

impl Stock {
    /// Plans all deliveries. `sold` holds per SKU the units that leave on each day from `FIRST`.
    pub(super) fn plan(skus: &[Sku], lines: &[AmazonLine], sold: Vec<Vec<i64>>) -> Self {
        let mut returns: Vec<Returns> = skus.iter().map(|_| Returns::default()).collect();
        for line in lines {
            let Some(returned) = line.returned else { continue };
            let Some(shelf) = returns.get_mut(line.sku) else { continue };
            let list = if returned.disposition == "SELLABLE" {
                &mut shelf.sellable
            } else {
                &mut shelf.unsellable
            };
            list.push((local_day(returned.instant), returned.quantity));
        }
        let mut rng = Rng::stream(3);
        let shelves = skus
            .iter()
            .zip(sold)
            .zip(returns)
            .map(|((sku, sold), returns)| shelf(&mut rng, sku, sold, returns))
            .collect();
        Self { shelves }
    }

    /// Units on hand and sellable at the end of a day.
    pub(super) fn level(&self, sku: usize, day: i64) -> i64 {
        *item(&item(&self.shelves, sku).levels, position(day - FIRST))
    }

    /// One SKU at the end of a day.
    pub(super) fn snapshot(&self, sku: usize, day: i64) -> Snapshot {
        let its = item(&self.shelves, sku);
        let level = self.level(sku, day);
        let due = |from: i64, to: i64| -> i64 {
            let days = day + from..=day + to;
            its.receipts.iter().filter(|(on, _)| days.contains(on)).map(|(_, units)| units).sum()
        };
        let quarter = quarter_start(day);
        let unsellable = its.unsellable.iter().filter(|(on, _)| (quarter..=day).contains(on));
        let just_sold: i64 = (day - 1..=day).map(|day| its.sold_on(day)).sum();
        let reserved = (just_sold + part(level, 3, 100)).min(level / 4);
        Snapshot {
            fulfillable: level - reserved,
            reserved,
            unsellable: unsellable.map(|(_, units)| units).sum(),
            receiving: due(1, 6),
            shipped: due(7, 20),
            working: due(21, INBOUND_DAYS),
        }
    }
}

impl Shelf {
    fn sold_on(&self, day: i64) -> i64 {
        self.sold.get(position(day - FIRST)).copied().unwrap_or(0)
    }
}

#[derive(Default)]
struct Returns {
    sellable: Vec<(i64, i64)>,
    unsellable: Vec<(i64, i64)>,
}

/// Unsellable units are sent away at the start of each quarter.
fn quarter_start(day: i64) -> i64 {
    let Civil { month, .. } = civil(day);
    let mut start = day - civil(day).day + 1;
    for _ in 0..(month - 1) % 3 {
        start -= civil(start - 1).day;
    }
    start
}

fn shelf(rng: &mut Rng, sku: &Sku, sold: Vec<i64>, returns: Returns) -> Shelf {
    let mut plan =
        Plan { sku, sold: &sold, cover: rng.between(42, 72), rhythm: rng.between(14, 20) };
    if sku.is(&LOSS_MAKER) {
        plan.rhythm = 14;
    }
    let phase = rng.below(plan.rhythm);
    let (mut level, mut levels, mut receipts) = (0, Vec::with_capacity(position(DAYS)), Vec::new());
    for day in FIRST..=LAST + INBOUND_DAYS {
        level += returns
            .sellable
            .iter()
            .filter(|(on, _)| *on == day)
            .map(|(_, units)| units)
            .sum::<i64>();
        if plan.is_delivery_day(day, phase) {
            let units = plan.delivery(day, level);
            if units > 0 {
                receipts.push((day, units));
                level += units;
            }
        }
        level -= plan.expected(day, 1);
        if day <= LAST {
            levels.push(level);
        }
    }
    Shelf { levels, receipts, unsellable: returns.unsellable, sold }
}

struct Plan<'a> {
    sku: &'a Sku,
    sold: &'a [i64],
    /// Days a delivery is meant to last.
    cover: i64,
    /// Days between deliveries.
    rhythm: i64,
}

impl Plan<'_> {
    fn is_lean(&self, day: i64) -> bool {
        self.sku.is(&STOCK_OUT) && (LEAN_FROM..=STOCK_OUT.last_day()).contains(&day)
    }

    fn is_delivery_day(&self, day: i64, phase: i64) -> bool {
        if self.sku.is(&STOCK_OUT) && day == STOCK_OUT.last_day() + 1 {
            return true;
        }
        if self.sku.is(&STOCK_OUT) && STOCK_OUT.covers(day) {
            return false;
        }
        let first = self.sku.launch.max(FIRST);
        day == first || day > first && (day - first) % self.rhythm == phase
    }

    /// Units delivered on a day that begins with `level` units.
    fn delivery(&self, day: i64, level: i64) -> i64 {
        let wanted = if self.is_lean(day) {
            self.expected(day, self.cover.min(STOCK_OUT.first_day() - day))
        } else {
            let wanted = self.expected(day, self.cover);
            wanted + (wanted / 10).max(4)
        };
        let missing = (wanted - level).max(0);
        if self.is_lean(day) {
            return missing;
        }
        let carton = 12;
        let units = (missing + carton - 1) / carton * carton;
        if self.sku.is(&LOSS_MAKER) { units.max(2 * carton) } else { units }
    }

    /// Units that leave in the `days` days from a day on; after the last day as in the four weeks
    /// before it.
    fn expected(&self, day: i64, days: i64) -> i64 {
        let end = (day + days).min(LAST + 1);
        let known: i64 = self.between(day, end);
        let beyond = (day + days - (LAST + 1).max(day)).max(0);
        known + part(self.between(LAST - 27, LAST + 1), beyond, 28)
    }

    fn between(&self, from: i64, to: i64) -> i64 {
        let days = position(from - FIRST)..position(to - FIRST);
        self.sold.get(days).map_or(0, |days| days.iter().sum())
    }
}

/// The days on which the seller downloaded Manage FBA Inventory: the last thirteen month ends and
/// two Sundays of the stock-out.
pub(super) fn snapshot_days() -> Vec<i64> {
    let first_wanted = super::calendar::day(2025, 10, 31);
    let is_month_end = |day: &i64| *day >= first_wanted && civil(day + 1).day == 1;
    let is_stock_out_sunday =
        |day: &i64| STOCK_OUT.covers(*day) && super::calendar::weekday(*day) == 6;
    (FIRST..=LAST).filter(|day| is_month_end(day) || is_stock_out_sunday(day)).collect()
}

/// Cubic feet (in hundredths) stored on average in the month that ends on a day.
pub(super) fn stored_volume(stock: &Stock, skus: &[Sku], month_end: i64) -> i64 {
    let middle = month_end - 15;
    let volume = |day| -> i64 {
        skus.iter().enumerate().map(|(index, sku)| stock.level(index, day) * sku.volume).sum()
    };
    i64::midpoint(volume(middle), volume(month_end))
}

#[cfg(test)]
mod tests {
    use super::super::amazon::{amazon_lines, fba_units};
    use super::super::calendar::day;
    use super::super::products::skus;
    use super::*;

    #[test]
    fn quarters_start_on_their_first_day() {
        assert_eq!(quarter_start(day(2026, 9, 30)), day(2026, 7, 1));
        assert_eq!(quarter_start(day(2026, 1, 1)), day(2026, 1, 1));
    }

    #[test]
    fn only_the_best_seller_runs_dry_and_only_in_its_story() {
        let skus = skus();
        let lines = amazon_lines(&skus);
        let stock = Stock::plan(&skus, &lines, fba_units(&lines, skus.len()));
        for (index, sku) in skus.iter().enumerate() {
            for day in sku.launch..=LAST {
                let level = stock.level(index, day);
                assert!(level >= 0, "{} {day}", sku.code);
                let is_dry = sku.is(&STOCK_OUT)
                    && (STOCK_OUT.first_day() - 1..=STOCK_OUT.last_day()).contains(&day);
                assert_eq!(level == 0, is_dry, "{} {:?}", sku.code, civil(day));
            }
        }
    }

    #[test]
    fn snapshots_add_up_and_show_the_stories() {
        let skus = skus();
        let lines = amazon_lines(&skus);
        let stock = Stock::plan(&skus, &lines, fba_units(&lines, skus.len()));
        let days = snapshot_days();
        assert_eq!(days.len(), 15);
        for day in days {
            for (index, sku) in skus.iter().enumerate().filter(|(_, sku)| sku.launch <= day) {
                let seen = stock.snapshot(index, day);
                assert!(seen.fulfillable >= 0 && seen.reserved >= 0 && seen.unsellable >= 0);
                assert_eq!(seen.fulfillable + seen.reserved, stock.level(index, day));
                assert!(!sku.is(&LOSS_MAKER) || seen.inbound() > 0);
                let is_dry = sku.is(&STOCK_OUT) && STOCK_OUT.covers(day);
                assert!(!is_dry || seen.fulfillable == 0 && seen.inbound() > 0);
            }
        }
    }
}
