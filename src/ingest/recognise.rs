//! Which report kind a header belongs to.

use std::{collections::BTreeSet, sync::Arc};

use rustc_hash::FxHashSet;

use crate::{
    catalog::{
        Catalog,
        header::{HeaderName, fits},
        report::{Column, Recipe},
    },
    domain::{set_of_few, sort_few_by_key},
    ingest::NearestReport,
};

/// A recipe that fits a header.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match<'a> {
    pub(crate) recipe: &'a Arc<Recipe>,
    /// A person made the recipe for this very header.
    is_own: bool,
    /// Columns of the recipe that the header has.
    n_known: usize,
    /// Columns of the header that the recipe says nothing about.
    n_unknown: usize,
}

/// How many nearest kinds are named for an unknown header.
const N_NEAREST: usize = 3;

/// Columns that a cut-down copy of a report must still have.
const MIN_KNOWN_OF_CUT_DOWN: usize = 4;

/// A header's names in their order, and all of them to look one up.
struct Header<'h> {
    names: &'h [HeaderName],
    texts: FxHashSet<&'h str>,
}

/// The recipe whose required columns are all there and that knows most of the header; one that a person
/// made for it before any other. Where there is none, the report of which this is a cut-down copy: what
/// it lacks is what such copies may lack, and no column of it is unknown. `only` restricts the choice to
/// one report kind.
pub(crate) fn recognise<'a>(
    catalog: &'a Catalog,
    header: &[HeaderName],
    only: Option<&str>,
) -> Option<Match<'a>> {
    let texts: FxHashSet<&str> = header.iter().map(|name| name.text.as_str()).collect();
    let header = Header { names: header, texts };
    let candidates = catalog.recipes.iter().filter(|recipe| only.is_none_or(|id| recipe.id == id));
    let best = |is_cut_down: bool| {
        let matches = candidates.clone().filter_map(|recipe| matched(recipe, &header, is_cut_down));
        matches.max_by_key(|it| (it.is_own, it.n_known, usize::MAX - it.n_unknown))
    };
    best(false).or_else(|| {
        best(true).filter(|it| it.n_unknown == 0 && it.n_known >= MIN_KNOWN_OF_CUT_DOWN)
    })
}

impl Match<'_> {
    /// Larger is surer: used to choose between header lines and delimiters.
    pub(crate) fn strength(&self) -> usize {
        self.n_known
    }
}

impl Header<'_> {
    fn has(&self, column: &Column) -> bool {
        column.spellings.iter().any(|spelling| self.texts.contains(spelling.as_str()))
    }
}

fn matched<'a>(
    recipe: &'a Arc<Recipe>,
    header: &Header<'_>,
    is_cut_down: bool,
) -> Option<Match<'a>> {
    let may_lack = |name: &String| is_cut_down && recipe.may_lack.contains(name);
    let required =
        recipe.columns.iter().filter(|(name, column)| column.required && !may_lack(name));
    if required.into_iter().any(|(_, column)| !header.has(column)) {
        return None;
    }
    let excluded = |name: &HeaderName| recipe.never.iter().any(|it| fits(it, &name.text));
    if header.names.iter().any(excluded) {
        return None;
    }
    let n_known = recipe.columns.values().filter(|it| header.has(it)).count();
    let n_unknown = header.names.iter().filter(|name| !is_known(recipe, name)).count();
    // A person said what these very columns are, and nothing of others.
    if recipe.is_own() && n_unknown > 0 {
        return None;
    }
    Some(Match { recipe, is_own: recipe.is_own(), n_known, n_unknown })
}

/// Where the header has the column, by the column's own order of spellings.
pub(crate) fn position(column: &Column, header: &[HeaderName]) -> Option<usize> {
    let place = |spelling: &String| header.iter().position(|name| name.text == *spelling);
    column.spellings.iter().find_map(place)
}

/// Whether the recipe uses the column, ignores it or keeps it out.
fn is_known(recipe: &Recipe, name: &HeaderName) -> bool {
    name.text.is_empty()
        || recipe.columns.values().any(|column| spells(column, name))
        || recipe.ignored.iter().chain(&recipe.personal).any(|it| is_meant(recipe, it, name))
}

/// Whether a recipe's pattern means a column; a person's own names columns as they stand.
pub(crate) fn is_meant(recipe: &Recipe, pattern: &str, name: &HeaderName) -> bool {
    if recipe.is_own() { pattern == name.text } else { fits(pattern, &name.text) }
}

fn spells(column: &Column, name: &HeaderName) -> bool {
    column.spellings.contains(&name.text)
}

/// Columns of a header that a recipe does not speak of.
pub(crate) fn unknown_columns(recipe: &Recipe, header: &[HeaderName]) -> BTreeSet<usize> {
    let unknown = header.iter().enumerate().filter(|(_, name)| !is_known(recipe, name));
    set_of_few(unknown.map(|(index, _)| index))
}

/// Columns of a header that hold personal data.
pub(crate) fn personal_columns(recipe: &Recipe, header: &[HeaderName]) -> BTreeSet<usize> {
    let is_personal =
        |name: &HeaderName| recipe.personal.iter().any(|it| is_meant(recipe, it, name));
    set_of_few(header.iter().enumerate().filter(|(_, name)| is_personal(name)).map(|it| it.0))
}

/// The kinds that an unknown header resembles most, and what they would need.
pub(crate) fn nearest(catalog: &Catalog, header: &[HeaderName]) -> Vec<NearestReport> {
    let mut nearest: Vec<(usize, NearestReport)> = catalog
        .recipes
        .iter()
        .filter_map(|recipe| {
            let required: Vec<&Column> =
                recipe.columns.values().filter(|column| column.required).collect();
            let missing: Vec<String> = required
                .iter()
                .filter(|column| position(column, header).is_none())
                .filter_map(|column| column.headers.first().cloned())
                .collect();
            let n_found = required.len() - missing.len();
            let n_known =
                recipe.columns.values().filter(|it| position(it, header).is_some()).count();
            let share = n_found * 100 / required.len().max(1);
            (n_known > 0).then(|| {
                let match_percent = u32::try_from(share).unwrap_or(0);
                let report = recipe.id.clone();
                (
                    n_known,
                    NearestReport { report, names: recipe.names.clone(), match_percent, missing },
                )
            })
        })
        .collect();
    sort_few_by_key(&mut nearest, |(n_known, it)| std::cmp::Reverse((it.match_percent, *n_known)));
    nearest.into_iter().take(N_NEAREST).map(|(_, report)| report).collect()
}
