//! What a person should look at: one file for each rule. Values in, signals out.
//!
//! A rule says nothing of what is not settled, and nothing where too few cases stand behind a value.
//! Knows no slice, no workbook and no sentence.

mod policy_line;
mod returned;

pub use policy_line::{Breach, breach};
pub use returned::returned;
