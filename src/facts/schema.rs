//! The canonical columns, whatever the platform.

use serde::{Deserialize, Serialize};

/// A fact table. One fact stands for one thing at the table's grain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// Order × SKU line.
    OrderLines,
    /// One amount of money: a sale, a fee, a refund.
    Postings,
    /// Units that came back.
    Returns,
    /// Day × campaign (× SKU).
    Ads,
    /// Day (× ASIN or SKU).
    Traffic,
    /// Snapshot × SKU.
    Stock,
    /// SKU × valid from.
    Costs,
}

/// Text columns that every table begins with, in this order.
pub(crate) const COMMON_TEXTS: [&str; 4] = ["channel", "shop", "sku", "currency"];
/// Where the shop stands among them.
pub(crate) const SHOP_TEXT: usize = 1;

impl Table {
    pub const ALL: &'static [Self] = &[
        Self::OrderLines,
        Self::Postings,
        Self::Returns,
        Self::Ads,
        Self::Traffic,
        Self::Stock,
        Self::Costs,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::OrderLines => "order_lines",
            Self::Postings => "postings",
            Self::Returns => "returns",
            Self::Ads => "ads",
            Self::Traffic => "traffic",
            Self::Stock => "stock",
            Self::Costs => "costs",
        }
    }

    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.name() == name)
    }

    /// Text columns after the common ones.
    const fn own_texts(self) -> &'static [&'static str] {
        match self {
            Self::OrderLines => &["order_id", "asin", "title", "brand", "status"],
            Self::Postings => &["order_id", "title", "kind", "category"],
            Self::Returns => &["order_id", "asin", "title", "reason", "disposition"],
            Self::Ads => &["campaign", "asin", "title", "brand", "window"],
            Self::Traffic | Self::Stock => &["asin", "title"],
            Self::Costs => &["title", "brand", "category"],
        }
    }

    /// All text columns, the common ones first.
    pub fn texts(self) -> impl Iterator<Item = &'static str> {
        COMMON_TEXTS.iter().chain(self.own_texts()).copied()
    }

    /// Additive columns; `unit_cost` of costs is the one that is not added.
    pub const fn numbers(self) -> &'static [&'static str] {
        match self {
            Self::OrderLines => {
                &["units", "gross", "seller_discount", "platform_discount", "shipping", "tax"]
            }
            Self::Postings => &["amount", "units"],
            Self::Returns => &["units"],
            Self::Ads => {
                &["impressions", "clicks", "spend", "sales", "orders", "units", "conversions"]
            }
            Self::Traffic => &["sessions", "page_views", "units", "sales", "order_items"],
            Self::Stock => &["available", "reserved", "inbound", "unsellable", "total"],
            Self::Costs => &["unit_cost"],
        }
    }

    pub fn text_index(self, name: &str) -> Option<usize> {
        self.texts().position(|text| text == name)
    }

    pub fn number_index(self, name: &str) -> Option<usize> {
        self.numbers().iter().position(|number| *number == name)
    }
}
