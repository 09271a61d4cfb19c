//! Figures as the page shows them, and whether they are the expected ones.

use serde_json::Value;

/// A figure with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shown {
    pub(crate) kpi: String,
    pub(crate) scope: String,
    pub(crate) period: String,
    /// Empty when undefined.
    pub(crate) value: String,
}

impl Shown {
    /// From `[kpi, scope, period, value]`.
    pub(crate) fn from_json(json: &Value) -> Self {
        let text = |at: usize| json[at].as_str().unwrap_or_default().to_owned();
        Self { kpi: text(0), scope: text(1), period: text(2), value: text(3) }
    }
}

/// `None` when both are the same figures in whatever order, else what differs.
pub(crate) fn difference(expected: &[Shown], seen: &[Shown]) -> Option<String> {
    let sorted = |figures: &[Shown]| {
        let mut figures = figures.to_vec();
        figures.sort();
        figures
    };
    let (expected, seen) = (sorted(expected), sorted(seen));
    let only = |these: &[Shown], those: &[Shown], mark: &str| {
        let missing = these.iter().filter(|figure| !those.contains(figure));
        missing.map(|figure| format!("{mark} {figure:?}")).collect::<Vec<_>>()
    };
    let mut lines = only(&expected, &seen, "expected");
    lines.extend(only(&seen, &expected, "seen    "));
    lines.sort_by_key(|line| line.get(9..).map(str::to_owned));
    lines.truncate(40);
    if lines.is_empty() && expected.len() != seen.len() {
        lines.push(format!("{} figures expected, {} seen", expected.len(), seen.len()));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Value of a KPI among figures of one scope and period.
#[track_caller]
pub(crate) fn value_of<'a>(figures: &'a [Shown], kpi: &str) -> &'a str {
    let figure = figures.iter().find(|figure| figure.kpi == kpi);
    &figure.unwrap_or_else(|| panic!("{kpi} is not shown")).value
}
