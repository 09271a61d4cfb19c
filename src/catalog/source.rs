//! The catalogue's texts as typed data.

use serde::de::DeserializeOwned;

/// What is wrong with a text of the catalogue.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("no TOML: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("not as declared: {0}")]
    Form(#[from] serde_json::Error),
    #[error("the id {0:?} is not one of a recipe that a person made")]
    Id(String),
    #[error("there is no table {0:?}")]
    Table(String),
    #[error("there is no time zone {0:?}")]
    Zone(String),
    #[error("there is no channel {0:?}")]
    Channel(String),
    #[error("no column is required, so that every file would fit")]
    NoSignature,
}

/// The text of a file of this folder as build.rs has written it: `kpis/ads.toml` is `kpis_ads`.
macro_rules! built_in {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json"))
    };
}

pub(super) use built_in;

/// Reads a built-in text.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, SourceError> {
    // In two steps, first as values without types: the reader would be in the program once for each
    // type.
    let values: serde_json::Value = serde_json::from_str(text)?;
    Ok(serde_json::from_value(values)?)
}

/// Reads a text in the form in which people write it.
pub(super) fn read_toml<T: DeserializeOwned>(text: &str) -> Result<T, SourceError> {
    let values: serde_json::Value = toml::from_str(text)?;
    Ok(serde_json::from_value(values)?)
}
