//! The product itself, from the first paint of an empty browser to a large workbook opened again.

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    engines::number,
    input::{Totals, sku},
    rounds::{Course, Found, Run},
    statistics::median,
    visit::Visit,
};

/// Longer than the file's two years.
const FROM: &str = "2023-12-01";
const TO: &str = "2026-01-31";

const DRAG_MILLIS: u64 = 2000;

/// One use of the page: an import into an empty browser, then the workbook in another process.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PageRun {
    /// From the start of the navigation to open doors with a running engine behind them.
    pub(crate) opened_millis: f64,
    /// From the start of the navigation to open doors.
    pub(crate) doors_millis: f64,
    /// From the choice of the file to the confirmation that can be given.
    pub(crate) understood_millis: f64,
    /// From the confirmation to the file's figures.
    pub(crate) shown_millis: f64,
    /// From the confirmation to "saved".
    pub(crate) saved_millis: f64,
    /// From the first message of the engine to the first card of the workbook opened again.
    pub(crate) reopened_millis: f64,
    /// The same from the start of the navigation.
    pub(crate) reopened_from_navigation_millis: f64,
    pub(crate) reopened_peak_bytes: u64,
    pub(crate) filter: Changes,
    pub(crate) period: Changes,
    pub(crate) drag: Drag,
    /// From a link to the formula of a KPI with its values.
    pub(crate) explained: Changes,
    /// From a link to the first facts behind a measure.
    pub(crate) facts: Changes,
    /// From a link to a table of all KPIs by the file's months.
    pub(crate) all_kpis: Table,
}

/// A table that is made in steps.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Table {
    /// Until the rows are there that a screen has room for.
    pub(crate) first_screen: Changes,
    pub(crate) all_cells: Changes,
}

/// Several changes of what is seen.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Changes {
    /// Of each, from the change of the route to painted cards.
    pub(crate) millis: Vec<f64>,
    /// Of the page's thread meanwhile; 0 when none took 50 ms.
    pub(crate) longest_task_millis: f64,
}

impl Changes {
    pub(crate) fn median_millis(&self) -> f64 {
        median(self.millis.iter().copied()).expect("several changes")
    }
}

/// The pointer on the trend's drawing of all days.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Drag {
    pub(crate) frames_per_second: f64,
    pub(crate) longest_frame_millis: f64,
}

impl PageRun {
    /// From the file to its figures, the person's time to think left out.
    pub(crate) fn import_millis(&self) -> f64 {
        self.understood_millis + self.shown_millis
    }

    pub(crate) fn until_saved_millis(&self) -> f64 {
        self.understood_millis + self.saved_millis
    }
}

pub(crate) fn run(course: &Course) -> Run {
    let mut visit = Visit::begin(course.profile());
    visit.go_with_probe(&format!("{}{}", course.page.site(), hash("import", "")));
    let opened = visit.awaited("probe.opened()");
    let imported = import(&visit, course);
    let peak_bytes = visit.peak_bytes();
    visit.begin_again();
    visit.go_with_probe(&course.page.site());
    let reopened = visit.awaited("probe.firstCard()");
    let reopened_peak_bytes = visit.peak_bytes();
    let of = |answer: &Value, key: &str| number(&answer[key]);
    let page = PageRun {
        opened_millis: of(&opened, "doors").max(of(&opened, "workerReady")),
        doors_millis: of(&opened, "doors"),
        understood_millis: of(&imported, "understood"),
        shown_millis: of(&imported, "shown"),
        saved_millis: of(&imported, "saved"),
        reopened_millis: of(&reopened, "firstCard") - of(&reopened, "workerReady"),
        reopened_from_navigation_millis: of(&reopened, "firstCard"),
        reopened_peak_bytes,
        filter: change(&visit, &filters()),
        period: change(&visit, &periods()),
        drag: drag(&visit),
        explained: explained(&visit),
        facts: facts(&visit),
        all_kpis: all_kpis(&visit),
    };
    Run {
        took_millis: page.import_millis(),
        ready_millis: Some(page.opened_millis),
        peak_bytes,
        found: Found::Figures,
        page: Some(page),
    }
}

