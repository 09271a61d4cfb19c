//! Where it was measured: figures of two machines must not be compared.

use std::{fs, process::Command};

use serde_json::{Value, json};

pub(crate) fn describe() -> Value {
    json!({
        "processor": field("/proc/cpuinfo", "model name"),
        "n_cores": std::thread::available_parallelism().map_or(0, usize::from),
        "memory": field("/proc/meminfo", "MemTotal"),
        "browser": said("chromium", &["--version"]),
        "date": said("date", &["-u", "+%Y-%m-%dT%H:%M:%SZ"]),
    })
}

/// How many processes were running or waiting to run, over the last minute.
pub(crate) fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or_default()
}

fn field(file: &str, key: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key)?.trim().strip_prefix(':'));
    line.unwrap_or_default().trim().to_owned()
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    text.unwrap_or_default().trim().to_owned()
}
