//! Amazon All Orders files of any size, with what they add up to.

use std::{
    fs::File,
    io::{BufWriter, Write},
    ops::Range,
    path::Path,
};

use linkstar_kpi::domain::Day;

const HEADER: &str = "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\t\
    order-status\tfulfillment-channel\tsales-channel\torder-channel\tship-service-level\t\
    product-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\t\
    shipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\t\
    ship-promotion-discount\tship-city\tship-state\tship-postal-code\tship-country\t\
    promotion-ids\tis-business-order\tpurchase-order-number\tprice-designation\n";

const N_SKUS: u64 = 500;
/// 12:00 UTC is the same day in Los Angeles.
const NOON: i64 = 12 * 3600;

/// What a file adds up to, without what is no sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Totals {
    pub(crate) orders: u64,
    pub(crate) units: u64,
    pub(crate) gross_cents: u64,
}

impl Totals {
    /// As the page writes money exactly: no zeros at the end.
    pub(crate) fn gross(self) -> String {
        let text = format!("{}.{:02}", self.gross_cents / 100, self.gross_cents % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// Orders of one unit each, the same number on every day, as stated on a later day.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    /// Days since the epoch.
    pub(crate) days: Range<i32>,
    pub(crate) orders_a_day: u64,
    pub(crate) price_cents: u64,
    /// Days since the epoch: all rows were updated then.
    pub(crate) updated: i32,
}

impl Statement {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = HEADER.as_bytes().to_vec();
        for day in self.days.clone() {
            for number in 0..self.orders_a_day {
                let key = u64::try_from(day).unwrap() * 1000 + number;
                let line = Line {
                    purchased: i64::from(day) * Day::SECONDS + NOON,
                    updated: i64::from(self.updated) * Day::SECONDS + NOON,
                    sku: number % N_SKUS,
                    price_cents: self.price_cents,
                    ..Line::of_order(key)
                };
                line.write(&mut out).unwrap();
            }
        }
        out
    }

    /// Of the days `days` of it.
    pub(crate) fn totals(&self, days: Range<i32>) -> Totals {
        let n_days = days.len().min(self.days.len());
        let orders = u64::try_from(n_days).unwrap() * self.orders_a_day;
        Totals { orders, units: orders, gross_cents: orders * self.price_cents }
    }
}

/// Writes `rows` rows of a busy shop in 2024 and 2025, about 316 bytes each.
pub(crate) fn write_large(path: &Path, rows: u64) -> Totals {
    const FIRST_DAY: i64 = 19_723;
    const N_DAYS: u64 = 731;
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path).expect("a file"));
    let mut totals = Totals::default();
    let mut random = Random(42);
    out.write_all(HEADER.as_bytes()).unwrap();
    let mut row = 0;
    while row < rows {
        let day = FIRST_DAY + i64::try_from(row * N_DAYS / rows).unwrap();
        let n_lines = match random.below(100) {
            0..85 => 1,
            85..96 => 2,
            _ => 3,
        };
        let order = Line::random_order(&mut random, row, day);
        let first_sku = random.skewed(N_SKUS);
        for line in 0..n_lines.min(rows - row) {
            // Of one order, so that no key comes twice.
            let sku = (first_sku + line * 7) % N_SKUS;
            let quantity = if random.below(100) < 88 { 1 } else { 1 + random.below(4) };
            let price_cents = quantity * (599 + (sku * 733) % 9_000);
            let line = Line { sku, quantity, price_cents, ..order.clone() };
            line.write(&mut out).unwrap();
            if line.is_sale() {
                totals.units += quantity;
                totals.gross_cents += if line.is_pending { 0 } else { price_cents };
            }
        }
        totals.orders += u64::from(order.is_sale());
        row += n_lines;
    }
    out.flush().unwrap();
    totals
}

#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row of the file has that many yes-or-no cells"
)]
struct Line {
    order: u64,
    purchased: i64,
    updated: i64,
    is_cancelled: bool,
    is_pending: bool,
    /// Sent by Amazon for another shop.
    is_foreign: bool,
    is_promoted: bool,
    sku: u64,
    quantity: u64,
    price_cents: u64,
}

