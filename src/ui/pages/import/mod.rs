//! Import: drop files, see how each was understood, set it right, take them in as one step.
//!
//! Everything stands on one page. What a file means is shown before anything changes; nothing here
//! knows how files are read.

mod changes;
mod checks;
mod column_state;
mod confirm;
mod corrections;
mod drop_zone;
mod editors;
mod facts_preview;
mod focus;
mod folder;
mod mapping;
mod page;
mod preview;
mod problems;
mod queue;
mod raw_preview;
mod reading;
mod refusal;
mod refusal_words;
mod result_line;
mod sentence;
mod sheet;
mod words;

pub(crate) use page::ImportPage;
