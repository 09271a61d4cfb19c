//! KPIs: formulas over measures, evaluated for a slice of the business and a period.
//!
//! Sums first, division last, in exact arithmetic. Knows no targets, no colours and no texts, and
//! not where measures come from.

mod contract;
mod decimal;
mod development;
mod dictionary;
mod evaluate;
mod forms;
mod formula;
mod fraction;
mod likely_final;
mod process_limits;
mod quantity;
mod quartiles;
mod value;
mod wilson;

/// Measures made up for tests.
#[cfg(test)]
pub(crate) mod mock;

pub use contract::{
    AdWindow, CancelledOrders, ContractError, Contracts, CostLayering, DayBoundary, MissingCost,
    PlatformDiscounts, RefundTiming, SaleTiming, Tax,
};
pub use decimal::Decimal;
pub use development::{Factor, Factors, LEAST_DAYS, attribution_days};
pub use dictionary::{Dictionary, DictionaryError, Entry, Operand, Subject};
pub use evaluate::Evaluator;
pub use formula::{Expected, Expression, Filter, Form, FormulaError, Name, Operator, Reach};
pub use likely_final::{Likely, Settling, grows};
pub use process_limits::{ProcessLimits, ProcessPoint, process_limits};
pub use quartiles::{quantile, quartiles};
pub use value::{Defined, KpiValue, Note, Undefined};
