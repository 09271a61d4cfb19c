//! Look-alike exports are read as their definitions say.
//!
//! One folder of `fixtures/<report id>/` is one case; `fixtures/README.md` says how it is made.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use linkstar_kpi::{
    catalog::Catalog,
    domain::Fixed,
    facts::Segment,
    ingest::{FileName, ReadOptions, ReadOutcome, Reading, read_whole},
};
use serde_json::{Map, Value, json};

/// One case.
struct Case {
    /// `<report id>/<what it proves>`
    name: String,
    file: FileName,
    bytes: Vec<u8>,
    expected: Map<String, Value>,
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).expect("a folder of fixtures");
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = folders(&root).into_iter().flat_map(|report| folders(&report));
    folders.map(|folder| case(&folder)).collect()
}

fn case(folder: &Path) -> Case {
    let name = format!("{}/{}", name_of(folder.parent().unwrap_or(folder)), name_of(folder));
    let entries = fs::read_dir(folder).expect("a case");
    let input = entries
        .map(|entry| entry.expect("an entry").path())
        .find(|path| name_of(path).starts_with("input"))
        .unwrap_or_else(|| panic!("{name}: there is no input file"));
    let expected = fs::read(folder.join("expected.json")).expect("expected.json");
    Case {
        file: FileName { name: name_of(&input), modified_millis: 0 },
        bytes: fs::read(&input).expect("the input"),
        expected: serde_json::from_slice(&expected)
            .unwrap_or_else(|error| panic!("{name}/expected.json: {error}")),
        name,
    }
}

fn read(case: &Case) -> ReadOutcome {
    read_whole(Catalog::built_in(), case.file.clone(), &case.bytes, &ReadOptions::default())
}

/// What `linkstar import --json` says of one file.
fn output(outcome: &ReadOutcome) -> Value {
    match outcome {
        Ok(reading) => of_reading(reading),
        Err(refusal) => {
            let is_unknown = refusal.id() == "unknown_report";
            let status = if is_unknown { "needs_mapping" } else { "refused" };
            json!({ "report": null, "status": status, "reason": refusal.id() })
        }
    }
}

fn of_reading(reading: &Reading) -> Value {
    let question = reading.questions.first().map(linkstar_kpi::ingest::Question::id);
    let problems = (reading.n_problems > 0).then_some("problem_rows");
    let reason = question.or(problems);
    let mut facts: BTreeMap<&str, usize> = BTreeMap::new();
    for segment in &reading.segments {
        *facts.entry(segment.table().name()).or_default() += segment.len();
    }
    let listed = reading.problems.iter().map(|it| {
        json!({ "line": it.line, "column": it.column, "kind": it.kind.id(), "value": it.value })
    });
    let sums: BTreeMap<&String, String> =
        reading.sums.iter().map(|(column, sum)| (column, sum.to_string())).collect();
    let period = reading.period.filter(|_| !reading.period_is_guessed);
    let currencies: Vec<String> = reading.currencies.iter().map(ToString::to_string).collect();
    json!({
        "report": reading.report,
        "status": if reason.is_none() { "ok" } else { "partial" },
        "reason": reason,
        "rows": reading.rows,
        "facts": facts,
        "problems": listed.collect::<Vec<Value>>(),
        "period": period.map(|it| json!({ "from": it.from.to_string(), "to": it.to.to_string() })),
        "currencies": currencies,
        "timezone": reading.zone,
        "sums": sums,
        "categories": split(&reading.segments, "postings", "category", "amount"),
        "statuses": split(&reading.segments, "order_lines", "status", "units"),
        "values": costs(&reading.segments),
    })
}

/// Sums of a number column by a text column.
fn split(segments: &[std::rc::Rc<Segment>], table: &str, by: &str, number: &str) -> Value {
    let mut sums: BTreeMap<String, Fixed> = BTreeMap::new();
    for segment in segments.iter().filter(|segment| segment.table().name() == table) {
        for (row, value) in segment.numbers(number).iter().enumerate() {
            let sum = sums.entry(segment.text(by, row).to_owned()).or_default();
            *sum = sum.plus(Fixed::from_ten_thousandths(*value));
        }
    }
    sums.iter().map(|(text, sum)| (text.clone(), Value::from(sum.to_string()))).collect()
}

fn costs(segments: &[std::rc::Rc<Segment>]) -> Value {
    let costs = segments.iter().filter(|segment| segment.table().name() == "costs");
    costs
        .flat_map(|segment| {
            segment.numbers("unit_cost").iter().enumerate().map(|(row, value)| {
                let cost = Fixed::from_ten_thousandths(*value).to_string();
                json!({ "sku": segment.text("sku", row), "unit_cost": cost })
            })
        })
        .collect()
}

/// Where `found` is not what is expected; of objects only the expected keys are compared.
fn differences(path: &str, expected: &Value, found: &Value, all: &mut Vec<String>) {
    if let (Value::Object(expected), Value::Object(found)) = (expected, found) {
        for (key, value) in expected {
            let other = found.get(key).unwrap_or(&Value::Null);
            differences(&format!("{path}.{key}"), value, other, all);
        }
    } else if expected != found {
        all.push(format!("{path}: found {found}, expected {expected}"));
    }
}

