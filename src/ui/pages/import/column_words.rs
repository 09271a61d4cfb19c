//! Names of the canonical columns that an export's columns feed.

use crate::ui::i18n::{I18n, t_string};

/// A canonical column's name; one that is not known is shown as it is.
pub(super) fn column(i18n: I18n, id: &str) -> String {
    let known = match id {
        "at" => t_string!(i18n, import.column.at),
        "order_id" => t_string!(i18n, import.column.order_id),
        "po" => t_string!(i18n, import.column.po),
        "updated" => t_string!(i18n, import.column.updated),
        "day" => t_string!(i18n, import.column.day),
        "date" => t_string!(i18n, import.column.date),
        "purchased" => t_string!(i18n, import.column.purchased),
        "ordered" => t_string!(i18n, import.column.ordered),
        "created" => t_string!(i18n, import.column.created),
        "cancelled_at" => t_string!(i18n, import.column.cancelled_at),
        "returned" => t_string!(i18n, import.column.returned),
        "start" => t_string!(i18n, import.column.start),
        "end" => t_string!(i18n, import.column.end),
        "starts" => t_string!(i18n, import.column.starts),
        "ends" => t_string!(i18n, import.column.ends),
        "week" => t_string!(i18n, import.column.week),
        "month" => t_string!(i18n, import.column.month),
        "range" => t_string!(i18n, import.column.range),
        "sku" => t_string!(i18n, import.column.sku),
        "sku_id" => t_string!(i18n, import.column.sku_id),
        "seller_sku" => t_string!(i18n, import.column.seller_sku),
        "fnsku" => t_string!(i18n, import.column.fnsku),
        "asin" => t_string!(i18n, import.column.asin),
        "parent" => t_string!(i18n, import.column.parent),
        "child" => t_string!(i18n, import.column.child),
        "title" => t_string!(i18n, import.column.title),
        "brand" => t_string!(i18n, import.column.brand),
        "category" => t_string!(i18n, import.column.category),
        "status" => t_string!(i18n, import.column.status),
        "channel" => t_string!(i18n, import.column.channel),
        "shop" => t_string!(i18n, import.column.shop),
        "country" => t_string!(i18n, import.column.country),
        "currency" => t_string!(i18n, import.column.currency),
        "sales_channel" => t_string!(i18n, import.column.sales_channel),
        "marketplace" => t_string!(i18n, import.column.marketplace),
        other => return text_column(i18n, other),
    };
    known.to_owned()
}

/// More names of texts.
fn text_column(i18n: I18n, id: &str) -> String {
    let known = match id {
        "kind" | "type" => t_string!(i18n, import.column.kind),
        "reason" => t_string!(i18n, import.column.reason),
        "disposition" => t_string!(i18n, import.column.disposition),
        "campaign" => t_string!(i18n, import.column.campaign),
        "window" => t_string!(i18n, import.column.window),
        "description" => t_string!(i18n, import.column.description),
        "return_type" => t_string!(i18n, import.column.return_type),
        "replacement" => t_string!(i18n, import.column.replacement),
        "license_plate" => t_string!(i18n, import.column.license_plate),
        "valid_from" => t_string!(i18n, import.column.valid_from),
        other => return figure_column(i18n, other),
    };
    known.to_owned()
}

