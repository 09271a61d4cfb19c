//! The contracts in force in a workbook.

use std::collections::BTreeMap;

use serde::Serialize;
use thiserror::Error;

use crate::{
    catalog::contract::{Contract, contract, contracts},
    domain::{Currency, Fixed, WeekStart},
};

/// The choice in force of every contract. Serialises as a map from contract id to choice id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Contracts {
    choices: BTreeMap<&'static str, &'static str>,
}

/// Why a choice cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ContractError {
    #[error("no contract {contract:?}")]
    UnknownContract { contract: String },
    #[error("contract {contract:?} has no choice {choice:?}")]
    UnknownChoice { contract: String, choice: String },
}

/// In which zone a day begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayBoundary {
    /// The zone of the marketplace or the store that a fact comes from.
    Marketplace,
    /// One zone for all facts; an IANA name.
    Zone(&'static str),
}

/// What becomes of profit when some sales have no cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingCost {
    /// Shown from 95 % coverage on.
    Partial,
    /// Shown only when every sale has a cost.
    Block,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelledOrders {
    LeftOut,
    Counted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlatformDiscounts {
    PartOfRevenue,
    TakenOff,
}

/// On which day a refund lowers sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundTiming {
    RefundDate,
    OrderDate,
}

/// What makes a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaleTiming {
    Ordered,
    Shipped,
    Settled,
}

/// Whether tax that the seller collects is part of sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tax {
    Excluded,
    Included,
}

/// Which sales ads may claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdWindow {
    /// As each platform does.
    Native,
    SevenDays,
}

/// What a sold unit cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostLayering {
    InForce,
    Fifo,
    MovingAverage,
}

impl Default for Contracts {
    fn default() -> Self {
        let default =
            |contract: &'static Contract| (contract.id.as_str(), contract.default.as_str());
        Self { choices: contracts().iter().map(default).collect() }
    }
}

impl Contracts {
    /// The defaults, changed by pairs of contract id and choice id; a later pair wins.
    pub fn new<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, ContractError> {
        let mut contracts = Self::default();
        for (contract, choice) in pairs {
            contracts.choose(contract, choice)?;
        }
        Ok(contracts)
    }

    /// Makes a choice.
    pub fn choose(&mut self, contract_id: &str, choice_id: &str) -> Result<(), ContractError> {
        let Some(contract) = contract(contract_id) else {
            return Err(ContractError::UnknownContract { contract: contract_id.to_owned() });
        };
        let Some(choice) = contract.choice(choice_id) else {
            let (contract, choice) = (contract_id.to_owned(), choice_id.to_owned());
            return Err(ContractError::UnknownChoice { contract, choice });
        };
        self.choices.insert(&contract.id, &choice.id);
        Ok(())
    }

    /// The id of the choice in force; empty for an unknown contract.
    pub fn choice(&self, contract: &str) -> &'static str {
        self.choices.get(contract).copied().unwrap_or_default()
    }

    /// Contract ids with the choices in force, sorted by id.
    pub const fn choices(&self) -> &BTreeMap<&'static str, &'static str> {
        &self.choices
    }

    pub fn day_boundary(&self) -> DayBoundary {
        match self.choice("day_boundary") {
            "marketplace" | "" => DayBoundary::Marketplace,
            zone => DayBoundary::Zone(zone),
        }
    }

    pub fn week(&self) -> WeekStart {
        match self.choice("week") {
            "sunday" => WeekStart::Sunday,
            _ => WeekStart::Monday,
        }
    }

    pub fn missing_cost(&self) -> MissingCost {
        match self.choice("missing_cost") {
            "block" => MissingCost::Block,
            _ => MissingCost::Partial,
        }
    }

    pub fn cancelled_orders(&self) -> CancelledOrders {
        match self.choice("excluded_orders") {
            "in" => CancelledOrders::Counted,
            _ => CancelledOrders::LeftOut,
        }
    }

    pub fn refund_timing(&self) -> RefundTiming {
        match self.choice("refund_timing") {
            "order_date" => RefundTiming::OrderDate,
            _ => RefundTiming::RefundDate,
        }
    }

    pub fn sale_timing(&self) -> SaleTiming {
        match self.choice("sale_timing") {
            "shipped" => SaleTiming::Shipped,
            "settled" => SaleTiming::Settled,
            _ => SaleTiming::Ordered,
        }
    }

    pub fn tax(&self) -> Tax {
        match self.choice("tax") {
            "included" => Tax::Included,
            _ => Tax::Excluded,
        }
    }

    pub fn ad_window(&self) -> AdWindow {
        match self.choice("ad_window") {
            "seven_days" => AdWindow::SevenDays,
            _ => AdWindow::Native,
        }
    }

    pub fn cost_layer(&self) -> CostLayering {
        match self.choice("cost_layer") {
            "fifo" => CostLayering::Fifo,
            "moving_average" => CostLayering::MovingAverage,
            _ => CostLayering::InForce,
        }
    }

    /// The same with money in its own currency.
    #[must_use]
    pub fn without_conversion(&self) -> Self {
        let default = contract("currency").map_or("", |contract| contract.default.as_str());
        let mut contracts = self.clone();
        contracts.choices.insert("currency", default);
        contracts
    }

    /// The currency that all money is converted to; `None`: nothing is converted.
    pub fn currency(&self) -> Option<Currency> {
        match self.choice("currency") {
            "usd" => Some(Currency::USD),
            "cny" => Currency::parse("CNY"),
            _ => None,
        }
    }

    pub fn platform_discounts(&self) -> PlatformDiscounts {
        match self.choice("platform_discounts") {
            "out" => PlatformDiscounts::TakenOff,
            _ => PlatformDiscounts::PartOfRevenue,
        }
    }
}