/// Fails when other figures than the file's are shown.
fn import(visit: &Visit, course: &Course) -> Value {
    let arguments =
        json!([hash("home", ""), format!("{FROM}..{TO}"), figures(course.expected.sales)]);
    let start = "window.imported = probe.importFile(...arguments[0])";
    visit.browser().script_with(start, &json!([arguments]));
    visit.choose_file("#import-input", course.file);
    visit.awaited("imported")
}

/// The values that the page must show, as it writes them exactly.
fn figures(sales: Totals) -> Value {
    let gross = format!("{}.{:02}", sales.gross_cents / 100, sales.gross_cents % 100);
    json!({
        "sales.orders": sales.orders.to_string(),
        "sales.units": sales.units.to_string(),
        "sales.gross": gross.trim_end_matches('0').trim_end_matches('.'),
    })
}

fn hash(page: &str, filter: &str) -> String {
    format!("#/{page}?from={FROM}&to={TO}{filter}")
}

fn filters() -> Vec<Value> {
    let filter = |number| {
        let sku = sku(number);
        let hash = hash("home", &format!("&sku={sku}"));
        json!({ "hash": hash, "period": format!("{FROM}..{TO}"), "scope": format!("sku={sku}") })
    };
    (0..10).map(filter).collect()
}

/// Months by turns of the file's two years.
fn periods() -> Vec<Value> {
    let period = |number: u32| {
        let (year, month) = (2024 + number % 2, 1 + number);
        let (from, to) = (format!("{year}-{month:02}-01"), format!("{year}-{month:02}-28"));
        let hash = format!("#/home?from={from}&to={to}");
        json!({ "hash": hash, "period": format!("{from}..{to}"), "scope": "all" })
    };
    (0..10).map(period).collect()
}

fn change(visit: &Visit, sights: &[Value]) -> Changes {
    answered(&visit.awaited(&format!("probe.changeAll({})", json!(sights))))
}

fn answered(answer: &Value) -> Changes {
    Changes {
        millis: answer["millis"].as_array().unwrap().iter().map(number).collect(),
        longest_task_millis: number(&answer["longestTask"]),
    }
}

/// How often a page behind home is opened.
const OPENED_TIMES: u32 = 5;

fn explained(visit: &Visit) -> Changes {
    // What the formula is made of, with values.
    opened(visit, &hash("kpi/sales.aov", ""), "main [aria-labelledby=formula] [data-value]", 2)
}

fn facts(visit: &Visit) -> Changes {
    opened(visit, &hash("facts/gross_sales", ""), "main tbody [data-value]", 20)
}

/// The pivot of every KPI and the file's 24 months.
fn all_kpis(visit: &Visit) -> Table {
    let answer = visit.awaited("probe.kpis()");
    let ids: Vec<&str> =
        answer["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let chosen = ids.join("&kpi=");
    let hash =
        format!("#/explore?from=2024-01-01&to=2025-12-31&rows=kpis&columns=month&kpi={chosen}");
    Table {
        first_screen: opened(visit, &hash, "main [aria-busy] > tbody > tr", 20),
        all_cells: opened(visit, &hash, "main [aria-busy=false] > tbody > tr", ids.len()),
    }
}

fn opened(visit: &Visit, hash: &str, css: &str, count: usize) -> Changes {
    let what = json!({ "hash": hash, "css": css, "count": count });
    let home = &periods()[0];
    answered(&visit.awaited(&format!("probe.openAll({home}, {what}, {OPENED_TIMES})")))
}

fn drag(visit: &Visit) -> Drag {
    let days = json!({
        "hash": hash("home", "&by=day"), "period": format!("{FROM}..{TO}"), "scope": "all",
    });
    visit.awaited(&format!("probe.changeAll([{days}])"));
    let answer = visit.awaited(&format!("probe.drag({DRAG_MILLIS})"));
    Drag {
        frames_per_second: number(&answer["framesPerSecond"]),
        longest_frame_millis: number(&answer["longestFrame"]),
    }
}
