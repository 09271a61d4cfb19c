//! Amazon · Manage FBA Inventory: snapshots, their day in the file name.
//!
//! total = fulfillable + unsellable + reserved + inbound, as in the real files.

use super::DemoFile;
use super::business::Business;
use super::calendar::{Civil, civil};
use super::products::Sku;
use super::stock::{Snapshot, snapshot_days};
use super::text::{Layout, Text};

const HEADER: [&str; 21] = [
    "sku",
    "fnsku",
    "asin",
    "product-name",
    "condition",
    "your-price",
    "mfn-listing-exists",
    "mfn-fulfillable-quantity",
    "afn-listing-exists",
    "afn-warehouse-quantity",
    "afn-fulfillable-quantity",
    "afn-unsellable-quantity",
    "afn-reserved-quantity",
    "afn-total-quantity",
    "per-unit-volume",
    "afn-inbound-working-quantity",
    "afn-inbound-shipped-quantity",
    "afn-inbound-receiving-quantity",
    "afn-researching-quantity",
    "afn-reserved-future-supply",
    "afn-future-supply-buyable",
];

/// One file per snapshot.
pub(super) fn files(business: &Business) -> Vec<DemoFile> {
    snapshot_days().into_iter().map(|day| file(business, day)).collect()
}

fn file(business: &Business, on: i64) -> DemoFile {
    let mut text = Text::new(Layout::Quoted, "\n");
    text.header(&HEADER);
    for (index, sku) in business.skus.iter().enumerate().filter(|(_, sku)| sku.launch <= on) {
        row(&mut text, sku, on, business.stock.snapshot(index, on));
    }
    let Civil { year, month, day } = civil(on);
    DemoFile {
        name: format!("FBA_inventory_{year}-{month:02}-{day:02}.csv"),
        bytes: text.into_bytes(),
    }
}

fn row(text: &mut Text, sku: &Sku, on: i64, seen: Snapshot) {
    text.text(&sku.code).text(&sku.fnsku).text(&sku.asin).text(&sku.title).text("New");
    text.cents(sku.price(on)).text("No").blank(1).text("Yes");
    let counts = [
        seen.warehouse(),
        seen.fulfillable,
        seen.unsellable,
        seen.reserved,
        seen.warehouse() + seen.inbound(),
    ];
    for count in counts {
        text.int(count);
    }
    text.cents(sku.volume).int(seen.working).int(seen.shipped).int(seen.receiving);
    text.int(0).int(0).int(0).end_row();
}
