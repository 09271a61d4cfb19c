//! The canonical columns, whatever the platform.

use serde::{Deserialize, Serialize};

macro_rules! tables {
    ($($(#[doc = $doc:literal])* $table:ident = $name:literal {
        texts: $texts:expr,
        numbers: $numbers:expr,
    })+) => {
        /// A fact table. One fact stands for one thing at the table's grain.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Table {
            $($(#[doc = $doc])* $table,)+
        }

        impl Table {
            pub const ALL: &'static [Self] = &[$(Self::$table,)+];

            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$table => $name,)+
                }
            }

            /// Text columns after the common ones.
            const fn own_texts(self) -> &'static [&'static str] {
                match self {
                    $(Self::$table => &$texts,)+
                }
            }

            /// Additive columns, but for prices, costs of one unit and rates. A stored segment says
            /// by position what it states: new columns stand at the end.
            pub const fn numbers(self) -> &'static [&'static str] {
                match self {
                    $(Self::$table => &$numbers,)+
                }
            }
        }
    };
}

// New tables stand at the end: the place of a table is part of the keys of stored facts.
tables! {
    /// Order × SKU line.
    OrderLines = "order_lines" {
        texts: ["order_id", "asin", "title", "brand", "status"],
        numbers: ["units", "gross", "seller_discount", "platform_discount", "shipping", "tax"],
    }
    /// One amount of money: a sale, a fee, a refund.
    Postings = "postings" {
        texts: ["order_id", "title", "kind", "category", "settlement"],
        numbers: ["amount", "units"],
    }
    /// Units that came back.
    Returns = "returns" {
        texts: ["order_id", "asin", "title", "reason", "disposition"],
        numbers: ["units", "refunded"],
    }
    /// Day × campaign (× ad group, target, search term, SKU).
    Ads = "ads" {
        texts: [
            "campaign", "ad_group", "target", "match_type", "search_term", "placement",
            "asin", "title", "brand", "window",
        ],
        numbers: [
            "impressions", "clicks", "spend", "sales", "orders", "units", "conversions",
            "new_buyer_orders", "new_buyer_sales", "new_buyer_units", "detail_page_views",
        ],
    }
    /// Day (× ASIN or SKU).
    Traffic = "traffic" {
        texts: ["asin", "title"],
        numbers: [
            "sessions", "page_views", "units", "sales", "order_items",
            "visitors", "carts", "checkouts", "orders", "featured_views",
        ],
    }
    /// Snapshot × SKU (× condition, place).
    Stock = "stock" {
        texts: ["asin", "title", "disposition", "location"],
        numbers: [
            "available", "reserved", "inbound", "unsellable", "total",
            "aged_0_90", "aged_91_180", "aged_181_270", "aged_271_365", "aged_over_365",
            "excess", "shipped_30_days", "shipped_90_days",
        ],
    }
    /// SKU × valid from (× batch).
    Costs = "costs" {
        texts: ["title", "brand", "category"],
        numbers: ["unit_cost", "quantity", "duty"],
    }
    /// Units that came, went or changed their state in a warehouse.
    StockMoves = "stock_moves" {
        texts: ["reference", "asin", "title", "kind", "reason", "disposition", "location"],
        numbers: [
            "units", "opening", "receipts", "shipments", "returns", "transfers", "found", "lost",
            "damaged", "disposed", "other", "closing",
        ],
    }
    /// Order to take units out of a warehouse × SKU.
    Removals = "removals" {
        texts: ["order_id", "title", "kind", "status", "disposition"],
        numbers: ["requested", "cancelled", "disposed", "shipped", "in_process", "fee"],
    }
    /// What is offered: SKU with its price, and what the platform would charge for one unit.
    Listings = "listings" {
        texts: ["asin", "title", "brand", "category", "status", "disposition"],
        numbers: ["price", "quantity", "referral_fee", "fulfilment_fee", "total_fee"],
    }
    /// What a fee is made of. The fee itself is a posting: the two are never added.
    FeeDetails = "fee_details" {
        texts: ["asin", "title", "kind", "location"],
        numbers: ["amount", "units", "volume"],
    }
    /// What the platform paid for units that it lost or damaged.
    Reimbursements = "reimbursements" {
        texts: ["order_id", "reference", "asin", "title", "reason"],
        numbers: ["amount", "units", "units_in_stock"],
    }
    /// Money on its way to the bank.
    Payouts = "payouts" {
        texts: ["reference", "status"],
        numbers: ["amount", "sales", "refunds", "adjustments", "reserved", "fees"],
    }
    /// What the platform itself says was sold: compared with ours, never added to it.
    SalesSummaries = "sales_summaries" {
        texts: ["asin", "title"],
        numbers: [
            "orders", "order_items", "units", "gross", "discounts", "refunds", "net", "shipping",
            "fees", "tax", "total_sales", "units_refunded",
        ],
    }
    /// Service to buyers: counts of a kind of event, and of what it is counted among.
    Service = "service" {
        texts: ["kind", "order_id", "status"],
        numbers: ["count", "base"],
    }
    /// What a tax authority is told.
    TaxRecords = "tax_records" {
        texts: ["reference", "asin", "title", "kind", "location"],
        numbers: ["units", "net", "tax", "gross"],
    }
    /// Buyers, without anything that says who they are.
    Customers = "customers" {
        texts: ["status", "location"],
        numbers: ["customers", "orders", "spent"],
    }
    /// Team × month.
    People = "people" {
        texts: ["team", "role"],
        numbers: ["headcount"],
    }
    /// Cost of the business that belongs to no order.
    Overheads = "overheads" {
        texts: ["category", "title"],
        numbers: ["amount"],
    }
    /// Price of one unit of the currency in another one, and the price that plans are made with.
    FxRates = "fx_rates" {
        texts: ["quote"],
        numbers: ["rate", "plan"],
    }
    /// What is wanted of a KPI.
    Targets = "targets" {
        texts: ["kpi", "owner"],
        numbers: ["floor", "commit", "stretch"],
    }
    /// What a SKU is: another name of it, what a bundle is made of, and to whom it belongs.
    Products = "products" {
        texts: [
            "alias", "asin", "parent", "title", "brand", "category", "owner", "component",
        ],
        numbers: ["quantity"],
    }
    /// Order line × buyer, where buyers are kept as salted hashes: never added to sales.
    Purchases = "purchases" {
        texts: ["order_id", "buyer", "status"],
        numbers: ["amount"],
    }
    /// Period × brand × category: how the ads of the shop's peers do, and its own. Rates are in percent.
    Peers = "peers" {
        texts: ["brand", "category"],
        numbers: [
            "impressions", "impressions_bottom", "impressions_median", "impressions_top",
            "ctr", "ctr_bottom", "ctr_median", "ctr_top",
            "acos", "acos_bottom", "acos_median", "acos_top",
            "roas", "roas_bottom", "roas_median", "roas_top",
        ],
    }
    /// Order line that left the warehouse, on the day it did.
    Shipments = "shipments" {
        texts: ["order_id", "title"],
        numbers: [],
    }
}

/// Text columns that every table begins with, in this order.
pub(crate) const COMMON_TEXTS: [&str; 4] = ["channel", "shop", "sku", "currency"];
/// Where the shop stands among them.
pub(crate) const SHOP_TEXT: usize = 1;

impl Table {
    /// Whether the sum of a number column says something: rates, and what others achieve, do not add up.
    pub fn adds_up(self, number: &str) -> bool {
        match self {
            Self::Peers => number == "impressions",
            Self::FxRates => false,
            _ => true,
        }
    }

    /// Whether its days are among those that a report covers: orders of the last days are shipped after them.
    pub fn tells_period(self) -> bool {
        self != Self::Shipments
    }

    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.name() == name)
    }

    /// All text columns, the common ones first.
    pub fn texts(self) -> impl Iterator<Item = &'static str> {
        COMMON_TEXTS.iter().chain(self.own_texts()).copied()
    }

    pub fn text_index(self, name: &str) -> Option<usize> {
        self.texts().position(|text| text == name)
    }

    pub fn number_index(self, name: &str) -> Option<usize> {
        self.numbers().iter().position(|number| *number == name)
    }
}
