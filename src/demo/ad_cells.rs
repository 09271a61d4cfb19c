//! Putting a price on attributed sales: the month's spend from its planned `ACoS`, spread over days,
//! then the clicks and impressions that such a spend buys.

use super::arithmetic::{part, spread, whole};
use super::calendar::{FIRST, month_number};
use super::rng::Rng;
use std::ops::Range;

/// What one ad (or advertised SKU) did on one day. Money in cents.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AdCell {
    pub(super) impressions: i64,
    pub(super) clicks: i64,
    pub(super) spend: i64,
    pub(super) orders: i64,
    /// Units and sales of the advertised SKU itself, and of others its ad led to.
    pub(super) units: i64,
    pub(super) other_units: i64,
    pub(super) sales: i64,
    pub(super) other_sales: i64,
}

impl AdCell {
    pub(super) fn total_sales(&self) -> i64 {
        self.sales + self.other_sales
    }

    pub(super) fn total_units(&self) -> i64 {
        self.units + self.other_units
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.impressions += other.impressions;
        self.clicks += other.clicks;
        self.spend += other.spend;
        self.orders += other.orders;
        self.units += other.units;
        self.other_units += other.other_units;
        self.sales += other.sales;
        self.other_sales += other.other_sales;
    }
}

/// What a campaign's ads cost in one month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pricing {
    /// Spend per sales, in hundredths of a per cent.
    pub(super) acos: i64,
    /// Cents.
    pub(super) cost_per_click: i64,
    /// Clicks per 10,000 impressions.
    pub(super) click_rate: i64,
}

/// Gives all rows of one campaign their spend, clicks and impressions, month by month. `weights`
/// says for each row how much of the spend goes to each day.
pub(super) fn price_cells(
    rng: &mut Rng,
    rows: &mut [&mut [AdCell]],
    weights: &[Vec<i64>],
    pricing: impl Fn(i64) -> Pricing,
) {
    for (month, days) in months(rows.first().map_or(0, |row| row.len())) {
        let pricing = pricing(month);
        let sales: i64 = rows
            .iter()
            .filter_map(|row| row.get(days.clone()))
            .flatten()
            .map(AdCell::total_sales)
            .sum();
        let month_weights: Vec<i64> =
            weights.iter().filter_map(|row| row.get(days.clone())).flatten().copied().collect();
        let mut spends = spread(part(sales, pricing.acos, 10_000), &month_weights).into_iter();
        for cell in rows.iter_mut().filter_map(|row| row.get_mut(days.clone())).flatten() {
            cell.spend = spends.next().unwrap_or(0);
            buy_clicks(rng, cell, pricing);
        }
    }
}

fn buy_clicks(rng: &mut Rng, cell: &mut AdCell, pricing: Pricing) {
    let cost_per_click = rng.scatter(pricing.cost_per_click, 12).max(1);
    let click_rate = rng.scatter(pricing.click_rate, 15).max(1);
    let bought = part(cell.spend, 1, cost_per_click);
    cell.clicks = bought.max(cell.orders).max(i64::from(cell.spend > 0));
    cell.impressions = part(cell.clicks, 10_000, click_rate);
}

/// The months of the first `days` days, with the places of their days.
fn months(days: usize) -> Vec<(i64, Range<usize>)> {
    let mut months: Vec<(i64, Range<usize>)> = Vec::new();
    for index in 0..days {
        let month = month_number(FIRST + whole(index));
        match months.last_mut() {
            Some((last, range)) if *last == month => range.end = index + 1,
            _ => months.push((month, index..index + 1)),
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_cover_every_day_once() {
        let months = months(549);
        assert_eq!(months.len(), 18);
        assert_eq!(months[0], (0, 0..31));
        assert_eq!(months.iter().map(|(_, days)| days.len()).sum::<usize>(), 549);
    }

    #[test]
    fn a_months_spend_is_its_sales_times_the_planned_acos() {
        let mut row = vec![AdCell { sales: 1_000, orders: 1, ..AdCell::default() }; 31];
        let pricing = Pricing { acos: 2_500, cost_per_click: 50, click_rate: 80 };
        price_cells(&mut Rng::stream(5), &mut [&mut row], &[vec![1; 31]], |_| pricing);
        assert_eq!(row.iter().map(|cell| cell.spend).sum::<i64>(), 7_750);
        assert!(row.iter().all(|cell| cell.clicks > 0 && cell.impressions >= cell.clicks));
    }
}
