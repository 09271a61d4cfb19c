//! Figures as home and the page of a KPI show them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{Annotation, Currency, Day, Dimension, Filters, Granularity, Limit, Names, Period},
    targets::Standing,
    worker::protocol::{ContractView, KnownReport, OwnKpiView},
};

/// What home shows: the person's choices, all from the URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeRequest {
    pub filters: Filters,
    /// `None`: the last 30 days covered by data.
    pub period: Option<Period>,
    pub comparison: Comparison,
    pub granularity: Granularity,
    /// KPI of the trend chart.
    pub trend_kpi: String,
    /// Whether the trend is split by channel.
    pub trend_by: Option<Dimension>,
    pub today: Day,
}

/// What a period is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    #[default]
    PreviousPeriod,
    YearBefore,
    /// The days that lie alike around the same sales event of the year before.
    SameEvent,
    None,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HomeView {
    /// The period shown, after defaults.
    pub period: Period,
    pub comparison: Option<Period>,
    pub currency: Currency,
    /// Currencies with facts in the slice that are not part of the figures.
    pub other_currencies: Vec<Currency>,
    pub tiles: Vec<PeriodTile>,
    /// The KPIs on home, in catalogue order.
    pub cards: Vec<KpiCard>,
    /// What the first sentence is made of: net sales, orders and the profits, in this order.
    pub summary: Vec<Figure>,
    /// How many KPIs there are in all.
    pub n_kpis: u32,
    pub trend: Trend,
    /// KPIs per channel, for the table under the chart.
    pub channels: Vec<ChannelRow>,
    pub members: Members,
    pub freshness: Vec<Freshness>,
    pub signed: SignedMonths,
}

/// How far the months of a period are signed off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SignedMonths {
    /// Months that the period touches.
    pub n_months: u32,
    pub n_signed: u32,
    /// Signed months whose figures are not any more what they were.
    pub n_changed: u32,
    /// Of who signed, each once.
    pub names: Vec<String>,
}

/// A few KPIs for one of the fixed periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeriodTile {
    /// `yesterday`, `last_7_days`, `month_to_date`, `last_month`: counted from the last day with
    /// data.
    pub id: String,
    pub period: Period,
    /// sales.net, sales.orders, sales.units, ads.spend, pl.cm3: in this order.
    pub figures: Vec<Figure>,
}

/// One KPI value with what it is held against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub kpi: String,
    pub names: Names,
    pub unit: UnitView,
    pub direction: DirectionView,
    pub value: ValueView,
    pub previous: Option<ValueView>,
}

/// How a value is written: `usd`-like money in the workbook's currency, a count, a share, …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitView {
    Money,
    Count,
    /// 0.25 is shown as 25 %.
    Share,
    Ratio,
    Days,
    TurnsPerYear,
    Score,
    Hours,
    Weeks,
    Months,
    Seconds,
    Milliseconds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectionView {
    Up,
    Down,
    Band,
    None,
}

/// A KPI value: decimal text, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ValueView {
    /// The exact machine value; `None` when undefined.
    pub value: Option<String>,
    /// Shared by all values of a view that lack the same.
    pub undefined: Option<Arc<UndefinedView>>,
    /// The denominator of a rate, or the number of facts behind a sum.
    pub n: Option<String>,
    /// Share of the basis (net sales, …) that the value covers, when not all of it; 0.97.
    pub coverage: Option<String>,
    pub notes: Vec<NoteView>,
}

/// Why a KPI has no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndefinedView {
    /// `no_data`, `division_by_zero`, `negative_denominator`, `missing_cost`, `missing_fees`, `not_additive`,
    /// `needs_snapshots`, `no_sku_detail`, `whole_only`, `too_short`, `other_window`, `no_rate`,
    /// `buyers_dropped`, `not_stated`, `several_stated`, `stated_later`,
    /// `stated_of_shops`, `out_of_range`.
    pub reason: String,
    /// What it is about: a fact table, a measure, a share; empty when nothing more is to say.
    pub about: String,
    /// Report kinds that would give it.
    pub fed_by: Vec<ReportName>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportName {
    pub report: String,
    pub names: Names,
}

/// Something to know about a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    /// `refunds_missing`, `spend_missing`, `platform_discounts_missing`, `partial_cost`,
    /// `partial_fees`, `immature`, `small_denominator`, `mixed_windows`, `ties`, `does_not_tie`, `as_of`,
    /// `not_booked`, `not_shipped`.
    pub note: String,
    /// Channels, windows or shares it concerns.
    pub about: Vec<String>,
}

/// The card of one KPI on home.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KpiCard {
    pub figure: Figure,
    pub year_before: Option<ValueView>,
    /// What is wanted of it in just this part of the business and period.
    pub target: Option<CardTarget>,
    /// Values of the 13 newest buckets up to the period's end.
    pub spark: Vec<Option<f64>>,
    pub is_immature: bool,
    /// One sentence of what it means.
    pub meaning: Names,
    pub group: String,
}

