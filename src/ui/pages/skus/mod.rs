//! SKUs beside one another.

mod matrix;
mod page;
mod restocked;
mod scores;
mod weights;
mod words;

pub(crate) use page::SkusPage;
