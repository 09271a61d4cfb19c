//! What a person should look at: one file for each rule. Values in, signals out.
//!
//! A rule says nothing of what is not settled, and nothing where too few cases stand behind a value.
//! Knows no slice, no workbook and no sentence.

mod acos_creep;
mod own_limit;
mod policy_line;
mod returned;

pub use acos_creep::{Creep, acos_creep};
pub use own_limit::is_over;
pub use policy_line::{Breach, breach};
pub use returned::returned;
