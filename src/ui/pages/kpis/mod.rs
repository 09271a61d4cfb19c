//! All KPIs: to be searched, opened, and put on home.

mod list;
mod page;

pub(crate) use page::KpisPage;
