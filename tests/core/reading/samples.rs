//! Real and public sample exports are read as a second, independent reader reads them.
//!
//! The files are not part of the repository: they lie in `../shared/samples` beside the checkout,
//! and where that folder is absent there is nothing to test. The figures are those of
//! `samples/independent_reader.py`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use linkstar_kpi::{
    catalog::Catalog,
    domain::Fixed,
    ingest::{FileName, ReadOptions, Reading, read_whole},
};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Expected {
    files: Vec<Sample>,
}

/// What the independent reader found.
#[derive(Debug, Deserialize)]
struct Sample {
    file: String,
    report: String,
    #[serde(default)]
    is_cut_down: bool,
    #[serde(default)]
    rows: u64,
    #[serde(default)]
    problem_rows: Vec<BadCell>,
    #[serde(default)]
    period: Option<BTreeMap<String, String>>,
    #[serde(default)]
    currencies: Vec<String>,
    #[serde(default)]
    sums: BTreeMap<String, String>,
    /// Sum of the refunds over all orders, where the report has them.
    #[serde(default)]
    refunded: Option<String>,
    #[serde(default)]
    costs: Vec<Cost>,
}

#[derive(Debug, Deserialize)]
struct BadCell {
    line: u64,
    column: String,
    value: String,
}

#[derive(Debug, Deserialize)]
struct Cost {
    sku: String,
    #[serde(rename = "unit_cost")]
    per_unit: String,
    first_leg: String,
}

fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    folder.is_dir().then_some(folder)
}

/// Ten-thousandths of plain decimal text.
fn decimal(text: &str) -> Fixed {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(decimals.len() <= 4, "{text}: finer than the engine keeps");
    let scaled: i64 = format!("{whole}{decimals:0<4}").parse().expect("a decimal");
    Fixed::from_ten_thousandths(sign * scaled)
}

/// Everything about a sample that the engine sees differently.
fn differences(sample: &Sample, reading: &Reading) -> Vec<String> {
    let mut found = Vec::new();
    let mut check = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            found.push(format!("{}: {what} is {ours}, expected {theirs}", sample.file));
        }
    };
    check("report", reading.report.clone(), sample.report.clone());
    check("rows", reading.rows.to_string(), sample.rows.to_string());
    let theirs: Vec<(u64, &str, &str)> = sample
        .problem_rows
        .iter()
        .map(|bad| (bad.line, bad.column.as_str(), bad.value.as_str()))
        .collect();
    let ours: Vec<(u64, &str, &str)> = reading
        .problems
        .iter()
        .map(|problem| (problem.line, problem.column.trim(), problem.value.as_str()))
        .collect();
    check("problems", format!("{ours:?}"), format!("{theirs:?}"));
    let theirs = sample.period.as_ref().map(|it| format!("{} to {}", it["from"], it["to"]));
    let ours = reading.period.map(|it| format!("{} to {}", it.from, it.to));
    check("period", format!("{ours:?}"), format!("{theirs:?}"));
    // Where the file names no currency, the usual one of the marketplace holds.
    if !sample.currencies.is_empty() {
        let ours: Vec<&str> =
            reading.currencies.iter().map(linkstar_kpi::domain::Currency::code).collect();
        check("currencies", format!("{ours:?}"), format!("{:?}", sample.currencies));
    }
    for (column, sum) in &sample.sums {
        let ours = reading.sums.get(column).map(ToString::to_string);
        check(column, ours.unwrap_or_else(|| "not stated".into()), decimal(sum).to_string());
    }
    if sample.is_cut_down {
        let known = |column: &&String| {
            sample.sums.contains_key(*column)
                || sample.refunded.is_some() && *column == "postings.amount"
        };
        let more: Vec<&String> = reading.sums.keys().filter(|column| !known(column)).collect();
        check("more sums", format!("{more:?}"), "[]".to_owned());
    }
    if let Some(refunded) = &sample.refunded {
        let ours = reading.sums.get("postings.amount").map(|sum| sum.negated().to_string());
        check("refunded", ours.unwrap_or_default(), decimal(refunded).to_string());
    }
    for cost in &sample.costs {
        // The unit cost is the landed one.
        let landed = decimal(&cost.per_unit).plus(decimal(&cost.first_leg)).to_string();
        let is_stated = reading.understood.iter().any(|fact| {
            fact.values.contains(&("sku".into(), cost.sku.clone()))
                && fact.values.contains(&("unit_cost".into(), landed.clone()))
        });
        check("unit cost", is_stated.to_string(), true.to_string());
    }
    found
}

#[test]
fn samples_are_read_as_an_independent_reader_reads_them() {
    let Some(folder) = samples() else {
        eprintln!("skipped: there is no ../shared/samples beside the checkout");
        return;
    };
    let text = include_str!("../../samples/expected.json");
    let expected: Expected = serde_json::from_str(text).expect("expected.json has this shape");
    let mut found = Vec::new();
    for sample in &expected.files {
        let bytes = fs::read(folder.join(&sample.file)).expect("a sample named in expected.json");
        let name = FileName {
            name: sample.file.rsplit('/').next().unwrap_or_default().to_owned(),
            modified_millis: 0,
        };
        let outcome = read_whole(Catalog::built_in(), name, &bytes, &ReadOptions::default());
        match outcome {
            Ok(reading) => found.extend(differences(sample, &reading)),
            Err(refusal) => found.push(format!(
                "{}: refused ({refusal:?}), expected {}",
                sample.file, sample.report
            )),
        }
    }
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}
