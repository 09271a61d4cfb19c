//! What the product has to reach, held against what was measured.

use serde::Serialize;

use crate::{
    engines::{BARE, FLOOR, NATIVE, PAGE, REFERENCE},
    page::PageRun,
    report::Results,
    rounds::{EngineResult, SizeResult},
    statistics::{least, median, most},
};

/// A demand: `measured` is at most `factor` times `reference`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Bar {
    pub(crate) what: String,
    pub(crate) unit: &'static str,
    /// `None`: not measured this time.
    pub(crate) measured: Option<f64>,
    pub(crate) reference: Option<f64>,
    pub(crate) factor: f64,
}

impl Bar {
    pub(crate) fn ratio(&self) -> Option<f64> {
        Some(self.measured? / self.reference?)
    }

    pub(crate) fn is_reached(&self) -> Option<bool> {
        self.ratio().map(|ratio| ratio <= self.factor)
    }
}

pub(crate) fn all(results: &Results) -> Vec<Bar> {
    [bare_task(results), import(results), large_file(results), views(results), download(results)]
        .concat()
}

fn bare_task(results: &Results) -> Vec<Bar> {
    let million = measured(results).million;
    let bare = || million.and_then(|size| took(size, BARE));
    let against = |what: &str, engine, factor| Bar {
        what: format!("bare task, 1m rows: {what}"),
        unit: "ms",
        measured: bare(),
        reference: million.and_then(|size| took(size, engine)),
        factor,
    };
    vec![
        against("at most 1/4 of duckdb-eh", REFERENCE, 0.25),
        against("at most 2.5 times reading the bytes alone", FLOOR, 2.5),
        against("ahead of native DuckDB with 2 threads", NATIVE, 1.0),
    ]
}

fn import(results: &Results) -> Vec<Bar> {
    let million = measured(results).million;
    let against = |what: &str, millis: fn(&PageRun) -> f64, factor| Bar {
        what: format!("import in the page, 1m rows: {what}"),
        unit: "ms",
        measured: million.and_then(|size| median(pages(size).map(millis))),
        reference: million.and_then(|size| took(size, REFERENCE)),
        factor,
    };
    vec![
        against("shown in at most 3/4 of duckdb-eh's", PageRun::import_millis, 0.75),
        against("saved in at most 1.5 times duckdb-eh's", PageRun::until_saved_millis, 1.5),
    ]
}

fn large_file(results: &Results) -> Vec<Bar> {
    let large = measured(results).large;
    let of_page = |pick: fn(&PageRun) -> f64| large.and_then(|size| median(pages(size).map(pick)));
    let result = large.and_then(|size| engine(size, PAGE));
    let failed = result.map(|page| count(page.n_failed));
    let peaks = result.map(|page| page.runs.iter().map(|run| megabytes(run.peak_bytes)));
    vec![
        Bar { factor: 0.0, ..absolute("5m rows: imports that failed", "", failed, 1.0) },
        Bar {
            what: "import in the page, 5m rows: shown in at most 3/4 of duckdb-eh's".into(),
            unit: "ms",
            measured: of_page(PageRun::import_millis),
            reference: large.and_then(|size| took(size, REFERENCE)),
            factor: 0.75,
        },
        absolute("5m rows: peak memory of the page's process", "MB", peaks.and_then(most), 1800.0),
        cost_per_row(results),
        cost_per_further_row(results),
        absolute(
            "5m rows: from the engine's start to the first card of the workbook opened again",
            "ms",
            of_page(|page| page.reopened_millis),
            1000.0,
        ),
    ]
}

/// The dearest row of all sizes against the cheapest.
fn cost_per_row(results: &Results) -> Bar {
    let cost = |size: &SizeResult| {
        let import = median(pages(size).map(PageRun::import_millis))?;
        Some(import * 1e6 / float(size.size.rows))
    };
    let costs = results.sizes.iter().filter_map(cost);
    even("import in the page: a row costs the same in every size, within 25 %", costs.collect())
}

/// The same without what an import costs once, whatever its size: from each size to the next.
fn cost_per_further_row(results: &Results) -> Bar {
    let point = |size: &SizeResult| {
        Some((float(size.size.rows), median(pages(size).map(PageRun::import_millis))?))
    };
    let mut points: Vec<(f64, f64)> = results.sizes.iter().filter_map(point).collect();
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    let costs =
        points.windows(2).map(|pair| (pair[1].1 - pair[0].1) * 1e6 / (pair[1].0 - pair[0].0));
    even("import in the page: a further row costs the same, within 25 %", costs.collect())
}

