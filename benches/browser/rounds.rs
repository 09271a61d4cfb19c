//! Rounds over all engines with one file.

use std::{
    env,
    fs::{self, File},
    io::{BufWriter, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use serde::Serialize;
use serde_json::Value;

use crate::{
    arguments::{Arguments, Size},
    engines::{ALL, Engine, NATIVE, REFERENCE},
    input::{self, Expected, Form},
    machine,
    page::PageRun,
    server::Server,
};

/// Before each measurement: what the one before leaves behind, as gigabytes given back and a profile that is
/// deleted, is no part of it.
const REST: Duration = Duration::from_secs(2);

/// Where things lie.
pub(crate) struct Folders {
    /// The built page.
    pub(crate) page: PathBuf,
    /// `target/bench`, with `peers` and perhaps `bare` in it, as `./bench` leaves them.
    pub(crate) output: PathBuf,
}

impl Folders {
    pub(crate) fn of_environment() -> Self {
        let given = |name: &str, other: &str| {
            let given = env::var_os(name).filter(|path| !path.is_empty());
            given.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(other), PathBuf::from)
        };
        let page = given("DIST", "dist");
        assert!(page.join("index.html").is_file(), "{} holds no release build", page.display());
        Self { page, output: given("BENCH_OUTPUT", "target/bench") }
    }
}

/// What an engine's measurement needs to know.
pub(crate) struct Course<'a> {
    pub(crate) file: &'a Path,
    pub(crate) expected: Expected,
    pub(crate) page: &'a Server,
    pub(crate) peers: &'a Server,
    folder: &'a Path,
}

impl Course<'_> {
    /// For the browser of one measurement.
    pub(crate) fn profile(&self) -> PathBuf {
        self.folder.join("visit")
    }
}

/// One measurement.
#[derive(Debug, Serialize)]
pub(crate) struct Run {
    /// From the file's handle to the result.
    pub(crate) took_millis: f64,
    /// From the start of the navigation until a file could be given.
    pub(crate) ready_millis: Option<f64>,
    /// Of the page's process, or of the native engine's.
    pub(crate) peak_bytes: u64,
    pub(crate) found: Found,
    pub(crate) page: Option<PageRun>,
}

/// What a measurement came to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Found {
    /// Only bytes were read.
    Nothing,
    /// SHA-256 of the sorted lines of the result, and what they add up to.
    Lines { digest: String, totals: Value },
    /// The page showed the file's figures; with others the measurement would have failed.
    Figures,
}

impl Found {
    /// From `null` or `{ digest, totals }`.
    pub(crate) fn from_json(json: &Value) -> Self {
        match json["digest"].as_str() {
            Some(digest) => {
                Self::Lines { digest: digest.to_owned(), totals: json["totals"].clone() }
            }
            None => Self::Nothing,
        }
    }

    fn digest(&self) -> Option<&str> {
        match self {
            Self::Lines { digest, .. } => Some(digest),
            Self::Nothing | Self::Figures => None,
        }
    }
}

/// All measurements with one file.
pub(crate) struct SizeResult {
    pub(crate) size: Size,
    pub(crate) file_bytes: u64,
    pub(crate) engines: Vec<EngineResult>,
    /// Highest load of the machine while measuring; the benchmark's own included.
    pub(crate) load: f64,
}

pub(crate) struct EngineResult {
    pub(crate) name: &'static str,
    pub(crate) runs: Vec<Run>,
    pub(crate) n_failed: usize,
    /// Whether all runs found what they had to; `None` where there is nothing to compare.
    pub(crate) agrees: Option<bool>,
}