/// The target of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardTarget {
    /// What is promised; decimal text in the KPI's unit.
    pub number: String,
    /// `None` while the period is not over or has not settled.
    pub standing: Option<Standing>,
}

/// What another choice in a contract would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContractEffect {
    /// Of the KPIs.
    pub period: Period,
    pub currency_before: Currency,
    pub currency_after: Currency,
    /// In catalogue order.
    pub kpis: Vec<MovedKpi>,
    pub months: Vec<MovedMonth>,
}

/// A KPI under the choice in force and under another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MovedKpi {
    pub kpi: String,
    pub names: Names,
    pub unit: UnitView,
    pub before: ValueView,
    pub after: ValueView,
}

/// A month's net sales under both; `None` where they are not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedMonth {
    /// The month's first day.
    pub month: Day,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// All KPIs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KpisView {
    /// The period shown, after defaults.
    pub period: Period,
    pub currency: Currency,
    /// In catalogue order.
    pub kpis: Vec<ListedKpi>,
    pub members: Members,
}

/// A KPI in the list of all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListedKpi {
    pub card: KpiCard,
    /// First letters of its Chinese name in pinyin, to search by.
    pub initials: String,
    pub is_on_home: bool,
}

/// A line that a platform draws for a KPI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    pub channel: String,
    /// `below`, `at_most`, `above`, `at_least`.
    pub comparator: String,
    /// Decimal text in the KPI's unit.
    pub value: String,
    /// `critical`, `policy`, `fee`, `badge`, `advice`.
    pub kind: String,
    /// The days that the platform looks at.
    pub window: Names,
    /// What it counts.
    pub scope: Names,
    /// Whose line it is, when not everybody's.
    pub programme: Option<Names>,
    /// Where it was read; empty when that was not found again.
    pub source: String,
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// A KPI that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub kpi: String,
    pub names: Names,
    pub unit: UnitView,
    /// Decimal text.
    pub value: String,
    pub channel: String,
    /// Whose value it is; empty: the whole channel's.
    pub shop: String,
    /// The product that it is of; empty: a whole shop.
    pub sku: String,
    /// The campaign that it is of; empty: all of them.
    pub campaign: String,
    /// The days that it is of, where these are no window of the platform's own.
    pub period: Option<Period>,
    /// The day that it is about.
    pub day: Day,
    pub reason: WarningReason,
    /// What a person said of it; empty when nothing was said.
    pub note: String,
    /// A person has laid it aside, and nothing newer is known since.
    pub is_snoozed: bool,
}

impl Warning {
    /// What it is about, whatever its value and day.
    pub fn id(&self) -> String {
        let Self { kpi, channel, shop, sku, campaign, .. } = self;
        let about = [kpi, channel, shop, sku, campaign].map(String::as_str).join("|");
        match &self.reason {
            WarningReason::Limit { limit, .. } => format!("{about}|{}", limit.id()),
            _ => about,
        }
    }
}

/// Why a KPI should be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WarningReason {
    /// It is on the wrong side of a platform's line.
    Line {
        line: Box<LineView>,
        /// The line is the highest of all product categories: that of its own is not known.
        is_of_every_category: bool,
        /// Cases that would have to be otherwise; `None` without cases.
        cases: Option<i64>,
    },
    /// It is on the wrong side of a line that the workbook's people drew.
    Limit { limit: Box<Limit>, currency: Currency },
    /// It grows worse month after month. Decimal texts.
    Creep {
        /// Of the months before.
        usual: String,
        /// Months and their values, oldest first.
        months: Vec<(Period, String)>,
        /// What it cost in the newest month.
        excess: String,
        currency: Currency,
    },
}

/// Where the values of a KPI come from that is not made of facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedByView {
    /// Channels that state it.
    pub channels: Vec<StatingChannel>,
    /// The newest first.
    pub typed: Vec<TypedValueView>,
}

/// A channel that states a KPI by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StatingChannel {
    /// Empty: the whole business.
    pub id: String,
    pub names: Names,
    /// Its shops with facts.
    pub shops: Vec<String>,
}

/// A value that a person read on a channel's own pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedValueView {
    pub channel: String,
    /// Empty: the whole channel.
    pub shop: String,
    pub day: Day,
    /// Decimal text; 0.97 is 97 %.
    pub value: String,
}

/// A line chart of one KPI.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    pub kpi: String,
    pub names: Names,
    pub unit: UnitView,
    pub granularity: Granularity,
    pub buckets: Vec<Period>,
    /// One series, or one per member when split.
    pub series: Vec<TrendSeries>,
    /// The comparison period's values, bucket by bucket, only when not split.
    pub comparison: Option<TrendSeries>,
    /// What was wanted bucket by bucket, where it was, only when not split.
    pub target: Option<TrendSeries>,
    /// How far its usual ups and downs reach, only when not split and where points enough have settled.
    pub limits: Option<TrendLimits>,
    /// What aligned the comparison; `None` for other comparisons, and where no event is near.
    pub aligned: Option<AlignedView>,
    /// What people said of its days.
    pub notes: Vec<TrendNote>,
}

