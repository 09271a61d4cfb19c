//! What a browser downloads before the page works.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde::Serialize;

/// Bytes after `gzip -9`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Download {
    /// The page's wasm and JavaScript, without what is loaded after the first page is there.
    pub(crate) page: u64,
    /// The wasm of the later pages.
    pub(crate) later_pages: u64,
    /// The engine's wasm, without its parts.
    pub(crate) worker_wasm: u64,
    /// The wasm that answers what only later pages ask.
    pub(crate) worker_later: u64,
    /// The wasm that reads workbooks.
    pub(crate) worker_sheets: u64,
    /// The wasm that makes the demo's files.
    pub(crate) worker_demo: u64,
    pub(crate) worker_script: u64,
}

pub(crate) fn sizes(page: &Path) -> Download {
    let files: Vec<PathBuf> =
        fs::read_dir(page).unwrap().map(|entry| entry.unwrap().path()).collect();
    let is_of_worker = |path: &Path| name(path).starts_with("worker");
    let sum = |extension: &str, is_wanted: &dyn Fn(&Path) -> bool| -> u64 {
        let has_extension = |path: &Path| path.extension().is_some_and(|it| it == extension);
        let wanted = files.iter().filter(|path| has_extension(path) && is_wanted(path));
        wanted.map(|path| gzipped_bytes(path)).sum()
    };
    let is_of_sheets = |path: &Path| name(path).starts_with("worker-sheets-");
    let is_of_demo = |path: &Path| name(path).starts_with("worker-demo-");
    let answers_later = |path: &Path| name(path).starts_with("worker-later-");
    let needed = chunks_of_segments(&files);
    let is_others = |path: &Path| {
        name(path).starts_with("worker-chunk_") && !needed.contains(&name(path).to_owned())
    };
    let is_part = |path: &Path| {
        is_of_sheets(path) || is_of_demo(path) || answers_later(path) || is_others(path)
    };
    let is_of_engine = |path: &Path| is_of_worker(path) && !is_part(path);
    let is_later = |path: &Path| name(path).starts_with("app-pages-");
    let is_of_page = |path: &Path| !is_of_worker(path) && !is_later(path);
    Download {
        page: sum("wasm", &is_of_page) + sum("js", &is_of_page),
        later_pages: sum("wasm", &is_later),
        worker_wasm: sum("wasm", &is_of_engine),
        worker_later: sum("wasm", &answers_later),
        worker_sheets: sum("wasm", &is_of_sheets),
        worker_demo: sum("wasm", &is_of_demo),
        worker_script: sum("js", &is_of_worker),
    }
}

/// What several parts share is cut off, too. The names of what the part needs that reads and writes segments, which
/// is counted with the engine; the rest is shared by parts that are not.
fn chunks_of_segments(files: &[PathBuf]) -> Vec<String> {
    let script = files.iter().find(|path| {
        name(path).starts_with("worker-parts-") && path.extension().is_some_and(|it| it == "js")
    });
    let text = script.map(|path| fs::read_to_string(path).unwrap()).unwrap_or_default();
    let list = text
        .split_once("__wasm_split_load_segments")
        .and_then(|(_, rest)| rest.split_once("\n, ["))
        .and_then(|(_, rest)| rest.split_once(']'));
    let wanted: Vec<&str> =
        list.map(|(list, _)| list.split(',').map(str::trim).collect()).unwrap_or_default();
    let is_wanted = |path: &&PathBuf| {
        let chunk = name(path).strip_prefix("worker-").and_then(|it| it.split_once('-'));
        chunk.is_some_and(|(chunk, _)| wanted.contains(&format!("__{chunk}").as_str()))
    };
    files.iter().filter(is_wanted).map(|path| name(path).to_owned()).collect()
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn gzipped_bytes(path: &Path) -> u64 {
    let mut command = Command::new("gzip");
    let output = command.args(["-9", "-c"]).arg(path).stderr(Stdio::inherit()).output();
    let bytes = output.expect("gzip runs").stdout.len();
    u64::try_from(bytes).unwrap()
}
