//! A total that somebody else states against ours: the gap, and what makes it up.
//!
//! Pure arithmetic on amounts. Knows no fact, no KPI formula and no page.

mod cause;
mod gap;

pub use cause::{Cause, causes_of};
pub use gap::{Gap, TIES_WITHIN, fitting, gap, precision_of};
