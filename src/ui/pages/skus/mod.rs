//! SKUs beside one another.

mod page;

pub(crate) use page::SkusPage;
