//! Walmart Marketplace · orders (PO data): 37 columns.
//!
//! `Item Cost` is written as the line's total (price × quantity): the sample at hand has 47.98 for
//! two units of what costs 23.99 elsewhere in it.

use super::DemoFile;
use super::arithmetic::{item, whole};
use super::business::Business;
use super::marketplaces::{WalmartLine, WalmartOrder, WalmartStatus};
use super::places::{buyer_name, place};
use super::products::Sku;
use super::text::{Layout, Text};

const HEADER: [&str; 37] = [
    "PO#",
    "Order#",
    "Order Date",
    "Ship By",
    "Delivery Date",
    "Customer Name",
    "Customer Shipping Address",
    "Customer Phone Number",
    "Ship to Address 1",
    "Ship to Address 2",
    "City",
    "State",
    "Zip",
    "Segment",
    "FLIDS",
    "Line#",
    "UPC",
    "Status",
    "Item Description",
    "Shipping Method",
    "Shipping Tier",
    "Shipping SLA",
    "Shipping Config SOurce",
    "Qty",
    "SKU",
    "Item Cost",
    "Shipping Cost",
    "Tax",
    "Update Status",
    "Update Qty",
    "Carrier",
    "Tracking Number",
    "Tracking Url",
    "Seller Order NO",
    "Fulfillment Entity",
    "Replacement Order",
    "Original Customer Order Id",
];

pub(super) fn file(business: &Business) -> DemoFile {
    let mut text = Text::new(Layout::Commas, "\n");
    text.header(&HEADER);
    for order in &business.walmart {
        for (index, line) in order.lines.iter().enumerate() {
            buyer(&mut text, order);
            goods(&mut text, order, whole(index) + 1, (line, item(&business.skus, line.sku)));
            tracking(&mut text, order);
            text.end_row();
        }
    }
    DemoFile { name: "walmart_po_orders.csv".to_owned(), bytes: text.into_bytes() }
}

fn buyer(text: &mut Text, order: &WalmartOrder) {
    let place = place(order.place);
    let (first, last) = buyer_name(order.number);
    let street = format!("{} Example Ave", 100 + order.number % 880);
    let address = format!("{street}, {}, {} {}", place.city, place.state, place.postal_code);
    text.int(4_792_310_000_000 + order.number * 1_009);
    text.int(200_013_000_000_000 + order.number * 700_001);
    text.iso_day(order.day).iso_day(order.ship_by).iso_day(order.deliver_by);
    text.cell().put(first).put(" ").put(last);
    text.text(&address).cell().put("55555501").put_padded(order.number % 100, 2);
    text.text(&street).blank(1).text(place.city).text(place.state).text(place.postal_code).blank(2);
}

fn goods(text: &mut Text, order: &WalmartOrder, number: i64, (line, sku): (&WalmartLine, &Sku)) {
    let is_first = number == 1;
    text.int(number).text(&upc(sku.number));
    text.text(match order.status {
        WalmartStatus::Created => "Created",
        WalmartStatus::Acknowledged => "Acknowledged",
        WalmartStatus::Shipped => "Shipped",
        WalmartStatus::Delivered => "Delivered",
        WalmartStatus::Cancelled => "Cancelled",
    });
    text.text(&sku.title).text("Value").text("Value").int(3).blank(1);
    text.int(line.quantity).text(&sku.code).cents(line.unit_price * line.quantity);
    text.cents(if is_first { order.shipping } else { 0 }).cents(line.tax);
}

fn tracking(text: &mut Text, order: &WalmartOrder) {
    text.blank(2);
    if matches!(order.status, WalmartStatus::Shipped | WalmartStatus::Delivered) {
        text.text("FedEx").cell().put("DEMO").put_padded(order.number, 10);
    } else {
        text.blank(2);
    }
    text.blank(2).text("Seller Fulfilled").text("N").blank(1);
}

/// Twelve digits from the range reserved for use inside a company, with a valid check digit.
fn upc(number: i64) -> String {
    let digits = format!("2{:010}", number * 137);
    let sum: i64 = digits
        .bytes()
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| i64::from(digit - b'0') * weight)
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upcs_have_twelve_digits_and_check() {
        for number in 1..=120 {
            let upc = upc(number);
            let sum: i64 = upc
                .bytes()
                .enumerate()
                .map(|(place, digit)| i64::from(digit - b'0') * if place % 2 == 0 { 3 } else { 1 })
                .sum();
            assert_eq!((upc.len(), sum % 10), (12, 0), "{upc}");
        }
    }
}
