//! The page's own English words, so that a better wording breaks no test.

use std::{fs, path::Path};

use serde_json::Value;

/// The text at `namespace.key…`, with its placeholders.
#[track_caller]
pub(crate) fn word(path: &str) -> String {
    word_in("en", path)
}

/// The text in the language of the folder `language`.
#[track_caller]
pub(crate) fn word_in(language: &str, path: &str) -> String {
    let (namespace, keys) = path.split_once('.').expect("namespace.key");
    let file = format!("src/ui/i18n/{language}/{namespace}.json");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file));
    let texts: Value = serde_json::from_str(&text.expect("a file of words")).expect("JSON");
    let found = keys.split('.').fold(&texts, |value, key| &value[key]);
    found.as_str().unwrap_or_else(|| panic!("{file} has no {keys}")).to_owned()
}
