//! The plan: what is wanted of KPIs, as a grid of parts of the business by periods.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        Currency, Day, Filters, Fixed, Names, Period, TargetBlock, TargetKey, TargetLevel,
        TargetScope, TargetTerms,
    },
    targets::{PlanColumn, PlanSpan, Standing},
    worker::protocol::{DirectionView, KpiChoice, Member, UnitView, WhatIfRequest, WhatIfView},
};

/// A question about the plan. Nothing is changed by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanRequest {
    /// The numbers of some rows. Answered by `PlanView`.
    Grid { plan: PlanChoice, rows: RowsAsked, drafts: Vec<TargetBlock> },
    /// What was reached where the rows have their targets. Answered by `PlanPast`.
    Past { plan: PlanChoice, rows: RowsAsked, drafts: Vec<TargetBlock> },
    /// What the number of a cell takes, by the places of its row and column. Answered by `Presumed`.
    Presumed { plan: PlanChoice, drafts: Vec<TargetBlock>, row: u32, column: u32 },
    /// How far a KPI is along its plan. Answered by `Pace`.
    Pace { kpi: String, filters: Filters },
    /// Numbers that a person may take over. Answered by `PlanDrafts`.
    Draft { plan: PlanChoice, drafts: Vec<TargetBlock>, action: PlanAction },
    /// What would become of a period under other prices, rates and costs. Answered by `WhatIfView`.
    WhatIf(WhatIfRequest),
    /// The same as numbers for the months of a year that are still to come. Answered by `PlanDrafts`.
    Propose { asked: WhatIfRequest, year: i32 },
}

/// What the grid shows: all from the URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChoice {
    /// In the order in which they are shown; unknown ones are left out.
    pub kpis: Vec<String>,
    /// What the first row of each KPI is of.
    pub scope: TargetScope,
    pub by: PlanBy,
    pub span: PlanSpan,
    /// A day of the year or month planned; `None`: today's.
    pub day: Option<Day>,
    pub level: TargetLevel,
    pub today: Day,
}

/// What a scope is broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanBy {
    /// By nothing.
    Whole,
    #[default]
    Channel,
    Shop,
    Category,
    Owner,
    Sku,
}

impl PlanBy {
    pub const ALL: [Self; 6] =
        [Self::Whole, Self::Channel, Self::Shop, Self::Category, Self::Owner, Self::Sku];

    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Channel => "channel",
            Self::Shop => "shop",
            Self::Category => "category",
            Self::Owner => "owner",
            Self::Sku => "sku",
        }
    }
}

/// Which rows are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsAsked {
    pub first: u32,
    pub count: u32,
}

/// What numbers are made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanAction {
    /// What one's own history suggests, of all three levels.
    Suggest { keys: Vec<TargetKey>, periods: Vec<Period>, uplift: Fixed },
    /// The number of the first period on to the others.
    FillRight { keys: Vec<TargetKey>, periods: Vec<Period>, is_seasonal: bool },
    /// What wholes leave over, on their parts that are not locked.
    SpreadRows { kpi: String, periods: Vec<Period>, way: SpreadWay },
    /// The same on the periods that a whole period has.
    SpreadColumns { keys: Vec<TargetKey>, way: SpreadWay },
}

/// By what something is spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpreadWay {
    /// As it was a year before, sales events beside each other; what has no past gets nothing.
    LastYear,
    Equally,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PlanAnswer {
    Grid(PlanView),
    Past(PlanPast),
    Drafts(PlanDrafts),
    /// `None`: nothing can be said of the cell.
    Presumed(Option<PresumedView>),
    /// `None`: the KPI's days do not add up, or nothing is known of it.
    Pace(Option<Box<PaceView>>),
    WhatIf(Box<WhatIfView>),
}

/// The numbers of some rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanView {
    pub columns: Vec<PlanColumn>,
    pub kpis: Vec<PlannedKpi>,
    pub currency: Currency,
    pub rows: Vec<PlanRow>,
    /// The place of the first of them among all.
    pub first: u32,
    pub n_rows: u32,
    /// Periods that begin later can be changed without a reason.
    pub today: Day,
    /// Numbers that differ from what is saved, and those among them that were promised for a period which
    /// has begun.
    pub n_drafts: u32,
    pub n_begun: u32,
    /// All KPIs, in catalogue order; empty where later rows are asked for, which come by the dozen.
    pub choices: Vec<KpiChoice>,
}

/// A KPI of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedKpi {
    pub id: String,
    pub names: Names,
    pub unit: UnitView,
    pub direction: DirectionView,
    /// Parts of the business make up the whole.
    pub adds_up: bool,
    /// Parts of the period make up the whole.
    pub adds_up_in_time: bool,
    /// Nothing can be said of parts of the business.
    pub is_whole_only: bool,
}

