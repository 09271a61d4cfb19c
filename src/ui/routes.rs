//! Hash routes: `#/home?from=2026-09-01&to=2026-09-30&channel=amazon`. All that a person may
//! share or go back to is in the URL; a value that cannot be read is left out.

use std::fmt::Write as _;

use crate::{
    domain::{Day, Dimension, Filters, Granularity, Period},
    worker::protocol::{Comparison, HomeRequest},
};

/// What the URL says of the table of the page `Explore`.
pub const TABLE_KEYS: [&str; 5] = ["rows", "columns", "kpi", "sort", "ascending"];

/// What the URL says of the grid of the page `Targets`.
pub const PLAN_KEYS: [&str; 6] = ["goal", "parts", "span", "of", "level", "in"];

/// What the URL says of the page `Questionnaire`: an answer.
pub const ANSWER_KEY: &str = "answer";

/// What the URL says of the page `WhatIf`: how far a lever is moved.
pub const LEVER_KEY: &str = "lever";

/// What the URL says of the page `Scorecard`: a day of the cycle that is shown.
pub const CYCLE_KEY: &str = "cycle";

/// What the URL of one page says and no other's.
pub type OwnPair = (&'static str, String);

/// The KPI of the trend chart when the URL names none.
pub const DEFAULT_TREND_KPI: &str = "sales.net";

/// A page of the app.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Page {
    #[default]
    Home,
    Import,
    Data,
    Products,
    Reconciliation,
    Workbook,
    /// All KPIs.
    Kpis,
    /// KPIs in a table of the person's own.
    Explore,
    /// What is wanted of KPIs.
    Targets,
    /// What would become of sales and profit under other prices, rates and costs.
    WhatIf,
    /// All scorecards.
    Scorecards,
    /// One scorecard, by its id; empty: a new one.
    Scorecard(String),
    /// The first questionnaire.
    Questionnaire,
    /// How SKUs do beside one another.
    Skus,
    /// One KPI in full, by its id.
    Kpi(String),
    /// A KPI of one's own as a person defines it, by its id; empty: a new one.
    OwnKpi(String),
    /// The facts of a measure, by its id.
    Facts(String),
}

/// What a person chose to see; shared by home and the KPI pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub filters: Filters,
    /// `None`: the last 30 days covered by data.
    pub period: Option<Period>,
    pub comparison: Comparison,
    /// `None`: as fits the period's length.
    pub granularity: Option<Granularity>,
    pub trend_kpi: String,
    pub trend_by: Option<Dimension>,
    /// What single pages show, by the keys that are theirs alone (`Page::keys`): each page reads its own.
    pub own: Vec<OwnPair>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            filters: Filters::default(),
            period: None,
            comparison: Comparison::default(),
            granularity: None,
            trend_kpi: DEFAULT_TREND_KPI.to_owned(),
            trend_by: None,
            own: Vec::new(),
        }
    }
}

impl Page {
    /// The keys of the URL that say what this page shows and no other.
    pub const fn keys(&self) -> &'static [&'static str] {
        match self {
            Self::Explore => &TABLE_KEYS,
            Self::Targets => &PLAN_KEYS,
            Self::Questionnaire => &[ANSWER_KEY],
            Self::WhatIf => &[LEVER_KEY],
            Self::Scorecard(_) => &[CYCLE_KEY],
            _ => &[],
        }
    }
}

impl View {
    /// What it says under some keys, in order.
    pub fn own_of(&self, keys: &'static [&'static str]) -> impl Iterator<Item = &OwnPair> {
        self.own.iter().filter(move |(key, _)| keys.contains(key))
    }

    /// Says it anew under a page's keys.
    pub fn set_own(&mut self, page: &Page, pairs: impl IntoIterator<Item = OwnPair>) {
        self.own.retain(|(key, _)| !page.keys().contains(key));
        self.own.extend(pairs);
    }

    /// The engine's question for this view.
    pub fn request(&self, today: Day) -> HomeRequest {
        HomeRequest {
            filters: self.filters.clone(),
            period: self.period,
            comparison: self.comparison,
            granularity: self.granularity(),
            trend_kpi: self.trend_kpi.clone(),
            trend_by: self.trend_by,
            today,
        }
    }

    /// The chosen granularity, else days up to 62 days, weeks up to a year, then months.
    pub fn granularity(&self) -> Granularity {
        let fitting = match self.period.map_or(30, |period| period.n_days()) {
            ..=62 => Granularity::Day,
            63..=366 => Granularity::Week,
            _ => Granularity::Month,
        };
        self.granularity.unwrap_or(fitting)
    }

    /// Compact text of the filters: `all`, or `channel=amazon;sku=X,Y`.
    pub fn scope_text(&self) -> String {
        scope_text(&self.filters)
    }
}

