//! How much memory the page's process took at most.

use std::fs;

/// Highest `VmHWM` in bytes of the renderer processes below the process `ancestor`.
pub(crate) fn peak_bytes(ancestor: u32) -> u64 {
    let processes = processes();
    let is_below = |process: &Process| {
        let mut current = Some(process);
        while let Some(Process { id, parent, .. }) = current {
            if *id == ancestor {
                return true;
            }
            current = processes.iter().find(|other| other.id == *parent);
        }
        false
    };
    let renderers = processes.iter().filter(|process| process.is_renderer && is_below(process));
    renderers.filter_map(|process| peak_of(process.id)).max().unwrap_or_default()
}

struct Process {
    id: u32,
    parent: u32,
    is_renderer: bool,
}

fn processes() -> Vec<Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| process(entry.file_name().to_str()?.parse().ok()?)).collect()
}

fn process(id: u32) -> Option<Process> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let command = fs::read(format!("/proc/{id}/cmdline")).ok()?;
    let command = String::from_utf8_lossy(&command).into_owned();
    let parent = line(&status, "PPid:")?.parse().ok()?;
    Some(Process { id, parent, is_renderer: command.contains("--type=renderer") })
}

fn peak_of(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let kib: u64 = line(&status, "VmHWM:")?.trim_end_matches("kB").trim().parse().ok()?;
    Some(kib * 1024)
}

fn line<'a>(status: &'a str, key: &str) -> Option<&'a str> {
    status.lines().find_map(|line| line.strip_prefix(key)).map(str::trim)
}
