//! How what is stated of a day grows until it has settled.

use serde::{Deserialize, Serialize};

use super::{Day, Fixed, Measure};

/// One day as an import stated it early, and as a later one did when it had settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Development {
    pub channel: String,
    pub measure: Measure,
    pub day: Day,
    /// Days from this one to the last that the early import is of.
    pub age: i32,
    /// More than 0.
    pub early: Fixed,
    /// Of the same rows.
    pub settled: Fixed,
}
