//! The engines, and how each of them is set to the task.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    input::Form,
    page,
    rounds::{Course, Found, Run},
    visit::Visit,
};

/// The engine that the others are held against.
pub(crate) const REFERENCE: &str = "duckdb-eh";
/// The least work there is: the bytes are read and forgotten.
pub(crate) const FLOOR: &str = "read-1";
pub(crate) const NATIVE: &str = "native-duckdb";
/// The product's engine without page and storage.
pub(crate) const BARE: &str = "linkstar-bare";
/// The product as a person uses it.
pub(crate) const PAGE: &str = "linkstar";

/// One engine of the comparison.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Engine {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    kind: Kind,
    most_rows: u64,
    /// Measured by `./bench ours` too.
    is_ours_too: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The built site.
    Page,
    /// A module of `benches/peers`.
    Peer,
    /// `benches/peers/native.py` with this engine.
    Native(&'static str),
}

/// More would take minutes a round, or does not fit a text of the browser.
const MODEST: u64 = 1_000_000;

pub(crate) const ALL: [Engine; 11] = [
    Engine { is_ours_too: true, kind: Kind::Page, ..peer(PAGE) },
    Engine { is_ours_too: true, ..peer(BARE) },
    Engine { is_ours_too: true, ..peer(FLOOR) },
    peer("read-2"),
    Engine { is_ours_too: true, ..peer(REFERENCE) },
    Engine { kind: Kind::Native("duckdb"), ..peer(NATIVE) },
    Engine { kind: Kind::Native("polars"), ..peer("native-polars") },
    peer("udsv"),
    peer("papaparse"),
    Engine { most_rows: MODEST, ..peer("arquero") },
    Engine { most_rows: MODEST, form: Form::Commas, ..peer("perspective") },
];

const fn peer(name: &'static str) -> Engine {
    Engine { name, form: Form::Tabs, kind: Kind::Peer, most_rows: u64::MAX, is_ours_too: false }
}

impl Engine {
    /// Whether it takes part.
    pub(crate) fn is_asked(&self, rows: u64, is_ours_only: bool) -> bool {
        rows <= self.most_rows && (self.is_ours_too || !is_ours_only)
    }

    /// The bare engine is the only one that may not have been built.
    pub(crate) fn is_there(&self, peers: &Path) -> bool {
        self.name != BARE || peers.with_file_name("bare").join("bare_worker.js").is_file()
    }

    /// Measures it once.
    pub(crate) fn run(&self, course: &Course) -> Run {
        match self.kind {
            Kind::Page => page::run(course),
            Kind::Peer => run_peer(self.name, course),
            Kind::Native(engine) => run_native(engine, course),
        }
    }
}

fn run_peer(name: &str, course: &Course) -> Run {
    let visit = Visit::begin(course.profile());
    visit.browser().go(&format!("{}peers/peer.html?peer={name}", course.peers.site()));
    let ready = visit.awaited("peer.ready");
    visit.choose_file("#file", course.file);
    let took = visit.awaited("peer.done");
    Run {
        took_millis: number(&took),
        ready_millis: Some(number(&ready)),
        peak_bytes: visit.peak_bytes(),
        found: Found::from_json(&visit.awaited("peer.inspect()")),
        page: None,
    }
}

fn run_native(engine: &str, course: &Course) -> Run {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/native.py");
    let mut command = Command::new(python());
    command.arg(script).arg(engine).arg(course.file).stderr(Stdio::inherit());
    let output = command.output().expect("python runs");
    let told: Value = serde_json::from_slice(&output.stdout).expect("a line of JSON");
    Run {
        took_millis: number(&told["took_millis"]),
        ready_millis: None,
        peak_bytes: told["peak_bytes"].as_u64().expect("bytes"),
        found: Found::from_json(&told["found"]),
        page: None,
    }
}

fn python() -> PathBuf {
    std::env::var_os("BENCH_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from)
}

pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}
