//! The demo business: one ledger of what happened, from which all exports are written, so that
//! they agree with each other as far as the real ones do.

use super::amazon::{AmazonLine, amazon_lines, fba_units};
use super::arithmetic::{part, position};
use super::calendar::{Civil, DAYS, FIRST, LAST, civil};
use super::campaigns::{AdRow, ad_rows};
use super::demand::{Channel, day_demand};
use super::marketplaces::{TikTokOrder, WalmartOrder, tiktok_orders, walmart_orders};
use super::offsite_ads::{OffsiteAds, offsite_ads};
use super::payments::{Posting, postings};
use super::products::{Sku, skus};
use super::shop::{ShopOrder, shop_orders};
use super::stock::{Stock, stored_volume};

/// Everything that happened to the demo company from `FIRST` to `LAST`.
pub(super) struct Business {
    pub(super) skus: Vec<Sku>,
    pub(super) amazon: Vec<AmazonLine>,
    pub(super) ad_rows: Vec<AdRow>,
    pub(super) postings: Vec<Posting>,
    pub(super) stock: Stock,
    pub(super) shop: Vec<ShopOrder>,
    pub(super) tiktok: Vec<TikTokOrder>,
    pub(super) walmart: Vec<WalmartOrder>,
    pub(super) offsite: OffsiteAds,
    /// Thousandths of Amazon orders expected each day from `FIRST`.
    pub(super) amazon_traffic: Vec<i64>,
}

impl Business {
    /// Lets the eighteen months happen; the same every time.
    pub(super) fn run() -> Self {
        let skus = skus();
        let amazon_traffic = traffic(&skus, Channel::Amazon);
        let amazon = amazon_lines(&skus);
        let shop = shop_orders(&skus);
        let tiktok = tiktok_orders(&skus);
        let ad_rows = ad_rows(&skus, &amazon, &amazon_traffic);
        let stock = Stock::plan(&skus, &amazon, sold_from_amazon(&skus, &amazon, &shop));
        let postings =
            postings(&skus, &amazon, &daily_spend(&ad_rows), &storage_fees(&skus, &stock));
        let offsite = offsite_ads(
            &shop,
            &tiktok,
            (&traffic(&skus, Channel::Shopify), &traffic(&skus, Channel::TikTok)),
        );
        let walmart = walmart_orders(&skus);
        Self {
            skus,
            amazon,
            ad_rows,
            postings,
            stock,
            shop,
            tiktok,
            walmart,
            offsite,
            amazon_traffic,
        }
    }
}

fn traffic(skus: &[Sku], channel: Channel) -> Vec<i64> {
    (FIRST..=LAST).map(|day| day_demand(skus, channel, day).orders_milli).collect()
}

fn sold_from_amazon(skus: &[Sku], amazon: &[AmazonLine], shop: &[ShopOrder]) -> Vec<Vec<i64>> {
    let mut units = fba_units(amazon, skus.len());
    for order in shop.iter().filter(|order| order.is_multi_channel) {
        for line in &order.lines {
            let day = position(order.day - FIRST);
            if let Some(cell) = units.get_mut(line.sku).and_then(|days| days.get_mut(day)) {
                *cell += line.quantity;
            }
        }
    }
    units
}

/// What Amazon's ads cost on each day from `FIRST`.
fn daily_spend(rows: &[AdRow]) -> Vec<i64> {
    let mut spend = vec![0; position(DAYS)];
    for row in rows {
        for (sum, cell) in spend.iter_mut().zip(&row.days) {
            *sum += cell.spend;
        }
    }
    spend
}

/// Month ends with the storage fee of their month: cents per cubic foot by season.
fn storage_fees(skus: &[Sku], stock: &Stock) -> Vec<(i64, i64)> {
    (FIRST..=LAST)
        .filter(|day| civil(day + 1).day == 1)
        .map(|day| {
            let Civil { month, .. } = civil(day);
            let rate = if month >= 10 { 240 } else { 78 };
            (day, part(stored_volume(stock, skus, day), rate, 100))
        })
        .collect()
}

/// The places of the quarters' days, as a seller downloads them: calendar quarters, the first and
/// the last one cut short by the demo's own bounds.
pub(super) fn quarters() -> Vec<(i64, i64)> {
    let mut quarters: Vec<(i64, i64)> = Vec::new();
    for day in FIRST..=LAST {
        let Civil { month, day: day_of_month, .. } = civil(day);
        let is_start = day_of_month == 1 && (month - 1) % 3 == 0;
        match quarters.last_mut() {
            Some((_, end)) if !is_start => *end = day,
            _ => quarters.push((day, day)),
        }
    }
    quarters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_cover_all_days_once() {
        let quarters = quarters();
        assert_eq!(quarters.len(), 7);
        let days: i64 = quarters.iter().map(|(from, to)| to - from + 1).sum();
        assert_eq!(days, DAYS);
    }
}
