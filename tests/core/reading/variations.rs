//! A known report with its columns in another order, a header written differently, or columns more is
//! read as before.
//!
//! The look-alikes of `fixtures/` are varied; those that are workbooks as the text of their sheet. Where a
//! column stands there twice, its place decides, and the order is left as it is.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use calamine::{Data, Reader as _, Xlsx};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::WINDOWS_1252;
use linkstar_kpi::{
    catalog::{Catalog, report::Quoting},
    ingest::{FileName, ReadOptions, ReadOutcome, Reading, read_whole},
};
use serde_json::Value;

/// A text file taken apart.
#[derive(Clone)]
struct Sheet {
    name: FileName,
    delimiter: u8,
    quoting: Quoting,
    /// The lines above the header.
    preamble: String,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn inputs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = |path: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(path).expect("a folder").map(|entry| entry.expect("one").path());
        entries.filter(|path| path.is_dir()).collect()
    };
    let cases = folders(&root).into_iter().flat_map(|report| folders(&report));
    let mut inputs: Vec<PathBuf> = cases
        .flat_map(|case| fs::read_dir(case).expect("a case"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "expected.json"))
        .collect();
    inputs.sort();
    inputs
}

fn read(name: &FileName, bytes: &[u8]) -> ReadOutcome {
    read_whole(Catalog::built_in(), name.clone(), bytes, &ReadOptions::default())
}

/// The sheet of a workbook that was read as `reading`.
fn sheet_of_workbook(name: &FileName, bytes: &[u8], reading: &Reading) -> Option<Sheet> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let expected: Vec<&str> = reading.columns.iter().map(|column| column.header.trim()).collect();
    workbook.worksheets().iter().find_map(|(_, cells)| {
        let mut rows: Vec<Vec<String>> =
            cells.rows().map(|row| row.iter().map(typed).collect()).collect();
        let is_header = |row: &Vec<String>| {
            row.iter().map(|cell| cell.trim()).take(expected.len()).eq(expected.iter().copied())
        };
        let at = rows.iter().position(is_header)?;
        let preamble = rows.drain(..at).map(|row| row.join(",") + "\n").collect();
        let header = rows.remove(0);
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let (name, quoting) = (name.clone(), Quoting::Standard);
        Some(Sheet { name, delimiter: b',', quoting, preamble, header, rows })
    })
}

/// The list of objects of a JSON file that was read as `reading`.
fn sheet_of_json(name: &FileName, bytes: &[u8], reading: &Reading) -> Option<Sheet> {
    let file: Value = serde_json::from_slice(bytes).ok()?;
    let header: Vec<String> = reading.columns.iter().map(|it| it.header.clone()).collect();
    let lists = file.as_object()?.values().filter_map(Value::as_array);
    let list = lists.max_by_key(|list| list.first().map(|first| first.to_string().len()))?;
    let cell = |object: &Value, path: &String| {
        let at = object.pointer(&format!("/{}", path.replace('.', "/")));
        at.map(|value| value.to_string().trim_matches('"').to_owned()).unwrap_or_default()
    };
    let row = |object: &Value| header.iter().map(|path| cell(object, path)).collect();
    let rows = list.iter().map(row).collect();
    let (name, quoting, preamble) = (name.clone(), Quoting::Standard, String::new());
    Some(Sheet { name, delimiter: b',', quoting, preamble, header, rows })
}

/// A cell as a person would type it.
fn typed(cell: &Data) -> String {
    match cell {
        Data::DateTime(serial) => {
            let (year, month, day, hour, minute, second, _) = serial.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            let is_midnight = (hour, minute, second) == (0, 0, 0);
            if is_midnight { day } else { format!("{day} {hour:02}:{minute:02}:{second:02}") }
        }
        other => other.to_string(),
    }
}

/// Takes a file apart that was read as `reading`; `None` where that leaves doubts.
fn sheet(name: &FileName, text: &str, reading: &Reading) -> Option<Sheet> {
    let [delimiter] = reading.delimiter.as_bytes() else { return None };
    let quoting = Catalog::built_in().recipe(&reading.report)?.quoting;
    let above = reading.preamble_lines as usize;
    let start: usize = text.split_inclusive('\n').take(above).map(str::len).sum();
    let (preamble, table) = text.split_at(start);
    let mut reader = ReaderBuilder::new()
        .delimiter(*delimiter)
        .quoting(quoting == Quoting::Standard)
        .has_headers(false)
        .flexible(true)
        .from_reader(table.as_bytes());
    let records: Result<Vec<StringRecord>, csv::Error> = reader.records().collect();
    let texts = |record: &StringRecord| record.iter().map(str::to_owned).collect();
    let mut rows: Vec<Vec<String>> = records.ok()?.iter().map(texts).collect();
    let header = (!rows.is_empty()).then(|| rows.remove(0))?;
    // Empty cells at the end may be missing, or too many.
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    for row in &mut rows {
        row.resize(header.len(), String::new());
    }
    let preamble = preamble.to_owned();
    let (name, delimiter) = (name.clone(), *delimiter);
    Some(Sheet { name, delimiter, quoting, preamble, header, rows })
}

