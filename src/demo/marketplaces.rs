//! The ledgers of `TikTok` Shop and Walmart.

use super::amazon::{basket, moment};
use super::arithmetic::{item, part, whole};
use super::calendar::{DAY_SECONDS, FIRST, LAST, instant, local_day, weekday};
use super::demand::{Channel, day_demand, is_sale_day};
use super::places::{place, random_place};
use super::products::Sku;
use super::rng::Rng;

/// One SKU in one `TikTok` Shop order. Money in cents, for the whole line.
pub(super) struct TikTokLine {
    pub(super) sku: usize,
    pub(super) quantity: i64,
    pub(super) unit_price: i64,
    pub(super) platform_discount: i64,
    pub(super) seller_discount: i64,
    pub(super) returned: i64,
}

impl TikTokLine {
    pub(super) fn before_discount(&self) -> i64 {
        self.unit_price * self.quantity
    }

    pub(super) fn after_discount(&self) -> i64 {
        self.before_discount() - self.platform_discount - self.seller_discount
    }
}

/// A cancelled order: who did it and why.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cancelled {
    pub(super) instant: i64,
    pub(super) by: &'static str,
    pub(super) reason: &'static str,
}

/// A `TikTok` Shop order. Instants are `None` while they have not come.
pub(super) struct TikTokOrder {
    /// Counts from 1.
    pub(super) number: i64,
    pub(super) created: i64,
    pub(super) day: i64,
    pub(super) ready: Option<i64>,
    pub(super) shipped: Option<i64>,
    pub(super) delivered: Option<i64>,
    pub(super) cancelled: Option<Cancelled>,
    pub(super) lines: Vec<TikTokLine>,
    pub(super) shipping: i64,
    pub(super) shipping_platform_discount: i64,
    pub(super) tax: i64,
    pub(super) refunded: i64,
    pub(super) place: usize,
    pub(super) buyer: i64,
}

impl TikTokOrder {
    /// What the buyer pays.
    pub(super) fn amount(&self) -> i64 {
        let goods: i64 = self.lines.iter().map(TikTokLine::after_discount).sum();
        goods + self.shipping - self.shipping_platform_discount + self.tax
    }
}

/// All `TikTok` Shop orders in the order of time.
pub(super) fn tiktok_orders(skus: &[Sku]) -> Vec<TikTokOrder> {
    let mut rng = Rng::stream(6);
    each_order(skus, Channel::TikTok, &mut rng, |rng, basket, (number, day, created)| {
        let mut order = tiktok_order(rng, skus, basket, (number, day, created));
        ship_tiktok(rng, &mut order);
        order
    })
}

fn tiktok_order(
    rng: &mut Rng,
    skus: &[Sku],
    basket: Vec<usize>,
    (number, day, created): (i64, i64, i64),
) -> TikTokOrder {
    let is_sale = is_sale_day(Channel::TikTok, day);
    let lines: Vec<TikTokLine> = basket
        .into_iter()
        .map(|sku| {
            let quantity = rng.choose(&[(93, 1), (6, 2), (1, 3)]);
            let unit_price = item(skus, sku).price(day);
            let gross = unit_price * quantity;
            let seller =
                rng.choose(&[(if is_sale { 15 } else { 55 }, 0), (25, 5), (20, 10), (8, 15)]);
            let platform = rng.choose(&[(68, 0), (20, 5), (12, 8)]);
            TikTokLine {
                sku,
                quantity,
                unit_price,
                platform_discount: part(gross, platform, 100),
                seller_discount: part(gross, seller, 100),
                returned: 0,
            }
        })
        .collect();
    let goods: i64 = lines.iter().map(TikTokLine::after_discount).sum();
    let place_number = random_place(rng);
    let shipping = if goods >= 3_000 { 0 } else { 499 };
    TikTokOrder {
        number,
        created,
        day,
        ready: None,
        shipped: None,
        delivered: None,
        cancelled: None,
        shipping,
        shipping_platform_discount: if rng.chance(3_500) { shipping } else { 0 },
        tax: part(goods, place(place_number).tax_rate, 10_000),
        refunded: 0,
        place: place_number,
        buyer: number,
        lines,
    }
}

