//! Scorecards, and what they come to.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        Charge, Currency, Day, Filters, Fixed, Names, Period, Scorecard, SkuDecision, TargetKind,
        TargetNumbers, TargetScope,
    },
    worker::protocol::{DirectionView, KpiChoice, Members, UnitView},
};

/// A question about scorecards. Nothing is changed by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScorecardRequest {
    /// All of them, in their newest cycle that is over. Answered by `List`.
    List { today: Day },
    /// One of them in the cycle of a day (`None`: the newest that is over), as it is kept or as a draft would
    /// make it. Answered by `Card`.
    Card { id: String, draft: Option<Box<Scorecard>>, day: Option<Day>, today: Day },
    /// Who answers for products, with what these came to in the newest 30 days. Answered by `Owners`.
    Owners,
    /// SKUs beside one another in the twelve weeks up to a day (`None`: the newest), with weights that are tried
    /// out. Answered by `Skus`.
    Skus { filters: Filters, day: Option<Day>, weights: Option<[Fixed; 5]> },
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ScorecardAnswer {
    List(Vec<CardSummary>),
    /// `None`: there is no such card.
    Card(Option<Box<ScorecardView>>),
    Skus(Box<SkusView>),
    Owners(Box<OwnersView>),
}

/// A scorecard among others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardSummary {
    pub id: String,
    pub name: String,
    pub person: String,
    pub scope: TargetScope,
    pub n_kpis: u32,
    pub state: CardState,
    pub score: CardScoreView,
}

/// How far a card has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardState {
    /// Not published yet, or changed since.
    Draft,
    /// So many cycles are signed within the limit, of those that are needed.
    Trial { done: u32, needed: u32 },
    /// Somebody has to decide.
    Ready,
    /// It counts.
    Decided { by: String, on: Day },
}

/// What a card comes to in a cycle. Points and weights are decimal texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardScoreView {
    pub period: Period,
    /// All of its days are known.
    pub is_over: bool,
    /// From 0 to 120; `None` when nothing can be scored.
    pub score: Option<String>,
    /// What failed gates took off.
    pub capped_off: String,
    /// The weight of what could be scored, of the whole weight.
    pub covered_weight: String,
    pub whole_weight: String,
}

/// A scorecard in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScorecardView {
    pub card: Scorecard,
    /// It differs from what is kept.
    pub is_draft: bool,
    /// 0: it is not kept yet.
    pub version: u32,
    pub state: CardState,
    /// Who published it, when, and why although it was out of balance.
    pub published: Option<(String, Day, String)>,
    pub score: CardScoreView,
    /// Sides with KPIs: finance, customer, process, learning.
    pub sides: Vec<SideView>,
    pub lines: Vec<CardLineView>,
    pub imbalances: Vec<ImbalanceView>,
    /// Signs that figures were moved for the score's sake.
    pub signs: Vec<GamingSign>,
    /// Newest first.
    pub history: Vec<CardCycleView>,
    /// What a signature's unexplained share may be at most.
    pub limit: String,
    pub currency: Currency,
    /// All KPIs, in catalogue order.
    pub choices: Vec<KpiChoice>,
    /// KPIs for which platforms draw lines.
    pub gates: Vec<String>,
    /// Who is scored or owns something already, to choose from.
    pub people: Vec<String>,
    /// Channels, categories and owners that a card may be of.
    pub scopes: Vec<TargetScope>,
}

/// What the KPIs of one side bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideView {
    /// `finance`, `customer`, `process`, `learning`.
    pub perspective: String,
    pub score: Option<String>,
    pub covered_weight: String,
    pub whole_weight: String,
    pub contribution: Option<String>,
}

/// One KPI of a card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardLineView {
    pub kpi: String,
    pub names: Names,
    pub unit: UnitView,
    pub direction: DirectionView,
    pub perspective: String,
    pub weight: String,
    pub is_gate: bool,
    pub value: Option<String>,
    /// Of the cycle before.
    pub before: Option<String>,
    pub kind: TargetKind,
    /// `None`: there is no target for just this part and cycle.
    pub target: Option<TargetNumbers>,
    pub points: Option<String>,
    pub contribution: Option<String>,
    /// Why there are no points: `no_value`, `not_settled`, `no_target`, `target_not_in_force`,
    /// `target_out_of_order`, `no_line`; empty where there are.
    pub why: String,
    /// Guards that left their limits while the KPI improved.
    pub caps: Vec<GuardCapView>,
    /// Of a gate: the lines in force, each with what stands against it.
    pub gate: Vec<GateLine>,
}

/// A guard that took points off, or would have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardCapView {
    pub guard: String,
    pub names: Names,
    pub unit: UnitView,
    pub before: String,
    pub after: String,
    /// The limit that it is beyond, and below it or above.
    pub limit: String,
    pub is_below: bool,
    /// Where the limit is from: `target`, `limit`, `history`.
    pub source: String,
    pub points_off: String,
}

/// A line that a platform draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateLine {
    pub channel: Names,
    pub is_at_least: bool,
    pub line: String,
    pub value: Option<String>,
    /// `None`: nothing is known.
    pub is_passed: Option<bool>,
}