/// A row: one KPI of one part of the business.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanRow {
    pub key: TargetKey,
    /// Its place among the KPIs.
    pub kpi: u32,
    /// What it is of; empty for the whole.
    pub member: Member,
    pub is_whole: bool,
    pub terms: TargetTerms,
    /// 0: nothing was said yet.
    pub version: u32,
    /// One for each column.
    pub cells: Vec<PlanCell>,
}

/// A number of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanCell {
    /// Decimal text; `None`: none was set.
    pub number: Option<String>,
    /// What parts of the period add up to, where no number was set.
    pub sum: Option<String>,
    /// What the parts leave over: of the business for a whole row, else of the period. Nothing where it is 0.
    pub residual: Option<String>,
    pub is_draft: bool,
    pub is_locked: bool,
    /// The floor is better than what is promised, or that better than the stretch.
    pub is_out_of_order: bool,
    /// Changes made after the period had begun.
    pub n_revisions: u32,
}

/// What was reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanPast {
    pub first: u32,
    /// Row by row, one for each column.
    pub rows: Vec<Vec<PastCell>>,
}

/// What was reached in a period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PastCell {
    /// Decimal text; of a period that is not over what it is up to now.
    pub actual: Option<String>,
    pub is_over: bool,
    pub year_before: Option<String>,
    /// Of a period that is over and has settled.
    pub standing: Option<Standing>,
    /// How many of the periods before would have reached the number, and of how many.
    pub hits: Option<(u32, u32)>,
}

/// What a target of sales takes, at the rate of the newest days of the same part of the business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresumedView {
    /// The days whose rate it is.
    pub history: Period,
    /// `None`: it is not known what sold.
    pub stock: Option<PresumedStock>,
    /// `None`: no ads are known.
    pub ads: Option<PresumedAds>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresumedStock {
    /// Decimal text, as all here.
    pub units: String,
    /// On hand and on the way; `None`: no snapshot is known.
    pub there: Option<String>,
    /// Whole days of the period for which that is enough.
    pub days: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresumedAds {
    pub spend: String,
    /// The target of ad spend for the same part and period; `None`: there is none.
    pub planned: Option<String>,
    pub is_short: bool,
}

/// Numbers that a person may take over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDrafts {
    pub blocks: Vec<TargetBlock>,
    /// Keys and periods of which nothing can be said, and why.
    pub n_without: u32,
    /// `too_little_history`, `nothing_reached`, `no_past`, `no_number`, `all_locked`, `several_parts` (the choice is
    /// no single part of the business); empty where all have one.
    pub why: String,
}

/// A month on its way. Amounts are decimal texts in the KPI's unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaceView {
    pub period: Period,
    /// The last day that counts: later ones have not settled.
    pub last: Day,
    /// What the days up to then come to; `None`: none of the period's days counts yet.
    pub to_date: Option<String>,
    /// `None` without a target.
    pub plan: Option<PacePlan>,
    /// The best day that is known.
    pub best_day: Option<(Day, String)>,
    /// `None`: too little is known.
    pub forecast: Option<ForecastView>,
}

/// A month held against its plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacePlan {
    pub target: String,
    /// For the days that count, as days weighed a year before.
    pub planned: String,
    /// What is there less that.
    pub ahead: String,
    pub n_left: u32,
    /// On average, to reach the target; `None` when no day is left.
    pub needed_per_day: Option<String>,
    pub needs_more_than_best: bool,
}

/// Where a month will probably end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForecastView {
    pub total: String,
    /// Holds the total in four of five cases.
    pub lower: String,
    pub upper: String,
    /// Of reaching the target, a share of 1; `None` without one.
    pub probability: Option<String>,
    /// `weeks`, `last_year`, `parts`, `yearly_parts`.
    pub method: String,
    /// What it erred by when tried on the past, and what the simplest way did; shares of 1.
    pub error: String,
    pub naive_error: String,
    pub n_tries: u32,
}

/// What is wrong with a change of targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetProblem {
    UnknownKpi {
        kpi: String,
    },
    /// The KPI is of the whole business, or of whole shops, alone.
    NotOfParts {
        kpi: String,
    },
    /// The days are no day, week, month, quarter or year.
    NotInCalendar {
        period: Period,
    },
    /// Numbers and places are not as many.
    WrongShape,
    /// A period has begun, and nobody says why its target changes.
    ReasonMissing {
        period: Period,
    },
    /// A tolerance below 0 or of 100 % and more.
    Tolerance,
    /// Its days end before they begin, or there is no day by which it is to be reached.
    Dates,
}
