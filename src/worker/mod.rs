//! The engine behind the page: one session, asked by a closed protocol.
//!
//! `protocol` and `session` are pure, and so are the small parts of the host that need no browser;
//! `host` runs the session inside a web worker, with files, storage and messages; `client` is the
//! page's side.

pub mod backlog;
pub mod protocol;
pub mod session;
pub mod views;
pub mod wire;

#[cfg(feature = "web")]
pub mod client;
#[cfg(feature = "browser")]
pub mod host;
