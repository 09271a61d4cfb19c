//! What a KPI's value is worth in points, and what a card of weighted KPIs comes to.
//!
//! Values in, values out: whether a card can be trusted (guard pairs, balance, gaming, trial) is told beside
//! its score, and a score that is missing is never 0. Knows no slice, no workbook, no page and no sentence.

mod balance;
mod card;
mod exact;
mod gaming;
mod guard;
mod score;
mod sku_card;
mod trial;

pub use balance::{Blocking, Imbalance, Override, Weighted, balance, may_publish};
pub use card::{CardKpi, CardScore, GATE_CAP, Gate, Part, Subtotal, score_card};
pub use gaming::{
    DayOfRefunds, MonthEndPull, MonthOfOrders, OrderSplitting, RefundDelay, month_end_pull,
    order_splitting, refund_delay,
};
pub use guard::{
    BreachKind, GuardCap, GuardCheck, GuardedScore, Limits, Move, STARTER_PAIRS, guarded, guards_of,
};
pub use score::{Better, COMMIT_POINTS, STRETCH_POINTS, Score, Shape, ShapeError, score};
pub use sku_card::{
    Matrix, Placed, Quadrant, Restocked, SkuPart, SkuPoint, break_even_acos, composite, matrix,
    restocked,
};
pub use trial::{Cycle, Decision, DecisionRefused, NEEDED_CYCLES, Stage, stage};
