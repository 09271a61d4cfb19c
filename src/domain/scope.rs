//! Which part of the business is meant.

use serde::{Deserialize, Serialize};

/// What facts are split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    Channel,
    Shop,
    Sku,
    Brand,
}

/// The person's choice of members. An empty list means all members; lists of several dimensions
/// must all hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    pub channels: Vec<String>,
    pub shops: Vec<String>,
    pub skus: Vec<String>,
    pub brands: Vec<String>,
}

impl Filters {
    /// The members of one dimension.
    pub fn members(&self, dimension: Dimension) -> &[String] {
        match dimension {
            Dimension::Channel => &self.channels,
            Dimension::Shop => &self.shops,
            Dimension::Sku => &self.skus,
            Dimension::Brand => &self.brands,
        }
    }

    /// Whether a member of a dimension passes, whatever the others.
    pub fn allows(&self, dimension: Dimension, member: &str) -> bool {
        let chosen = self.members(dimension);
        chosen.is_empty() || chosen.iter().any(|it| it == member)
    }

    /// The same for a shop of a channel.
    pub fn allows_shop(&self, channel: &str, shop: &str) -> bool {
        self.allows(Dimension::Channel, channel) && self.allows(Dimension::Shop, shop)
    }

    /// The same for a product of a brand.
    pub fn allows_product(&self, sku: &str, brand: &str) -> bool {
        self.allows(Dimension::Sku, sku) && self.allows(Dimension::Brand, brand)
    }

    /// The same choice with exactly one member in `dimension`.
    #[must_use]
    pub fn narrowed(&self, dimension: Dimension, member: &str) -> Self {
        let mut narrowed = self.clone();
        let list = match dimension {
            Dimension::Channel => &mut narrowed.channels,
            Dimension::Shop => &mut narrowed.shops,
            Dimension::Sku => &mut narrowed.skus,
            Dimension::Brand => &mut narrowed.brands,
        };
        *list = vec![member.to_owned()];
        narrowed
    }

    /// Whether facts without a SKU can belong to the choice.
    pub fn is_sku_scoped(&self) -> bool {
        !self.skus.is_empty() || !self.brands.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_lets_all_pass() {
        let filters = Filters { channels: vec!["amazon".into()], ..Filters::default() };
        assert!(filters.allows_shop("amazon", "Amazon.com") && filters.allows_product("S", ""));
        assert!(!filters.allows_shop("walmart", "Amazon.com"));
        let narrowed = filters.narrowed(Dimension::Brand, "B");
        assert!(narrowed.allows_product("S", "B") && !narrowed.allows_product("S", ""));
    }
}
