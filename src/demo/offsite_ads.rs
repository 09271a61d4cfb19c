//! Google, Meta and `TikTok` ads: which orders they claim, and what they cost.
//!
//! As with Amazon's campaigns every claimed sale is a real order, and a month's spend is its
//! claimed sales times the planned share. Google and Meta never claim the same order here.

use super::ad_cells::{AdCell, Pricing, price_cells};
use super::arithmetic::{part, position, whole};
use super::calendar::{DAYS, FIRST};
use super::marketplaces::TikTokOrder;
use super::rng::Rng;
use super::shop::{ShopOrder, ShopStatus};

/// One ad of a campaign, day by day. For Google the whole campaign is one.
pub(super) struct OffsiteAd {
    pub(super) campaign: &'static str,
    pub(super) group: &'static str,
    pub(super) name: &'static str,
    /// One cell per day from `FIRST`.
    pub(super) days: Vec<AdCell>,
    /// How often this ad leads to an order, among its platform's ads.
    share: i64,
    pricing: Pricing,
}

/// What all platforms' ads did.
pub(super) struct OffsiteAds {
    /// `units` of a cell counts hundredths of conversions: Google shares one order between two
    /// campaigns.
    pub(super) google: Vec<OffsiteAd>,
    pub(super) meta: Vec<OffsiteAd>,
    pub(super) tiktok: Vec<OffsiteAd>,
}

/// Of 10,000 orders of the store, those that Google and Meta led to; of `TikTok`'s, `TikTok`.
const GOOGLE_SHARE: i64 = 3_000;
const META_SHARE: i64 = 2_700;
const TIKTOK_SHARE: i64 = 4_600;
/// Of 10,000 orders claimed by Google, those shared by two campaigns, and the first one's part.
const SHARED: i64 = 2_200;
const FIRST_PART: i64 = 60;

/// Works out all ads. `traffic` weighs the days of the store, then those of `TikTok` Shop.
pub(super) fn offsite_ads(
    shop: &[ShopOrder],
    tiktok: &[TikTokOrder],
    traffic: (&[i64], &[i64]),
) -> OffsiteAds {
    let mut rng = Rng::stream(8);
    let mut ads = OffsiteAds { google: google(), meta: meta(), tiktok: tiktok_campaigns() };
    for order in shop.iter().filter(|order| order.status != ShopStatus::Voided) {
        let sales = order.gross - order.discount;
        let claim = rng.below(10_000);
        let is_shared = rng.chance(SHARED);
        if claim < GOOGLE_SHARE {
            let first = draw(&mut rng, &ads.google);
            let second = draw(&mut rng, &ads.google);
            let percent = if is_shared && first != second { FIRST_PART } else { 100 };
            let its_part = part(sales, percent, 100);
            credit(&mut ads.google, first, order.day, (1, percent, its_part));
            if percent < 100 {
                credit(&mut ads.google, second, order.day, (0, 100 - percent, sales - its_part));
            }
        } else if claim < GOOGLE_SHARE + META_SHARE {
            let ad = draw(&mut rng, &ads.meta);
            credit(&mut ads.meta, ad, order.day, (1, 1, sales));
        }
    }
    for order in tiktok.iter().filter(|order| order.cancelled.is_none()) {
        if rng.chance(TIKTOK_SHARE) {
            let ad = draw(&mut rng, &ads.tiktok);
            let sales =
                order.lines.iter().map(super::marketplaces::TikTokLine::after_discount).sum();
            credit(&mut ads.tiktok, ad, order.day, (1, 1, sales));
        }
    }
    price(&mut rng, &mut ads.google, traffic.0);
    price(&mut rng, &mut ads.meta, traffic.0);
    price(&mut rng, &mut ads.tiktok, traffic.1);
    ads
}

fn draw(rng: &mut Rng, ads: &[OffsiteAd]) -> usize {
    let shares: Vec<(i64, usize)> =
        ads.iter().enumerate().map(|(index, ad)| (ad.share, index)).collect();
    rng.choose(&shares)
}