/// Names of figures.
fn figure_column(i18n: I18n, id: &str) -> String {
    let known = match id {
        "quantity" => t_string!(i18n, import.column.quantity),
        "units" => t_string!(i18n, import.column.units),
        "gross" => t_string!(i18n, import.column.gross),
        "seller_discount" => t_string!(i18n, import.column.seller_discount),
        "platform_discount" => t_string!(i18n, import.column.platform_discount),
        "shipping" => t_string!(i18n, import.column.shipping),
        "tax" => t_string!(i18n, import.column.tax),
        "amount" => t_string!(i18n, import.column.amount),
        "impressions" => t_string!(i18n, import.column.impressions),
        "clicks" => t_string!(i18n, import.column.clicks),
        "spend" => t_string!(i18n, import.column.spend),
        "sales" => t_string!(i18n, import.column.sales),
        "orders" => t_string!(i18n, import.column.orders),
        "conversions" => t_string!(i18n, import.column.conversions),
        "sessions" => t_string!(i18n, import.column.sessions),
        "page_views" => t_string!(i18n, import.column.page_views),
        "order_items" => t_string!(i18n, import.column.order_items),
        "available" => t_string!(i18n, import.column.available),
        "reserved" => t_string!(i18n, import.column.reserved),
        "inbound" => t_string!(i18n, import.column.inbound),
        "unsellable" => t_string!(i18n, import.column.unsellable),
        "total" => t_string!(i18n, import.column.total),
        "unit_cost" => t_string!(i18n, import.column.unit_cost),
        "value" => t_string!(i18n, import.column.value),
        "revenue" => t_string!(i18n, import.column.revenue),
        "cost" => t_string!(i18n, import.column.cost),
        "purchases" => t_string!(i18n, import.column.purchases),
        "price" => t_string!(i18n, import.column.price),
        "inbound_working" => t_string!(i18n, import.column.inbound_working),
        "inbound_shipped" => t_string!(i18n, import.column.inbound_shipped),
        "inbound_receiving" => t_string!(i18n, import.column.inbound_receiving),
        other => return money_column(i18n, other),
    };
    known.to_owned()
}

/// Names of amounts that single reports split up.
fn money_column(i18n: I18n, id: &str) -> String {
    let known = match id {
        "item_price" => t_string!(i18n, import.column.item_price),
        "item_tax" => t_string!(i18n, import.column.item_tax),
        "item_discount" => t_string!(i18n, import.column.item_discount),
        "item_cost" => t_string!(i18n, import.column.item_cost),
        "product_sales" => t_string!(i18n, import.column.product_sales),
        "product_sales_tax" => t_string!(i18n, import.column.product_sales_tax),
        "shipping_price" => t_string!(i18n, import.column.shipping_price),
        "shipping_tax" => t_string!(i18n, import.column.shipping_tax),
        "shipping_cost" => t_string!(i18n, import.column.shipping_cost),
        "ship_discount" => t_string!(i18n, import.column.ship_discount),
        "shipping_credits" => t_string!(i18n, import.column.shipping_credits),
        "shipping_credits_tax" => t_string!(i18n, import.column.shipping_credits_tax),
        "gift_wrap_credits" => t_string!(i18n, import.column.gift_wrap_credits),
        "gift_wrap_credits_tax" => t_string!(i18n, import.column.gift_wrap_credits_tax),
        "promotional_rebates" => t_string!(i18n, import.column.promotional_rebates),
        "promotional_rebates_tax" => t_string!(i18n, import.column.promotional_rebates_tax),
        "regulatory_fee" => t_string!(i18n, import.column.regulatory_fee),
        "regulatory_fee_tax" => t_string!(i18n, import.column.regulatory_fee_tax),
        "withheld_tax" => t_string!(i18n, import.column.withheld_tax),
        "selling_fees" => t_string!(i18n, import.column.selling_fees),
        "fba_fees" => t_string!(i18n, import.column.fba_fees),
        "other_transaction_fees" => t_string!(i18n, import.column.other_transaction_fees),
        "taxes" => t_string!(i18n, import.column.taxes),
        "subtotal" => t_string!(i18n, import.column.subtotal),
        "discount" => t_string!(i18n, import.column.discount),
        "payment_discount" => t_string!(i18n, import.column.payment_discount),
        "refunded" => t_string!(i18n, import.column.refunded),
        "gift_card" => t_string!(i18n, import.column.gift_card),
        "packaging" => t_string!(i18n, import.column.packaging),
        "duty" => t_string!(i18n, import.column.duty),
        "first_leg" => t_string!(i18n, import.column.first_leg),
        "refund" => t_string!(i18n, import.column.refund),
        "other" => t_string!(i18n, import.column.rest),
        other => return other.replace('_', " "),
    };
    known.to_owned()
}