#[test]
fn look_alikes_are_read_as_their_definitions_say() {
    let mut all = Vec::new();
    for case in cases() {
        let found = output(&read(&case));
        for (key, expected) in &case.expected {
            if key == "unstated" {
                for column in expected.as_array().into_iter().flatten() {
                    let sum = column.as_str().and_then(|column| found["sums"].get(column));
                    if let Some(sum) = sum {
                        all.push(format!("{}: {column} is {sum}, expected not stated", case.name));
                    }
                }
                continue;
            }
            differences(&format!("{}: {key}", case.name), expected, &found[key], &mut all);
        }
    }
    assert!(all.is_empty(), "{} differences:\n{}", all.len(), all.join("\n"));
}

#[test]
fn zeros_are_no_text() {
    let name = FileName { name: "input.csv".to_owned(), modified_millis: 0 };
    let zeros = vec![0; 100_000];
    let outcome = read_whole(Catalog::built_in(), name, &zeros, &ReadOptions::default());
    assert_eq!(output(&outcome)["reason"], "not_text");
}

#[test]
fn a_few_shifted_rows_are_set_aside_and_the_rest_is_read() {
    let mut text = "SKU,Unit cost,Currency\n".to_owned();
    for number in 0..400 {
        text += &format!("SKU-{number},2.50,USD\n");
    }
    text += "SKU-400,2.50,USD,more\n";
    let name = FileName { name: "input.csv".to_owned(), modified_millis: 0 };
    let outcome = read_whole(Catalog::built_in(), name, text.as_bytes(), &ReadOptions::default());
    let found = output(&outcome);
    assert_eq!(found["rows"], 401);
    assert_eq!(found["facts"]["costs"], 400);
    let problem = json!([{ "line": 402, "column": "", "kind": "too_many_cells", "value": "more" }]);
    assert_eq!(found["problems"], problem);
}

#[test]
fn every_report_kind_has_look_alikes() {
    let names: BTreeSet<String> =
        cases().iter().filter_map(|case| Some(case.name.split_once('/')?.0.to_owned())).collect();
    for recipe in &Catalog::built_in().recipes {
        assert!(names.contains(&recipe.id), "{} has no fixture", recipe.id);
    }
}

/// The file read as each other report kind in turn must be refused: a header belongs to one kind.
#[test]
fn no_two_recipes_claim_one_header() {
    let mut claims = Vec::new();
    for case in cases() {
        let plain = ReadOptions::default();
        let reading = read_whole(Catalog::built_in(), case.file.clone(), &case.bytes, &plain);
        // Another sheet of the workbook has a header of its own.
        let sheet = reading.ok().map(|it| it.sheets.read).filter(|sheet| !sheet.is_empty());
        for recipe in &Catalog::built_in().recipes {
            let is_own = case.expected["report"] == *recipe.id;
            let options = ReadOptions {
                report: Some(recipe.id.clone()),
                sheet: sheet.clone(),
                ..ReadOptions::default()
            };
            let outcome = read_whole(Catalog::built_in(), case.file.clone(), &case.bytes, &options);
            let is_claimed = match outcome {
                Ok(_) => true,
                Err(refusal) => {
                    matches!(refusal.id(), "no_rows" | "shifted_columns" | "too_many_problems")
                }
            };
            let is_kindless = case.expected["report"].is_null();
            if is_claimed && !is_own && !is_kindless {
                claims.push(format!("{} is claimed by {} too", case.name, recipe.id));
            }
        }
    }
    assert!(claims.is_empty(), "{}", claims.join("\n"));
}

/// Line, column, what the file states and what its parts add up to, of each sum that does not tie.
type Untied = (Option<u64>, String, String, String);

/// What the checks find in a look-alike in which one text is changed.
fn untied(case_name: &str, from: &str, to: &str) -> Vec<Untied> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let case = case(&root.join(case_name));
    let text = String::from_utf8(case.bytes).expect("a text");
    assert!(text.contains(from), "{from} stands in {case_name}");
    let bytes = text.replacen(from, to, 1).into_bytes();
    let reading = read_whole(Catalog::built_in(), case.file, &bytes, &ReadOptions::default());
    let checks = reading.expect("a reading").checks;
    let broken = checks.into_iter().filter(|check| check.stated != check.ours);
    broken.map(|check| (check.line, check.column, check.stated, check.ours)).collect()
}

#[test]
fn a_planted_cent_is_found_and_named() {
    for (case, text, planted, line, column, stated, ours) in [
        (
            "amazon.date_range/us_30_columns_preamble",
            "874.86",
            "874.87",
            Some(6),
            "total_amount",
            "874.87",
            "874.86",
        ),
        (
            "amazon.settlement_v2/us_fees_refund_reserve_reimbursement",
            "40.00",
            "40.01",
            None,
            "total_amount",
            "24.51",
            "24.52",
        ),
        (
            "amazon.ledger_summary/us_22_columns",
            "50\t0\t24",
            "50\t0\t25",
            Some(2),
            "closing",
            "67",
            "68",
        ),
    ] {
        assert_eq!(untied(case, text, text), [], "{case} ties");
        let expected = (line, column.to_owned(), stated.to_owned(), ours.to_owned());
        assert_eq!(untied(case, text, planted), [expected]);
    }
}