impl Line {
    fn of_order(order: u64) -> Self {
        Self {
            order,
            purchased: 0,
            updated: 0,
            is_cancelled: false,
            is_pending: false,
            is_foreign: false,
            is_promoted: false,
            sku: 0,
            quantity: 1,
            price_cents: 0,
        }
    }

    fn random_order(random: &mut Random, number: u64, day: i64) -> Self {
        let second = i64::try_from(random.below(86_400)).unwrap();
        let delay = 3600 + i64::try_from(random.below(5 * 86_400)).unwrap();
        let purchased = day * Day::SECONDS + second;
        let fate = random.below(1000);
        Self {
            purchased,
            updated: purchased + delay,
            is_cancelled: fate < 50,
            is_pending: (50..65).contains(&fate),
            is_foreign: random.below(400) == 0,
            is_promoted: random.below(100) < 18,
            ..Self::of_order(number)
        }
    }

    fn is_sale(&self) -> bool {
        !self.is_cancelled && !self.is_foreign
    }

    fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        let hash = mixed(self.order);
        let prefix = if self.is_foreign { "S0" } else { "11" };
        // The number itself is in it, so that no id comes twice.
        let id = format!(
            "{prefix}{}-{:07}-{:07}",
            1 + hash % 4,
            hash % 10_000_000,
            self.order % 10_000_000
        );
        let (status, item_status) = match (self.is_cancelled, self.is_pending) {
            (true, _) => ("Cancelled", "Cancelled"),
            (_, true) => ("Pending", "Unshipped"),
            _ => ("Shipped", "Shipped"),
        };
        let by = if hash.is_multiple_of(5) { "Merchant" } else { "Amazon" };
        let channel = if self.is_foreign { "Non-Amazon" } else { "Amazon.com" };
        let (sku, colour) = (self.sku, COLOURS[usize::try_from(self.sku % 6).unwrap()]);
        let name = NAMES[usize::try_from(self.sku % 5).unwrap()];
        let asin = 10_000_000 + sku * 137;
        write!(out, "{id}\t{id}\t{}\t{}\t", moment(self.purchased), moment(self.updated))?;
        write!(out, "{status}\t{by}\t{channel}\t\tStandard\t")?;
        write!(out, "Brand{} {name}, {colour}\tAB-{sku:04}-{colour}\tB0{asin}\t", sku % 17)?;
        let quantity = if self.is_cancelled { 0 } else { self.quantity };
        write!(out, "{item_status}\t{quantity}\t")?;
        if self.is_cancelled || self.is_pending {
            out.write_all(b"\t\t\t\t\t\t\t\t\t")?;
        } else {
            let tax = self.price_cents * 8 / 100;
            write!(out, "USD\t{}\t{}\t\t\t\t\t", money(self.price_cents), money(tax))?;
            if self.is_promoted {
                write!(out, "{}", money(self.price_cents / 10))?;
            }
            out.write_all(b"\t\t")?;
        }
        let (city, state) = CITIES[usize::try_from(hash % 6).unwrap()];
        write!(out, "{city}\t{state}\t{:05}-{:04}\tUS\t", 10_000 + hash % 89_999, hash % 9_999)?;
        if self.is_promoted {
            out.write_all(b"US Core Free Shipping 2015/04/08 23-48-21-548 PLM-8f2b6c1e-7a55")?;
        }
        out.write_all(b"\tfalse\t\t\n")
    }
}

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

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn moment(seconds: i64) -> String {
    let (day, time) = (Day::from_seconds(seconds), seconds.rem_euclid(Day::SECONDS));
    format!("{day}T{:02}:{:02}:{:02}+00:00", time / 3600, time / 60 % 60, time % 60)
}

/// A small generator; the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
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

fn mixed(number: u64) -> u64 {
    let mut mixed = number;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
