//! Amazon · date range transactions: the 30-column file of 2026, one per quarter.
//!
//! UTF-8 with byte order mark, three lines before the header, every cell quoted, Pacific time.

use super::DemoFile;
use super::amazon::order_id;
use super::arithmetic::item;
use super::business::{Business, quarters};
use super::calendar::{Civil, civil, instant, month_name};
use super::payments::{Amounts, Posting, Purpose};
use super::places::place;
use super::text::{Layout, Text};

const PREAMBLE: [&str; 3] = [
    "\"Includes Amazon Marketplace, Fulfillment by Amazon (FBA), and Amazon Webstore transactions\"",
    "\"All amounts in USD, unless specified\"",
    "\"Definitions:\"",
];

const HEADER: [&str; 30] = [
    "date/time",
    "settlement id",
    "type",
    "order id",
    "sku",
    "description",
    "quantity",
    "marketplace",
    "account type",
    "fulfillment",
    "order city",
    "order state",
    "order postal",
    "tax collection model",
    "product sales",
    "product sales tax",
    "shipping credits",
    "shipping credits tax",
    "gift wrap credits",
    "giftwrap credits tax",
    "Regulatory Fee",
    "Tax On Regulatory Fee",
    "promotional rebates",
    "promotional rebates tax",
    "marketplace withheld tax",
    "selling fees",
    "fba fees",
    "other transaction fees",
    "other",
    "total",
];

/// One file per quarter.
pub(super) fn files(business: &Business) -> Vec<DemoFile> {
    quarters().into_iter().map(|quarter| file(business, quarter)).collect()
}

fn file(business: &Business, (from, to): (i64, i64)) -> DemoFile {
    let mut text = Text::new(Layout::Quoted, "\n").with_byte_order_mark();
    for line in PREAMBLE {
        text.line(line);
    }
    text.header(&HEADER);
    let postings = &business.postings;
    let instants = instant(from, 0)..instant(to + 1, 0);
    for posting in postings.iter().filter(|posting| instants.contains(&posting.instant)) {
        row(&mut text, business, posting);
    }
    DemoFile { name: name((from, to)), bytes: text.into_bytes() }
}

/// `2026Jul1-2026Sep30CustomTransaction.csv`
fn name((from, to): (i64, i64)) -> String {
    let spell = |day| {
        let Civil { year, month, day } = civil(day);
        format!("{year}{}{day}", month_name(month))
    };
    format!("{}-{}CustomTransaction.csv", spell(from), spell(to))
}

fn row(text: &mut Text, business: &Business, posting: &Posting) {
    text.pacific(posting.instant).int(posting.settlement);
    match posting.purpose {
        Purpose::Order(line) => line_cells(text, business, posting, ("Order", line)),
        Purpose::Refund(line) => line_cells(text, business, posting, ("Refund", line)),
        Purpose::Advertising => plain_cells(text, "Service Fee", "Cost of Advertising"),
        Purpose::Subscription => plain_cells(text, "Service Fee", "Subscription"),
        Purpose::Storage => plain_cells(text, "FBA Inventory Fee", "FBA Inventory Storage Fee"),
        Purpose::Transfer => plain_cells(text, "Transfer", "To your account ending in: 042"),
        Purpose::Reimbursement(sku) => {
            text.text("Adjustment").blank(1).text(&item(&business.skus, sku).code);
            text.text("FBA Inventory Reimbursement - Lost:Warehouse")
                .int(posting.quantity)
                .blank(7);
        }
    }
    amounts(text, &posting.amounts);
    text.end_row();
}

fn plain_cells(text: &mut Text, kind: &str, description: &str) {
    text.text(kind).blank(2).text(description).blank(8);
}

fn line_cells(
    text: &mut Text,
    business: &Business,
    posting: &Posting,
    (kind, line): (&str, usize),
) {
    let line = item(&business.amazon, line);
    let sku = item(&business.skus, line.sku);
    let place = place(line.place);
    text.text(kind);
    order_id(text, line.order).text(&sku.code).text(&sku.title);
    text.int(posting.quantity).text("amazon.com").text("Standard Orders");
    text.text(if line.is_fba { "Amazon" } else { "Seller" });
    text.text(place.city).text(place.state).text(place.postal_code);
    text.text("MarketplaceFacilitator");
}

fn amounts(text: &mut Text, amounts: &Amounts) {
    let columns = [
        amounts.product_sales,
        amounts.product_sales_tax,
        amounts.shipping_credits,
        amounts.shipping_credits_tax,
        0,
        0,
        0,
        0,
        amounts.promotional_rebates,
        0,
        amounts.marketplace_withheld_tax,
        amounts.selling_fees,
        amounts.fba_fees,
        0,
        amounts.other,
        amounts.total(),
    ];
    for cents in columns {
        text.cents_grouped(cents);
    }
}
