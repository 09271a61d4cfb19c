//! A table of KPIs that a person puts together: what stands in rows, what in columns, which KPIs.

mod axes;
mod choices;
mod output;
mod page;
mod table;

pub(crate) use page::ExplorePage;
