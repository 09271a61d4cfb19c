//! The Amazon ledger: every order line with what became of it.
//!
//! All Orders, date range, business report, returns, stock and Sponsored Products are all written
//! from these lines; nothing else knows what was sold on Amazon.

use super::arithmetic::{at, item, part, position, whole};
use super::calendar::{DAY_SECONDS, FIRST, LAST, instant};
use super::campaigns;
use super::demand::{Channel, DayDemand, day_demand, is_sale_day, purchase_hours};
use super::places::{place, random_place};
use super::products::Sku;
use super::returns::{self, Refunded, Returned};
use super::rng::Rng;
use super::stories::MONTH_EDGE;
use super::text::Text;

/// How many lines the bulk purchase of the month-edge story has, and units in each.
pub(super) const BULK_ORDERS: i64 = 8;
pub(super) const BULK_QUANTITY: i64 = 60;

/// Where an order stands when the files are downloaded, at the end of the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Shipped,
    Pending,
    Cancelled,
}

/// An ad that led to a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct AdClick {
    pub(super) campaign: usize,
    /// The SKU whose ad was clicked.
    pub(super) sku: usize,
    pub(super) day: i64,
}

/// One SKU in one Amazon order. Money in cents, for the whole line.
pub(super) struct AmazonLine {
    /// Counts orders from 1.
    pub(super) order: i64,
    pub(super) purchased: i64,
    /// Los Angeles day of purchase.
    pub(super) day: i64,
    /// When it left the warehouse and the money was posted.
    pub(super) shipped: i64,
    pub(super) status: Status,
    pub(super) sku: usize,
    pub(super) quantity: i64,
    pub(super) price: i64,
    pub(super) promotion: i64,
    pub(super) shipping: i64,
    pub(super) shipping_promotion: i64,
    pub(super) tax: i64,
    pub(super) shipping_tax: i64,
    pub(super) place: usize,
    pub(super) is_fba: bool,
    pub(super) is_business: bool,
    pub(super) returned: Option<Returned>,
    pub(super) refunded: Option<Refunded>,
    pub(super) click: Option<AdClick>,
}

impl AmazonLine {
    /// Whether it counts as bought: everything that was not cancelled.
    pub(super) fn is_bought(&self) -> bool {
        self.status != Status::Cancelled
    }
}

/// Writes `111-1234567-1234567`, different for every order, as a cell.
pub(super) fn order_id(text: &mut Text, order: i64) -> &mut Text {
    let scrambled = (order * 61_803_398_874_989).rem_euclid(100_000_000_000_000);
    text.int(111 + order % 4).put("-").put_padded(scrambled / 10_000_000, 7);
    text.put("-").put_padded(scrambled % 10_000_000, 7)
}

/// All lines in the order of purchase.
pub(super) fn amazon_lines(skus: &[Sku]) -> Vec<AmazonLine> {
    let mut ledger =
        Ledger { skus, rng: Rng::stream(1), lines: Vec::with_capacity(60_000), orders: 0 };
    for day in FIRST..=LAST {
        let demand = day_demand(skus, Channel::Amazon, day);
        let count = ledger.rng.count(demand.orders_milli);
        let mut moments: Vec<i64> = (0..count).map(|_| moment(&mut ledger.rng, day)).collect();
        moments.sort_unstable();
        for purchased in moments {
            ledger.order(&demand, day, purchased);
        }
        if MONTH_EDGE.first_day() <= day && day <= MONTH_EDGE.first_day() + 1 {
            ledger.bulk_orders(day);
        }
    }
    ledger.lines.sort_by_key(|line| (line.purchased, line.order));
    ledger.lines
}

/// An instant of a Los Angeles day at which people buy.
pub(super) fn moment(rng: &mut Rng, day: i64) -> i64 {
    let hour = whole(rng.weighted(&purchase_hours()));
    instant(day, hour * 3_600 + rng.below(3_600))
}

