//! Export files for the journeys.

use std::{fs, path::Path, sync::OnceLock};

use linkstar_kpi::demo::{self, DemoFile};

/// The demo company's files, written once.
pub(crate) fn demo_files() -> &'static [DemoFile] {
    static FILES: OnceLock<Vec<DemoFile>> = OnceLock::new();
    FILES.get_or_init(demo::files)
}

/// The one demo file whose name contains `part`, the last of several.
#[track_caller]
pub(crate) fn demo_file(part: &str) -> &'static DemoFile {
    let mut files = demo_files().iter().rev();
    files.find(|file| file.name.contains(part)).unwrap_or_else(|| panic!("no demo file {part}"))
}

/// A look-alike of `tests/fixtures`: its bytes and the ending of its name.
#[track_caller]
pub(crate) fn look_alike(case: &str) -> (Vec<u8>, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(case);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{case}: {error}"));
    let input = entries
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("in")))
        .expect("an input file");
    let ending = input.extension().unwrap().to_string_lossy().into_owned();
    (fs::read(input).unwrap(), ending)
}
