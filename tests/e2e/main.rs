//! The built page in headless Chromium, driven over `WebDriver` as a person would use it.
//!
//! `DIST` is the folder of the release build (default: `dist/`), `CHROMEDRIVER` the driver to start
//! (default: the one on `PATH`). `SCREENS=1` also saves pictures of every page. What a failed
//! journey last saw lies in `target/e2e/<journey>/`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

#[path = "../../benches/input/mod.rs"]
#[expect(dead_code, reason = "a benchmark asks for more than one file of tabs")]
mod input;

mod browser;
mod driver;
mod exports;
mod figures;
mod home;
mod import;
mod native;
mod net_log;
mod orders_file;
mod pages;
mod renderer;
mod server;
mod shell;
mod stage;
mod wait;
mod words;

mod annotations;
mod broken_files;
mod buyers;
mod contracts;
mod demo;
mod explore;
mod facts;
mod first_open;
mod harness;
mod importing;
mod kpis;
mod lasting_folder;
mod later_pages;
mod mapping;
mod narrow;
mod own_kpis;
mod products;
mod questionnaire;
mod reconciling;
mod references;
mod scorecards;
mod screens;
mod speed;
mod targets;
mod warnings;
mod what_if;
mod workbooks;
