//! An export becomes facts and problems.
//!
//! Recognise → decode → post, in one pass over the bytes, which come in pieces of any size. A bad
//! row never stops a file: it becomes a problem. Knows no KPI, and not where bytes come from.

mod batch;
mod buyers;
mod cells;
mod clock;
mod column_texts;
mod conclusion;
mod condition;
mod container;
mod content_hash;
mod date_order;
mod encoding;
mod expression;
mod fact_writer;
mod gb18030;
mod groups;
mod mapping;
mod moment;
mod number;
mod outcome;
mod parts;
mod plan;
mod post;
mod posted;
mod problems;
pub mod projection;
mod reading;
mod recognise;
mod sheets;
mod tally;
mod text;

use std::sync::Arc;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    catalog::Catalog,
    domain::{Currency, Period},
};

pub use container::{
    archive::{Export, ReaderAt, exports_in},
    packed::{Packed, Packing},
};
pub use gb18030::lend_gb18030;
pub use mapping::{
    MappedColumn, MappedKind, Mapping, Target, UnknownTable, guess, mapping_by, own_recipe,
    positive_kinds, with_kinds,
};
pub use moment::DateOrder;
pub use outcome::{
    ColumnView, FactPreview, NearestReport, Question, ReadOutcome, Reading, Refusal, Sheets,
    TotalCheck,
};
pub use parts::{FileRange, Joining, Part, PartReader, ranges};
pub use reading::{FileReading, added};
pub use sheets::load_sheets;
pub use tally::Unlike;

/// What is known of a file before its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileName {
    pub name: String,
    /// When it was saved, in milliseconds since the epoch; 0 when unknown.
    pub modified_millis: i64,
}

/// What a person set right about the reading of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadOptions {
    pub report: Option<String>,
    /// A workbook's sheet, by its name; `None`: the one that fits a report best.
    pub sheet: Option<String>,
    pub zone: Option<String>,
    pub date_order: Option<DateOrder>,
    pub shop: Option<String>,
    pub currency: Option<Currency>,
    pub period: Option<Period>,
    /// Cells that were typed anew.
    pub corrections: Vec<Correction>,
    /// Share of rows that may be left out without being asked about, in percent; `None`: any.
    pub max_left_out_percent: Option<u32>,
    /// Buyers are kept as hashes that this is the secret of; `None`: they are dropped.
    pub buyers_secret: Option<String>,
}

/// A cell that could not be read, typed anew by a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Correction {
    /// As problems name it.
    pub line: u64,
    /// As the file names it.
    pub column: String,
    pub value: String,
}

/// Whether the IANA database names a zone so.
pub fn is_zone(name: &str) -> bool {
    name.parse::<Tz>().is_ok()
}

/// Reads a file that is in memory.
pub fn read_whole(
    catalog: &Arc<Catalog>,
    name: FileName,
    bytes: &[u8],
    options: &ReadOptions,
) -> ReadOutcome {
    let mut reading = FileReading::new(catalog, name, options.clone());
    reading.feed(bytes);
    reading.finish()
}
