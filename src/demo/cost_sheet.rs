//! The seller's own cost sheet: landed cost per unit, with a second layer where tariffs rose.

use super::DemoFile;
use super::business::Business;
use super::calendar::day;
use super::products::{Sku, TARIFF_DAY};
use super::text::{Layout, Text};

const HEADER: [&str; 7] =
    ["SKU", "Product name", "Brand", "Category", "Cost", "Currency", "Valid from"];

/// The first layer holds from before the first sale.
const FIRST_LAYER: i64 = day(2025, 1, 1);

pub(super) fn file(business: &Business) -> DemoFile {
    let mut text = Text::new(Layout::Commas, "\n");
    text.header(&HEADER);
    for sku in &business.skus {
        layer(&mut text, sku, FIRST_LAYER);
        if sku.cost_after_tariffs().is_some() {
            layer(&mut text, sku, TARIFF_DAY);
        }
    }
    DemoFile { name: "cost_sheet.csv".to_owned(), bytes: text.into_bytes() }
}

fn layer(text: &mut Text, sku: &Sku, from: i64) {
    text.text(&sku.code).text(&sku.title).text(sku.brand).text(sku.category);
    text.cents(sku.cost(from)).text("USD").iso_day(from).end_row();
}