/// Sends an order on its way, as far as it has come by the end of the last day.
fn ship_tiktok(rng: &mut Rng, order: &mut TikTokOrder) {
    let known_until = instant(LAST, DAY_SECONDS - 1);
    let is_cancelled = rng.chance(380);
    let (wait, by) = (rng.between(1_200, 40_000), rng.chance(1_800));
    let is_late = rng.chance(300);
    let mut at = order.created + rng.between(3 * 3_600, 20 * 3_600);
    let ready = at;
    at += rng.between(2 * 3_600, 20 * 3_600) + if is_late { 3 * DAY_SECONDS } else { 0 };
    let shipped = at;
    let delivered = shipped + rng.between(2 * DAY_SECONDS, 5 * DAY_SECONDS);
    let (is_returned, lag) = (rng.chance(430), rng.between(4, 14));
    if is_cancelled && order.created + wait <= known_until {
        let (by, reason) =
            if by { ("Seller", "Out of stock") } else { ("Buyer", "No longer needed") };
        order.cancelled = Some(Cancelled { instant: order.created + wait, by, reason });
        order.refunded = order.amount();
        return;
    }
    let known = |instant: i64| Some(instant).filter(|instant| *instant <= known_until);
    order.ready = known(ready);
    order.shipped = known(shipped);
    order.delivered = known(delivered);
    if is_returned && delivered + lag * DAY_SECONDS <= known_until {
        let goods: i64 = order.lines.iter().map(TikTokLine::after_discount).sum();
        order.refunded = goods + order.tax;
        for line in &mut order.lines {
            line.returned = line.quantity;
        }
    }
}

/// What Walmart calls the status of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WalmartStatus {
    Created,
    Acknowledged,
    Shipped,
    Delivered,
    Cancelled,
}

/// One SKU in a Walmart purchase order.
pub(super) struct WalmartLine {
    pub(super) sku: usize,
    pub(super) quantity: i64,
    pub(super) unit_price: i64,
    pub(super) tax: i64,
}

/// A Walmart purchase order.
pub(super) struct WalmartOrder {
    /// Counts from 1.
    pub(super) number: i64,
    pub(super) day: i64,
    pub(super) ship_by: i64,
    pub(super) deliver_by: i64,
    pub(super) shipping: i64,
    pub(super) status: WalmartStatus,
    pub(super) lines: Vec<WalmartLine>,
    pub(super) place: usize,
}

/// All Walmart orders in the order of time.
pub(super) fn walmart_orders(skus: &[Sku]) -> Vec<WalmartOrder> {
    let mut rng = Rng::stream(7);
    each_order(skus, Channel::Walmart, &mut rng, |rng, basket, (number, day, _)| {
        let place_number = random_place(rng);
        let lines: Vec<WalmartLine> = basket
            .into_iter()
            .map(|sku| {
                let quantity = rng.choose(&[(90, 1), (8, 2), (2, 3)]);
                let unit_price = item(skus, sku).price(day);
                let tax = part(unit_price * quantity, place(place_number).tax_rate, 10_000);
                WalmartLine { sku, quantity, unit_price, tax }
            })
            .collect();
        let gross: i64 = lines.iter().map(|line| line.unit_price * line.quantity).sum();
        let ship_by = next_working_day(day + 1);
        let deliver_by = ship_by + rng.between(2, 5);
        WalmartOrder {
            number,
            day,
            ship_by,
            deliver_by,
            shipping: if gross >= 3_500 { 0 } else { 599 },
            status: walmart_status(rng.chance(190), day, ship_by, deliver_by),
            lines,
            place: place_number,
        }
    })
}

fn walmart_status(is_cancelled: bool, day: i64, ship_by: i64, deliver_by: i64) -> WalmartStatus {
    match () {
        () if is_cancelled => WalmartStatus::Cancelled,
        () if deliver_by <= LAST => WalmartStatus::Delivered,
        () if ship_by <= LAST => WalmartStatus::Shipped,
        () if day < LAST => WalmartStatus::Acknowledged,
        () => WalmartStatus::Created,
    }
}

fn next_working_day(day: i64) -> i64 {
    match weekday(day) {
        5 => day + 2,
        6 => day + 1,
        _ => day,
    }
}

/// Draws a channel's orders day by day: `make` gets the basket and (number, day, instant).
fn each_order<T>(
    skus: &[Sku],
    channel: Channel,
    rng: &mut Rng,
    mut make: impl FnMut(&mut Rng, Vec<usize>, (i64, i64, i64)) -> T,
) -> Vec<T> {
    let mut orders = Vec::with_capacity(12_000);
    for day in FIRST..=LAST {
        let demand = day_demand(skus, channel, day);
        let count = rng.count(demand.orders_milli);
        let mut moments: Vec<i64> = (0..count).map(|_| moment(rng, day)).collect();
        moments.sort_unstable();
        for created in moments {
            debug_assert_eq!(local_day(created), day);
            let basket = basket(rng, &demand, &[(90, 1), (9, 2), (1, 3)]);
            let number = whole(orders.len()) + 1;
            orders.push(make(rng, basket, (number, day, created)));
        }
    }
    orders
}