/// Writes the file, measures all engines with it in turns, and removes it.
pub(crate) fn run(folders: &Folders, arguments: &Arguments, size: Size) -> SizeResult {
    let is_asked = |engine: &Engine| engine.is_asked(size.rows, arguments.is_ours_only);
    let (there, missing): (Vec<Engine>, Vec<Engine>) = ALL
        .into_iter()
        .filter(is_asked)
        .partition(|engine| engine.is_there(&folders.output.join("peers")));
    for engine in missing {
        eprintln!("notice: {} is not built and left out", engine.name);
    }
    let files = Files::written(&folders.output, size, &there);
    let servers = (Server::start(&folders.page), Server::start(&folders.output));
    let mut load = 0.0_f64;
    let mut engines: Vec<EngineResult> = there.iter().map(EngineResult::empty).collect();
    for round in 1..=arguments.n_rounds(size) {
        for (engine, result) in there.iter().zip(&mut engines) {
            let course = Course {
                file: files.path(engine.form),
                expected: files.expected,
                page: &servers.0,
                peers: &servers.1,
                folder: &folders.output,
            };
            thread::sleep(REST);
            let outcome = catch_unwind(AssertUnwindSafe(|| engine.run(&course)));
            load = load.max(machine::load());
            result.add(outcome, size, round);
        }
    }
    compare(&mut engines, files.expected);
    SizeResult { size, file_bytes: files.size_bytes(), engines, load }
}

impl EngineResult {
    fn empty(engine: &Engine) -> Self {
        Self { name: engine.name, runs: Vec::new(), n_failed: 0, agrees: None }
    }

    fn add(&mut self, outcome: thread::Result<Run>, size: Size, round: usize) {
        let what = format!("{}, round {round}: {}", size.name, self.name);
        match outcome {
            Ok(run) => {
                eprintln!("{what}: {:.0} ms", run.took_millis);
                self.runs.push(run);
            }
            Err(_) => {
                eprintln!("{what}: failed");
                self.n_failed += 1;
            }
        }
    }
}

/// Holds what was found against the digest of the reference and the totals of the file.
fn compare(engines: &mut [EngineResult], expected: Expected) {
    let reference = [NATIVE, REFERENCE].iter().find_map(|name| {
        let engine = engines.iter().find(|engine| engine.name == *name)?;
        engine.runs.first()?.found.digest().map(str::to_owned)
    });
    let task = serde_json::to_value(expected.task).expect("plain numbers");
    let is_right = |found: &Found| match found {
        Found::Nothing => None,
        Found::Figures => Some(true),
        Found::Lines { digest, totals } => {
            Some(Some(digest) == reference.as_ref() && is_equal(totals, &task))
        }
    };
    for engine in engines {
        let verdicts = engine.runs.iter().filter_map(|run| is_right(&run.found));
        engine.agrees = verdicts.reduce(|one, other| one && other);
    }
}

/// Both are the same numbers, written with or without a point.
fn is_equal(found: &Value, expected: &Value) -> bool {
    let keys = expected.as_object().into_iter().flat_map(serde_json::Map::keys);
    keys.into_iter().all(|key| found[key].as_f64() == expected[key].as_f64())
}

/// The input in the forms that are needed; removed when dropped.
struct Files {
    folder: PathBuf,
    tabs: PathBuf,
    commas: PathBuf,
    expected: Expected,
}

impl Files {
    fn written(output: &Path, size: Size, engines: &[Engine]) -> Self {
        let folder = output.join("input");
        fs::create_dir_all(&folder).expect("a folder for the input");
        let path = |extension: &str| folder.join(format!("orders_{}.{extension}", size.name));
        let (tabs, commas) = (path("txt"), path("csv"));
        let write = |path: &Path, form| {
            let mut out = BufWriter::with_capacity(1 << 20, File::create(path).expect("a file"));
            let expected = input::write(&mut out, size.rows, form);
            out.flush().expect("room for the file");
            expected
        };
        let expected = write(&tabs, Form::Tabs);
        if engines.iter().any(|engine| engine.form == Form::Commas) {
            write(&commas, Form::Commas);
        }
        Self { folder, tabs, commas, expected }
    }

    fn path(&self, form: Form) -> &Path {
        match form {
            Form::Tabs => &self.tabs,
            Form::Commas => &self.commas,
        }
    }

    fn size_bytes(&self) -> u64 {
        fs::metadata(&self.tabs).map_or(0, |file| file.len())
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}
