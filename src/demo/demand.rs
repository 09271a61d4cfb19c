//! How much of what is wanted where and when: seasons, weekdays, growth, sale days.
//!
//! Integer tables only. Says how much is wanted on average; the ledgers draw what is bought.

use super::arithmetic::{at, part};
use super::calendar::{Civil, FIRST, civil, month_number, weekday};
use super::products::{Season, Sku};
use super::stories::{BLACK_FRIDAY_2025, LOSS_MAKER, PRIME_DAY_2025, PRIME_DAY_2026};

/// A place to sell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channel {
    Amazon,
    Shopify,
    TikTok,
    Walmart,
}

/// What one channel wants on one day.
pub(super) struct DayDemand {
    /// Running sums of the SKUs' weights, in their order.
    pub(super) cumulative: Vec<i64>,
    /// Thousandths of orders expected.
    pub(super) orders_milli: i64,
}

/// The demand of a channel on a day.
pub(super) fn day_demand(skus: &[Sku], channel: Channel, day: i64) -> DayDemand {
    let (mut wanted, mut usual) = (0, 0);
    let cumulative = skus
        .iter()
        .map(|sku| {
            if carries(channel, sku) {
                usual += sku.weight;
                wanted += weight(sku, day);
            }
            wanted
        })
        .collect();
    let mean = [growth(channel, day), weekday_factor(channel, day), event_factor(channel, day)]
        .iter()
        .fold(base_orders(channel), |mean, factor| part(mean, *factor, 1_000));
    DayDemand { cumulative, orders_milli: part(mean, wanted, usual) }
}

/// Whether a day belongs to a big sale on a channel, when most items are reduced.
pub(super) fn is_sale_day(channel: Channel, day: i64) -> bool {
    event_factor(channel, day) >= 1_800
}

/// Whether a channel lists the SKU. The loss-maker is sold on Amazon only.
pub(super) fn carries(channel: Channel, sku: &Sku) -> bool {
    match channel {
        Channel::Amazon => true,
        Channel::Shopify => sku.number % 6 != 5 && !sku.is(&LOSS_MAKER),
        Channel::TikTok => sku.variant < 3 && sku.price(FIRST) < 7_000,
        Channel::Walmart => sku.variant < 2 && !sku.is(&LOSS_MAKER),
    }
}

/// A second of the day at which people buy.
pub(super) fn purchase_hours() -> [i64; 24] {
    let mut upto = 0;
    HOURS.map(|weight| {
        upto += weight;
        upto
    })
}

const HOURS: [i64; 24] =
    [18, 11, 7, 5, 5, 9, 19, 32, 44, 52, 57, 58, 58, 57, 55, 54, 54, 55, 58, 64, 70, 68, 54, 36];

/// Thousandths of orders a day at the start.
fn base_orders(channel: Channel) -> i64 {
    match channel {
        Channel::Amazon => 62_000,
        Channel::Shopify => 11_500,
        Channel::TikTok => 12_500,
        Channel::Walmart => 9_000,
    }
}

/// Thousandths, growing every month.
fn growth(channel: Channel, day: i64) -> i64 {
    let monthly = match channel {
        Channel::Amazon => 10,
        Channel::Shopify => 8,
        Channel::TikTok => 34,
        Channel::Walmart => 14,
    };
    1_000 + monthly * month_number(day)
}

fn weekday_factor(channel: Channel, day: i64) -> i64 {
    const AMAZON: [i64; 7] = [1_070, 1_050, 1_020, 990, 940, 930, 1_000];
    const SHOPIFY: [i64; 7] = [1_030, 1_010, 990, 980, 960, 980, 1_050];
    const TIKTOK: [i64; 7] = [930, 940, 960, 990, 1_060, 1_080, 1_040];
    const WALMART: [i64; 7] = [1_040, 1_020, 1_000, 980, 970, 980, 1_010];
    let table = match channel {
        Channel::Amazon => &AMAZON,
        Channel::Shopify => &SHOPIFY,
        Channel::TikTok => &TIKTOK,
        Channel::Walmart => &WALMART,
    };
    at(table, weekday(day))
}

