//! What a person knows of a product and no export tells.

use serde::{Deserialize, Serialize};

use super::Fixed;

/// A row of the SKU map. Texts that are not known are empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
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

/// What a person said of a product; `None` where nothing was said, and files count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductEdit {
    pub sku: String,
    pub aliases: Option<Vec<String>>,
    pub asin: Option<String>,
    pub parent: Option<String>,
    pub title: Option<String>,
    pub brand: Option<String>,
    pub category: Option<String>,
    pub owner: Option<String>,
    pub components: Option<Vec<Component>>,
}

impl ProductEdit {
    /// Says what `later` says, too, and in its place what it says otherwise.
    pub fn and(&mut self, later: &Self) {
        fn take<T: Clone>(place: &mut Option<T>, later: Option<&T>) {
            if let Some(later) = later {
                *place = Some(later.clone());
            }
        }
        take(&mut self.aliases, later.aliases.as_ref());
        take(&mut self.asin, later.asin.as_ref());
        take(&mut self.parent, later.parent.as_ref());
        take(&mut self.title, later.title.as_ref());
        take(&mut self.brand, later.brand.as_ref());
        take(&mut self.category, later.category.as_ref());
        take(&mut self.owner, later.owner.as_ref());
        take(&mut self.components, later.components.as_ref());
    }

    /// Puts what was said in the place of what `entry` says.
    pub fn apply(&self, entry: &mut ProductEntry) {
        fn put<T: Clone>(place: &mut T, said: Option<&T>) {
            if let Some(said) = said {
                place.clone_from(said);
            }
        }
        put(&mut entry.aliases, self.aliases.as_ref());
        put(&mut entry.asin, self.asin.as_ref());
        put(&mut entry.parent, self.parent.as_ref());
        put(&mut entry.title, self.title.as_ref());
        put(&mut entry.brand, self.brand.as_ref());
        put(&mut entry.category, self.category.as_ref());
        put(&mut entry.owner, self.owner.as_ref());
        put(&mut entry.components, self.components.as_ref());
    }
}

/// A part of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Component {
    pub sku: String,
    /// Units in one bundle.
    pub quantity: Fixed,
}

/// A SKU as it is compared: without case and outer spaces.
pub fn sku_key(sku: &str) -> String {
    sku.trim().to_lowercase()
}