fn credit(ads: &mut [OffsiteAd], ad: usize, day: i64, (orders, units, sales): (i64, i64, i64)) {
    let days = ads.get_mut(ad).map(|ad| &mut ad.days);
    if let Some(cell) = days.and_then(|days| days.get_mut(position(day - FIRST))) {
        cell.orders += orders;
        cell.units += units;
        cell.sales += sales;
    }
}

fn price(rng: &mut Rng, ads: &mut [OffsiteAd], traffic: &[i64]) {
    for ad in ads {
        let weights: Vec<i64> = traffic.iter().map(|traffic| rng.scatter(*traffic, 24)).collect();
        let pricing = ad.pricing;
        // Ads tire and are renewed: a slow wave around the planned share.
        let monthly = |month: i64| Pricing {
            acos: pricing.acos + ((month * 5 + pricing.cost_per_click) % 7 - 3) * 45,
            ..pricing
        };
        price_cells(rng, &mut [&mut ad.days], &[weights], monthly);
    }
}

/// `numbers`: share, spend per sales in hundredths of a per cent, cents per click, clicks per
/// 10,000 impressions.
fn ad(names: [&'static str; 3], numbers: [i64; 4]) -> OffsiteAd {
    let [campaign, group, name] = names;
    let [share, acos, cost_per_click, click_rate] = numbers;
    OffsiteAd {
        campaign,
        group,
        name,
        days: vec![AdCell::default(); position(DAYS)],
        share,
        pricing: Pricing { acos, cost_per_click, click_rate },
    }
}

fn google() -> Vec<OffsiteAd> {
    vec![
        ad(["Brand | Search", "", ""], [30, 900, 42, 980]),
        ad(["Shopping | All Products", "", ""], [34, 2_450, 61, 105]),
        ad(["PMax | Best Sellers", "", ""], [26, 2_800, 74, 140]),
        ad(["Demand Gen | Outdoor Season", "", ""], [10, 4_100, 38, 88]),
    ]
}

fn meta() -> Vec<OffsiteAd> {
    const PROSPECTING: &str = "Prospecting | Purchases";
    const RETARGETING: &str = "Retargeting | 30 days";
    const CATALOG: &str = "Advantage+ Catalog";
    vec![
        ad([PROSPECTING, "Coffee lovers 25-54", "Kettle pour video v3"], [24, 3_350, 96, 132]),
        ad([PROSPECTING, "Coffee lovers 25-54", "Grinder carousel v1"], [14, 3_700, 104, 118]),
        ad([PROSPECTING, "Weekend campers", "Lantern at dusk v2"], [17, 3_450, 88, 141]),
        ad([RETARGETING, "Viewed product", "Reviews collage v2"], [19, 1_750, 118, 176]),
        ad([RETARGETING, "Added to cart", "Free shipping reminder"], [14, 1_500, 124, 188]),
        ad([CATALOG, "Broad US", "Dynamic catalog"], [12, 2_900, 79, 121]),
    ]
}

fn tiktok_campaigns() -> Vec<OffsiteAd> {
    const SHOP: &str = "GMV Max | Shop";
    const VIDEO: &str = "Video Shopping | Kitchen";
    const OUTDOOR: &str = "Video Shopping | Outdoor";
    vec![
        ad([SHOP, "All products", "Shop tab auto"], [34, 1_900, 46, 95]),
        ad([SHOP, "Best sellers", "Frother in 15 seconds"], [22, 2_150, 44, 104]),
        ad([VIDEO, "Creators kitchen", "Morning routine @demo.creator1"], [18, 2_600, 51, 112]),
        ad([VIDEO, "Creators kitchen", "Waffle Sunday @demo.creator2"], [12, 2_750, 49, 109]),
        ad([OUTDOOR, "Creators outdoor", "Camp set-up @demo.creator3"], [14, 2_500, 53, 101]),
    ]
}

/// A made-up but stable advertising id: 19 digits.
pub(super) fn ad_id(kind: i64, place: usize) -> i64 {
    1_790_000_000_000_000_000 + kind * 10_000_019 + whole(place) * 1_000_003
}
