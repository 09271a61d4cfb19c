//! The pages that come after home: a part of the program by itself, loaded when home is there.
//!
//! With the feature `split_page`, which the release page is built with, the functions that only these
//! pages need are cut out of the linked program (`.ci/tools/wasm-bindgen`). Without it, in tests and
//! type checks, all is one program that is there at once.

mod page;
#[cfg(feature = "split_page")]
#[path = "split.rs"]
mod part;
#[cfg(not(feature = "split_page"))]
#[path = "whole.rs"]
mod part;

pub(crate) use page::later_page;
pub(crate) use part::load;
