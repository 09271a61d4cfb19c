//! What the core and the command line tool do, seen from outside: files and what is read of them (`reading`), KPIs
//! held against what was worked out by hand (`kpis`), targets, scorecards and what they rest on (`plan`).
//!
//! One program: each further one would link the whole core once more.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod kpis;
mod plan;
mod reading;
mod workbook;
