//! What a person knows of a product and no export tells.

use serde::{Deserialize, Serialize};

use super::Fixed;

/// A row of the SKU map. Texts that are not known are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductEntry {
    pub sku: String,
    /// Other names under which it is sold.
    pub aliases: Vec<String>,
    pub asin: String,
    pub parent: String,
    pub title: String,
    pub brand: String,
    pub category: String,
    /// Who is responsible for it.
    pub owner: String,
    /// What a bundle is made of; empty for what is no bundle.
    pub components: Vec<Component>,
}

/// A part of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    pub sku: String,
    /// Units in one bundle.
    pub quantity: Fixed,
}

/// A SKU as it is compared: without case and outer spaces.
pub fn sku_key(sku: &str) -> String {
    sku.trim().to_lowercase()
}
