//! What fact tables and columns are called.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::source::{self, built_in};
use crate::domain::Names;

/// The name of a column of a fact table or a recipe.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "WrittenWord")]
pub struct ColumnWord {
    pub names: Names,
    /// Whether it holds amounts of a currency.
    pub is_money: bool,
}

/// As `words.toml` has it.
#[derive(Deserialize)]
struct WrittenWord {
    en: String,
    zh: String,
    #[serde(default)]
    money: bool,
}

impl From<WrittenWord> for ColumnWord {
    fn from(WrittenWord { en, zh, money }: WrittenWord) -> Self {
        Self { names: Names { en, zh }, is_money: money }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    tables: BTreeMap<String, Names>,
    columns: BTreeMap<String, ColumnWord>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    source::read(built_in!("words")).expect("the built-in words are valid, as a test checks")
});

/// The name of a fact table.
pub fn table_word(table: &str) -> Option<&'static Names> {
    WORDS.tables.get(table)
}

/// The name of a column; `None` for one that only a person's own recipe names.
pub fn column_word(column: &str) -> Option<&'static ColumnWord> {
    WORDS.columns.get(column)
}
