//! Scorecards: all of them, and one in full.

mod page;

pub(crate) use page::ScorecardsPage;
