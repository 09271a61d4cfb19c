//! What is wanted of KPIs: which periods a plan has, how a number is broken down and what its parts leave
//! over, what one's own history suggests, and how a value stands to its target.
//!
//! Numbers in, numbers out. Knows no slice, no workbook and no sentence.

mod columns;
mod ratio;
mod spread;
mod standing;
mod suggest;

pub use columns::{PlanColumn, PlanSpan, plan_columns};
pub use ratio::{RatioPart, broken_ratio};
pub use spread::spread;
pub use standing::{Standing, hits, standing};
pub use suggest::{FEWEST_PERIODS, MOST_PERIODS, Suggestion, natural_limits, suggest};
