//! How to get the reports: menu paths and formats, as the platforms' own pages call them.

use std::{collections::BTreeMap, sync::LazyLock};

use super::source::{self, built_in};
use crate::domain::Names;

static GUIDES: LazyLock<BTreeMap<String, Names>> = LazyLock::new(|| {
    source::read(built_in!("guides")).expect("the built-in guides are valid, as a test checks")
});

/// How to get a built-in report, by its id; empty for others.
pub fn guide(report: &str) -> Names {
    GUIDES.get(report).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn every_report_says_how_to_get_it_in_both_languages() {
        for recipe in &Catalog::built_in().recipes {
            let guide = guide(&recipe.id);
            assert!(!guide.en.is_empty() && !guide.zh.is_empty(), "{}", recipe.id);
        }
        assert_eq!(guide("own.1"), Names::default());
    }
}
