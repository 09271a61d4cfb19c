//! KPIs that people define themselves.

use serde::{Deserialize, Serialize};

use super::{Day, Names};

/// A KPI of one's own as one version of it says. Later versions have the same id and a later first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KpiDefinition {
    /// `own.` and a word, so that it is never a built-in one.
    pub id: String,
    pub names: Names,
    /// What the figure tells; empty when nobody said.
    #[serde(default)]
    pub meaning: Names,
    pub formula: String,
    /// `money`, `count`, `share`, `ratio`, `days`, …
    pub unit: String,
    /// Which way is good: `up`, `down`, `band`, `none`.
    pub direction: String,
    /// A rate over fewer than this is shown with a caution; 0 when there is no such line.
    #[serde(default)]
    pub min_denominator: u32,
    /// The first day of the version; the first version holds before it, too.
    pub valid_from: Day,
    /// Why it was made, or changed; empty when nobody said.
    #[serde(default)]
    pub reason: String,
}

impl KpiDefinition {
    /// What the ids of own KPIs begin with.
    pub const PREFIX: &'static str = "own.";

    /// Takes its place among the versions of its KPI, that of one which begins on the same day.
    pub fn put_into(self, versions: &mut Vec<Self>) {
        versions.retain(|it| it.valid_from != self.valid_from);
        let place = versions.partition_point(|it| it.valid_from < self.valid_from);
        versions.insert(place, self);
    }

    /// Whether the id is `own.` and a word of small letters, digits and `_`.
    pub fn has_own_id(&self) -> bool {
        let word = self.id.strip_prefix(Self::PREFIX).unwrap_or_default();
        let is_letter = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_';
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.bytes().all(is_letter)
            && word.len() <= 40
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_id_is_a_word() {
        let check = |id: &str| {
            let day = Day::parse("2026-01-01").unwrap();
            let definition = KpiDefinition {
                id: id.to_owned(),
                names: Names::default(),
                meaning: Names::default(),
                formula: String::new(),
                unit: String::new(),
                direction: String::new(),
                min_denominator: 0,
                valid_from: day,
                reason: String::new(),
            };
            definition.has_own_id()
        };
        assert!(check("own.margin_2"));
        for id in ["own.", "own.2", "own.Margin", "own.a b", "sales.net", "own.利润", "own._a"] {
            assert!(!check(id), "{id}");
        }
    }
}
