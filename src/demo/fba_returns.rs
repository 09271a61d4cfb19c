//! Amazon · FBA customer returns: one row per unit, UTC, as the US file has it.

use super::DemoFile;
use super::amazon::{AmazonLine, order_id};
use super::arithmetic::{at, item};
use super::business::Business;
use super::text::{Layout, Text};

const HEADER: [&str; 13] = [
    "return-date",
    "order-id",
    "sku",
    "asin",
    "fnsku",
    "product-name",
    "quantity",
    "fulfillment-center-id",
    "detailed-disposition",
    "reason",
    "status",
    "license-plate-number",
    "customer-comments",
];

pub(super) fn file(business: &Business) -> DemoFile {
    let mut text = Text::new(Layout::Quoted, "\n");
    text.header(&HEADER);
    let mut returned: Vec<_> = business
        .amazon
        .iter()
        .filter_map(|line| line.returned.map(|returned| (returned.instant, line, returned)))
        .collect();
    returned.sort_by_key(|(instant, line, _)| (*instant, line.order));
    let mut plate = 0;
    for (instant, line, returned) in returned {
        for _ in 0..returned.quantity {
            plate += 1;
            text.utc(instant);
            row(&mut text, business, line, plate);
        }
    }
    DemoFile { name: "FBA_customer_returns.csv".to_owned(), bytes: text.into_bytes() }
}

fn row(text: &mut Text, business: &Business, line: &AmazonLine, plate: i64) {
    let Some(returned) = line.returned else { return };
    let sku = item(&business.skus, line.sku);
    order_id(text, line.order).text(&sku.code).text(&sku.asin).text(&sku.fnsku);
    text.text(&sku.title).int(1);
    text.text(at(&["CVG2", "TUS1", "LAS7", "IND9", "RIC1"], plate % 5));
    text.text(returned.disposition).text(returned.reason);
    text.text(match returned.disposition {
        "SELLABLE" => "Unit returned to inventory",
        _ => "Reimbursed",
    });
    text.cell().put("LPNDM").put_padded(plate * 7_919 % 1_000_000_000, 9);
    text.text(if returned.reason == "DEFECTIVE" { "stopped working" } else { "" });
    text.end_row();
}