fn event_factor(channel: Channel, day: i64) -> i64 {
    let is_amazon = channel == Channel::Amazon;
    if PRIME_DAY_2025.covers(day) || PRIME_DAY_2026.covers(day) {
        return if is_amazon { 3_000 } else { 1_100 };
    }
    if BLACK_FRIDAY_2025.covers(day) {
        const DAYS: [i64; 5] = [2_000, 3_300, 2_300, 2_300, 3_200];
        return at(&DAYS, day - BLACK_FRIDAY_2025.first_day());
    }
    let Civil { year, month, day } = civil(day);
    match (year, month, day) {
        (2025, 10, 7..=8) | (2026, 10, 6..=7) if is_amazon => 1_850,
        (2025, 7, 4..=7) | (2026, 7, 3..=6) if is_amazon => 880,
        (2025, 11, 20..=26) => 1_350,
        (2025, 12, 2..=19) => 1_200,
        (2025, 12, 24..=25) => 600,
        _ => 1_000,
    }
}

fn weight(sku: &Sku, day: i64) -> i64 {
    if !sku.is_for_sale(day) {
        return 0;
    }
    let usual =
        part(part(sku.weight, season_factor(sku.season, day), 1_000), ramp(sku, day), 1_000);
    if sku.is_in_price_war(day) { usual * 2 } else { usual }
}

/// A new product needs sixty days to be found; products on sale from the start have been.
fn ramp(sku: &Sku, day: i64) -> i64 {
    if sku.launch == FIRST {
        return 1_000;
    }
    (250 + (day - sku.launch) * 750 / 60).min(1_000)
}

/// Thousandths, sliding from the middle of one month to the middle of the next.
fn season_factor(season: Season, on: i64) -> i64 {
    const EVEN: [i64; 12] =
        [960, 940, 960, 970, 990, 1_000, 1_010, 1_000, 980, 1_000, 1_080, 1_110];
    const GIFT: [i64; 12] = [900, 860, 880, 900, 950, 930, 950, 930, 950, 1_020, 1_300, 1_430];
    const SUMMER: [i64; 12] =
        [350, 420, 700, 1_000, 1_450, 1_900, 1_900, 1_550, 900, 550, 420, 360];
    const WINTER: [i64; 12] =
        [1_600, 1_300, 850, 500, 380, 330, 330, 480, 900, 1_400, 1_850, 2_080];
    const OUTDOOR: [i64; 12] =
        [500, 560, 850, 1_150, 1_400, 1_500, 1_450, 1_300, 1_050, 850, 750, 640];
    let months = match season {
        Season::Even => &EVEN,
        Season::Gift => &GIFT,
        Season::Summer => &SUMMER,
        Season::Winter => &WINTER,
        Season::Outdoor => &OUTDOOR,
    };
    let Civil { month, day, .. } = civil(on);
    let (before, passed) = if day >= 15 { (month - 1, day - 15) } else { (month - 2, day + 15) };
    let (from, to) = (at(months, before.rem_euclid(12)), at(months, (before + 1).rem_euclid(12)));
    from + (to - from) * passed.min(30) / 30
}

#[cfg(test)]
mod tests {
    use super::super::calendar::day;
    use super::super::products::skus;
    use super::super::stories::STOCK_OUT;
    use super::*;

    #[test]
    fn sale_days_are_peaks() {
        let skus = skus();
        let on = |day| day_demand(&skus, Channel::Amazon, day).orders_milli;
        assert!(on(day(2025, 7, 8)) > 2 * on(day(2025, 7, 1)));
        assert!(on(day(2025, 11, 28)) > 2 * on(day(2025, 11, 14)));
        assert!(is_sale_day(Channel::Amazon, day(2026, 7, 7)));
        assert!(!is_sale_day(Channel::Walmart, day(2026, 7, 7)));
    }

    #[test]
    fn nothing_is_wanted_of_what_is_not_there() {
        let skus = skus();
        let demand = day_demand(&skus, Channel::Amazon, STOCK_OUT.first_day());
        assert_eq!(demand.cumulative.first(), Some(&0));
    }
}