/// Compact text of `filters` for `data-scope`.
pub fn scope_text(filters: &Filters) -> String {
    let chosen = Dimension::ALL.into_iter().map(|it| (it.id(), filters.members(it)));
    let parts: Vec<String> = chosen
        .filter(|(_, members)| !members.is_empty())
        .map(|(key, members)| format!("{key}={}", members.join(",")))
        .collect();
    if parts.is_empty() { "all".to_owned() } else { parts.join(";") }
}

/// A page with what is to be seen on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    pub page: Page,
    pub view: View,
}

impl Route {
    /// Reads the hash of a URL, with or without its `#`. An unknown page is home.
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let page = match path.split_once('/') {
            Some(("kpi", id)) if !id.is_empty() => Page::Kpi(decode(id)),
            Some(("own-kpi", id)) => Page::OwnKpi(decode(id)),
            Some(("scorecard", id)) => Page::Scorecard(decode(id)),
            Some(("facts", id)) if !id.is_empty() => Page::Facts(decode(id)),
            _ => match path {
                "import" => Page::Import,
                "data" => Page::Data,
                "products" => Page::Products,
                "reconciliation" => Page::Reconciliation,
                "workbook" => Page::Workbook,
                "kpis" => Page::Kpis,
                "own-kpi" => Page::OwnKpi(String::new()),
                "explore" => Page::Explore,
                "targets" => Page::Targets,
                "what-if" => Page::WhatIf,
                "scorecards" => Page::Scorecards,
                "scorecard" => Page::Scorecard(String::new()),
                "questionnaire" => Page::Questionnaire,
                "skus" => Page::Skus,
                _ => Page::Home,
            },
        };
        Self { page, view: parse_query(query) }
    }

    /// The hash with its `#`; `Route::parse` reads it back.
    pub fn to_hash(&self) -> String {
        let page = match &self.page {
            Page::Home => "home".to_owned(),
            Page::Import => "import".to_owned(),
            Page::Data => "data".to_owned(),
            Page::Products => "products".to_owned(),
            Page::Reconciliation => "reconciliation".to_owned(),
            Page::Workbook => "workbook".to_owned(),
            Page::Kpis => "kpis".to_owned(),
            Page::Explore => "explore".to_owned(),
            Page::Targets => "targets".to_owned(),
            Page::WhatIf => "what-if".to_owned(),
            Page::Scorecards => "scorecards".to_owned(),
            Page::Scorecard(id) if id.is_empty() => "scorecard".to_owned(),
            Page::Scorecard(id) => format!("scorecard/{}", encode(id)),
            Page::Questionnaire => "questionnaire".to_owned(),
            Page::Skus => "skus".to_owned(),
            Page::Kpi(id) => format!("kpi/{}", encode(id)),
            Page::OwnKpi(id) if id.is_empty() => "own-kpi".to_owned(),
            Page::OwnKpi(id) => format!("own-kpi/{}", encode(id)),
            Page::Facts(id) => format!("facts/{}", encode(id)),
        };
        let query: Vec<String> = query_pairs(&self.view, self.page.keys())
            .into_iter()
            .map(|(key, value)| format!("{key}={}", encode(&value)))
            .collect();
        if query.is_empty() { format!("#/{page}") } else { format!("#/{page}?{}", query.join("&")) }
    }
}

/// The keys of all pages.
const OWN_KEYS: [&str; 14] = [
    "rows",
    "columns",
    "kpi",
    "sort",
    "ascending",
    "goal",
    "parts",
    "span",
    "of",
    "level",
    "in",
    ANSWER_KEY,
    LEVER_KEY,
    CYCLE_KEY,
];

fn parse_query(query: &str) -> View {
    let mut view = View::default();
    let (mut from, mut to) = (None, None);
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = decode(value);
        match key {
            "from" => from = Day::parse(&value),
            "to" => to = Day::parse(&value),
            "compare" => view.comparison = comparison_of(&value),
            "by" => view.granularity = granularity_of(&value),
            "trend" if !value.is_empty() => view.trend_kpi = value,
            "split" => view.trend_by = Dimension::of_id(&value),
            _ => match Dimension::of_id(key) {
                Some(dimension) => view.filters.members_mut(dimension).push(value),
                None => {
                    let own = OWN_KEYS.iter().find(|it| **it == key);
                    view.own.extend(own.map(|key| (*key, value)));
                }
            },
        }
    }
    view.period = from.zip(to).map(|(from, to)| Period::between(from, to));
    view
}

/// `keys` are those of the page shown alone.
fn query_pairs(view: &View, keys: &'static [&'static str]) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    if let Some(period) = view.period {
        pairs.push(("from", period.from.to_string()));
        pairs.push(("to", period.to.to_string()));
    }
    if view.comparison != Comparison::default() {
        pairs.push(("compare", comparison_id(view.comparison).to_owned()));
    }
    if let Some(granularity) = view.granularity {
        pairs.push(("by", granularity_id(granularity).to_owned()));
    }
    if view.trend_kpi != DEFAULT_TREND_KPI {
        pairs.push(("trend", view.trend_kpi.clone()));
    }
    if let Some(dimension) = view.trend_by {
        pairs.push(("split", dimension.id().to_owned()));
    }
    pairs.extend(view.own_of(keys).cloned());
    for dimension in Dimension::ALL {
        let members = view.filters.members(dimension).iter();
        pairs.extend(members.map(|member| (dimension.id(), member.clone())));
    }
    pairs
}

