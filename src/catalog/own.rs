//! Recipes that a person made, as texts that are kept and shared.

use std::{collections::BTreeSet, sync::Arc};

use super::{SourceError, report::Recipe, source};
use crate::domain::set_of_few;

/// How the ids of such recipes begin: none of them takes the place of a built-in one.
pub const OWN_PREFIX: &str = "own.";

/// What all cost sheets state together: every SKU has one cost.
pub const COSTS_GROUP: &str = "costs";

/// A recipe that a person made, and its text: JSON of the form of the built-in ones.
#[derive(Debug, Clone)]
pub struct OwnRecipe {
    text: String,
    recipe: Arc<Recipe>,
}

impl OwnRecipe {
    /// Reads a text that was kept or shared. An error says what in it is not as it should be.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let recipe: Recipe = source::read(text)?;
        if !recipe.is_own() {
            return Err(SourceError::Id(recipe.id));
        }
        if recipe.columns.values().filter(|column| column.required).count() == 0 {
            return Err(SourceError::NoSignature);
        }
        let groups = recipe.facts.iter().filter_map(|facts| facts.statement.as_ref());
        let mut groups = groups.map(|statement| &statement.group);
        // Another group would have figures of built-in reports set aside.
        if let Some(group) = groups.find(|it| !it.starts_with(OWN_PREFIX) && *it != COSTS_GROUP) {
            return Err(SourceError::Id(group.clone()));
        }
        Ok(Self { text: text.trim().to_owned(), recipe: Arc::new(recipe.prepared()) })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn recipe(&self) -> &Arc<Recipe> {
        &self.recipe
    }

    /// All headers that it knows: it reads files with these and no others.
    pub fn headers(&self) -> BTreeSet<&str> {
        let columns = self.recipe.columns.values().flat_map(|column| &column.spellings);
        let others = self.recipe.personal.iter().chain(&self.recipe.ignored);
        set_of_few(columns.chain(others).map(String::as_str))
    }
}

impl Recipe {
    /// Whether a person made it.
    pub fn is_own(&self) -> bool {
        self.id.starts_with(OWN_PREFIX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
        "id": "own.1", "platform": "own", "channel": "ebay", "shop": "S", "zone": "UTC",
        "names": { "en": "N", "zh": "N" }, "how_to_get": { "en": "", "zh": "" }, "feeds": [],
        "columns": { "sku": { "headers": ["Item"], "kind": "id", "required": true } },
        "facts": [{ "table": "stock", "at": [] }]
    }"#;

    #[test]
    fn a_shared_text_is_read_and_kept_as_it_is() {
        let own = OwnRecipe::parse(&format!("\n{TEXT}\n")).unwrap();
        assert_eq!((own.recipe().id.as_str(), own.text()), ("own.1", TEXT));
    }

    #[test]
    fn no_shared_text_takes_the_place_of_a_built_in_recipe() {
        let text = TEXT.replace("own.1", "amazon.all_orders");
        assert!(
            matches!(OwnRecipe::parse(&text), Err(SourceError::Id(id)) if id == "amazon.all_orders")
        );
        let text = TEXT.replace("true", "false");
        assert!(matches!(OwnRecipe::parse(&text), Err(SourceError::NoSignature)));
        assert!(matches!(OwnRecipe::parse("id = 1"), Err(SourceError::Form(_))));
    }
}