/// A sales event around which two periods lie alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlignedView {
    pub names: Names,
    /// Its days in or near the period shown.
    pub days: Period,
    /// Its days a year before.
    pub days_before: Period,
    /// What the period shown is held against.
    pub against: Period,
}

/// What happened on days of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendNote {
    /// The first and the last bucket that it is about.
    pub first: u32,
    pub last: u32,
    pub text: String,
}

impl TrendNote {
    /// Whether it is about a bucket.
    pub fn is_of(&self, bucket: usize) -> bool {
        u32::try_from(bucket).is_ok_and(|bucket| (self.first..=self.last).contains(&bucket))
    }
}

/// What somebody said of days, with what it is changed by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnotationView {
    pub number: u64,
    pub annotation: Annotation,
}

/// Natural limits of a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrendLimits {
    /// One per bucket.
    pub lower: Vec<f64>,
    pub upper: Vec<f64>,
    /// Whether weekdays have limits of their own.
    pub is_by_weekday: bool,
    /// Settled points.
    pub n_points: u32,
    /// The buckets of those that lie outside.
    pub outside: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrendSeries {
    /// Empty for the whole slice, else the member's id.
    pub member: String,
    /// One per bucket.
    pub values: Vec<ValueView>,
    /// The buckets of the series, where they differ from the chart's (comparison).
    pub buckets: Vec<Period>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChannelRow {
    /// Empty for the total.
    pub channel: String,
    /// Net sales, channel share, orders, ad spend, `TACoS`, CM3: in this order.
    pub figures: Vec<Figure>,
}

/// What can be chosen in the filters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Members {
    pub channels: Vec<Member>,
    pub shops: Vec<Member>,
    pub skus: Vec<Member>,
    pub brands: Vec<Member>,
    pub categories: Vec<Member>,
    /// Who answers for products.
    pub owners: Vec<Member>,
}

impl Members {
    /// Those of one dimension.
    pub fn of(&self, dimension: Dimension) -> &[Member] {
        match dimension {
            Dimension::Channel => &self.channels,
            Dimension::Shop => &self.shops,
            Dimension::Sku => &self.skus,
            Dimension::Brand => &self.brands,
            Dimension::Category => &self.categories,
            Dimension::Owner => &self.owners,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Member {
    pub id: String,
    /// Name beside the id: channel name, product title; empty when there is none.
    pub names: Names,
}

/// How new a report kind's data is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freshness {
    pub report: String,
    pub names: Names,
    pub last_day: Day,
}

/// Where values that have not settled will probably end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LikelyView {
    /// Of the period; `None` when it has settled, or too few earlier days are known.
    pub value: Option<RangeView>,
    /// One for each bucket of the trend, unless that is split.
    pub points: Vec<Option<RangeView>>,
    /// Days that it takes to settle.
    pub settling_days: u32,
    /// Earlier days without which nothing is said.
    pub needed_days: u32,
}

/// A range, learned from how earlier days grew. Decimal texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeView {
    pub low: String,
    /// As the middle one of them grew.
    pub middle: String,
    pub high: String,
    /// Earlier days.
    pub n_days: u32,
}

/// One KPI in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KpiView {
    pub card: KpiCard,
    pub is_on_home: bool,
    /// What platforms demand and advise, in force or not.
    pub lines: Vec<LineView>,
    /// Of a KPI that a platform works out by itself: who states it, and what was typed of it.
    pub stated: Option<StatedByView>,
    pub trend: Trend,
    /// Of a KPI that grows as ads are credited with sales: where it will probably end.
    pub likely: Option<LikelyView>,
    /// What people said of the days shown, oldest first.
    pub annotations: Vec<AnnotationView>,
    /// How much they said of other days.
    pub n_other_annotations: u32,
    /// The formula in force at the period's end.
    pub formula: String,
    /// Of a KPI that a person defined.
    pub own: Option<OwnKpiView>,
    /// The parts of the formula with their values.
    pub parts: Vec<FormulaPart>,
    pub contracts: Vec<ContractView>,
    pub fed_by: Vec<KnownReport>,
    pub traps: Names,
}

/// A KPI with what its page says around it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KpiInFrame {
    pub kpi: KpiView,
    pub frame: ViewFrame,
}

/// What a view is of: the period after defaults, the currency of its money, and what can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewFrame {
    pub period: Period,
    pub currency: Currency,
    pub members: Members,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormulaPart {
    /// Measure or KPI id.
    pub id: String,
    /// Of the whole business, whatever channel and shop are chosen.
    pub is_whole: bool,
    /// There is a page of its own: that of a KPI, or of the facts of a measure.
    pub has_page: bool,
    /// The days that the value is of: others where the formula looks back.
    pub period: Period,
    /// Members that the value is of alone, where the formula names some.
    pub members: Vec<(Dimension, String)>,
    pub names: Names,
    pub unit: UnitView,
    pub value: ValueView,
}
