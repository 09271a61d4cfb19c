//! The KPI dictionary as written down in `kpis/*.toml`: one entry per KPI, and one per measure.
//!
//! What stands here is text and typed choices only. Formulas are read, and names and units
//! checked, by `kpis::Dictionary`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::source::{self, SourceError, built_in};
use crate::domain::{Day, Measure, Names, map_of_few};

/// One KPI of the dictionary. What a person defines in a workbook has the same form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kpi {
    /// Stable: it stands in links, targets and output. Never given to another KPI.
    pub id: String,
    /// The file that the entry stands in: `sales`, `profit`, …
    #[serde(skip)]
    pub group: String,
    pub names: Names,
    /// First letters of the Chinese name in pinyin, as people type them to search: `jxse`. Made when
    /// the catalogue is built in.
    #[serde(default)]
    pub initials: String,
    /// One sentence that says what the figure tells a seller.
    pub meaning: Names,
    /// An expression over measure ids and KPI ids, see `kpis::Expression`.
    pub formula: String,
    /// Of a KPI that a person defined: its formulas with their days, oldest first; the last one is `formula`.
    #[serde(skip)]
    pub versions: Vec<Version>,
    /// Formulas that replace `formula` while a contract has a certain choice; the first that
    /// fits is in force.
    #[serde(default)]
    pub variants: Vec<Variant>,
    /// Of a KPI whose formula is `stated`: who states it.
    #[serde(default)]
    pub stated: Option<StatedBy>,
    pub unit: Unit,
    pub direction: Direction,
    pub roll_up: RollUp,
    /// A difference of sums: it is worked out anew for each period, and yet months make up their year.
    #[serde(default)]
    pub is_difference: bool,
    pub date_basis: DateBasis,
    pub window: Window,
    /// Days after a period's end during which its value still grows; 0 when it is final at once.
    pub settling_days: u16,
    /// A rate over fewer than this is shown with a caution; 0 when there is no such line.
    pub min_denominator: u32,
    /// A share of a whole, which is never above 1.
    #[serde(default)]
    pub is_of_whole: bool,
    pub perspective: Perspective,
    pub lead_or_lag: LeadOrLag,
    /// Shown on home until a person chooses otherwise.
    #[serde(default)]
    pub on_home: bool,
    /// The KPI to watch beside this one.
    pub guard: Option<String>,
    /// Contracts it hangs on, besides those of the KPIs in its formula.
    #[serde(default)]
    pub contracts: Vec<String>,
    /// What the value must stand on; empty for most.
    #[serde(default)]
    pub coverage: Vec<Coverage>,
}

/// Where a value comes from that is not made of facts: a platform works it out by itself, and its pages
/// show it. A person types it, or a report holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedBy {
    /// Channels that have it; an empty one stands for the whole business.
    pub channels: Vec<String>,
    /// Kinds of service facts that state it as cases among all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Reports that hold them.
    #[serde(default)]
    pub reports: Vec<String>,
}

/// A formula that holds from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub from: Day,
    pub formula: String,
}

/// Another formula under a contract's choice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    pub contract: String,
    pub choice: String,
    pub formula: String,
}

/// How a value is written. A share of 0.25 is 25 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Money,
    Count,
    Share,
    Ratio,
    Days,
    TurnsPerYear,
    /// Points on a platform's own scale.
    Score,
    Hours,
    Weeks,
    Months,
    Seconds,
    Milliseconds,
}

impl Unit {
    pub const ALL: &'static [Self] = &[
        Self::Money,
        Self::Count,
        Self::Share,
        Self::Ratio,
        Self::Days,
        Self::TurnsPerYear,
        Self::Score,
        Self::Hours,
        Self::Weeks,
        Self::Months,
        Self::Seconds,
        Self::Milliseconds,
    ];

    /// The stable name used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Count => "count",
            Self::Share => "share",
            Self::Ratio => "ratio",
            Self::Days => "days",
            Self::TurnsPerYear => "turns_per_year",
            Self::Score => "score",
            Self::Hours => "hours",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
        }
    }
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Up,
    Down,
    /// Neither too little nor too much.
    Band,
    /// Information only.
    None,
}

/// How the value of a whole follows from its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollUp {
    /// The parts add up.
    Sum,
    /// Days add up, but one thing may belong to several SKUs.
    DistinctCount,
    /// Sum of numerators ÷ sum of denominators.
    RatioOfSums,
    /// Computed anew from the measures of the whole.
    Recompute,
    /// No way from parts to the whole.
    NotAdditive,
}

impl Kpi {
    /// Whether what is wanted of months makes up what is wanted of their year.
    pub const fn adds_up_in_time(&self) -> bool {
        self.is_difference || self.roll_up.adds_up_in_time()
    }
}