impl MissingCost {
    /// The share of net sales that must have a cost before profit is shown.
    pub const fn line(self) -> Fixed {
        Fixed::from_ten_thousandths(match self {
            Self::Partial => 9_500,
            Self::Block => 10_000,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_those_of_the_catalogue() {
        let contracts = Contracts::new([]).unwrap();
        assert_eq!(contracts.choices().len(), 11);
        assert_eq!(contracts.day_boundary(), DayBoundary::Marketplace);
        assert_eq!(contracts.week(), WeekStart::Monday);
        assert_eq!(contracts.missing_cost(), MissingCost::Partial);
        assert_eq!(contracts.cancelled_orders(), CancelledOrders::LeftOut);
        assert_eq!(contracts.platform_discounts(), PlatformDiscounts::PartOfRevenue);
        assert_eq!(contracts.choice("refund_timing"), "refund_date");
        assert_eq!(contracts.choice("currency"), "auto");
    }

    #[test]
    fn choices_are_typed_and_the_last_wins() {
        let pairs = [
            ("week", "sunday"),
            ("missing_cost", "block"),
            ("excluded_orders", "in"),
            ("platform_discounts", "out"),
            ("day_boundary", "UTC"),
            ("day_boundary", "Asia/Shanghai"),
        ];
        let contracts = Contracts::new(pairs).unwrap();
        assert_eq!(contracts.week(), WeekStart::Sunday);
        assert_eq!(contracts.missing_cost(), MissingCost::Block);
        assert_eq!(contracts.cancelled_orders(), CancelledOrders::Counted);
        assert_eq!(contracts.platform_discounts(), PlatformDiscounts::TakenOff);
        assert_eq!(contracts.day_boundary(), DayBoundary::Zone("Asia/Shanghai"));
    }

    #[test]
    fn every_choice_offered_has_a_type() {
        // A choice without one would be taken and change nothing.
        for contract in contracts() {
            assert!(contract.choices.len() > 1, "{}", contract.id);
        }
        let by_type = |contracts: &Contracts| {
            format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                contracts.refund_timing(),
                contracts.sale_timing(),
                contracts.day_boundary(),
                contracts.tax(),
                contracts.platform_discounts(),
                contracts.ad_window(),
                contracts.currency(),
                contracts.cost_layer(),
                contracts.missing_cost(),
                contracts.week(),
                contracts.cancelled_orders(),
            )
        };
        let mut seen = vec![by_type(&Contracts::default())];
        for contract in contracts() {
            let others = contract.choices.iter().filter(|it| it.id != contract.default);
            for choice in others {
                let one = Contracts::new([(contract.id.as_str(), choice.id.as_str())]).unwrap();
                let typed = by_type(&one);
                assert!(!seen.contains(&typed), "{} {}", contract.id, choice.id);
                seen.push(typed);
            }
        }
    }

    #[test]
    fn unknown_choices_are_refused() {
        let error =
            |contract, choice| Contracts::new([(contract, choice)]).unwrap_err().to_string();
        assert_eq!(error("weeks", "sunday"), "no contract \"weeks\"");
        assert_eq!(error("week", "friday"), "contract \"week\" has no choice \"friday\"");
    }

    #[test]
    fn serialises_as_a_map() {
        let json = serde_json::to_value(Contracts::default()).unwrap();
        assert_eq!(json.get("week").unwrap(), "monday");
        assert_eq!(json.as_object().unwrap().len(), 11);
    }
}
