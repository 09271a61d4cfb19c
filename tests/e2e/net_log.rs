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

/// All requests in the log of a browser that was closed; `None` while the log is being written.
pub(crate) fn requests(log: &Path) -> Option<Vec<Asked>> {
    let log: Value = serde_json::from_slice(&fs::read(log).ok()?).ok()?;
    let begins = &log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"];
    assert!(begins.is_number(), "the log does not name its events");
    let events = log["events"].as_array()?.iter();
    Some(events.filter(|event| event["type"] == *begins).filter_map(asked).collect())
}

fn asked(event: &Value) -> Option<Asked> {
    let text = |key: &str| event["params"][key].as_str().map(str::to_owned);
    Some(Asked { initiator: text("initiator").unwrap_or_default(), url: text("url")? })
}
