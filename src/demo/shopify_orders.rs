//! Shopify · orders export: 79 columns; the first line of an order carries its totals.
//!
//! Dates carry the store's own offset. A refund is a total without a date, as in the real file.

use super::DemoFile;
use super::arithmetic::item;
use super::business::Business;
use super::places::{Place, buyer_name, place};
use super::products::Sku;
use super::shop::{ShopLine, ShopOrder, ShopStatus};
use super::text::{Layout, Text};

const HEADER: [&str; 79] = [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Fulfillment Status",
    "Fulfilled at",
    "Accepts Marketing",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Code",
    "Discount Amount",
    "Shipping Method",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem compare at price",
    "Lineitem sku",
    "Lineitem requires shipping",
    "Lineitem taxable",
    "Lineitem fulfillment status",
    "Billing Name",
    "Billing Street",
    "Billing Address1",
    "Billing Address2",
    "Billing Company",
    "Billing City",
    "Billing Zip",
    "Billing Province",
    "Billing Country",
    "Billing Phone",
    "Shipping Name",
    "Shipping Street",
    "Shipping Address1",
    "Shipping Address2",
    "Shipping Company",
    "Shipping City",
    "Shipping Zip",
    "Shipping Province",
    "Shipping Country",
    "Shipping Phone",
    "Notes",
    "Note Attributes",
    "Cancelled at",
    "Payment Method",
    "Payment Reference",
    "Refunded Amount",
    "Vendor",
    "Outstanding Balance",
    "Employee",
    "Location",
    "Device ID",
    "Id",
    "Tags",
    "Risk Level",
    "Source",
    "Lineitem discount",
    "Tax 1 Name",
    "Tax 1 Value",
    "Tax 2 Name",
    "Tax 2 Value",
    "Tax 3 Name",
    "Tax 3 Value",
    "Tax 4 Name",
    "Tax 4 Value",
    "Tax 5 Name",
    "Tax 5 Value",
    "Phone",
    "Receipt Number",
    "Duties",
    "Billing Province Name",
    "Shipping Province Name",
    "Payment ID",
    "Payment Terms Name",
    "Next Payment Due At",
    "Payment References",
];

pub(super) fn file(business: &Business) -> DemoFile {
    let mut text = Text::new(Layout::Commas, "\n");
    text.header(&HEADER);
    for order in &business.shop {
        let (first, last) = buyer_name(order.buyer);
        let email = format!("{first}.{last}.{}@example.com", order.buyer + 1).to_lowercase();
        for (index, line) in order.lines.iter().enumerate() {
            let sku = item(&business.skus, line.sku);
            text.cell().put("#").put_int(order.number);
            text.text(&email);
            if index == 0 {
                first_row(&mut text, order, line, sku);
            } else {
                next_row(&mut text, order, line, sku);
            }
            text.end_row();
        }
    }
    DemoFile { name: "orders_export.csv".to_owned(), bytes: text.into_bytes() }
}

/// Everything after the e-mail address, in the first row of an order.
fn first_row(text: &mut Text, order: &ShopOrder, line: &ShopLine, sku: &Sku) {
    let place = place(order.place);
    let is_paid = !matches!(order.status, ShopStatus::Voided | ShopStatus::Pending);
    totals(text, order, is_paid);
    line_item(text, order, line, sku);
    address(text, order, place);
    address(text, order, place);
    text.blank(2);
    if order.status == ShopStatus::Voided {
        text.with_offset(order.created + 5_400);
    } else {
        text.blank(1);
    }
    text.text("Shopify Payments");
    reference(text, order);
    text.cents(order.refunded).text(sku.brand);
    text.cents(if order.status == ShopStatus::Pending { order.total() } else { 0 });
    text.blank(3).int(6_630_000_000_000 + order.number * 32_771).blank(1).text("Low").text("web");
    text.cents(0);
    if order.tax > 0 {
        text.cell().put(place.state_name).put(" Sales Tax ");
        text.put_int(place.tax_rate / 100).put(".").put_padded(place.tax_rate % 100, 2).put("%");
        text.cents(order.tax);
    } else {
        text.blank(2);
    }
    text.blank(8).blank(3).text(place.state_name).text(place.state_name);
    reference(text, order);
    text.blank(2);
    reference(text, order);
}

/// Everything after the e-mail address, in the further rows of an order.
fn next_row(text: &mut Text, order: &ShopOrder, line: &ShopLine, sku: &Sku) {
    text.blank(13);
    line_item(text, order, line, sku);
    text.blank(26).text(sku.brand).blank(8).cents(0).blank(19);
}

fn totals(text: &mut Text, order: &ShopOrder, is_paid: bool) {
    text.text(match order.status {
        ShopStatus::Paid => "paid",
        ShopStatus::Refunded => "refunded",
        ShopStatus::PartiallyRefunded => "partially_refunded",
        ShopStatus::Voided => "voided",
        ShopStatus::Pending => "pending",
    });
    if is_paid {
        text.with_offset(order.created + 4);
    } else {
        text.blank(1);
    }
    match order.fulfilled {
        Some(fulfilled) => text.text("fulfilled").with_offset(fulfilled),
        None => text.text("unfulfilled").blank(1),
    };
    text.text(if order.buyer % 3 == 0 { "yes" } else { "no" }).text("USD");
    text.cents(order.gross - order.discount).cents(order.shipping).cents(order.tax);
    text.cents(order.total()).text(order.discount_code).cents(order.discount);
    text.text(if order.shipping > 0 { "Standard" } else { "Free Shipping" });
}

fn line_item(text: &mut Text, order: &ShopOrder, line: &ShopLine, sku: &Sku) {
    text.with_offset(order.created).int(line.quantity).text(&sku.title).cents(line.unit_price);
    text.blank(1).text(&sku.code).text("true").text("true");
    text.text(if order.fulfilled.is_some() { "fulfilled" } else { "pending" });
}

fn address(text: &mut Text, order: &ShopOrder, place: &Place) {
    let (first, last) = buyer_name(order.buyer);
    text.cell().put(first).put(" ").put(last);
    for _ in 0..2 {
        text.cell().put_int(100 + order.buyer % 880).put(" Example Ave");
    }
    text.blank(2).text(place.city).cell().put("'").put(place.postal_code);
    text.text(place.state).text("US").blank(1);
}

fn reference(text: &mut Text, order: &ShopOrder) {
    text.cell().put("rDEMO").put_padded(order.number * 48_271 % 100_000_000, 8);
}