/// Up to three different SKUs.
pub(super) fn basket(rng: &mut Rng, demand: &DayDemand, shares: &[(i64, i64)]) -> Vec<usize> {
    let size = rng.choose(shares);
    let mut basket = Vec::with_capacity(3);
    for _ in 0..size {
        let sku = rng.weighted(&demand.cumulative);
        if !basket.contains(&sku) {
            basket.push(sku);
        }
    }
    basket
}

/// What all lines of one order share.
struct Order {
    number: i64,
    purchased: i64,
    day: i64,
    shipped: i64,
    status: Status,
    place: usize,
    is_fba: bool,
    is_business: bool,
}

struct Ledger<'a> {
    skus: &'a [Sku],
    rng: Rng,
    lines: Vec<AmazonLine>,
    orders: i64,
}

impl Ledger<'_> {
    fn order(&mut self, demand: &DayDemand, day: i64, purchased: i64) {
        self.orders += 1;
        let rng = &mut self.rng;
        let days_until_shipped = rng.choose(&[(55, 1), (32, 2), (13, 3)]);
        let shipped = instant(day + days_until_shipped, rng.between(1_800, DAY_SECONDS - 1_800));
        let is_cancelled = rng.chance(220);
        let status = match day + days_until_shipped {
            _ if is_cancelled => Status::Cancelled,
            shipping_day if shipping_day > LAST => Status::Pending,
            _ => Status::Shipped,
        };
        let order = Order {
            number: self.orders,
            purchased,
            day,
            shipped,
            status,
            place: random_place(rng),
            is_fba: !rng.chance(450),
            is_business: rng.chance(420),
        };
        for (place_in_order, sku) in
            basket(rng, demand, &[(930, 1), (58, 2), (12, 3)]).into_iter().enumerate()
        {
            self.line(&order, sku, place_in_order == 0);
        }
    }

    fn line(&mut self, order: &Order, index: usize, is_first: bool) {
        let sku = item(self.skus, index);
        let rng = &mut self.rng;
        let quantity = quantity(rng, order.is_business);
        let price = sku.price(order.day) * quantity;
        let promotion = part(price, promotion_percent(rng, order.day), 100);
        let pays_shipping = is_first && (!order.is_fba || rng.chance(700));
        let shipping = if pays_shipping { 599 } else { 0 };
        let shipping_promotion = if order.is_fba && rng.chance(5_000) { shipping } else { 0 };
        let tax_rate = place(order.place).tax_rate;
        let is_shipped = order.status == Status::Shipped;
        let (returned, refunded) = if is_shipped {
            returns::fate(rng, sku, order.day, order.shipped, quantity, order.is_fba)
        } else {
            (None, None)
        };
        let click = campaigns::click(rng, sku, index, order.day);
        self.lines.push(AmazonLine {
            order: order.number,
            purchased: order.purchased,
            day: order.day,
            shipped: order.shipped,
            status: order.status,
            sku: index,
            quantity,
            price,
            promotion,
            shipping,
            shipping_promotion,
            tax: part(price - promotion, tax_rate, 10_000),
            shipping_tax: part(shipping - shipping_promotion, tax_rate, 10_000),
            place: order.place,
            is_fba: order.is_fba,
            is_business: order.is_business,
            returned,
            refunded,
            click: click.filter(|_| order.status != Status::Cancelled),
        });
    }

    /// The month-edge story: half of a bulk purchase on each of two days, shipped by the 30th,
    /// sent back unopened and refunded from the 1st to the 3rd.
    fn bulk_orders(&mut self, day: i64) {
        let index = self.skus.iter().position(|sku| sku.is(&MONTH_EDGE)).unwrap_or(0);
        let shipping_day = MONTH_EDGE.first_day() + 1;
        for half in 0..BULK_ORDERS / 2 {
            self.orders += 1;
            let purchased = instant(day, 32_400 + half * 1_140);
            let refund_day = MONTH_EDGE.last_day() - half % 3;
            let price = item(self.skus, index).price(day) * BULK_QUANTITY;
            self.lines.push(AmazonLine {
                order: self.orders,
                purchased,
                day,
                shipped: instant(shipping_day, 72_000 + half * 600),
                status: Status::Shipped,
                sku: index,
                quantity: BULK_QUANTITY,
                price,
                promotion: 0,
                shipping: 0,
                shipping_promotion: 0,
                tax: part(price, place(0).tax_rate, 10_000),
                shipping_tax: 0,
                place: 0,
                is_fba: true,
                is_business: true,
                returned: Some(Returned {
                    instant: instant(refund_day + 4, 50_000 + half * 90),
                    quantity: BULK_QUANTITY,
                    reason: "UNWANTED_ITEM",
                    disposition: "SELLABLE",
                }),
                refunded: Some(Refunded {
                    instant: instant(refund_day, 40_000 + half * 700),
                    quantity: BULK_QUANTITY,
                }),
                click: None,
            });
        }
    }
}

