//! What becomes of a shipped line: kept, returned, refunded, and why.

use super::calendar::{DAY_SECONDS, LAST, local_day};
use super::products::Sku;
use super::rng::Rng;
use super::stories::{RETURNS_WAVE, STOCK_OUT};

/// Units that came back to an Amazon warehouse.
#[derive(Clone, Copy, Debug)]
pub(super) struct Returned {
    pub(super) instant: i64,
    pub(super) quantity: i64,
    pub(super) reason: &'static str,
    pub(super) disposition: &'static str,
}

/// Units whose price was paid back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refunded {
    pub(super) instant: i64,
    pub(super) quantity: i64,
}

/// How many times as often the returns-wave SKU comes back.
pub(super) const WAVE_FACTOR: i64 = 4;

/// From this many days before the stock-out on, the best seller's returns are never sellable, so
/// that nothing is available while it is sold out.
const UNSELLABLE_BEFORE: i64 = 75;

/// Draws what becomes of a line shipped at an instant. What happens after the last day is not
/// known yet and left out.
pub(super) fn fate(
    rng: &mut Rng,
    sku: &Sku,
    purchase_day: i64,
    shipped: i64,
    quantity: i64,
    is_fba: bool,
) -> (Option<Returned>, Option<Refunded>) {
    let is_wave = sku.is(&RETURNS_WAVE) && RETURNS_WAVE.covers(purchase_day);
    let rate = sku.return_rate * if is_wave { WAVE_FACTOR } else { 1 };
    let (is_returned, wait) = (rng.chance(rate), rng.between(5, 24));
    let (is_returnless, lag) = (rng.chance(1_500), rng.between(0, 1));
    let (clock, unsold) = (rng.below(DAY_SECONDS), rng.below(100));
    let reason = reason(rng, is_wave);
    if !is_returned {
        return (None, None);
    }
    let arrival = shipped + wait * DAY_SECONDS + clock / 3;
    let refund = Refunded { instant: arrival + lag * DAY_SECONDS + clock / 5, quantity };
    let returned = Returned {
        instant: arrival,
        quantity,
        reason,
        disposition: disposition(sku, arrival, reason, unsold),
    };
    let comes_back = is_fba && (is_wave || !is_returnless);
    (
        Some(returned).filter(|_| comes_back && local_day(arrival) <= LAST),
        Some(refund).filter(|refund| local_day(refund.instant) <= LAST),
    )
}

fn reason(rng: &mut Rng, is_wave: bool) -> &'static str {
    if is_wave && rng.chance(8_400) {
        return "DEFECTIVE";
    }
    rng.choose(&[
        (32, "UNWANTED_ITEM"),
        (15, "DEFECTIVE"),
        (11, "NOT_AS_DESCRIBED"),
        (12, "ORDERED_WRONG_ITEM"),
        (10, "QUALITY_UNACCEPTABLE"),
        (6, "DAMAGED_BY_CARRIER"),
        (5, "NOT_COMPATIBLE"),
        (5, "MISSED_ESTIMATED_DELIVERY"),
        (4, "FOUND_BETTER_PRICE"),
    ])
}

fn disposition(sku: &Sku, arrival: i64, reason: &str, unsold: i64) -> &'static str {
    let day = local_day(arrival);
    let is_kept_out = sku.is(&STOCK_OUT)
        && (STOCK_OUT.first_day() - UNSELLABLE_BEFORE..=STOCK_OUT.last_day()).contains(&day);
    match reason {
        "DEFECTIVE" => "DEFECTIVE",
        "DAMAGED_BY_CARRIER" => "CARRIER_DAMAGED",
        _ if is_kept_out => "CUSTOMER_DAMAGED",
        "QUALITY_UNACCEPTABLE" if unsold < 70 => "CUSTOMER_DAMAGED",
        _ if unsold < 28 => "CUSTOMER_DAMAGED",
        _ => "SELLABLE",
    }
}
