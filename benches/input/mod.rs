//! The input: an Amazon All Orders report of any size, the same bytes on every machine.
//!
//! About 316 bytes a row. Orders have up to five lines, now and then two of the same SKU, so that
//! counting distinct orders is work; some rows are cancelled, pending or of another shop.

use std::{borrow::Cow, io::Write};

use linkstar_kpi::domain::Day;
use serde::Serialize;

const COLUMNS: [&str; 31] = [
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "order-channel",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "item-status",
    "quantity",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "promotion-ids",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
];

/// 2024-01-01, in days since the epoch; the orders go on for two years.
const FIRST_DAY: i64 = 19_723;
const N_DAYS: u64 = 731;
const N_SKUS: u64 = 500;
/// The shop's day begins at 08:00 UTC.
const MORNING: i64 = 8 * 3600;

/// How cells are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Tabs,
    Commas,
}

/// What a file adds up to. Every order lies in one month, so that the months' orders add up too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Totals {
    pub(crate) orders: u64,
    pub(crate) units: u64,
    pub(crate) gross_cents: u64,
    pub(crate) discount_cents: u64,
}

/// The totals that an engine must find.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Expected {
    /// Of all rows that are not cancelled: the task of the bare engines.
    pub(crate) task: Totals,
    /// Without other shops' orders: what the page shows as sales.
    pub(crate) sales: Totals,
}

/// Writes a file of `rows` rows.
pub(crate) fn write(out: &mut impl Write, rows: u64, form: Form) -> Expected {
    let products: Vec<Product> = (0..N_SKUS).map(Product::numbered).collect();
    let mut random = Random(42);
    let mut expected = Expected::default();
    write_row(out, &COLUMNS.map(Cow::Borrowed), form);
    let (mut row, mut number) = (0, 0);
    while row < rows {
        let purchased = moment(row, rows, &mut random);
        let order = Order::drawn(&mut random, number, purchased);
        let n_lines = n_lines(&mut random).min(rows - row);
        for item in items(&mut random, &products, n_lines) {
            write_row(out, &cells(&order, &item), form);
            expected.add_line(&order, &item);
        }
        expected.add_order(&order);
        row += n_lines;
        number += 1;
    }
    expected
}

impl Expected {
    fn add_line(&mut self, order: &Order, item: &Item) {
        let add = |totals: &mut Totals| {
            totals.units += item.quantity;
            totals.gross_cents += order.stated(item.price_cents());
            totals.discount_cents += order.stated(order.discount_cents(item));
        };
        self.each_that_has(order).for_each(add);
    }

    fn add_order(&mut self, order: &Order) {
        self.each_that_has(order).for_each(|totals| totals.orders += 1);
    }

    fn each_that_has(&mut self, order: &Order) -> impl Iterator<Item = &mut Totals> {
        let is_sale = order.state != State::Cancelled;
        let task = is_sale.then_some(&mut self.task);
        task.into_iter().chain((is_sale && !order.is_foreign).then_some(&mut self.sales))
    }
}

/// Seconds since the epoch of an order that begins at `row`: never earlier than the one before.
fn moment(row: u64, rows: u64, random: &mut Random) -> i64 {
    let step = (N_DAYS * 86_400 / rows).max(1);
    let seconds = row * (N_DAYS * 86_400) / rows + random.below(step);
    FIRST_DAY * Day::SECONDS + MORNING + i64::try_from(seconds).expect("two years")
}

fn n_lines(random: &mut Random) -> u64 {
    match random.below(100) {
        0..85 => 1,
        85..96 => 2,
        _ => 3 + random.below(3),
    }
}

fn items<'a>(random: &mut Random, products: &'a [Product], n_lines: u64) -> Vec<Item<'a>> {
    let mut items: Vec<Item> = Vec::new();
    for _ in 0..n_lines {
        let again = items.last().filter(|_| random.below(20) == 0).map(|item| item.product);
        let drawn = usize::try_from(random.skewed(N_SKUS)).expect("a small number");
        let quantity = if random.below(100) < 88 { 1 } else { 1 + random.below(4) };
        items.push(Item { product: again.unwrap_or(&products[drawn]), quantity });
    }
    items
}

fn write_row(out: &mut impl Write, cells: &[Cow<str>; 31], form: Form) {
    let row = match form {
        Form::Tabs => cells.join("\t"),
        Form::Commas => cells.each_ref().map(|cell| quoted(cell)).join(","),
    };
    writeln!(out, "{row}").expect("room for the file");
}

fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The SKU with this number; those of small numbers sell more.
pub(crate) fn sku(number: u64) -> String {
    Product::numbered(number).sku
}

#[derive(Debug)]
struct Product {
    sku: String,
    asin: String,
    name: String,
    cents: u64,
}

impl Product {
    fn numbered(number: u64) -> Self {
        let colour = pick(&COLOURS, number);
        Self {
            sku: format!("AB-{number:04}-{}", colour.to_uppercase()),
            asin: format!("B0{}", 10_000_000 + number * 137_731),
            name: format!("Brand{} {}, {colour}", number % 17, pick(&NAMES, number)),
            cents: 599 + number * 733 % 9_000,
        }
    }
}

#[derive(Debug)]
struct Item<'a> {
    product: &'a Product,
    quantity: u64,
}

impl Item<'_> {
    fn price_cents(&self) -> u64 {
        self.product.cents * self.quantity
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Shipped,
    Pending,
    Cancelled,
}

#[derive(Debug)]
struct Order {
    id: String,
    purchased: i64,
    updated: i64,
    state: State,
    /// Sent by Amazon for another shop.
    is_foreign: bool,
    is_promoted: bool,
    /// Decides what counts little.
    mark: u64,
}