/// The greatest cost is at most a quarter above the least. Fewer than two say nothing.
fn even(what: &str, costs: Vec<f64>) -> Bar {
    let is_measured = costs.len() > 1;
    Bar {
        what: what.to_owned(),
        unit: "ns a row",
        measured: most(costs.iter().copied()).filter(|_| is_measured),
        reference: least(costs),
        factor: 1.25,
    }
}

fn views(results: &Results) -> Vec<Bar> {
    let largest = measured(results).largest;
    let name = largest.map_or("", |size| size.size.name);
    let of = |pick: fn(&PageRun) -> f64| largest.and_then(|size| median(pages(size).map(pick)));
    let tasks =
        |page: &PageRun| page.filter.longest_task_millis.max(page.period.longest_task_millis);
    let longest_task = largest.and_then(|size| most(pages(size).map(tasks)));
    let bar = |what: &str, measured, most| {
        absolute(&format!("{name} rows: {what}"), "ms", measured, most)
    };
    let frame = of(|page| 1000.0 / page.drag.frames_per_second);
    vec![
        bar("filter changed to cards painted", of(|page| page.filter.median_millis()), 50.0),
        bar("period changed to cards painted", of(|page| page.period.median_millis()), 50.0),
        bar("a KPI explained, before its facts", of(|page| page.explained.median_millis()), 100.0),
        bar("the facts behind a measure", of(|page| page.facts.median_millis()), 1000.0),
        bar(
            "all KPIs by the file's 24 months, a screen of them",
            of(|page| page.all_kpis.first_screen.median_millis()),
            300.0,
        ),
        bar("longest task of the page meanwhile", longest_task, 50.0),
        Bar {
            // Frames are counted over two seconds: one more or less is the clock.
            factor: 1.01,
            ..bar("a frame, the pointer on the chart", frame, 1000.0 / 60.0)
        },
    ]
}

fn download(results: &Results) -> Vec<Bar> {
    let all_pages = || results.sizes.iter().flat_map(pages);
    let opened = median(all_pages().map(|page| page.opened_millis));
    let reference = results.sizes.iter().filter_map(|size| engine(size, REFERENCE));
    let ready =
        median(reference.flat_map(|engine| &engine.runs).filter_map(|run| run.ready_millis));
    let kilobytes = |bytes: u64| Some(float(bytes) / 1000.0);
    let download = results.download;
    vec![
        absolute(
            "first page: wasm and JavaScript after gzip",
            "kB",
            kilobytes(download.page),
            400.0,
        ),
        absolute("worker: wasm after gzip", "kB", kilobytes(download.worker_wasm), 1200.0),
        absolute("first visit: from navigation to use", "ms", opened, 700.0),
        Bar {
            what: "first visit: less than half of duckdb-eh's".into(),
            unit: "ms",
            measured: opened,
            reference: ready,
            factor: 0.5,
        },
    ]
}

fn absolute(what: &str, unit: &'static str, measured: Option<f64>, most: f64) -> Bar {
    Bar { what: what.to_owned(), unit, measured, reference: Some(most), factor: 1.0 }
}

/// The sizes that bars are about, when they were measured.
struct Measured<'a> {
    million: Option<&'a SizeResult>,
    large: Option<&'a SizeResult>,
    largest: Option<&'a SizeResult>,
}

fn measured(results: &Results) -> Measured<'_> {
    let of = |rows| results.sizes.iter().find(|size| size.size.rows == rows);
    let largest = results.sizes.iter().max_by_key(|size| size.size.rows);
    Measured { million: of(1_000_000), large: of(5_000_000), largest }
}

pub(crate) fn engine<'a>(size: &'a SizeResult, name: &str) -> Option<&'a EngineResult> {
    size.engines.iter().find(|engine| engine.name == name)
}

/// Median of an engine.
pub(crate) fn took(size: &SizeResult, name: &str) -> Option<f64> {
    median(engine(size, name)?.runs.iter().map(|run| run.took_millis))
}

pub(crate) fn pages(size: &SizeResult) -> impl Iterator<Item = &PageRun> {
    let runs = engine(size, PAGE).into_iter().flat_map(|engine| &engine.runs);
    runs.filter_map(|run| run.page.as_ref())
}

pub(crate) fn megabytes(bytes: u64) -> f64 {
    float(bytes) / 1e6
}

fn count(number: usize) -> f64 {
    float(u64::try_from(number).unwrap())
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn float(number: u64) -> f64 {
    number as f64
}