impl RollUp {
    /// Whether the values of days make up that of a period.
    pub const fn adds_up_in_time(self) -> bool {
        matches!(self, Self::Sum | Self::DistinctCount)
    }
}

/// Which date puts a fact into a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    OrderDate,
    RefundDate,
    PostingDate,
    AdDate,
    TrafficDate,
    ReturnDate,
    SnapshotDate,
    /// The day that a platform's statement is about.
    StatementDate,
}

/// Which days a value of a period looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// The days of the period itself.
    Period,
    #[serde(rename = "last_30_days")]
    Last30Days,
    #[serde(rename = "last_90_days")]
    Last90Days,
    #[serde(rename = "last_12_weeks")]
    Last12Weeks,
    #[serde(rename = "last_365_days")]
    Last365Days,
    /// The period's clicks and views, and the sales that follow within the platform's window.
    Attribution,
}

/// The side of a balanced scorecard it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Perspective {
    Finance,
    Customer,
    Process,
    Learning,
}

impl Perspective {
    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Finance => "finance",
            Self::Customer => "customer",
            Self::Process => "process",
            Self::Learning => "learning",
        }
    }
}

/// Whether it moves before the result or is the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadOrLag {
    Lead,
    Lag,
}

/// How much of `basis` must stand behind a value.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    pub kind: CostOrFees,
    /// Measure id: the part that is known.
    pub covered: String,
    /// KPI id: what it is a part of.
    pub basis: String,
}

/// What is known about the covered part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CostOrFees {
    /// Below the line of the contract `missing_cost` there is no value.
    Cost,
    /// There is a value at any share above 0, with the share beside it.
    Fees,
}

/// What a measure is called and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureEntry {
    /// `Measure::id`.
    pub id: String,
    pub names: Names,
    /// Money, count or months.
    pub unit: Unit,
    /// Report kinds that state it.
    pub fed_by: Vec<String>,
    /// Those that state it for a whole shop, when others cannot be added up; empty for most.
    #[serde(default)]
    pub totals_fed_by: Vec<String>,
    /// Those that state it per SKU, when others only know the whole; empty for most.
    #[serde(default)]
    pub sku_fed_by: Vec<String>,
}

/// The groups in the order in which pages show them.
const GROUPS: &[(&str, &str)] = &[
    ("sales", built_in!("kpis_sales")),
    ("profit", built_in!("kpis_profit")),
    ("data_quality", built_in!("kpis_data_quality")),
    ("ads", built_in!("kpis_ads")),
    ("traffic", built_in!("kpis_traffic")),
    ("service", built_in!("kpis_service")),
    ("inventory", built_in!("kpis_inventory")),
    ("customers", built_in!("kpis_customers")),
    ("team", built_in!("kpis_team")),
];

static KPIS: LazyLock<Vec<Kpi>> = LazyLock::new(|| {
    let read = |(group, text): &(&str, &str)| {
        kpis_of(group, text).expect("the built-in KPIs are valid, as a test checks")
    };
    GROUPS.iter().flat_map(read).collect()
});

static TRAPS: LazyLock<BTreeMap<String, Names>> = LazyLock::new(|| {
    source::read(built_in!("kpi_traps")).expect("the built-in KPIs are valid, as a test checks")
});

