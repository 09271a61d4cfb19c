//! The catalogue's TOML as typed data.

use serde::de::DeserializeOwned;

/// What is wrong with a text of the catalogue.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("no TOML: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("not as declared: {0}")]
    Form(#[from] serde_json::Error),
}

/// Reads a text in two steps, first as values without types: the reader of TOML is large, and would
/// be in the program once for each type.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, SourceError> {
    let values: serde_json::Value = toml::from_str(text)?;
    Ok(serde_json::from_value(values)?)
}