impl Order {
    fn drawn(random: &mut Random, number: u64, purchased: i64) -> Self {
        let is_foreign = random.below(400) == 0;
        let prefix = if is_foreign { "S0" } else { "11" };
        // The factor shuffles the numbers below ten million, so that no id comes twice.
        let shuffled = number * 7_654_321 % 10_000_000;
        let mark = random.next();
        Self {
            id: format!("{prefix}{}-{:07}-{shuffled:07}", 1 + mark % 4, random.below(10_000_000)),
            purchased,
            updated: purchased + 3600 + i64::try_from(random.below(5 * 86_400)).expect("days"),
            state: match random.below(1000) {
                0..50 => State::Cancelled,
                50..65 => State::Pending,
                _ => State::Shipped,
            },
            is_foreign,
            is_promoted: random.below(100) < 18,
            mark,
        }
    }

    /// The report leaves amounts blank until an order is shipped.
    fn stated(&self, cents: u64) -> u64 {
        if self.state == State::Shipped { cents } else { 0 }
    }

    fn is_business(&self) -> bool {
        (self.mark >> 8).is_multiple_of(12)
    }

    fn is_sent_by_seller(&self) -> bool {
        (self.mark >> 16).is_multiple_of(5)
    }

    fn shipping_cents(&self) -> u64 {
        if self.is_sent_by_seller() && (self.mark >> 24).is_multiple_of(3) { 599 } else { 0 }
    }

    fn item_discount_cents(&self, item: &Item) -> u64 {
        if self.is_promoted { item.price_cents() / 10 } else { 0 }
    }

    fn shipping_discount_cents(&self) -> u64 {
        if self.is_promoted { self.shipping_cents() } else { 0 }
    }

    fn discount_cents(&self, item: &Item) -> u64 {
        self.item_discount_cents(item) + self.shipping_discount_cents()
    }

    /// Blank when there is nothing to state.
    fn money(&self, cents: u64) -> Cow<'static, str> {
        match self.stated(cents) {
            0 => Cow::Borrowed(""),
            cents => Cow::Owned(format!("{}.{:02}", cents / 100, cents % 100)),
        }
    }
}

fn cells<'a>(order: &'a Order, item: &'a Item) -> [Cow<'a, str>; 31] {
    let (status, item_status) = match order.state {
        State::Shipped => ("Shipped", "Shipped"),
        State::Pending => ("Pending", "Unshipped"),
        State::Cancelled => ("Cancelled", "Cancelled"),
    };
    let price = item.price_cents();
    let (city, state) = pick(&CITIES, order.mark);
    let text = Cow::Borrowed::<str>;
    let either = |is_so, then, other| text(if is_so { then } else { other });
    [
        text(&order.id),
        text(&order.id),
        date_and_time(order.purchased).into(),
        date_and_time(order.updated).into(),
        text(status),
        either(order.is_sent_by_seller(), "Merchant", "Amazon"),
        either(order.is_foreign, "Non-Amazon", "Amazon.com"),
        text(""),
        text(pick(&SERVICE_LEVELS, order.mark / 7)),
        text(&item.product.name),
        text(&item.product.sku),
        text(&item.product.asin),
        text(item_status),
        item.quantity.to_string().into(),
        either(order.state == State::Shipped, "USD", ""),
        order.money(price),
        order.money(price * 8 / 100),
        order.money(order.shipping_cents()),
        order.money(order.shipping_cents() * 8 / 100),
        text(""),
        text(""),
        order.money(order.item_discount_cents(item)),
        order.money(order.shipping_discount_cents()),
        text(city),
        text(state),
        format!("{:05}-{:04}", 10_000 + order.mark % 89_999, order.mark % 9_973).into(),
        text("US"),
        either(order.is_promoted, PROMOTION, ""),
        either(order.is_business(), "true", "false"),
        text(""),
        either(order.is_business(), "Business Price", ""),
    ]
}

fn date_and_time(seconds: i64) -> String {
    let (day, time) = (Day::from_seconds(seconds), seconds.rem_euclid(Day::SECONDS));
    format!("{day}T{:02}:{:02}:{:02}+00:00", time / 3600, time / 60 % 60, time % 60)
}

const PROMOTION: &str = "US Core Free Shipping 2015/04/08 23-48-21-548 PLM-8f2b6c1e-7a55-4f4a";
const SERVICE_LEVELS: [&str; 4] = ["Standard", "SecondDay", "NextDay", "Expedited"];
const COLOURS: [&str; 6] = ["Black", "White", "Navy", "Grey", "Red", "Green"];
const CITIES: [(&str, &str); 6] = [
    ("LOS ANGELES", "CA"),
    ("San Francisco", "CA"),
    ("HOUSTON", "TX"),
    ("BROOKLYN", "NY"),
    ("Cañon City", "CO"),
    ("Indianapolis", "IN"),
];
const NAMES: [&str; 5] = [
    "Heavy Duty Storage Bin for Home and Office, Gift Ready Packaging",
    "Foldable Travel Pillow with Carry Bag and Cleaning Cloth, 2 Pack",
    "12\" Cutting Board – Dishwasher Safe, BPA Free, Compatible with Most Models",
    "Adjustable Phone Stand™ for Men and Women, Indoor and Outdoor Use",
    "Stainless Steel Water Bottle, Eco Friendly, Easy Install, Non-Slip",
];

fn pick<T: Copy>(list: &[T], number: u64) -> T {
    let at = number % u64::try_from(list.len()).expect("a short list");
    list[usize::try_from(at).expect("a short list")]
}

/// A small generator; the same numbers on every machine.
#[derive(Debug, Clone)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Small numbers come more often.
    fn skewed(&mut self, limit: u64) -> u64 {
        let limit_of_this = 1 + self.below(limit);
        self.below(limit_of_this)
    }
}
