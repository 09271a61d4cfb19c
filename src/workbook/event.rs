//! One change made by a person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{Currency, Day, Fixed, Period};

/// An entry of the log. Entries are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// 1 for the first; grows by one.
    pub number: u64,
    /// When it was made, in milliseconds since the epoch.
    pub at_millis: i64,
    pub kind: EventKind,
}

/// What an entry of the log does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EventKind {
    Changed(Change),
    /// Takes back the entry of that number.
    Undone {
        number: u64,
    },
    /// Does again what an `Undone` took back.
    Redone {
        number: u64,
    },
}

/// A change of the workbook's editable state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    RenameWorkbook {
        name: String,
    },
    ChooseContract {
        contract: String,
        choice: String,
    },
    EnterCost {
        sku: String,
        unit_cost: Fixed,
        currency: Currency,
        valid_from: Day,
    },
    /// Files taken in together: one step.
    AddImports {
        imports: Vec<String>,
        files: Vec<String>,
    },
    RemoveImport {
        import: String,
        file: String,
    },
    /// Keeps a person's own recipe, in the place of one with the same id.
    SaveRecipe {
        id: String,
        name: String,
        text: String,
    },
    /// New files are not read by it any more.
    RemoveRecipe {
        id: String,
        name: String,
    },
}

/// What was read from one file. Kept beside the log, since it never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecord {
    pub id: String,
    pub file: String,
    pub size_bytes: u64,
    pub modified_millis: i64,
    pub imported_millis: i64,
    /// Hash of the file's bytes.
    pub content_hash: u64,
    pub report: String,
    pub channel: String,
    pub shops: Vec<String>,
    pub zone: String,
    pub period: Option<Period>,
    pub currencies: Vec<Currency>,
    pub rows: u64,
    pub n_problems: u64,
    pub tables: Vec<ImportedTable>,
    pub sums: BTreeMap<String, Fixed>,
}

/// The facts of an import in one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedTable {
    /// Key of the stored segment.
    pub segment: String,
    pub table: String,
    pub n_facts: u64,
}
