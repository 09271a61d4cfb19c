//! What is known of products: the SKU map.

use serde::{Deserialize, Serialize};

use crate::domain::{Currency, ProductEntry};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductsView {
    /// Largest sales first.
    pub products: Vec<ProductView>,
    /// SKUs that differ in case, spaces and marks only: they may be one product.
    pub similar: Vec<Vec<String>>,
    pub currency: Currency,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProductView {
    /// What the map says; only the SKU where it says nothing.
    pub entry: ProductEntry,
    /// What exports say where the map says nothing.
    pub told: ToldProduct,
    /// Gross sales less the seller's discounts over all days; `None` for what was not sold.
    pub net_sales: Option<String>,
    pub has_cost: bool,
    /// Whether a SKU map, or what was typed, speaks of it.
    pub is_in_map: bool,
    /// Whether the entry, or a part of it, was typed here.
    pub is_typed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct ToldProduct {
    pub title: String,
    pub asin: String,
    pub brand: String,
    pub category: String,
}
