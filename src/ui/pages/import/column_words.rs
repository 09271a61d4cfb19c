//! Names of the canonical columns that an export's columns feed.

use crate::ui::i18n::{I18n, t_string};

/// A canonical column's name; one that is not known is shown as it is.
pub(super) fn column(i18n: I18n, id: &str) -> String {
    let known = match id {
        "order_id" => t_string!(i18n, import.column.order_id),
        "line_id" => t_string!(i18n, import.column.line_id),
        "item_id" => t_string!(i18n, import.column.item_id),
        "time" => t_string!(i18n, import.column.time),
        "day" => t_string!(i18n, import.column.day),
        "updated" => t_string!(i18n, import.column.updated),
        "sku" => t_string!(i18n, import.column.sku),
        "asin" => t_string!(i18n, import.column.asin),
        "parent" => t_string!(i18n, import.column.parent),
        "title" => t_string!(i18n, import.column.title),
        "brand" => t_string!(i18n, import.column.brand),
        "category" => t_string!(i18n, import.column.category),
        "status" => t_string!(i18n, import.column.status),
        "channel" => t_string!(i18n, import.column.channel),
        "shop" => t_string!(i18n, import.column.shop),
        "country" => t_string!(i18n, import.column.country),
        "state" => t_string!(i18n, import.column.state),
        "currency" => t_string!(i18n, import.column.currency),
        "quantity" => t_string!(i18n, import.column.quantity),
        "units" => t_string!(i18n, import.column.units),
        "price" => t_string!(i18n, import.column.price),
        "gross" => t_string!(i18n, import.column.gross),
        "seller_discount" => t_string!(i18n, import.column.seller_discount),
        "platform_discount" => t_string!(i18n, import.column.platform_discount),
        "shipping" => t_string!(i18n, import.column.shipping),
        "tax" => t_string!(i18n, import.column.tax),
        other => return measure_column(i18n, other),
    };
    known.to_owned()
}

/// The names that are mostly of figures.
fn measure_column(i18n: I18n, id: &str) -> String {
    let known = match id {
        "amount" => t_string!(i18n, import.column.amount),
        "kind" => t_string!(i18n, import.column.kind),
        "refund" => t_string!(i18n, import.column.refund),
        "settlement" => t_string!(i18n, import.column.settlement),
        "reason" => t_string!(i18n, import.column.reason),
        "disposition" => t_string!(i18n, import.column.disposition),
        "campaign" => t_string!(i18n, import.column.campaign),
        "ad_group" => t_string!(i18n, import.column.ad_group),
        "window" => t_string!(i18n, import.column.window),
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
        "valid_from" => t_string!(i18n, import.column.valid_from),
        "ignored" => t_string!(i18n, import.column.ignored),
        other => return other.replace('_', " "),
    };
    known.to_owned()
}