/// Something that is out of balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImbalanceView {
    /// `empty`, `twice`, `no_weight`, `weights_off`, `only_sales_money`, `only_results`, `top_heavy`,
    /// `unguarded`.
    pub id: String,
    /// `warns`, `until_overridden`, `until_mended`.
    pub blocking: String,
    /// The KPI that it is about, or the side.
    pub about: Names,
    /// KPIs any of which would mend it.
    pub others: Vec<Names>,
    /// A weight or share in percent; empty where there is none.
    pub number: String,
}

/// A sign that figures were moved for the score's sake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GamingSign {
    /// `month_end_pull`, `refund_delay`, `order_splitting`.
    pub id: String,
    /// What was seen and what is usual, decimal texts, in the order in which the sentence names them.
    pub numbers: Vec<String>,
}

/// A cycle of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardCycleView {
    pub score: CardScoreView,
    /// What of the platforms' totals is unexplained, a share; `None`: nothing was reconciled.
    pub gap: Option<String>,
    pub signed: Option<SignedView>,
    /// The newest day after the cycle on which a target that it is scored by was set or changed.
    pub targets_set_on: Option<Day>,
}

/// What somebody stood for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedView {
    pub by: String,
    pub on: Day,
    pub score: Option<String>,
    pub gap: Option<String>,
    /// It was of this version of the card.
    pub is_current: bool,
    /// The cycle comes to another score by now, to a tenth of a point: targets or facts have changed.
    pub has_moved: bool,
    /// It counts towards the end of the trial.
    pub counts: bool,
}

/// Who answers for products. Amounts are decimal texts; `None` where nothing is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnersView {
    pub period: Option<Period>,
    pub currency: Currency,
    /// In the order of their names.
    pub owners: Vec<OwnerRow>,
    /// Products that nobody answers for.
    pub n_without: u32,
    /// Channels, then campaigns, those that cost most first.
    pub charges: Vec<ChargeRow>,
    /// Campaigns that there is no room for.
    pub n_left_out: u32,
}

/// A channel or campaign, and who answers for it; empty where nobody does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeRow {
    pub charge: Charge,
    pub owner: String,
    /// What its ads cost.
    pub spend: Option<String>,
    /// What they cost of what they sold, where they sold anything.
    pub acos: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerRow {
    pub owner: String,
    pub n_skus: u32,
    pub net_sales: Option<String>,
    /// CM3.
    pub profit: Option<String>,
    pub acos: Option<String>,
    pub return_rate: Option<String>,
    /// Channels, by their ids.
    pub channels: Vec<String>,
    /// Campaigns, and what these cost.
    pub n_campaigns: u32,
    pub campaign_spend: Option<String>,
    /// Scorecards of that person or of those products: ids and names.
    pub cards: Vec<(String, String)>,
}

/// SKUs beside one another. Amounts are decimal texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkusView {
    /// The twelve weeks; empty of everything else while there are no facts.
    pub period: Option<Period>,
    pub currency: Currency,
    /// Of stock cover, selling at all, margin, returns, trend.
    pub weights: [Fixed; 5],
    /// They are those that the KPI has.
    pub is_usual: bool,
    /// The best sellers, largest first.
    pub rows: Vec<SkuRow>,
    pub n_left_out: u32,
    /// CM3 and stock turns where the corners meet; `None`: too few SKUs are known.
    pub lines: Option<(String, String)>,
    /// SKUs that lost money in 8 of the last 12 weeks and are on their way in, most money first, and SKUs that
    /// something was decided on.
    pub restocked: Vec<RestockedSku>,
    /// Of the whole business.
    pub members: Members,
}

/// A SKU.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkuRow {
    pub sku: String,
    pub title: String,
    pub category: String,
    pub owner: String,
    pub net_sales: Option<String>,
    /// CM3.
    pub profit: Option<String>,
    /// Stock turns a year.
    pub turnover: Option<String>,
    pub acos: Option<String>,
    pub break_even_acos: Option<String>,
    /// Days of stock, selling at all, CM3 ÷ net sales, returned ÷ sold, change of net sales.
    pub values: [Option<String>; 5],
    /// Their points.
    pub points: [Option<String>; 5],
    /// `None`: a part that has weight is not known.
    pub score: Option<String>,
    /// `star`, `cash`, `slow`, `problem`; empty where it is not known.
    pub corner: String,
}

/// A SKU that is bought again although it loses money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RestockedSku {
    pub sku: String,
    pub title: String,
    /// It still is; else only what was decided is told.
    pub is_restocked: bool,
    pub n_losing: u32,
    /// CM3 of the twelve weeks, oldest first.
    pub margins: Vec<Option<String>>,
    pub inbound: String,
    pub money_at_risk: Option<String>,
    pub verdict: Option<VerdictView>,
}

/// What was decided on a SKU, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerdictView {
    pub decision: SkuDecision,
    pub by: String,
    pub on: Day,
    pub note: String,
    /// CM3 a week in the four weeks before, and in those since then; `None` where it is not known.
    pub before: Option<String>,
    pub since: Option<String>,
    /// Days since then that are known.
    pub n_days: u32,
    pub inbound_then: String,
}

/// Why a change of scorecards was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScorecardProblem {
    Unknown,
    UnknownKpi {
        kpi: String,
    },
    NameMissing,
    /// A card of more KPIs than can be shown.
    TooMany,
    /// It has to be mended before it is published.
    Mend,
    /// It can be published only if somebody writes down why.
    ReasonMissing,
    /// Only a published card can be signed, and only for a cycle that is over.
    CannotSign,
    /// Too few cycles are signed within the limit.
    TooEarly {
        done: u32,
        needed: u32,
    },
}
