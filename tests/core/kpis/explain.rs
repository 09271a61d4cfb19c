//! `linkstar explain`: a figure's parts make up the figure, and its files are named.

use std::{path::Path, process::Command};

use serde_json::Value;

const ORDERS: &str = "tests/fixtures/shopify.orders/us_79_columns/input.csv";
const SESSIONS: &str = "tests/fixtures/shopify.sessions/conversion_over_time/input.csv";

/// Standard output as JSON, and the exit code.
fn explain(arguments: &[&str]) -> (Value, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_linkstar"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .arg("explain")
        .args(arguments)
        .output()
        .unwrap();
    let value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (value, output.status.code().unwrap())
}

#[test]
fn a_rate_is_its_parts_divided() {
    let (told, code) = explain(&["trf.store_cvr", ORDERS, SESSIONS, "--json"]);
    assert_eq!(code, 0);
    let text = |path: &str| told.pointer(path).unwrap().as_str().unwrap().to_owned();
    assert_eq!(text("/formula"), "order_sessions / funnel_sessions");
    // 10 of 600, as the file's rows add up to.
    assert_eq!((text("/parts/0/value"), text("/parts/1/value")), ("10".into(), "600".into()));
    assert_eq!(text("/value/value"), "0.01666667");
    let files = told.pointer("/files").unwrap().as_array().unwrap();
    assert_eq!(files.len(), 1, "orders do not feed it: {files:?}");
    assert_eq!(text("/files/0/report"), "shopify.sessions");
    assert_eq!(told.pointer("/files/0/rows").unwrap(), 2);
    // 6 on the first of two days, 4 on the second: lines 2 and 3.
    assert_eq!(
        (text("/facts/0/measure"), text("/facts/0/sum")),
        ("order_sessions".into(), "10".into())
    );
    let rows = told.pointer("/facts/0/rows").unwrap().as_array().unwrap();
    let rows: Vec<(&str, u64)> = rows
        .iter()
        .map(|row| (row["amount"].as_str().unwrap(), row["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(rows, [("6", 2), ("4", 3)]);
}

#[test]
fn another_channel_has_no_value_and_says_why() {
    let (told, code) = explain(&["trf.store_cvr", SESSIONS, "--channel", "amazon"]);
    assert_eq!(code, 0);
    assert_eq!(told.pointer("/value/undefined").unwrap(), "no_data");
    assert_eq!(told.pointer("/files").unwrap().as_array().unwrap().len(), 0);
}

#[test]
fn what_cannot_be_explained_is_a_fault_of_usage() {
    assert_eq!(explain(&["no.such", SESSIONS]).1, 2);
    assert_eq!(explain(&["sales.net"]).1, 2);
    assert_eq!(explain(&["sales.net", SESSIONS, "--from", "2026-01-01"]).1, 2);
}
