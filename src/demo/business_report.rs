//! Amazon · business report by date: daily rows with the column names of 2026.
//!
//! Sales, units and items are those of the bought lines of the Pacific day; a row's B2B columns
//! are a part of it. Cancelled orders are left out here, so that the report ties to All Orders.

use super::DemoFile;
use super::arithmetic::{item, part, position, whole};
use super::business::Business;
use super::calendar::{DAYS, FIRST};
use super::demand::{Channel, is_sale_day};
use super::rng::Rng;
use super::text::{Layout, Text};

const HEADER: [&str; 17] = [
    "Date",
    "Ordered Product Sales",
    "Ordered Product Sales - B2B",
    "Units Ordered",
    "Units Ordered - B2B",
    "Total Order Items",
    "Total Order Items - B2B",
    "Page Views - Total",
    "Page Views - Total - B2B",
    "Sessions - Total",
    "Sessions - Total - B2B",
    "Featured Offer (Buy Box) Percentage",
    "Featured Offer (Buy Box) Percentage - B2B",
    "Unit Session Percentage",
    "Unit Session Percentage - B2B",
    "Average Offer Count",
    "Average Parent Items",
];

/// What one day's row holds, once for all buyers and once for business buyers.
#[derive(Clone, Copy, Default)]
struct Sold {
    sales: i64,
    units: i64,
    items: i64,
}

#[derive(Clone, Copy, Default)]
struct Day {
    all: Sold,
    business: Sold,
}

pub(super) fn file(business: &Business) -> DemoFile {
    let mut rng = Rng::stream(20);
    let mut text = Text::new(Layout::Quoted, "\n").with_byte_order_mark();
    text.header(&HEADER);
    for (index, day) in days(business).iter().enumerate() {
        let expected = *item(&business.amazon_traffic, index);
        row(&mut text, &mut rng, FIRST + whole(index), (day, expected));
    }
    DemoFile {
        name: "BusinessReport-ByDate-2025-05-01_2026-10-31.csv".to_owned(),
        bytes: text.into_bytes(),
    }
}

fn days(business: &Business) -> Vec<Day> {
    let mut days = vec![Day::default(); position(DAYS)];
    for line in business.amazon.iter().filter(|line| line.is_bought()) {
        let Some(day) = days.get_mut(position(line.day - FIRST)) else { continue };
        let parts = [Some(&mut day.all), Some(&mut day.business).filter(|_| line.is_business)];
        for sold in parts.into_iter().flatten() {
            sold.sales += line.price;
            sold.units += line.quantity;
            sold.items += 1;
        }
    }
    days
}

fn row(text: &mut Text, rng: &mut Rng, on: i64, (day, expected_milli): (&Day, i64)) {
    // About ten orders per hundred sessions, a few more when things are reduced.
    let per_order = if is_sale_day(Channel::Amazon, on) { 84 } else { 103 };
    let sessions = rng.scatter(expected_milli * per_order / 10_000, 6);
    let views = part(sessions, rng.between(126, 138), 100);
    let business_sessions = part(sessions, rng.between(28, 37), 1_000).max(day.business.items);
    let business_views = part(business_sessions, 128, 100);
    let featured = rng.between(9_610, 9_940);
    text.us_day(on).dollars_grouped(day.all.sales).dollars_grouped(day.business.sales);
    let counts = [
        (day.all.units, day.business.units),
        (day.all.items, day.business.items),
        (views, business_views),
        (sessions, business_sessions),
    ];
    for (all, business) in counts {
        text.grouped(all).grouped(business);
    }
    text.percent(featured, 10_000).percent(10_000 - (10_000 - featured) / 2, 10_000);
    text.percent(day.all.units, sessions).percent(day.business.units, business_sessions);
    text.int(rng.between(118, 122)).int(30).end_row();
}