pub const fn comparison_id(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::PreviousPeriod => "previous",
        Comparison::YearBefore => "year",
        Comparison::SameEvent => "event",
        Comparison::None => "none",
    }
}

pub fn comparison_of(id: &str) -> Comparison {
    match id {
        "year" => Comparison::YearBefore,
        "event" => Comparison::SameEvent,
        "none" => Comparison::None,
        _ => Comparison::PreviousPeriod,
    }
}

pub const fn granularity_id(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Day => "day",
        Granularity::Week => "week",
        Granularity::Month => "month",
    }
}

fn granularity_of(id: &str) -> Option<Granularity> {
    [Granularity::Day, Granularity::Week, Granularity::Month]
        .into_iter()
        .find(|granularity| granularity_id(*granularity) == id)
}

/// Percent-encodes all but letters, digits and `-._~`.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            write!(encoded, "%{byte:02X}").ok();
        }
    }
    encoded
}

/// The opposite of `encode`; `+` is a space, a broken sequence stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = after
            .get(..2)
            .filter(|_| byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = after;
        match escaped {
            Some(value) => {
                bytes.push(value);
                rest = after.get(2..).unwrap_or_default();
            }
            None => bytes.push(if byte == b'+' { b' ' } else { byte }),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hash: &str) {
        assert_eq!(Route::parse(hash).to_hash(), hash);
    }

    #[test]
    fn the_keys_of_all_pages_are_read() {
        let pages = [
            Page::Explore,
            Page::Targets,
            Page::Questionnaire,
            Page::WhatIf,
            Page::Scorecard(String::new()),
        ];
        let keys: Vec<&str> = pages.iter().flat_map(|page| page.keys()).copied().collect();
        assert_eq!(keys, OWN_KEYS);
    }

    #[test]
    fn a_hash_is_read_and_written_alike() {
        check("#/home");
        check("#/import");
        check("#/products");
        check("#/kpis?channel=amazon");
        check("#/reconciliation");
        check("#/kpi/sales.net?from=2026-09-01&to=2026-09-30");
        check(
            "#/home?compare=year&by=week&trend=ads.tacos&split=channel&channel=amazon&sku=A%20%26%20B",
        );
        check("#/kpi/sales.net?compare=event");
        check("#/data?sku=%E5%92%96%E5%95%A1");
        check("#/explore");
        check("#/explore?rows=sku&columns=kpis&kpi=sales.net&kpi=pl.cm3&channel=amazon");
        check("#/explore?kpi=");
        check("#/scorecards");
        check("#/scorecard");
        check("#/scorecard/card-12?cycle=2026-10-01&channel=amazon");
        check("#/questionnaire");
        check("#/questionnaire?answer=ads%3Anone&answer=costs%3Aunit&channel=amazon");
        check("#/skus?sku=A");
        check("#/what-if?lever=price%3A0.05&channel=amazon");
        check("#/targets?goal=sales.net&parts=sku&in=channel%3Aamazon");
        check("#/explore?rows=sku&columns=kpis&ascending=sales.net");
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        assert_eq!(Route::parse(""), Route::default());
        assert_eq!(Route::parse("#/nowhere?from=2026-13-01&to=x&by=hour&&="), Route::default());
        assert_eq!(Route::parse("#/kpi/"), Route::default());
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz+%41"), "%zz A");
    }

    #[test]
    fn only_the_page_with_the_table_says_what_it_shows() {
        let mut route = Route::parse("#/explore?rows=sku&kpi=sales.net&channel=amazon");
        route.page = Page::Home;
        assert_eq!(route.to_hash(), "#/home?channel=amazon");
    }

    #[test]
    fn a_period_is_ordered() {
        let route = Route::parse("#/home?from=2026-09-30&to=2026-09-01");
        assert_eq!(route.view.period.unwrap().to_string(), "2026-09-01..2026-09-30");
    }

    #[test]
    fn the_granularity_fits_the_period_unless_chosen() {
        let view = |hash: &str| Route::parse(hash).view.granularity();
        assert_eq!(view("#/home"), Granularity::Day);
        assert_eq!(view("#/home?from=2026-01-01&to=2026-06-30"), Granularity::Week);
        assert_eq!(view("#/home?from=2024-01-01&to=2026-06-30"), Granularity::Month);
        assert_eq!(view("#/home?from=2024-01-01&to=2026-06-30&by=day"), Granularity::Day);
    }

    #[test]
    fn the_scope_is_compact_text() {
        assert_eq!(Route::parse("#/home").view.scope_text(), "all");
        let view = Route::parse("#/home?sku=X&channel=amazon&channel=walmart").view;
        assert_eq!(view.scope_text(), "channel=amazon,walmart;sku=X");
    }
}
