//! Scorecards: all of them, and one in full.

mod balance;
mod card;
mod draft;
mod editor;
mod head;
mod history;
mod lines;
mod list;
mod output;
mod owners;
mod sides;
mod trial;
mod words;

pub(crate) use card::ScorecardPage;
pub(crate) use list::ScorecardsPage;
pub(crate) use words::side_name;