fn quantity(rng: &mut Rng, is_business: bool) -> i64 {
    if is_business {
        return rng.choose(&[(60, 1), (20, 2), (8, 4), (8, 6), (4, 12)]);
    }
    rng.choose(&[(925, 1), (55, 2), (15, 3), (5, 4)])
}

fn promotion_percent(rng: &mut Rng, day: i64) -> i64 {
    if is_sale_day(Channel::Amazon, day) {
        return rng.choose(&[(45, 0), (20, 15), (25, 20), (10, 25)]);
    }
    rng.choose(&[(880, 0), (80, 5), (40, 10)])
}

/// Carrier speed, a property of the order.
pub(super) fn service_level(order: i64) -> &'static str {
    at(&["Expedited", "Standard", "Expedited", "SecondDay", "NextDay"], order % 5)
}

/// Bought units per SKU and day (from `FIRST`) that leave Amazon's warehouses.
pub(super) fn fba_units(lines: &[AmazonLine], skus: usize) -> Vec<Vec<i64>> {
    let mut units = vec![vec![0; position(LAST - FIRST + 1)]; skus];
    for line in lines.iter().filter(|line| line.is_fba && line.is_bought()) {
        let day = position(line.day - FIRST);
        if let Some(cell) = units.get_mut(line.sku).and_then(|days| days.get_mut(day)) {
            *cell += line.quantity;
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::super::calendar::local_day;
    use super::super::products::skus;
    use super::super::stories::STOCK_OUT;
    use super::super::text::Layout;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn order_ids_differ_and_look_like_amazons() {
        let mut text = Text::new(Layout::Tabs, "\n");
        for order in 1..60_000 {
            order_id(&mut text, order).end_row();
        }
        let text = String::from_utf8(text.into_bytes()).unwrap();
        let ids: BTreeSet<&str> = text.lines().collect();
        assert_eq!(ids.len(), 59_999);
        assert!(ids.iter().all(|id| id.len() == 19 && id.starts_with("11")));
    }

    #[test]
    fn lines_are_shipped_one_to_three_days_later() {
        let skus = skus();
        let lines = amazon_lines(&skus);
        assert!(lines.len() > 30_000);
        for line in &lines {
            assert_eq!(local_day(line.purchased), line.day);
            let days = local_day(line.shipped) - line.day;
            let is_bulk = line.quantity == BULK_QUANTITY;
            assert!((1..=3).contains(&days) || is_bulk && (0..=1).contains(&days));
            assert_eq!(
                line.status == Status::Pending,
                line.is_bought() && local_day(line.shipped) > LAST
            );
            assert!(line.promotion < line.price && line.quantity > 0);
        }
    }

    #[test]
    fn the_best_seller_is_gone_for_sixteen_days() {
        let skus = skus();
        let lines = amazon_lines(&skus);
        let sold = |day| lines.iter().filter(|line| line.sku == 0 && line.day == day).count();
        assert_eq!(STOCK_OUT.last_day() - STOCK_OUT.first_day() + 1, 16);
        assert!((STOCK_OUT.first_day()..=STOCK_OUT.last_day()).all(|day| sold(day) == 0));
        let mut by_sku = vec![0; skus.len()];
        for line in &lines {
            by_sku[line.sku] += line.quantity;
        }
        assert_eq!(by_sku.iter().max(), by_sku.first());
    }
}
