//! `TikTok` Shop · US orders: 57 columns, a row of descriptions under the header, byte order mark.
//!
//! Ids, texts and times end in a TAB, as the real file guards them. Order-level amounts (shipping,
//! taxes, order amount, refund) repeat on every SKU row of an order.

use super::DemoFile;
use super::arithmetic::item;
use super::business::Business;
use super::marketplaces::{TikTokLine, TikTokOrder};
use super::places::{Place, buyer_name, place};
use super::products::Sku;
use super::text::{Layout, Text};

/// Column names and what the row under them says.
const HEADER: [(&str, &str); 57] = [
    ("Order ID", "Platform unique order ID."),
    ("Order Status", "Order status."),
    ("Order Substatus", "Order substatus."),
    ("Cancelation/Return Type", "Cancel or Return/Refund."),
    ("Normal or Pre-order", "Order type."),
    ("SKU ID", "Platform unique SKU ID."),
    ("Seller SKU", "SKU ID in the seller's system."),
    ("Product Name", "Product name."),
    ("Variation", "Variation of the SKU."),
    ("Quantity", "SKU sold quantity in the order."),
    ("Sku Quantity of return", "Returned quantity of the SKU."),
    ("SKU Unit Original Price", "Original price of one unit."),
    ("SKU Subtotal Before Discount", "Unit price times quantity."),
    ("SKU Platform Discount", "Discount paid by the platform."),
    ("SKU Seller Discount", "Discount paid by the seller."),
    ("SKU Subtotal After Discount", "Subtotal less both discounts."),
    ("Shipping Fee After Discount", "Shipping paid by the buyer."),
    ("Original Shipping Fee", "Shipping before discounts."),
    ("Shipping Fee Seller Discount", "Shipping paid by the seller."),
    ("Shipping Fee Platform Discount", "Shipping paid by the platform."),
    ("Taxes", "Taxes of the order."),
    ("Small Order Fee", "Fee of small orders."),
    ("Order Amount", "What the buyer paid."),
    ("Order Refund Amount", "What the buyer got back."),
    ("Created Time", "Time of creation."),
    ("Paid Time", "Time of payment."),
    ("RTS Time", "Time when ready to ship."),
    ("Shipped Time", "Time of shipping."),
    ("Delivered Time", "Time of delivery."),
    ("Cancelled Time", "Time of cancelation."),
    ("Cancel By", "Who canceled."),
    ("Cancel Reason", "Why it was canceled."),
    ("Fulfillment Type", "Who ships."),
    ("Warehouse Name", "Warehouse."),
    ("Tracking ID", "Tracking number."),
    ("Delivery Option", "Delivery option."),
    ("Shipping Provider Name", "Carrier."),
    ("Buyer Message", "Message of the buyer."),
    ("Buyer Username", "User name of the buyer."),
    ("Recipient", "Recipient."),
    ("Phone #", "Phone number."),
    ("Zipcode", "ZIP code."),
    ("Country", "Country."),
    ("State", "State."),
    ("County", "County."),
    ("City", "City."),
    ("Districts", ""),
    ("Villages", ""),
    ("Detail Address", "Street and number."),
    ("Additional address information", ""),
    ("Payment Method", "Payment method."),
    ("Weight(kg)", "Weight of the package."),
    ("Product Category", "Category."),
    ("Package ID", "Package."),
    ("Seller Note", ""),
    ("Checked Status", ""),
    ("Checked Marked by", ""),
];

pub(super) fn file(business: &Business) -> DemoFile {
    let mut text = Text::new(Layout::Commas, "\n").with_byte_order_mark();
    for (name, _) in HEADER {
        text.text(name);
    }
    text.end_row();
    for (_, description) in HEADER {
        text.text(description);
    }
    text.end_row();
    for order in &business.tiktok {
        for line in &order.lines {
            let sku = item(&business.skus, line.sku);
            status(&mut text, order, line);
            goods(&mut text, order, line, sku);
            times(&mut text, order);
            delivery(&mut text, order, sku);
            text.end_row();
        }
    }
    DemoFile { name: "tiktok_shop_all_orders.csv".to_owned(), bytes: text.into_bytes() }
}

fn status(text: &mut Text, order: &TikTokOrder, line: &TikTokLine) {
    let (status, substatus) = match (order.cancelled, order.delivered, order.shipped) {
        (Some(_), ..) => ("Cancelled", ""),
        (None, Some(_), _) => ("Completed", "Delivered"),
        (None, None, Some(_)) => ("Shipped", "In transit"),
        (None, None, None) => ("To ship", "Awaiting shipment"),
    };
    text.cell().put_int(577_000_000_000_000_000 + order.number * 7_919_000_017).put("\t");
    text.text(status).text(substatus);
    text.text(match order.cancelled {
        Some(_) => "Cancel",
        None if line.returned > 0 => "Return/Refund",
        None => "",
    });
    text.text("Normal");
}

fn goods(text: &mut Text, order: &TikTokOrder, line: &TikTokLine, sku: &Sku) {
    text.cell().put_int(1_729_500_000_000_000_000 + sku.number * 104_729).put("\t");
    text.cell().put(&sku.code).put("\t");
    text.text(&sku.title).text(sku.colour).int(line.quantity).int(line.returned);
    let amounts = [
        line.unit_price,
        line.before_discount(),
        line.platform_discount,
        line.seller_discount,
        line.after_discount(),
        order.shipping - order.shipping_platform_discount,
        order.shipping,
        0,
        order.shipping_platform_discount,
        order.tax,
        0,
        order.amount(),
        order.refunded,
    ];
    for cents in amounts {
        text.dollars(cents);
    }
}

fn times(text: &mut Text, order: &TikTokOrder) {
    let cancelled = order.cancelled.map(|cancelled| cancelled.instant);
    let paid = Some(order.created + 14);
    let instants =
        [Some(order.created), paid, order.ready, order.shipped, order.delivered, cancelled];
    for instant in instants {
        text.cell();
        if let Some(instant) = instant {
            text.put_us_clock(instant).put("\t");
        }
    }
    let (by, reason) =
        order.cancelled.map_or(("", ""), |cancelled| (cancelled.by, cancelled.reason));
    text.text(by).text(reason).text("Fulfillment by seller").text("Demo Warehouse Ontario CA");
}

fn delivery(text: &mut Text, order: &TikTokOrder, sku: &Sku) {
    let Place { state_name, county, city, postal_code, .. } = place(order.place);
    let (first, last) = buyer_name(order.buyer);
    text.cell();
    if order.shipped.is_some() {
        text.put("DEMO").put_padded(order.number, 12).put("\t");
    }
    text.text("Standard shipping").text(if order.shipped.is_some() { "USPS" } else { "" }).blank(1);
    text.cell().put("demo_buyer_").put_int(order.buyer);
    text.cell().put(first).put(" ").put(last);
    text.cell().put("(555) 555-01").put_padded(order.buyer % 100, 2);
    text.cell().put(postal_code).put("\t");
    text.text("United States").text(state_name).text(county).text(city).blank(2);
    text.cell().put_int(100 + order.buyer % 880).put(" Example Ave");
    text.blank(1).text("Card").cents(sku.volume * 3 + 20).text(sku.category);
    text.cell().put_int(1_153_000_000_000_000 + order.number * 30_011).put("\t");
    text.blank(3);
}
