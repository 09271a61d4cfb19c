//! Amazon All Orders files that restate each other, with what they add up to.

use std::{io::Write, ops::Range};

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
                    order: key,
                    sku: number % N_SKUS,
                    price_cents: self.price_cents,
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

/// A shipped order's line.
struct Line {
    order: u64,
    purchased: i64,
    updated: i64,
    sku: u64,
    price_cents: u64,
}

impl Line {
    fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        // The number itself is in it, so that no id comes twice.
        let id = format!("111-{:07}-{:07}", self.order / 10_000_000, self.order % 10_000_000);
        let (sku, price) = (self.sku, money(self.price_cents));
        write!(out, "{id}\t{id}\t{}\t{}\t", moment(self.purchased), moment(self.updated))?;
        write!(out, "Shipped\tAmazon\tAmazon.com\t\tStandard\tBin {sku}\tAB-{sku:04}\t")?;
        write!(out, "B0{}\tShipped\t1\tUSD\t{price}\t", 10_000_000 + sku * 137)?;
        out.write_all(b"\t\t\t\t\t\t\tAustin\tTX\t78701\tUS\t\tfalse\t\t\n")
    }
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn moment(seconds: i64) -> String {
    let (day, time) = (Day::from_seconds(seconds), seconds.rem_euclid(Day::SECONDS));
    format!("{day}T{:02}:{:02}:{:02}+00:00", time / 3600, time / 60 % 60, time % 60)
}