static MEASURES: LazyLock<BTreeMap<Measure, MeasureEntry>> = LazyLock::new(|| {
    let file: MeasureFile = source::read(built_in!("kpis_measures"))
        .expect("the built-in measures are valid, as a test checks");
    let measure = |entry: MeasureEntry| {
        let measure = Measure::ALL.iter().find(|measure| measure.id() == entry.id)?;
        Some((*measure, entry))
    };
    map_of_few(file.measure.into_iter().filter_map(measure))
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KpiFile {
    kpi: Vec<Kpi>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureFile {
    measure: Vec<MeasureEntry>,
}

/// What people get wrong about a built-in KPI; empty for others.
pub fn traps(id: &str) -> Names {
    TRAPS.get(id).cloned().unwrap_or_default()
}

/// The built-in KPIs, in the order in which pages show them.
pub fn kpis() -> &'static [Kpi] {
    &KPIS
}

/// Reads the KPIs of one group.
fn kpis_of(group: &str, text: &str) -> Result<Vec<Kpi>, SourceError> {
    let mut file: KpiFile = source::read(text)?;
    for kpi in &mut file.kpi {
        group.clone_into(&mut kpi.group);
    }
    Ok(file.kpi)
}

/// What is written down about a measure.
pub fn measure_entry(measure: Measure) -> &'static MeasureEntry {
    MEASURES.get(&measure).expect("every measure has an entry, as a test checks")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalog::{Catalog, contract::contracts};

    #[test]
    fn ids_are_unique_and_start_with_letters() {
        let ids: BTreeSet<&str> = kpis().iter().map(|kpi| kpi.id.as_str()).collect();
        assert_eq!(ids.len(), kpis().len());
        assert!(ids.iter().all(|id| id.contains('.')), "a KPI id has a group and a name");
    }

    #[test]
    fn every_text_stands_in_both_languages() {
        for kpi in kpis() {
            let traps = traps(&kpi.id);
            for (what, text) in
                [("names", &kpi.names), ("meaning", &kpi.meaning), ("traps", &traps)]
            {
                assert!(!text.en.is_empty() && !text.zh.is_empty(), "{}: {what}", kpi.id);
            }
            let is_one_sentence = kpi.meaning.en.ends_with('.') && kpi.meaning.zh.ends_with('。');
            assert!(is_one_sentence, "{}: the meaning is a sentence", kpi.id);
        }
    }

    #[test]
    fn kpis_are_found_by_their_initials() {
        let initials = |id: &str| {
            let kpi = kpis().iter().find(|kpi| kpi.id == id).unwrap();
            (kpi.names.zh.as_str(), kpi.initials.as_str())
        };
        assert_eq!(initials("sales.net"), ("净销售额", "jxse"));
        assert_eq!(initials("cus.cac"), ("获客成本 CAC", "hkcbcac"));
        assert!(kpis().iter().all(|kpi| !kpi.initials.is_empty()));
    }

    #[test]
    fn guards_are_other_kpis() {
        for kpi in kpis() {
            let Some(guard) = &kpi.guard else { continue };
            assert_ne!(guard, &kpi.id);
            assert!(kpis().iter().any(|other| &other.id == guard), "{}: {guard}", kpi.id);
        }
    }

    #[test]
    fn contracts_and_their_choices_exist() {
        let exists = |id: &str, choice: Option<&str>| {
            contracts().iter().any(|contract| {
                let mut choices = contract.choices.iter();
                contract.id == id
                    && choice.is_none_or(|choice| choices.any(|other| other.id == choice))
            })
        };
        for kpi in kpis() {
            for contract in &kpi.contracts {
                assert!(exists(contract, None), "{}: {contract}", kpi.id);
            }
            for variant in &kpi.variants {
                assert!(exists(&variant.contract, Some(&variant.choice)), "{}", kpi.id);
            }
        }
    }

    #[test]
    fn what_is_stated_has_channels_and_known_reports() {
        for kpi in kpis() {
            assert_eq!(kpi.formula == "stated", kpi.stated.is_some(), "{}", kpi.id);
            let Some(stated) = &kpi.stated else { continue };
            assert!(!stated.channels.is_empty(), "{}", kpi.id);
            for id in &stated.channels {
                let is_known = crate::catalog::channel::channel(id).is_some();
                assert!(is_known || id.is_empty(), "{}: {id}", kpi.id);
            }
            for report in &stated.reports {
                assert!(Catalog::built_in().recipe(report).is_some(), "{}: {report}", kpi.id);
            }
            assert_eq!(stated.kinds.is_empty(), stated.reports.is_empty(), "{}", kpi.id);
        }
    }

    #[test]
    fn every_measure_is_described() {
        let file: MeasureFile = source::read(built_in!("kpis_measures")).unwrap();
        let described: Vec<&str> = file.measure.iter().map(|entry| entry.id.as_str()).collect();
        let measures: Vec<&str> = Measure::ALL.iter().map(|measure| measure.id()).collect();
        assert_eq!(described, measures);
        for entry in &file.measure {
            assert!(!entry.names.en.is_empty() && !entry.names.zh.is_empty(), "{}", entry.id);
            assert!(!entry.fed_by.is_empty(), "{}: something must feed it", entry.id);
            let reports = [&entry.fed_by, &entry.totals_fed_by, &entry.sku_fed_by];
            for report in reports.into_iter().flatten() {
                assert!(Catalog::built_in().recipe(report).is_some(), "{}: {report}", entry.id);
            }
            assert!(matches!(entry.unit, Unit::Money | Unit::Count | Unit::Months), "{}", entry.id);
        }
    }

    #[test]
    fn a_kpi_without_roll_up_is_refused() {
        let text = built_in!("kpis_service").replace("\"roll_up\":\"ratio_of_sums\",", "");
        let problem = kpis_of("service", &text).unwrap_err();
        assert!(problem.to_string().contains("roll_up"), "{problem}");
    }
}
