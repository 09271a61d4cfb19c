//! What cannot be said in Cargo.toml: the catalogue as the programs hold it, and what only the site's
//! programs are linked with.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use pinyin::ToPinyin as _;
use serde_json::{Map, Value};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    write_catalog();
    let is_wasm = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    for (feature, program) in [("SPLIT_PAGE", "app"), ("SPLIT_ENGINE", "worker")] {
        if is_wasm && env::var_os(format!("CARGO_FEATURE_{feature}")).is_some() {
            // It is cut after linking (.ci/tools/wasm-bindgen), for which it has to say what refers
            // to what.
            println!("cargo::rustc-link-arg-bin={program}=--emit-relocs");
        }
    }
}

/// Writes the catalogue's TOML as JSON without comments: it is shorter, and read in a tenth of the
/// time. The recipes become one text, each a line of its own: one can be read without the others.
fn write_catalog() {
    let catalog = Path::new("src/catalog");
    println!("cargo::rerun-if-changed={}", catalog.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where"));
    let mut traps = Map::new();
    for (folder, prefix) in [("", ""), ("kpis", "kpis_")] {
        for path in toml_files(&catalog.join(folder)) {
            let name = format!("{prefix}{}.json", stem(&path));
            let mut value = value_of(&path);
            add_initials(&mut value);
            take_traps(&mut value, &mut traps);
            fs::write(out.join(name), value.to_string()).expect("room for it");
        }
    }
    fs::write(out.join("kpi_traps.json"), Value::from(traps).to_string()).expect("room for it");
    let mut guides = Map::new();
    let recipes = toml_files(&catalog.join("reports"));
    let recipes = recipes.iter().map(|path| {
        let mut recipe = value_of(path);
        take_guide(&mut recipe, &mut guides);
        format!("{}\t{recipe}\n", stem(path))
    });
    fs::write(out.join("recipes.tsv"), recipes.collect::<String>()).expect("room for it");
    fs::write(out.join("guides.json"), Value::from(guides).to_string()).expect("room for it");
}

/// Gives every KPI the initials of its Chinese name, by which people search.
fn add_initials(value: &mut Value) {
    for kpi in value.get_mut("kpi").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = kpi.pointer("/names/zh").and_then(Value::as_str).unwrap_or_default();
        kpi["initials"] = initials(name).into();
    }
}

/// Puts what people get wrong about KPIs into a text of its own, by their ids: only a page behind home shows
/// it, and it is a third of what is said of them.
fn take_traps(value: &mut Value, traps: &mut Map<String, Value>) {
    for kpi in value.get_mut("kpi").and_then(Value::as_array_mut).into_iter().flatten() {
        let id = kpi.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let own = kpi.as_object_mut().and_then(|kpi| kpi.remove("traps"));
        traps.extend(own.map(|own| (id, own)));
    }
}

/// The same of how to get a report: the longest text of most recipes, which reading needs as little.
fn take_guide(recipe: &mut Value, guides: &mut Map<String, Value>) {
    let id = recipe.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let own = recipe.as_object_mut().and_then(|recipe| recipe.remove("how_to_get"));
    guides.extend(own.map(|own| (id, own)));
}

/// The first letter of each character's pinyin; Latin letters and digits as they are.
fn initials(name: &str) -> String {
    let initial = |letter: char| match letter.to_pinyin() {
        Some(pinyin) => pinyin.first_letter().chars().next(),
        None => letter.is_ascii_alphanumeric().then(|| letter.to_ascii_lowercase()),
    };
    name.chars().filter_map(initial).collect()
}

/// In the order of their names.
fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn value_of(path: &Path) -> Value {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
