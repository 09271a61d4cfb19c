//! What ARCHITECTURE.md promises: the layers of `src/` and what each may name, where the browser
//! begins, colours in one file, the same texts in every language.
//!
//! A new folder of `src/`, a new crate or a new style sheet without a place here fails.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use serde_json::Value;

/// A module (a folder, or a file that is a border of its own) and the others that it may name.
struct Layer {
    module: &'static str,
    may_use: &'static [&'static str],
}

const fn layer(module: &'static str, may_use: &'static [&'static str]) -> Layer {
    Layer { module, may_use }
}

/// Lowest first. The deepest row that fits a module counts.
const LAYERS: &[Layer] = &[
    layer("domain", &[]),
    layer("catalog", &["domain"]),
    layer("facts", &["domain"]),
    layer("forecast", &["domain"]),
    layer("ingest", &["domain", "catalog", "facts"]),
    layer("kpis", &["domain", "catalog"]),
    layer("reconciliation", &["domain"]),
    layer("scorecard", &["domain", "catalog", "kpis"]),
    layer("signals", &["domain", "catalog", "kpis"]),
    layer("targets", &["domain", "kpis"]),
    layer("whatif", &["domain", "kpis"]),
    layer("workbook", &["domain"]),
    layer("demo", &[]),
    layer("storage", &[]),
    layer("storage::indexed_db", &["storage"]),
    layer("storage::folders", &["storage::indexed_db"]),
    layer("worker", &[]),
    layer("worker::protocol", &["domain", "ingest", "targets", "whatif"]),
    layer("worker::wire", &["worker::protocol"]),
    layer("worker::backlog", &["storage"]),
    layer(
        "worker::views",
        &["domain", "catalog", "kpis", "reconciliation", "signals", "targets", "worker::protocol"],
    ),
    layer(
        "worker::session",
        &[
            "domain",
            "catalog",
            "facts",
            "forecast",
            "ingest",
            "kpis",
            "reconciliation",
            "scorecard",
            "storage",
            "targets",
            "whatif",
            "workbook",
            "worker::protocol",
            "worker::views",
        ],
    ),
    layer(
        "worker::host",
        &[
            "catalog",
            "facts",
            "ingest",
            "demo",
            "storage",
            "storage::indexed_db",
            "worker::backlog",
            "worker::protocol",
            "worker::session",
            "worker::wire",
        ],
    ),
    layer("worker::client", &["worker::protocol", "worker::wire"]),
    layer("ui", &["domain", "storage::folders", "worker::protocol", "worker::client"]),
];

/// What the command line tool may name of the library: the engine, neither the page nor the facts.
const TOOL_MAY_USE: &[&str] = &[
    "domain",
    "catalog",
    "ingest",
    "kpis",
    "demo",
    "storage",
    "worker::protocol",
    "worker::session",
    "worker::views",
];

/// Every dependency and the modules that may name it; `*` is all of them.
const CRATES: &[(&str, &[&str])] = &[
    ("arrow_array", &["facts"]),
    ("arrow_buffer", &["facts"]),
    ("arrow_ipc", &["facts"]),
    ("arrow_schema", &["facts"]),
    ("augurs", &["forecast"]),
    ("bytemuck", &["facts"]),
    ("calamine", &["ingest"]),
    ("cfb", &["ingest"]),
    ("chrono", &["domain", "facts", "ingest", "demo", "ui"]),
    ("chrono_tz", &["facts", "ingest"]),
    ("console_error_panic_hook", &["worker::host", "ui"]),
    ("csv", &["bin::linkstar"]),
    ("encoding_rs", &["ingest"]),
    ("flate2", &["ingest", "demo"]),
    ("futures_channel", &["storage::indexed_db", "worker::host", "worker::client"]),
    ("futures_util", &["facts", "ingest", "ui::pages", "worker::session"]),
    ("gloo_timers", &["worker::host", "ui::hooks"]),
    ("hashbrown", &["facts", "ingest"]),
    ("idb", &["storage::indexed_db"]),
    ("js_sys", &["storage::indexed_db", "worker::host", "worker::client", "ui"]),
    ("leptos", &["ui"]),
    ("leptos_i18n", &["ui"]),
    ("leptos_use", &["ui::hooks"]),
    ("lexopt", &["bin::linkstar"]),
    ("memchr", &["ingest"]),
    ("plotters", &["ui::charts"]),
    ("plotters_canvas", &["ui::charts"]),
    ("postcard", &["worker::host", "worker::protocol", "worker::session", "worker::wire"]),
    ("rawzip", &["ingest", "demo"]),
    ("rustc_hash", &["facts", "ingest"]),
    ("siphasher", &["ingest"]),
    ("serde", &["*"]),
    (
        "serde_json",
        &[
            "catalog",
            "facts",
            "ingest",
            "workbook",
            "worker",
            "ui::pages::targets",
            "bin::linkstar",
        ],
    ),
    ("thiserror", &["*"]),
    ("toml", &["catalog"]),
    ("unicode_normalization", &["catalog"]),
    (
        "wasm_bindgen",
        &["storage::indexed_db", "storage::folders", "worker::host", "worker::client", "ui"],
    ),
    ("wasm_split_helpers", &["demo", "facts", "ingest", "worker::session"]),
    ("wasm_bindgen_futures", &["worker::host", "worker::client", "ui::hooks"]),
    ("wide", &["ingest"]),
    ("web_sys", &["storage::indexed_db", "worker::host", "worker::client", "ui"]),
    ("xxhash_rust", &["facts", "ingest", "worker::session"]),
];

/// The only files that may say `cfg(feature)`: the border runs along module lines.
const FILES_WITH_FEATURE_GATES: &[&str] = &[
    "demo/mod.rs",
    "facts/ipc/mod.rs",
    "ingest/sheets/mod.rs",
    "lib.rs",
    "storage/mod.rs",
    "ui/pages/later/mod.rs",
    "worker/mod.rs",
    "worker/session/later/mod.rs",
];

const LANGUAGES: &[&str] = &["en", "zh-CN"];

// --- Layers ----------------------------------------------------------------------------------

#[test]
fn layers_only_look_down() {
    let mut breaches = Vec::new();
    for file in shipped() {
        let own = row_of(&file.module);
        for path in named_modules(file) {
            let Some(named) = row_of(&path) else { continue };
            let may = match own {
                Some(own) => named.module == own.module || own.may_use.contains(&named.module),
                None if file.is_in("bin::linkstar") => TOOL_MAY_USE.contains(&named.module),
                // lib.rs lists the layers, main.rs and bin/worker.rs start what they hold.
                None => true,
            };
            if !may {
                breaches.push(format!("{}: must not use {}", file.relative, named.module));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn every_folder_is_a_layer() {
    let mut breaches = Vec::new();
    for path in children(&root().join("src")) {
        let name = name_of(&path);
        let is_known = if path.is_dir() {
            name == "bin" || LAYERS.iter().any(|layer| layer.module == name)
        } else {
            ["lib.rs", "main.rs"].contains(&name.as_str())
        };
        if !is_known {
            breaches.push(format!("src/{name} is no layer"));
        }
    }
    let has_code = |layer: &&Layer| FILES.iter().any(|file| file.module == layer.module);
    let gone = LAYERS.iter().filter(|layer| !has_code(layer));
    breaches.extend(gone.map(|layer| format!("{} is a layer without code", layer.module)));
    assert_none(&breaches);
}

#[test]
fn the_whole_protocol_is_in_its_mark() {
    let wire = fs::read_to_string(root().join("src/worker/wire.rs")).unwrap();
    let parts = children(&root().join("src/worker/protocol"));
    let forgotten = parts.iter().map(|path| format!("\"protocol/{}\"", name_of(path)));
    let forgotten: Vec<String> = forgotten.filter(|part| !wire.contains(part)).collect();
    assert_none(&forgotten);
}

#[test]
fn every_crate_stays_in_its_place() {
    let mut breaches = Vec::new();
    for file in shipped() {
        for (name, places) in CRATES {
            let may = places.iter().any(|place| *place == "*" || file.is_in(place));
            if !may && names_crate(&file.code, name) {
                breaches.push(format!("{}: must not use {name}", file.relative));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn every_dependency_has_a_place_and_is_used() {
    let dependencies = dependencies();
    let mut breaches = Vec::new();
    for dependency in &dependencies {
        if !CRATES.iter().any(|(name, _)| name == dependency) {
            breaches.push(format!("{dependency} has no row in CRATES"));
        }
        if !FILES.iter().any(|file| names_crate(&file.code_with_tests, dependency)) {
            breaches.push(format!("{dependency} is named nowhere in src: drop it"));
        }
    }
    let gone = CRATES.iter().filter(|(name, _)| !dependencies.contains(*name));
    breaches.extend(gone.map(|(name, _)| format!("{name} is no dependency any more")));
    assert_none(&breaches);
}

#[test]
fn feature_gates_stand_in_module_lists_only() {
    let is_gated = |file: &&RustFile| file.code_with_tests.contains("feature = \"\"");
    let gated: Vec<&str> = FILES.iter().filter(is_gated).map(|file| &*file.relative).collect();
    assert_eq!(gated, FILES_WITH_FEATURE_GATES);
}

// --- Where the outside is touched --------------------------------------------------------------

#[test]
fn indexed_db_is_known_to_one_file() {
    let words = ["IdbDatabase", "IdbTransaction", "IdbFactory", "indexedDB", "idb::"];
    let breaches = files_with(&words, |file| file.relative != "storage/indexed_db.rs");
    assert_none(&breaches);
}

#[test]
fn effects_stand_at_the_edge_only() {
    let words = ["Effect::new", "Effect::watch", "RenderEffect", "ImmediateEffect"];
    let breaches = files_with(&words, |file| {
        !file.is_in("ui::hooks") && file.relative != "ui/charts/canvas.rs"
    });
    assert_none(&breaches);
}

#[test]
fn the_clock_is_read_in_two_files() {
    let words =
        ["Date::now", "Date::new_0", "SystemTime", "Instant::now", "Utc::now", "Local::now"];
    let breaches = files_with(&words, |file| {
        !["worker/host.rs", "ui/hooks/clock.rs"].contains(&file.relative.as_str())
    });
    assert_none(&breaches);
}

#[test]
fn nothing_unwraps_outside_tests() {
    assert_none(&files_with(&[".unwrap()", ".unwrap_err()"], |_| true));
}

#[test]
fn the_engine_touches_no_machine() {
    let words = ["std::fs", "std::net", "std::env", "std::thread", "std::process"];
    assert_none(&files_with(&words, |file| !file.is_in("bin")));
}

#[test]
fn no_byte_leaves_the_machine() {
    let ways = ["fetch_with", "XmlHttpRequest", "WebSocket", "EventSource", "send_beacon", "Rtc"];
    assert_none(&files_with(&ways, |_| true));
    let page = read("public/index.html");
    let policy = page.split_once("Content-Security-Policy\" content=\"").unwrap().1;
    let policy = policy.split_once('"').unwrap().0;
    let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
    for directive in ["default-src 'none'", "connect-src 'self'", "form-action 'none'"] {
        assert!(directives.contains(&directive), "{directive} is missing in {policy:?}");
    }
    assert!(!policy.contains("http") && !policy.contains('*'), "{policy:?}");
}

// --- Style -------------------------------------------------------------------------------------

#[test]
fn every_style_sheet_is_linked_once() {
    let page = read("public/index.html");
    let links = page.split("rel=\"css\" href=\"../").skip(1);
    let linked: Vec<&str> = links.map(|rest| rest.split_once('"').unwrap().0).collect();
    assert_eq!(linked.first(), Some(&"style/layers.css"), "the order of the layers comes first");
    let mut sorted: Vec<String> = linked.iter().map(|&link| link.to_owned()).collect();
    sorted.sort();
    let sheets: Vec<String> = style_sheets().into_iter().map(|(name, _)| name).collect();
    assert_eq!(sorted, sheets);
}

#[test]
fn every_style_sheet_stands_in_a_layer() {
    let outside = style_sheets().into_iter().filter(|(name, css)| {
        let code = css.trim();
        !code.starts_with("@layer") || (code.contains("@import") && name != "style/layers.css")
    });
    let outside: Vec<String> = outside.map(|(name, _)| name).collect();
    assert_none(&outside);
}

#[test]
fn colours_stand_in_tokens_only() {
    let mut breaches = Vec::new();
    for (name, css) in style_sheets().iter().filter(|(name, _)| name != "style/tokens.css") {
        breaches.extend(colour_in(css).map(|colour| format!("{name}: {colour}")));
    }
    // The demo company sells things that have colours.
    for file in shipped().filter(|file| !file.is_in("demo")) {
        let texts = file.texts.iter().filter_map(|text| colour_in(text));
        breaches.extend(texts.map(|colour| format!("{}: {colour:?}", file.relative)));
        let is_literal = |after: &str| after.trim_start().starts_with(|it: char| it.is_numeric());
        if file.code.split("RGBColor(").skip(1).any(is_literal) {
            breaches.push(format!("{}: RGBColor with numbers", file.relative));
        }
        let plotters = ["BLACK", "WHITE", "RED", "GREEN", "BLUE", "YELLOW", "CYAN", "MAGENTA"];
        let named = plotters.iter().filter(|name| words(&file.code).any(|word| word == **name));
        breaches.extend(named.map(|name| format!("{}: {name}", file.relative)));
    }
    assert_none(&breaches);
}

// --- Texts -------------------------------------------------------------------------------------

#[test]
fn every_text_exists_in_every_language_with_the_same_gaps() {
    let [first, others @ ..] = LANGUAGES else { panic!("there is no language") };
    let expected = gaps_by_key(first);
    for language in others {
        let found = gaps_by_key(language);
        let differ = |(key, gaps): &(&String, &Vec<String>)| found.get(*key) != Some(gaps);
        let wrong: Vec<_> = expected.iter().filter(differ).map(|(key, _)| key.clone()).collect();
        assert!(wrong.is_empty(), "{language} lacks or changes:\n{}", wrong.join("\n"));
        let more: Vec<_> = found.into_keys().filter(|key| !expected.contains_key(key)).collect();
        assert!(more.is_empty(), "{language} has more than {first}:\n{}", more.join("\n"));
    }
}

#[test]
fn every_language_is_built_in() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let settings = &manifest["package"]["metadata"]["leptos-i18n"];
    let list = |key: &str| -> BTreeSet<String> {
        let items = settings[key].as_array().unwrap().iter();
        items.map(|item| item.as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(list("locales"), LANGUAGES.iter().map(|&it| it.to_owned()).collect());
    for language in LANGUAGES {
        let files = children(&root().join("src/ui/i18n").join(language));
        let names = files.iter().map(|path| name_of(path).replace(".json", ""));
        assert_eq!(names.collect::<BTreeSet<_>>(), list("namespaces"), "{language}");
    }
}

/// `namespace.key` → the gaps of its text, sorted. A text may be empty: some are parts of sentences
/// that one language does not need.
fn gaps_by_key(language: &str) -> BTreeMap<String, Vec<String>> {
    let mut gaps = BTreeMap::new();
    for path in children(&root().join("src/ui/i18n").join(language)) {
        let texts: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        collect_gaps(&name_of(&path).replace(".json", ""), &texts, &mut gaps);
    }
    gaps
}

fn collect_gaps(key: &str, value: &Value, gaps: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::Object(texts) => {
            for (part, text) in texts {
                collect_gaps(&format!("{key}.{part}"), text, gaps);
            }
        }
        Value::String(text) => {
            let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
            let mut names: Vec<String> = parts.map(|(gap, _)| gap.trim().to_owned()).collect();
            names.sort();
            gaps.insert(key.to_owned(), names);
        }
        other => panic!("{key}: {other} is no text"),
    }
}

// --- Files -------------------------------------------------------------------------------------

/// A file of `src/`, taken apart.
struct RustFile {
    /// Below `src`, with slashes.
    relative: String,
    /// `worker::views`; empty for `lib.rs` and `main.rs`.
    module: String,
    /// It is compiled for tests only.
    is_test: bool,
    /// Without comments, what stands in quotes, and tests.
    code: String,
    /// Without comments and what stands in quotes.
    code_with_tests: String,
    /// What stands in quotes, tests left out.
    texts: Vec<String>,
}

impl RustFile {
    fn is_in(&self, module: &str) -> bool {
        is_inside(&self.module, module)
    }
}

/// All files of `src/`, sorted by path.
static FILES: LazyLock<Vec<RustFile>> = LazyLock::new(read_rust_files);

/// The files that are compiled into the programs.
fn shipped() -> impl Iterator<Item = &'static RustFile> {
    FILES.iter().filter(|file| !file.is_test)
}

fn read_rust_files() -> Vec<RustFile> {
    let src = root().join("src");
    let mut files = Vec::new();
    let mut test_files = BTreeSet::new();
    for path in files_below(&src, "rs") {
        let relative = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        let module = module_of(&relative);
        let (code_with_tests, texts) = taken_apart(&fs::read_to_string(&path).unwrap());
        let (code, test_modules) = without_tests(&code_with_tests);
        // Tests stand last, so the texts that are left over are theirs.
        let texts = texts.into_iter().take(code.matches("\"\"").count()).collect();
        test_files.extend(test_modules.iter().map(|name| format!("{module}::{name}")));
        files.push(RustFile { relative, module, is_test: false, code, code_with_tests, texts });
    }
    for file in &mut files {
        file.is_test = test_files.contains(&file.module);
    }
    files
}

fn module_of(relative: &str) -> String {
    let path = relative.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    if path == "lib" || path == "main" { String::new() } else { path }
}

fn is_inside(module: &str, of: &str) -> bool {
    module.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn row_of(module: &str) -> Option<&'static Layer> {
    let rows = LAYERS.iter().filter(|layer| is_inside(module, layer.module));
    rows.max_by_key(|layer| layer.module.len())
}

/// Files outside tests that hold one of the words in their code, of those that must not.
fn files_with(words: &[&str], must_not: impl Fn(&RustFile) -> bool) -> Vec<String> {
    let found = shipped().filter(|file| must_not(file)).flat_map(|file| {
        let here = words.iter().filter(|word| file.code.contains(**word));
        here.map(|word| format!("{}: {word}", file.relative))
    });
    found.collect()
}

/// Names of `[dependencies]` as code spells them.
fn dependencies() -> BTreeSet<String> {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    // Those of some targets only, too.
    let targets = manifest["target"].as_table().unwrap().values();
    let of_targets = targets.filter_map(|target| target.get("dependencies")?.as_table());
    let of_all = manifest["dependencies"].as_table().unwrap();
    let names = std::iter::once(of_all).chain(of_targets).flat_map(|table| table.keys());
    names.map(|name| name.replace('-', "_")).collect()
}

/// Name and text without comments of every style sheet, sorted by name.
fn style_sheets() -> Vec<(String, String)> {
    let sheets = files_below(&root().join("style"), "css").into_iter().map(|path| {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        let css = fs::read_to_string(&path).unwrap();
        let (before, rest) = css.split_once("/*").unwrap_or((&css, ""));
        let after = rest.split("/*").map(|part| part.split_once("*/").map_or("", |it| it.1));
        (name, before.to_owned() + &after.collect::<String>())
    });
    sheets.collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in children(folder) {
        if path.is_dir() {
            files.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[track_caller]
fn assert_none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

// --- Reading code ------------------------------------------------------------------------------

/// Rust without comments and with `""` for every literal in quotes; and what those held.
fn taken_apart(source: &str) -> (String, Vec<String>) {
    let (mut code, mut texts) = (String::new(), Vec::new());
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let before = code.chars().next_back().unwrap_or(' ');
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
        } else if let Some(hashes) = raw_text_hashes(rest).filter(|_| !is_word(before)) {
            let body = rest.split_once('"').unwrap().1;
            let end = format!("\"{}", "#".repeat(hashes));
            let (text, after) = body.split_once(&end).unwrap_or((body, ""));
            texts.push(text.to_owned());
            code.push_str("\"\"");
            rest = after;
        } else if letter == '"' {
            let length = text_length(&rest[1..]);
            texts.push(rest[1..=length].to_owned());
            code.push_str("\"\"");
            rest = rest.get(length + 2..).unwrap_or("");
        } else if let Some(length) = letter_length(rest) {
            code.push_str("' '");
            rest = &rest[length..];
        } else {
            code.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    (code, texts)
}

/// `r"`, `r#"`, `br##"`: how many hashes.
fn raw_text_hashes(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let quoted = after.trim_start_matches('#');
    quoted.starts_with('"').then(|| after.len() - quoted.len())
}

/// Bytes before the quote that ends a text.
fn text_length(body: &str) -> usize {
    let mut is_escaped = false;
    let end = body.find(|letter| {
        let is_end = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        is_end
    });
    end.unwrap_or(body.len())
}

/// Bytes of the character literal at the beginning; `None` for a lifetime.
fn letter_length(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    let mut letters = body.char_indices();
    let (_, first) = letters.next()?;
    if first == '\\' {
        letters.next();
        return letters.find(|(_, letter)| *letter == '\'').map(|(at, _)| at + 2);
    }
    letters.next().filter(|(_, letter)| *letter == '\'').map(|(at, _)| at + 2)
}

/// Code without the items under `#[cfg(test)]`, and the names of those that are files.
fn without_tests(code: &str) -> (String, Vec<String>) {
    let mut parts = code.split("#[cfg(test)]");
    let mut kept = parts.next().unwrap_or("").to_owned();
    let mut modules = Vec::new();
    for part in parts {
        let end = part.find(['{', ';']).unwrap_or(part.len());
        if part[end..].starts_with('{') {
            kept.push_str(&part[end + length_of_block(&part[end..])..]);
            continue;
        }
        if let Some((_, name)) = part[..end].split_once("mod ") {
            modules.push(name.trim().to_owned());
        }
        kept.push_str(part.get(end + 1..).unwrap_or(""));
    }
    (kept, modules)
}

/// Bytes from `{` to after its `}`.
fn length_of_block(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in code.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            _ => (),
        }
    }
    code.len()
}

/// Full paths of the modules of our library that a file names.
fn named_modules(file: &RustFile) -> Vec<String> {
    let mut paths = paths_after("linkstar_kpi::", &file.code);
    if !file.is_in("bin") {
        paths.extend(paths_after("crate::", &file.code));
    }
    let parent = file.module.rsplit_once("::").map_or("", |(parent, _)| parent);
    for path in paths_after("super::", &file.code) {
        let (mut parent, mut path) = (parent, path.as_str());
        while let Some(rest) = path.strip_prefix("super::") {
            path = rest;
            parent = parent.rsplit_once("::").map_or("", |(grandparent, _)| grandparent);
        }
        paths.push(format!("{parent}::{path}").trim_start_matches("::").to_owned());
    }
    paths
}

/// `a::b` and `c` of `crate::a::b` and `use crate::{a::{b, d}, c as e}`.
fn paths_after(prefix: &str, code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(prefix) {
        let is_inner = rest[..at].ends_with(|it| is_word(it) || it == ':');
        rest = &rest[at + prefix.len()..];
        if !is_inner {
            collect_paths(rest, "", &mut paths);
        }
    }
    paths
}

/// Adds the paths of one use tree; gives back what follows it.
fn collect_paths<'a>(tree: &'a str, base: &str, paths: &mut Vec<String>) -> &'a str {
    let tree = tree.trim_start();
    if let Some(mut group) = tree.strip_prefix('{') {
        loop {
            group = collect_paths(group, base, paths);
            let Some(end) = group.find([',', '}']) else { return "" };
            let is_last = group[end..].starts_with('}');
            group = group[end + 1..].trim_start();
            if is_last || group.is_empty() {
                return group;
            }
            if let Some(after) = group.strip_prefix('}') {
                return after;
            }
        }
    }
    let end = tree.find(|letter| !is_word(letter)).unwrap_or(tree.len());
    let (name, rest) = tree.split_at(end);
    let path = [base, name].join(if base.is_empty() || name.is_empty() { "" } else { "::" });
    match rest.strip_prefix("::") {
        Some(deeper) if !name.is_empty() => collect_paths(deeper, &path, paths),
        _ => {
            paths.push(path);
            rest
        }
    }
}

fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let after = &code[at + name.len()..];
        let is_path = after.starts_with("::");
        let is_import = code[..at].ends_with("use ") && after.starts_with([';', ' ']);
        (is_path || is_import) && !code[..at].ends_with(|it| is_word(it) || it == ':')
    })
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Words with their dashes, as CSS has them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter| !is_word(letter) && letter != '-').filter(|word| !word.is_empty())
}

/// The first colour that a style sheet or an attribute's value names by itself.
fn colour_in(css: &str) -> Option<String> {
    let hex = css.split('#').skip(1).find_map(|rest| {
        let word = words(rest).next().filter(|word| rest.starts_with(word))?;
        let is_hex = word.bytes().all(|it| it.is_ascii_hexdigit());
        (is_hex && [3, 4, 6, 8].contains(&word.len())).then(|| format!("#{word}"))
    });
    let made = css.match_indices('(').find_map(|(at, _)| {
        let function = words(&css[..at]).last().filter(|name| css[..at].ends_with(name))?;
        COLOUR_FUNCTIONS.contains(&function).then(|| format!("{function}(…)"))
    });
    let lower = css.to_ascii_lowercase();
    // A sentence may name a colour; a value is one word, or stands in a declaration.
    let is_value = css.contains(':') || words(css).count() == 1;
    let named =
        words(&lower).find(|word| is_value && COLOUR_NAMES.split(' ').any(|name| name == *word));
    hex.or(made).or_else(|| named.map(str::to_owned))
}

const COLOUR_FUNCTIONS: &[&str] =
    &["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"];

/// The names that people use; CSS knows more.
const COLOUR_NAMES: &str = "\
    aqua beige black blue brown crimson cyan darkgray darkgrey fuchsia gold gray green \
    grey indigo ivory khaki lavender lightgray lightgrey lime magenta maroon navy olive \
    orange orchid pink plum purple red salmon silver teal tomato turquoise violet white \
    yellow";

// --- The reader itself -------------------------------------------------------------------------

#[test]
fn finds_modules_in_groups() {
    let code = "use crate::{domain::{Money, ui}, kpis as k, facts::{self, Table},};\n\
                let x = crate::worker::views::shown::<u8>(); mod a { use not_crate::b; }";
    let expected = ["domain::Money", "domain::ui", "kpis", "facts::self", "facts::Table"];
    let found = paths_after("crate::", code);
    assert_eq!(found[..5], expected);
    assert_eq!(found[5..], ["worker::views::shown"]);
    assert_eq!(row_of("worker::views::shown").map(|row| row.module), Some("worker::views"));
    assert_eq!(row_of("worker::wired").map(|row| row.module), Some("worker"));
}

#[test]
fn takes_code_apart() {
    let source = r##"let a = "x \" // y"; // "no"
        let b = br#"{"k": 1}"#; let c = ['"', '\'', '\u{1F}']; fn d<'a>(e: &'a str) {}"##;
    let (code, texts) = taken_apart(source);
    assert_eq!(texts, ["x \\\" // y", "{\"k\": 1}"]);
    assert!(code.contains("let b = \"\"; let c = [' ', ' ', ' ']; fn d<'a>(e: &'a str) {}"));
}

#[test]
fn leaves_tests_out() {
    let code = "a\n#[cfg(test)]\nmod mock;\nb\n#[cfg(test)]\nmod tests { fn c() { d } }\ne";
    let (kept, modules) = without_tests(code);
    assert_eq!(kept.split_whitespace().collect::<String>(), "abe");
    assert_eq!(modules, ["mock"]);
}

#[test]
fn knows_a_colour() {
    for css in ["a { color: #fff }", "rgb(1, 2, 3)", "b { fill: White; }", "red"] {
        assert!(colour_in(css).is_some(), "{css}");
    }
    for css in ["a { white-space: pre }", "#main", "var(--red-600)", "a red herring", "{n} (rgb)"] {
        assert_eq!(colour_in(css), None, "{css}");
    }
}
