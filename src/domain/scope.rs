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
    Category,
    Owner,
}

impl Dimension {
    /// In reading order.
    pub const ALL: [Self; 6] =
        [Self::Channel, Self::Shop, Self::Sku, Self::Brand, Self::Category, Self::Owner];

    /// The stable name: in links, formulas, arguments and output.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Shop => "shop",
            Self::Sku => "sku",
            Self::Brand => "brand",
            Self::Category => "category",
            Self::Owner => "owner",
        }
    }

    /// The dimension of that name.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.id() == id)
    }

    /// Whether its members are products or groups of them, which are the same in all channels and shops.
    pub const fn is_of_products(self) -> bool {
        matches!(self, Self::Sku | Self::Brand | Self::Category | Self::Owner)
    }
}

/// What a product belongs to; empty where nobody says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProductGroups<'a> {
    pub brand: &'a str,
    pub category: &'a str,
    /// Who answers for it.
    pub owner: &'a str,
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
    pub categories: Vec<String>,
    pub owners: Vec<String>,
}

impl Filters {
    /// The members of one dimension.
    pub fn members(&self, dimension: Dimension) -> &[String] {
        match dimension {
            Dimension::Channel => &self.channels,
            Dimension::Shop => &self.shops,
            Dimension::Sku => &self.skus,
            Dimension::Brand => &self.brands,
            Dimension::Category => &self.categories,
            Dimension::Owner => &self.owners,
        }
    }

    /// The same, to be changed.
    pub fn members_mut(&mut self, dimension: Dimension) -> &mut Vec<String> {
        match dimension {
            Dimension::Channel => &mut self.channels,
            Dimension::Shop => &mut self.shops,
            Dimension::Sku => &mut self.skus,
            Dimension::Brand => &mut self.brands,
            Dimension::Category => &mut self.categories,
            Dimension::Owner => &mut self.owners,
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

    /// The same for a product.
    pub fn allows_product(&self, sku: &str, of: ProductGroups<'_>) -> bool {
        self.allows(Dimension::Sku, sku)
            && self.allows(Dimension::Brand, of.brand)
            && self.allows(Dimension::Category, of.category)
            && self.allows(Dimension::Owner, of.owner)
    }

    /// The same choice with exactly one member in `dimension`.
    #[must_use]
    pub fn narrowed(&self, dimension: Dimension, member: &str) -> Self {
        let mut narrowed = self.clone();
        *narrowed.members_mut(dimension) = vec![member.to_owned()];
        narrowed
    }

    /// Whether facts without a SKU can belong to the choice.
    pub fn is_sku_scoped(&self) -> bool {
        let Self { channels: _, shops: _, skus, brands, categories, owners } = self;
        [skus, brands, categories, owners].iter().any(|chosen| !chosen.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_lets_all_pass() {
        let filters = Filters { channels: vec!["amazon".into()], ..Filters::default() };
        let none = ProductGroups::default();
        assert!(filters.allows_shop("amazon", "Amazon.com") && filters.allows_product("S", none));
        assert!(!filters.allows_shop("walmart", "Amazon.com") && !filters.is_sku_scoped());
        let of = ProductGroups { brand: "B", category: "Mugs", owner: "Li" };
        for (dimension, member) in
            [(Dimension::Brand, "B"), (Dimension::Category, "Mugs"), (Dimension::Owner, "Li")]
        {
            let narrowed = filters.narrowed(dimension, member);
            assert!(narrowed.allows_product("S", of) && !narrowed.allows_product("S", none));
            assert!(narrowed.is_sku_scoped());
        }
    }
}
