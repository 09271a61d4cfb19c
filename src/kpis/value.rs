//! What evaluating a KPI gives.

use std::collections::BTreeSet;

use crate::domain::{Day, Measure, Missing, NotStated};

use super::Decimal;

/// A KPI's value, or why there is none. Never a silent zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KpiValue {
    Defined(Defined),
    Undefined(Undefined),
}

/// A value with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defined {
    /// In the KPI's unit; its text is the machine value that the page and the tool print.
    pub value: Decimal,
    /// A rate: its denominator. A sum: the largest number of facts behind one of its measures
    /// (measures of one formula share their facts, so they are not added).
    pub n: Decimal,
    /// The part of the basis that the value stands on, below 1; `None` when it is all of it.
    pub coverage: Option<Decimal>,
    pub notes: BTreeSet<Note>,
}

/// Something to know about a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// No export states this optional measure; it counts as 0.
    Missing { measure: Measure },
    /// Some sales have no cost; the share that has.
    PartialCost { share: Decimal },
    /// Some sales have no fees yet; the share that has cost and fees.
    PartialFees { share: Decimal },
    /// A rate over fewer cases than its minimum.
    SmallDenominator {
        n: Decimal,
        minimum: u32,
        /// Of a rate of cases: where it lies in truth, with 95 % probability.
        interval: Option<[Decimal; 2]>,
    },
    /// It was stated of a day before the period's end.
    AsOf { day: Day },
}

/// Why a KPI has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undefined {
    /// A measure has no value in this scope and period.
    Missing { measure: Measure, why: Missing },
    /// The denominator, as the formula writes it, is 0.
    DivisionByZero { denominator: String },
    /// The denominator, as the formula writes it, is below 0: more was given back than sold, and a
    /// share of that says nothing.
    NegativeDenominator { denominator: String },
    /// Too few sales have a cost: the share that has.
    MissingCost { share: Decimal },
    /// No platform fees are loaded.
    MissingFees { measure: Measure },
    /// Neither a person nor a report says what the platform states of this KPI.
    NotStated { kpi: String, why: NotStated },
    /// The exact result has more digits than can be kept.
    OutOfRange,
}

impl KpiValue {
    /// The value; `None` when undefined.
    pub fn value(&self) -> Option<Decimal> {
        self.defined().map(|defined| defined.value)
    }

    /// The machine value as text; `None` when undefined.
    pub fn text(&self) -> Option<String> {
        self.value().map(|value| value.to_string())
    }

    pub fn defined(&self) -> Option<&Defined> {
        match self {
            Self::Defined(defined) => Some(defined),
            Self::Undefined(_) => None,
        }
    }

    pub fn undefined(&self) -> Option<&Undefined> {
        match self {
            Self::Defined(_) => None,
            Self::Undefined(undefined) => Some(undefined),
        }
    }
}

impl Undefined {
    /// Why a formula cannot go on without `measure`.
    pub(super) fn from_missing(measure: Measure, why: Missing) -> Self {
        match (measure, why) {
            (_, Missing::NoCost) => Self::MissingCost { share: Decimal::ZERO },
            (
                Measure::PlatformFees
                | Measure::FulfilmentCosts
                | Measure::FeeNetSales
                | Measure::FeeCogs,
                Missing::NoData,
            ) => Self::MissingFees { measure },
            _ => Self::Missing { measure, why },
        }
    }

    /// The stable name used in JSON and by the page.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Missing { why, .. } => match why {
                Missing::NoData => "no_data",
                Missing::NotAdditive => "not_additive",
                Missing::NoSkuDetail => "no_sku_detail",
                Missing::WholeOnly => "whole_only",
                Missing::NoTarget => "no_target",
                Missing::NoPlanRate => "no_plan_rate",
                Missing::NotPaidBack => "not_paid_back",
                Missing::TooShort => "too_short",
                Missing::OtherWindow => "other_window",
                Missing::NoRate => "no_rate",
                Missing::NeedsSnapshots => "needs_snapshots",
                Missing::NoCost => "missing_cost",
                Missing::BuyersDropped => "buyers_dropped",
                Missing::NoAdOrders => "no_ad_orders",
            },
            Self::DivisionByZero { .. } => "division_by_zero",
            Self::NegativeDenominator { .. } => "negative_denominator",
            Self::MissingCost { .. } => "missing_cost",
            Self::MissingFees { .. } => "missing_fees",
            Self::NotStated { why: NotStated::Nothing, .. } => "not_stated",
            Self::NotStated { why: NotStated::Several, .. } => "several_stated",
            Self::NotStated { why: NotStated::Later(_), .. } => "stated_later",
            Self::NotStated { why: NotStated::OfShops, .. } => "stated_of_shops",
            Self::OutOfRange => "out_of_range",
        }
    }

    /// What it is about: a measure, a denominator, a share; empty when nothing more is to say.
    pub fn about(&self) -> String {
        match self {
            Self::Missing { measure, .. } | Self::MissingFees { measure } => {
                measure.id().to_owned()
            }
            Self::DivisionByZero { denominator } | Self::NegativeDenominator { denominator } => {
                denominator.clone()
            }
            Self::MissingCost { share } => share.to_string(),
            Self::NotStated { why: NotStated::Later(day), .. } => day.to_string(),
            Self::NotStated { kpi, .. } => kpi.clone(),
            Self::OutOfRange => String::new(),
        }
    }
}

impl Note {
    /// The stable name used in JSON and by the page; `refunds_missing` for a missing measure.
    pub fn id(&self) -> String {
        match self {
            Self::Missing { measure } => format!("{}_missing", measure.id()),
            Self::PartialCost { .. } => "partial_cost".to_owned(),
            Self::PartialFees { .. } => "partial_fees".to_owned(),
            Self::SmallDenominator { .. } => "small_denominator".to_owned(),
            Self::AsOf { .. } => "as_of".to_owned(),
        }
    }

    /// The figures it concerns: a share, or a denominator and its minimum.
    pub fn about(&self) -> Vec<String> {
        match self {
            Self::Missing { .. } => Vec::new(),
            Self::PartialCost { share } | Self::PartialFees { share } => vec![share.to_string()],
            Self::SmallDenominator { n, minimum, interval } => {
                let ends = interval.iter().flatten().map(ToString::to_string);
                [n.to_string(), minimum.to_string()].into_iter().chain(ends).collect()
            }
            Self::AsOf { day } => vec![day.to_string()],
        }
    }
}
