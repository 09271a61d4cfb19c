//! What becomes of a column of the file.

use crate::{
    ui::i18n::{I18n, t_string},
    worker::protocol::{ColumnView, Understood},
};

use super::words;

/// What becomes of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ColumnState {
    /// Feeds the canonical column of that id.
    Used(String),
    /// Personal data: dropped while reading.
    Dropped,
    /// The recipe does not know it.
    Unknown,
    /// Known and not needed.
    Unused,
}

impl ColumnState {
    pub(super) fn of(column: &ColumnView, file: &Understood) -> Self {
        match &column.role {
            Some(role) => Self::Used(role.clone()),
            None if file.dropped_columns.contains(&column.header) => Self::Dropped,
            None if file.unknown_columns.contains(&column.header) => Self::Unknown,
            None => Self::Unused,
        }
    }

    /// Stable name, for styles and tests.
    pub(super) const fn id(&self) -> &'static str {
        match self {
            Self::Used(_) => "used",
            Self::Dropped => "dropped",
            Self::Unknown => "unknown",
            Self::Unused => "unused",
        }
    }

    /// What the column becomes, in a word.
    pub(super) fn word(&self, i18n: I18n, file: &Understood) -> String {
        match self {
            Self::Used(role) => format!("→ {}", words::column(i18n, &file.words, role)),
            Self::Dropped => t_string!(i18n, import.preview.role_dropped).to_owned(),
            Self::Unknown => t_string!(i18n, import.preview.role_unknown).to_owned(),
            Self::Unused => t_string!(i18n, import.preview.role_unused).to_owned(),
        }
    }
}

/// The columns of a file with what becomes of them, in the file's order.
pub(super) fn columns(file: &Understood) -> Vec<(String, ColumnState)> {
    file.columns
        .iter()
        .map(|column| (column.header.clone(), ColumnState::of(column, file)))
        .collect()
}
