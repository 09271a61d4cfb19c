//! What the browser asked of the network, from its own log.
//!
//! The log of the whole browser, and not chromedriver's of the page, because only it holds what a
//! worker fetches.

use std::{fs, path::Path};

use serde_json::Value;

/// One request with who began it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// An origin; `not an origin` for what the browser does for itself or for its address bar.
    pub(crate) initiator: String,
    pub(crate) url: String,
}

/// All requests in the log of a browser that was closed.
pub(crate) fn requests(log: &Path) -> Vec<Asked> {
    let text = fs::read_to_string(log).expect("the browser's log of the network");
    let mut lines = text.lines();
    // The first line explains the numbers; each line after it is one event.
    let first = lines.next().unwrap_or_default();
    let kind = first
        .split_once("\"URL_REQUEST_START_JOB\":")
        .and_then(|(_, rest)| rest.split([',', '}']).next())
        .and_then(|number| number.parse::<u64>().ok())
        .expect("the log names its events");
    lines.filter_map(|line| asked(line, kind)).collect()
}

fn asked(line: &str, kind: u64) -> Option<Asked> {
    let line = line.trim_start_matches("\"events\": [").trim_end_matches(',');
    let parsed: Option<Value> = serde_json::from_str(line).ok();
    let parsed = parsed.or_else(|| serde_json::from_str(line.strip_suffix("]}")?).ok())?;
    if parsed["type"].as_u64() != Some(kind) {
        return None;
    }
    let text = |key: &str| parsed["params"][key].as_str().map(str::to_owned);
    Some(Asked { initiator: text("initiator").unwrap_or_default(), url: text("url")? })
}
