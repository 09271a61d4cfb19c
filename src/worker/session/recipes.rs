//! The recipes by which files of a workbook are read: the built-in ones and the person's own.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    catalog::{
        Catalog,
        own::OwnRecipe,
        report::{Feed, Recipe},
        words::table_word,
    },
    domain::map_of_few,
    workbook::{Change, ImportRecord, SavedRecipe},
    worker::{
        protocol::{KnownReport, RecipeView},
        session::pending::ReadyFile,
    },
};

/// Recipes, kept in step with the log.
#[derive(Clone)]
pub(super) struct Recipes {
    /// By which new files are read.
    pub(super) offered: Arc<Catalog>,
    /// By which files have been read, too.
    pub(super) known: Arc<Catalog>,
    saved: BTreeMap<String, SavedRecipe>,
    own: BTreeMap<String, OwnRecipe>,
}

impl Default for Recipes {
    fn default() -> Self {
        let [offered, known] = [(); 2].map(|()| Arc::clone(Catalog::built_in()));
        Self { offered, known, saved: BTreeMap::new(), own: BTreeMap::new() }
    }
}

impl Recipes {
    /// Takes over what the log adds up to. A text of another version that cannot be read is left out.
    pub(super) fn follow(&mut self, saved: &BTreeMap<String, SavedRecipe>) {
        if self.saved == *saved {
            return;
        }
        self.saved.clone_from(saved);
        let own = saved.iter().filter_map(|(id, saved)| {
            OwnRecipe::parse(&saved.text).ok().map(|recipe| (id.clone(), recipe))
        });
        self.own = map_of_few(own);
        self.known = Arc::new(Catalog::built_in().with_own(self.own.values()));
        self.offered = Arc::new(Catalog::built_in().with_own(self.in_use()));
    }

    /// The person's own recipes that new files are read by.
    pub(super) fn in_use(&self) -> impl Iterator<Item = &OwnRecipe> {
        let in_use = self.own.iter().filter(|(id, _)| self.is_in_use(id));
        in_use.map(|(_, own)| own)
    }

    fn is_in_use(&self, id: &str) -> bool {
        self.saved.get(id).is_some_and(|saved| saved.is_in_use)
    }

    /// How a person's own recipe ranks among those of its group: the one saved last is believed first.
    pub(super) fn rank(&self, id: &str) -> Option<u32> {
        let saved_by = self.saved.get(id)?.saved_by;
        Some(u32::MAX - u32::try_from(saved_by).unwrap_or(u32::MAX))
    }

    /// What in them the figures rest on.
    pub(super) fn made_of(&self) -> String {
        let own = self.saved.iter().map(|(id, saved)| format!("{id}:{}", saved.saved_by));
        own.collect::<Vec<_>>().join(",")
    }

    /// The changes that keep a recipe: others for the same columns are not used any more.
    pub(super) fn keeping(&self, own: &OwnRecipe) -> Vec<Change> {
        let others = self.in_use().filter(|other| other.recipe().id != own.recipe().id);
        let rivals = others.filter(|other| other.headers() == own.headers());
        let removals = rivals.filter_map(|other| self.removal(&other.recipe().id));
        removals.chain([saving(own)]).collect()
    }

    /// The changes that keep the recipe by which a file was read; none when it is kept already.
    pub(super) fn keeping_for(&self, file: &ReadyFile) -> Vec<Change> {
        let own = file.own.as_ref().filter(|own| own.recipe().id == file.reading.report);
        let Some(own) = own else { return Vec::new() };
        let id = own.recipe().id.clone();
        let is_kept =
            self.is_in_use(&id) && self.own.get(&id).map(OwnRecipe::text) == Some(own.text());
        if is_kept { Vec::new() } else { self.keeping(own) }
    }

    /// The change that ends the use of a recipe; `None` when it is not in use.
    pub(super) fn removal(&self, id: &str) -> Option<Change> {
        let own = self.own.get(id).filter(|_| self.is_in_use(id))?;
        Some(Change::RemoveRecipe { id: id.to_owned(), name: own.recipe().names.en.clone() })
    }

    /// The person's own reports that tell some of `feeds`, and where to get them.
    pub(super) fn feeding(
        &self,
        feeds: &BTreeSet<Feed>,
        is_loaded: impl Fn(&str) -> bool,
    ) -> Vec<KnownReport> {
        let recipes = self.in_use().map(OwnRecipe::recipe);
        let telling = recipes.filter(|recipe| recipe.feeds.iter().any(|feed| feeds.contains(feed)));
        let report = |recipe: &Arc<Recipe>| KnownReport {
            report: recipe.id.clone(),
            platform: recipe.platform.clone(),
            names: recipe.names.clone(),
            how_to_get: recipe.how_to_get.clone(),
            is_loaded: is_loaded(&recipe.id),
        };
        telling.map(report).collect()
    }

    /// The person's own recipes in use, with the number of imports that were read by each.
    pub(super) fn views<'a>(
        &self,
        records: impl Iterator<Item = &'a ImportRecord>,
    ) -> Vec<RecipeView> {
        let mut n_imports: BTreeMap<&str, u32> = BTreeMap::new();
        for record in records {
            *n_imports.entry(record.report.as_str()).or_default() += 1;
        }
        let view = |own: &OwnRecipe| {
            let recipe = own.recipe();
            let table = recipe.facts.first().map(|it| it.table.clone()).unwrap_or_default();
            RecipeView {
                table_names: table_word(&table).cloned().unwrap_or_default(),
                id: recipe.id.clone(),
                names: recipe.names.clone(),
                how_to_get: recipe.how_to_get.clone(),
                channel: recipe.channel.clone(),
                table,
                n_imports: n_imports.get(recipe.id.as_str()).copied().unwrap_or(0),
                text: own.text().to_owned(),
            }
        };
        self.in_use().map(view).collect()
    }
}

/// The change that keeps a recipe.
fn saving(own: &OwnRecipe) -> Change {
    Change::SaveRecipe {
        id: own.recipe().id.clone(),
        name: own.recipe().names.en.clone(),
        text: own.text().to_owned(),
    }
}
