//! Amazon · All Orders: the 32-column US flat file, one per quarter.
//!
//! TAB, no quoting, UTC. A cancelled line has quantity 0 and no price; a pending one has no tax
//! yet; orders sent for the brand's own store stand as `Non-Amazon` with an `S01-` id.

use super::DemoFile;
use super::amazon::{AmazonLine, Status, order_id, service_level};
use super::arithmetic::item;
use super::business::{Business, quarters};
use super::calendar::{Civil, civil};
use super::places::place;
use super::products::Sku;
use super::shop::ShopOrder;
use super::text::{Layout, Text};

const HEADER: [&str; 32] = [
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "order-channel",
    "url",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "item-status",
    "quantity",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "promotion-ids ",
    "is-business-order",
    "purchase-order-number",
    "price-designation ",
];

/// One file per quarter.
pub(super) fn files(business: &Business) -> Vec<DemoFile> {
    quarters().into_iter().map(|quarter| file(business, quarter)).collect()
}

fn file(business: &Business, (from, to): (i64, i64)) -> DemoFile {
    let mut text = Text::new(Layout::Tabs, "\n");
    text.header(&HEADER);
    let lines = business.amazon.iter().filter(|line| (from..=to).contains(&line.day));
    let mut sent = business
        .shop
        .iter()
        .filter(|order| order.is_multi_channel && (from..=to).contains(&order.day))
        .peekable();
    for line in lines {
        while let Some(order) = sent.next_if(|order| order.created <= line.purchased) {
            multi_channel_row(&mut text, &business.skus, order);
        }
        row(&mut text, item(&business.skus, line.sku), line);
    }
    for order in sent {
        multi_channel_row(&mut text, &business.skus, order);
    }
    DemoFile { name: name((from, to)), bytes: text.into_bytes() }
}

fn name((from, to): (i64, i64)) -> String {
    let spell = |day| {
        let Civil { year, month, day } = civil(day);
        format!("{year}-{month:02}-{day:02}")
    };
    format!("amazon_all_orders_{}_{}.txt", spell(from), spell(to))
}

fn row(text: &mut Text, sku: &Sku, line: &AmazonLine) {
    let status = match line.status {
        Status::Shipped => "Shipped",
        Status::Pending => "Pending",
        Status::Cancelled => "Cancelled",
    };
    let updated = match line.status {
        Status::Shipped => line.shipped,
        Status::Pending => line.purchased + 1_620,
        Status::Cancelled => line.purchased + 21_900,
    };
    order_id(text, line.order).blank(1).utc(line.purchased).utc(updated).text(status);
    text.text(if line.is_fba { "Amazon" } else { "Merchant" }).text("Amazon.com").blank(2);
    text.text(service_level(line.order)).text(&sku.title).text(&sku.code).text(&sku.asin);
    if line.status == Status::Cancelled {
        text.text("Cancelled").int(0).blank(9);
    } else {
        text.text(if line.status == Status::Pending { "Unshipped" } else { "Shipped" });
        prices(text, line);
    }
    let place = place(line.place);
    text.text(place.city).text(place.state).text(place.postal_code).text("US");
    promotion_ids(text, line);
    text.text(if line.is_business { "true" } else { "false" }).blank(1);
    text.text(if line.is_business { "Business Price" } else { "" });
    text.end_row();
}

fn prices(text: &mut Text, line: &AmazonLine) {
    text.int(line.quantity).text("USD").cents(line.price);
    if line.status == Status::Pending {
        text.blank(1);
    } else {
        text.cents(line.tax);
    }
    if line.shipping > 0 && line.status == Status::Shipped {
        text.cents(line.shipping).cents(line.shipping_tax);
    } else if line.shipping > 0 {
        text.cents(line.shipping).blank(1);
    } else {
        text.blank(2);
    }
    text.blank(2);
    for discount in [line.promotion, line.shipping_promotion] {
        if discount > 0 {
            text.cents(discount);
        } else {
            text.blank(1);
        }
    }
}

fn promotion_ids(text: &mut Text, line: &AmazonLine) {
    text.cell();
    if line.status == Status::Cancelled {
        return;
    }
    if line.promotion > 0 {
        let Civil { year, month, .. } = civil(line.day);
        text.put("PLM-DEMO-").put_int(year).put("-").put_padded(month, 2);
    }
    if line.shipping_promotion > 0 {
        text.put(if line.promotion > 0 { "," } else { "" }).put("US Core Free Shipping DEMO");
    }
}

/// An order of the brand's own store that Amazon's warehouse sends: no price, not an Amazon sale.
fn multi_channel_row(text: &mut Text, skus: &[Sku], order: &ShopOrder) {
    let place = place(order.place);
    for line in &order.lines {
        let sku = item(skus, line.sku);
        text.cell().put("S01-").put_padded(order.number * 7_919 % 10_000_000, 7).put("-");
        text.put_padded(order.number * 104_729 % 10_000_000, 7);
        text.cell().put("#").put_int(order.number);
        text.utc(order.created).utc(order.fulfilled.unwrap_or(order.created)).text("Shipped");
        text.text("Amazon").text("Non-Amazon").blank(2).text("Standard");
        text.text(&sku.title).text(&sku.code).text(&sku.asin).text("Shipped");
        text.int(line.quantity).blank(9);
        text.text(place.city).text(place.state).text(place.postal_code).text("US").blank(1);
        text.text("false").blank(2).end_row();
    }
}