impl Sheet {
    fn text(&self) -> String {
        let delimiter = char::from(self.delimiter);
        let cell = |cell: &String| match self.quoting {
            Quoting::None => cell.clone(),
            Quoting::Standard => format!("\"{}\"", cell.replace('"', "\"\"")),
        };
        let line = |cells: &Vec<String>| {
            cells.iter().map(cell).collect::<Vec<String>>().join(&delimiter.to_string()) + "\n"
        };
        let rows: String = self.rows.iter().map(line).collect();
        format!("{}{}{rows}", self.preamble, line(&self.header))
    }

    /// The columns from the middle on come first, each half backwards.
    fn shuffled(&self) -> Self {
        if self.header.iter().collect::<BTreeSet<_>>().len() < self.header.len() {
            return self.clone();
        }
        let turned = |cells: &Vec<String>| {
            let (left, right) = cells.split_at(cells.len() / 2);
            right.iter().rev().chain(left.iter().rev()).cloned().collect()
        };
        let rows = self.rows.iter().map(turned).collect();
        Self { header: turned(&self.header), rows, ..self.clone() }
    }

    /// Header names in other letters, with other dashes and more spaces.
    fn renamed(&self) -> Self {
        let renamed = |name: &String| format!(" {} ", name.to_uppercase().replace('-', "–"));
        Self { header: self.header.iter().map(renamed).collect(), ..self.clone() }
    }

    fn widened(&self) -> Self {
        let widened = |cells: &Vec<String>, more: [&str; 2]| {
            let [first, last] = more.map(str::to_owned);
            [vec![first], cells.clone(), vec![last]].concat()
        };
        let header = widened(&self.header, ["Column of tomorrow", "Another one"]);
        let rows = self.rows.iter().map(|row| widened(row, ["new", ""])).collect();
        Self { header, rows, ..self.clone() }
    }
}

/// What a person gets of a file, whatever its columns are called and where they stand.
fn told(outcome: &ReadOutcome) -> String {
    match outcome {
        Err(refusal) => format!("refused: {}", refusal.id()),
        Ok(reading) => {
            let problems: Vec<_> =
                reading.problems.iter().map(|it| (it.line, it.kind, &it.value)).collect();
            let facts: BTreeMap<&str, usize> =
                reading.segments.iter().map(|it| (it.table().name(), it.len())).collect();
            format!(
                "{} {} {facts:?} {:?} {:?} {:?} {:?} {problems:?}",
                reading.report,
                reading.rows,
                reading.sums,
                reading.period,
                reading.currencies,
                reading.questions
            )
        }
    }
}

#[test]
fn variations_are_read_alike() {
    let (mut varied, mut differences) = (BTreeSet::new(), Vec::new());
    for path in inputs() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let name = FileName { name, modified_millis: 0 };
        let bytes = fs::read(&path).expect("the input");
        let Ok(reading) = read(&name, &bytes) else { continue };
        let found = match reading.container {
            "xlsx" => sheet_of_workbook(&name, &bytes, &reading),
            "json" => sheet_of_json(&name, &bytes, &reading),
            _ => {
                let text = String::from_utf8(bytes).unwrap_or_else(|error| {
                    WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned()
                });
                sheet(&name, &text, &reading)
            }
        };
        let Some(sheet) = found else { continue };
        let (report, expected) = (reading.report.clone(), told(&Ok(reading)));
        if told(&read(&name, sheet.text().as_bytes())) != expected {
            // Its rows are broken, or in lines that only the engine can tell.
            continue;
        }
        varied.insert(report);
        for (what, variation) in [
            ("shuffled", sheet.shuffled()),
            ("renamed", sheet.renamed()),
            ("widened", sheet.widened()),
        ] {
            let found = told(&read(&sheet.name, variation.text().as_bytes()));
            if found != expected {
                differences.push(format!("{} {what}:\n  {found}\n  {expected}", path.display()));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    let all: BTreeSet<String> =
        Catalog::built_in().recipes.iter().map(|recipe| recipe.id.clone()).collect();
    let left: Vec<&String> = all.difference(&varied).collect();
    assert_eq!(left, Vec::<&String>::new(), "kinds without a look-alike that can be varied");
}
