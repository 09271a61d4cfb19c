//! The ledger of the brand's own store.

use super::amazon::{basket, moment};
use super::arithmetic::{item, part, whole};
use super::calendar::{DAY_SECONDS, FIRST, LAST, instant};
use super::demand::{Channel, DayDemand, day_demand, is_sale_day};
use super::places::{place, random_place};
use super::products::Sku;
use super::rng::Rng;

/// One SKU in one order.
#[derive(Clone, Copy)]
pub(super) struct ShopLine {
    pub(super) sku: usize,
    pub(super) quantity: i64,
    /// Cents for one unit.
    pub(super) unit_price: i64,
}

/// What Shopify calls the financial status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShopStatus {
    Paid,
    Refunded,
    PartiallyRefunded,
    Voided,
    Pending,
}

/// An order of the brand's own store. Money in cents.
pub(super) struct ShopOrder {
    /// 1001 upwards.
    pub(super) number: i64,
    pub(super) created: i64,
    pub(super) day: i64,
    pub(super) lines: Vec<ShopLine>,
    /// Before discount, shipping and tax.
    pub(super) gross: i64,
    pub(super) discount_code: &'static str,
    pub(super) discount: i64,
    pub(super) shipping: i64,
    pub(super) tax: i64,
    pub(super) refunded: i64,
    pub(super) status: ShopStatus,
    /// When it was sent; not yet or never when `None`.
    pub(super) fulfilled: Option<i64>,
    /// Sent from Amazon's warehouse.
    pub(super) is_multi_channel: bool,
    pub(super) place: usize,
    pub(super) buyer: i64,
}

impl ShopOrder {
    pub(super) fn total(&self) -> i64 {
        self.gross - self.discount + self.shipping + self.tax
    }
}

const FIRST_NUMBER: i64 = 1_001;
const FREE_SHIPPING_FROM: i64 = 5_000;
/// Every so many single-line orders, one is sent from Amazon's warehouse.
const MULTI_CHANNEL_EVERY: i64 = 55;

/// All orders in the order of their numbers.
pub(super) fn shop_orders(skus: &[Sku]) -> Vec<ShopOrder> {
    let mut rng = Rng::stream(5);
    let mut orders: Vec<ShopOrder> = Vec::with_capacity(8_000);
    let mut buyers = 0;
    for day in FIRST..=LAST {
        let demand = day_demand(skus, Channel::Shopify, day);
        let count = rng.count(demand.orders_milli);
        let mut moments: Vec<i64> = (0..count).map(|_| moment(&mut rng, day)).collect();
        moments.sort_unstable();
        for created in moments {
            let is_known = buyers > 20 && rng.chance(2_400);
            let buyer = if is_known { rng.below(buyers) } else { buyers };
            buyers += i64::from(!is_known);
            let number = FIRST_NUMBER + whole(orders.len());
            let mut order = new_order(&mut rng, skus, &demand, (day, created));
            order.number = number;
            order.buyer = buyer;
            decide(&mut rng, &mut order);
            orders.push(order);
        }
    }
    orders
}

fn new_order(
    rng: &mut Rng,
    skus: &[Sku],
    demand: &DayDemand,
    (day, created): (i64, i64),
) -> ShopOrder {
    let lines: Vec<ShopLine> = basket(rng, demand, &[(74, 1), (19, 2), (7, 3)])
        .into_iter()
        .map(|sku| ShopLine {
            sku,
            quantity: rng.choose(&[(90, 1), (8, 2), (2, 3)]),
            unit_price: item(skus, sku).price(day),
        })
        .collect();
    let gross = lines.iter().map(|line| line.unit_price * line.quantity).sum();
    let (discount_code, percent) = if is_sale_day(Channel::Shopify, day) {
        rng.choose(&[(30, ("", 0)), (70, ("BFCM20", 20))])
    } else {
        rng.choose(&[(78, ("", 0)), (15, ("WELCOME10", 10)), (7, ("CREW15", 15))])
    };
    let discount = part(gross, percent, 100);
    let place_number = random_place(rng);
    ShopOrder {
        number: 0,
        created,
        day,
        lines,
        gross,
        discount_code,
        discount,
        shipping: if gross - discount >= FREE_SHIPPING_FROM { 0 } else { 599 },
        tax: part(gross - discount, place(place_number).tax_rate, 10_000),
        refunded: 0,
        status: ShopStatus::Paid,
        fulfilled: None,
        is_multi_channel: false,
        place: place_number,
        buyer: 0,
    }
}

/// Decides what becomes of an order, and knows of it only what is known on the last day.
fn decide(rng: &mut Rng, order: &mut ShopOrder) {
    let sent = instant(order.day + rng.between(1, 3), rng.between(9 * 3_600, 17 * 3_600));
    let known_until = instant(LAST, DAY_SECONDS - 1);
    order.status = rng.choose(&[
        (9_390, ShopStatus::Paid),
        (300, ShopStatus::Refunded),
        (160, ShopStatus::PartiallyRefunded),
        (150, ShopStatus::Voided),
    ]);
    if order.status == ShopStatus::Voided {
        return;
    }
    order.fulfilled = Some(sent).filter(|sent| *sent <= known_until);
    let is_old_enough = order.day + 12 <= LAST;
    if !is_old_enough {
        let is_unpaid = order.day + 1 >= LAST && rng.chance(2_000);
        order.status = if is_unpaid { ShopStatus::Pending } else { ShopStatus::Paid };
    }
    if order.status == ShopStatus::Pending {
        order.fulfilled = None;
    }
    order.refunded = match order.status {
        ShopStatus::Refunded => order.total(),
        ShopStatus::PartiallyRefunded => partial_refund(order),
        _ => 0,
    };
    order.is_multi_channel = order.lines.len() == 1
        && order.fulfilled.is_some()
        && order.number % MULTI_CHANNEL_EVERY == 0
        && order.status == ShopStatus::Paid;
}

/// One unit of the first line, with its share of discount and tax; half of it when it is all.
fn partial_refund(order: &ShopOrder) -> i64 {
    let first = order.lines.first().map_or(0, |line| line.unit_price);
    let goods = part(order.gross - order.discount + order.tax, first, order.gross);
    if first == order.gross { goods / 2 } else { goods }
}
