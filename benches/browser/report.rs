//! The tables for people, and everything as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    bars::{Bar, megabytes, pages, took},
    download::Download,
    engines::REFERENCE,
    page::PageRun,
    rounds::{EngineResult, SizeResult},
    statistics::{least, median, most},
};

/// All that was measured.
pub(crate) struct Results {
    pub(crate) machine: Value,
    pub(crate) download: Download,
    pub(crate) sizes: Vec<SizeResult>,
}

pub(crate) fn markdown(results: &Results, bars: &[Bar]) -> String {
    let mut text = machine_line(&results.machine);
    for size in &results.sizes {
        text += &engine_table(size);
        text += &page_table(size);
    }
    text + &bar_table(bars) + &pace_line(results)
}

/// What duckdb-eh takes with 1m rows on the machine for which the bars in milliseconds were set.
const REFERENCE_MILLIS: f64 = 1840.0;

/// How slow this machine is beside that one; empty without the size that tells.
fn pace_line(results: &Results) -> String {
    let million = results.sizes.iter().find(|size| size.size.name == "1m");
    let Some(millis) = million.and_then(|size| took(size, REFERENCE)) else { return String::new() };
    format!(
        "\nThe bars in milliseconds were set on a machine on which {REFERENCE} takes \
         {REFERENCE_MILLIS:.0} ms with 1m rows. It takes {millis:.0} ms here: this machine needs {:.1} \
         times as long.\n",
        millis / REFERENCE_MILLIS
    )
}

fn machine_line(machine: &Value) -> String {
    let of = |key: &str| machine[key].as_str().unwrap_or_default().to_owned();
    format!(
        "{} · {} cores · {} · {} · {}\n",
        of("processor"),
        machine["n_cores"],
        of("memory"),
        of("browser"),
        of("date")
    )
}

fn engine_table(size: &SizeResult) -> String {
    let mut text = format!(
        "\n### {} rows, {:.0} MB\n\nLoad of the machine at most {:.1}.\n\n\
         | engine | median ms | min | max | × {REFERENCE} | ready ms | peak MB | result agrees |\n\
         | --- | --: | --: | --: | --: | --: | --: | --- |\n",
        size.size.name,
        megabytes(size.file_bytes),
        size.load
    );
    let reference = took(size, REFERENCE);
    for engine in &size.engines {
        text += &engine_line(engine, reference);
    }
    text
}

fn engine_line(engine: &EngineResult, reference: Option<f64>) -> String {
    let took = || engine.runs.iter().map(|run| run.took_millis);
    let ratio = median(took()).zip(reference).map(|(own, other)| own / other);
    let peak = most(engine.runs.iter().map(|run| megabytes(run.peak_bytes)));
    let failed = match engine.n_failed {
        0 => String::new(),
        count => format!(" ({count} failed)"),
    };
    format!(
        "| {}{failed} | {} | {} | {} | {} | {} | {} | {} |\n",
        engine.name,
        text(median(took()), 0),
        text(least(took()), 0),
        text(most(took()), 0),
        text(ratio, 2),
        text(median(engine.runs.iter().filter_map(|run| run.ready_millis)), 0),
        text(peak, 0),
        yes_or_no(engine.agrees),
    )
}

fn page_table(size: &SizeResult) -> String {
    if pages(size).next().is_none() {
        return String::new();
    }
    let mut table = format!(
        "\n| linkstar in the page, {} rows | median | min | max |\n| --- | --: | --: | --: |\n",
        size.size.name
    );
    for (what, pick) in PAGE_LINES {
        let values = || pages(size).map(pick);
        let (median, least, most) = (median(values()), least(values()), most(values()));
        // Writing to a string cannot fail.
        writeln!(
            table,
            "| {what} | {} | {} | {} |",
            text(median, 0),
            text(least, 0),
            text(most, 0)
        )
        .ok();
    }
    table
}

/// A line of the page's table and where its value is.
type PageLine = (&'static str, fn(&PageRun) -> f64);

const PAGE_LINES: [PageLine; 17] = [
    ("first visit to open doors, ms", |page| page.doors_millis),
    ("first visit to use, ms", |page| page.opened_millis),
    ("file understood, ms", |page| page.understood_millis),
    ("confirmed to shown, ms", |page| page.shown_millis),
    ("import: understood and shown, ms", PageRun::import_millis),
    ("import: understood and saved, ms", PageRun::until_saved_millis),
    ("opened again, from the engine's start, ms", |page| page.reopened_millis),
    ("opened again, from navigation, ms", |page| page.reopened_from_navigation_millis),
    ("opened again, peak MB", |page| megabytes(page.reopened_peak_bytes)),
    ("filter changed, median of 10, ms", |page| page.filter.median_millis()),
    ("period changed, median of 10, ms", |page| page.period.median_millis()),
    ("a KPI explained, median of 5, ms", |page| page.explained.median_millis()),
    ("the facts behind a measure, median of 5, ms", |page| page.facts.median_millis()),
    ("all KPIs by month, a screen, median of 5, ms", |page| {
        page.all_kpis.first_screen.median_millis()
    }),
    ("all KPIs by month, all cells, median of 5, ms", |page| {
        page.all_kpis.all_cells.median_millis()
    }),
    ("pointer on the chart, frames a second", |page| page.drag.frames_per_second),
    ("pointer on the chart, longest frame, ms", |page| page.drag.longest_frame_millis),
];

fn bar_table(bars: &[Bar]) -> String {
    let mut table = "\n### Bars\n\n| bar | measured | against | ratio | at most | |\n\
        | --- | --: | --: | --: | --: | --- |\n"
        .to_owned();
    for bar in bars {
        let with_unit = |value: Option<f64>| format!("{} {}", short(value), bar.unit);
        let verdict = match bar.is_reached() {
            Some(true) => "reached",
            Some(false) => "NOT reached",
            None => "not measured",
        };
        // Writing to a string cannot fail.
        writeln!(
            table,
            "| {} | {} | {} | {} | {} | {verdict} |",
            bar.what,
            with_unit(bar.measured).trim_end(),
            with_unit(bar.reference).trim_end(),
            text(bar.ratio(), 2),
            bar.factor,
        )
        .ok();
    }
    table
}

fn text(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.digits$}"))
}

/// Small numbers with a digit after the point.
fn short(value: Option<f64>) -> String {
    text(value, usize::from(value.is_some_and(|value| value.abs() < 100.0)))
}

fn yes_or_no(agrees: Option<bool>) -> &'static str {
    match agrees {
        Some(true) => "yes",
        Some(false) => "NO",
        None => "–",
    }
}

pub(crate) fn json(results: &Results, bars: &[Bar]) -> Value {
    let bar = |bar: &Bar| {
        let mut value = json!(bar);
        value["ratio"] = json!(bar.ratio());
        value["is_reached"] = json!(bar.is_reached());
        value
    };
    json!({
        "machine": results.machine,
        "download_gzip_bytes": results.download,
        "sizes": results.sizes.iter().map(size_json).collect::<Vec<_>>(),
        "bars": bars.iter().map(bar).collect::<Vec<_>>(),
    })
}

fn size_json(size: &SizeResult) -> Value {
    json!({
        "rows": size.size.rows,
        "file_bytes": size.file_bytes,
        "load": size.load,
        "engines": size.engines.iter().map(engine_json).collect::<Vec<_>>(),
    })
}

fn engine_json(engine: &EngineResult) -> Value {
    json!({
        "name": engine.name,
        "runs": engine.runs,
        "n_failed": engine.n_failed,
        "agrees": engine.agrees,
    })
}
