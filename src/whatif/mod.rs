//! What would become of a period’s sales and profit under other prices, rates and costs.
//!
//! A `Tree` of what a period came to, `Levers` that a person moves, and rules from the one to the other.
//! Numbers in, numbers out, exactly. Knows no slice, no workbook and no sentence.

mod apply;
mod factor;
mod lever;
mod tornado;
mod tree;

pub use apply::apply;
pub use lever::{Lever, LeverRange, Levers};
pub use tornado::{Swing, tornado};
pub use tree::{Node, Tree};
