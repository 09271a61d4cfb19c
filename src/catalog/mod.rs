//! What the product knows, as data, parsed once and checked by tests.

pub mod channel;
pub mod contract;
pub(crate) mod header;
pub mod kpi;
pub mod report;
mod source;
pub mod words;

use std::sync::LazyLock;

use report::Recipe;
pub use source::SourceError;

/// The report kinds that can be read.
#[derive(Debug)]
pub struct Catalog {
    /// Sorted by id.
    pub recipes: Vec<Recipe>,
}

macro_rules! recipes {
    ($($name:literal,)+) => {
        &[$(($name, include_str!(concat!("reports/", $name, ".toml"))),)+]
    };
}

/// File name and text of every built-in recipe.
const RECIPES: &[(&str, &str)] = recipes![
    "amazon_all_orders",
    "amazon_business_report_by_asin",
    "amazon_business_report_by_date",
    "amazon_date_range",
    "amazon_fba_manage_inventory",
    "amazon_fba_returns",
    "amazon_sp_advertised_product",
    "amazon_sp_campaign",
    "google_ads_campaign",
    "meta_ads_performance",
    "shopify_orders",
    "tiktok_ads_performance",
    "tiktok_orders",
    "user_costs",
    "walmart_orders",
];

static BUILT_IN: LazyLock<Catalog> = LazyLock::new(|| {
    let parse = |(name, text): &(&str, &str)| {
        Recipe::parse(text).unwrap_or_else(|error| panic!("recipe {name}: {error}"))
    };
    Catalog { recipes: RECIPES.iter().map(parse).collect() }
});

impl Catalog {
    /// The recipes embedded in the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// These recipes and others, which take the place of those with the same id.
    #[must_use]
    pub fn with(&self, others: Vec<Recipe>) -> Self {
        let is_replaced = |own: &&Recipe| others.iter().any(|other| other.id == own.id);
        let mut recipes: Vec<Recipe> =
            self.recipes.iter().filter(|own| !is_replaced(own)).cloned().collect();
        recipes.extend(others);
        recipes.sort_by(|one, other| one.id.cmp(&other.id));
        Self { recipes }
    }

    pub fn recipe(&self, id: &str) -> Option<&Recipe> {
        self.recipes.iter().find(|recipe| recipe.id == id)
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn every_recipe_file_is_listed_and_named_after_its_id() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalog/reports");
        let mut files: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        files.sort();
        let listed: Vec<&str> = RECIPES.iter().map(|(name, _)| *name).collect();
        assert_eq!(files, listed);
        for ((name, _), recipe) in RECIPES.iter().zip(&Catalog::built_in().recipes) {
            assert_eq!(recipe.id.replace('.', "_"), *name);
        }
    }

    #[test]
    fn recipes_have_both_names_and_a_signature() {
        let mut ids = BTreeSet::new();
        for recipe in &Catalog::built_in().recipes {
            assert!(ids.insert(&recipe.id), "{} stands twice", recipe.id);
            assert!(!recipe.names.en.is_empty() && !recipe.names.zh.is_empty(), "{}", recipe.id);
            assert!(recipe.columns.values().filter(|column| column.required).count() >= 2);
        }
    }
}
