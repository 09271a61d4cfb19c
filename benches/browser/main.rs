//! The product and other engines on the same file, in the same browser: `./bench` in the README's
//! words.
//!
//! Every measurement has a browser process and a profile of its own; rounds go over all engines, so
//! that a slow minute of the machine meets them all.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark may stop at the first surprise, and its tables are what it is for"
)]

#[path = "../input/mod.rs"]
mod input;

#[path = "../../tests/e2e/browser.rs"]
#[expect(dead_code, reason = "journeys do more than a benchmark")]
mod browser;
#[path = "../../tests/e2e/driver.rs"]
mod driver;
#[path = "../../tests/e2e/renderer.rs"]
mod renderer;
#[path = "../../tests/e2e/server.rs"]
#[expect(dead_code, reason = "journeys do more than a benchmark")]
mod server;
#[path = "../../tests/e2e/wait.rs"]
#[expect(dead_code, reason = "journeys do more than a benchmark")]
mod wait;

mod arguments;
mod bars;
mod download;
mod engines;
mod machine;
mod page;
mod report;
mod rounds;
mod statistics;
mod visit;

use std::{env, fs, path::PathBuf};

use crate::{arguments::Arguments, report::Results, rounds::Folders};

fn main() {
    let arguments = match Arguments::from_command_line(env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(fault) => {
            eprintln!("error: {fault}\n{}", arguments::USAGE);
            std::process::exit(2);
        }
    };
    let folders = Folders::of_environment();
    let results = Results {
        machine: machine::describe(),
        download: download::sizes(&folders.page),
        sizes: arguments
            .sizes
            .iter()
            .map(|size| rounds::run(&folders, &arguments, *size))
            .collect(),
    };
    let bars = bars::all(&results);
    println!("{}", report::markdown(&results, &bars));
    let path: PathBuf = folders.output.join("result.json");
    fs::write(&path, report::json(&results, &bars).to_string()).expect("the result can be written");
    eprintln!("all of it: {}", path.display());
}
