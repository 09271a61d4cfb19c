//! What the product knows, as data, parsed once and checked by tests.

pub mod channel;
pub mod contract;
pub(crate) mod header;
pub mod kpi;
pub mod mapping;
pub mod own;
pub mod policy;
pub mod report;
mod source;
pub mod words;

use std::sync::{Arc, LazyLock};

use own::OwnRecipe;
use report::Recipe;
pub use source::SourceError;
use source::built_in;

use crate::domain::sort_few_by;

/// The report kinds that can be read.
#[derive(Debug)]
pub struct Catalog {
    /// Sorted by id.
    pub recipes: Vec<Arc<Recipe>>,
}

static BUILT_IN: LazyLock<Arc<Catalog>> = LazyLock::new(|| {
    let recipes: Vec<(String, Recipe)> = source::read(built_in!("recipes"))
        .expect("the built-in recipes are valid, as a test checks");
    let recipes = recipes.into_iter().map(|(_, recipe)| recipe.prepared());
    Arc::new(Catalog { recipes: Vec::new() }.with(recipes.map(Arc::new).collect()))
});

impl Catalog {
    /// The recipes embedded in the program.
    pub fn built_in() -> &'static Arc<Self> {
        &BUILT_IN
    }

    /// These recipes and others, which take the place of those with the same id.
    #[must_use]
    pub fn with(&self, others: Vec<Arc<Recipe>>) -> Self {
        let is_replaced = |own: &&Arc<Recipe>| others.iter().any(|other| other.id == own.id);
        let mut recipes: Vec<Arc<Recipe>> =
            self.recipes.iter().filter(|own| !is_replaced(own)).cloned().collect();
        recipes.extend(others);
        sort_few_by(&mut recipes, |one, other| one.id.cmp(&other.id));
        Self { recipes }
    }

    /// These recipes and those that a person made.
    #[must_use]
    pub fn with_own<'a>(&self, own: impl IntoIterator<Item = &'a OwnRecipe>) -> Self {
        self.with(own.into_iter().map(|own| Arc::clone(own.recipe())).collect())
    }

    pub fn recipe(&self, id: &str) -> Option<&Arc<Recipe>> {
        self.recipes.iter().find(|recipe| recipe.id == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalog::report::ColumnKind;

    #[test]
    fn recipes_are_named_after_their_files() {
        let recipes: Vec<(String, Recipe)> = source::read(built_in!("recipes")).unwrap();
        for (file, recipe) in &recipes {
            assert_eq!(recipe.id.replace('.', "_"), *file);
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

    #[test]
    fn what_a_report_calls_a_buyer_is_personal() {
        for recipe in &Catalog::built_in().recipes {
            let columns = recipe.columns.values().filter(|it| it.kind == ColumnKind::Buyer);
            for name in columns.flat_map(|column| &column.spellings) {
                let is_personal = recipe.personal.iter().any(|it| header::fits(it, name));
                assert!(is_personal, "{}: {name}", recipe.id);
            }
        }
    }
}
