//! What the product knows, as data, parsed once and checked by tests.

pub mod benchmark;
pub mod channel;
pub mod contract;
pub mod event;
pub mod guide;
pub(crate) mod header;
pub mod kpi;
pub mod mapping;
pub mod own;
pub mod policy;
pub mod questionnaire;
pub mod report;
mod source;
pub mod words;

use std::sync::{Arc, LazyLock};

use own::OwnRecipe;
use report::Recipe;
pub use source::SourceError;

use crate::domain::sort_few_by;

/// The report kinds that can be read.
#[derive(Debug)]
pub struct Catalog {
    /// Sorted by id.
    pub recipes: Vec<Arc<Recipe>>,
}

static BUILT_IN: LazyLock<Arc<Catalog>> = LazyLock::new(|| {
    let recipes = texts().map(|(_, text)| read_built_in(text)).collect();
    Arc::new(Catalog { recipes: Vec::new() }.with(recipes))
});

/// The built-in recipes as texts, under the names of their files.
fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!(concat!(env!("OUT_DIR"), "/recipes.tsv"))
        .lines()
        .filter_map(|line| line.split_once('\t'))
}

fn read_built_in(text: &str) -> Arc<Recipe> {
    let recipe: Recipe = source::read(text).expect("a test reads all of them");
    Arc::new(recipe.prepared())
}

/// The file of a built-in recipe, but for its ending.
fn file_of(id: &str) -> String {
    id.replace('.', "_")
}

impl Catalog {
    /// The recipes embedded in the program.
    pub fn built_in() -> &'static Arc<Self> {
        &BUILT_IN
    }

    /// One of the embedded recipes alone, in a small part of the time that all of them take. Empty: none
    /// has this id.
    pub fn built_in_only(id: &str) -> Self {
        let file = file_of(id);
        let found = texts().find(|(name, _)| *name == file);
        Self { recipes: found.map(|(_, text)| read_built_in(text)).into_iter().collect() }
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
        for (file, text) in texts() {
            let recipe: Recipe = source::read(text).unwrap();
            assert_eq!(file_of(&recipe.id), file);
        }
    }

    #[test]
    fn one_recipe_is_found_without_the_others() {
        let [only] = &Catalog::built_in_only("amazon.all_orders").recipes[..] else { panic!() };
        assert_eq!(Some(only), Catalog::built_in().recipe("amazon.all_orders"));
        assert!(Catalog::built_in_only("own.1").recipes.is_empty());
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
