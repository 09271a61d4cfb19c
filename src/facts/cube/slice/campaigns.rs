//! What campaigns cost and brought, period by period.

use std::collections::BTreeMap;

use super::{
    Choice,
    scan::{Scan, value},
};
use crate::{
    domain::{AdSums, CampaignAds, Fixed, Period},
    facts::cube::{Cube, Place, column},
};

/// The campaigns of a choice with facts in the periods, which are some days one after the other; sorted.
/// None for a choice of products: a campaign's money is not told product by product everywhere.
pub fn campaigns_over(cube: &Cube, choice: &Choice, periods: &[Period]) -> Vec<CampaignAds> {
    let whole = periods.iter().copied().reduce(|one, other| one.including(&other));
    let Some(whole) = whole.filter(|_| !choice.filters.is_sku_scoped()) else { return Vec::new() };
    let scan = Scan::new(cube, choice, whole);
    let mut sums: BTreeMap<(u32, &str, &str), Vec<AdSums>> = BTreeMap::new();
    let cells = &cube.campaigns;
    for (index, key) in cells.keys.iter().enumerate() {
        let days = |period: &Period| {
            (period.from.days_since_epoch()..=period.to.days_since_epoch()).contains(&key.day)
        };
        let Some(nth) = periods.iter().position(days) else { continue };
        let Some(Place { channel, shop, .. }) = cube.places.get(key.place as usize) else {
            continue;
        };
        if !scan.counts(cells, index) || !scan.is_in_window(key.place) {
            continue;
        }
        let of = sums.entry((key.sku, channel, shop)).or_default();
        of.resize(periods.len(), AdSums::default());
        if let Some(sum) = of.get_mut(nth) {
            let add = |to: Fixed, amount| to.plus(Fixed::from_ten_thousandths(amount));
            sum.spend = add(sum.spend, scan.money(cells, column::CAMPAIGN_SPEND, index));
            sum.sales = add(sum.sales, scan.money(cells, column::CAMPAIGN_SALES, index));
            sum.orders = add(sum.orders, value(cells, column::CAMPAIGN_ORDERS, index));
        }
    }
    let told =
        |((campaign, channel, shop), periods): ((u32, &str, &str), Vec<AdSums>)| CampaignAds {
            campaign: cube.campaign_names.get(campaign as usize).cloned().unwrap_or_default(),
            channel: channel.to_owned(),
            shop: shop.to_owned(),
            periods,
        };
    sums.into_iter().map(told).collect()
}
