//! The page. It talks to the engine by `worker::protocol` only and never sees a fact.

#![expect(
    unreachable_pub,
    reason = "leptos's component macro writes `pub` items whatever the component's visibility"
)]

pub mod app;
pub mod charts;
pub mod components;
pub mod format;
pub mod hooks;
pub mod i18n;
pub mod pages;
pub mod routes;
pub mod shell;
mod spreadsheet;
pub mod state;

pub use app::{App, start};
