//! The contracts in force in a workbook.

use std::collections::BTreeMap;

use serde::Serialize;
use thiserror::Error;

use crate::{
    catalog::contract::{Contract, contract, contracts},
    domain::{Fixed, WeekStart},
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
    #[error("choice {choice:?} of contract {contract:?} is not available yet")]
    NotAvailable { contract: String, choice: String },
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
        let names = || (contract_id.to_owned(), choice_id.to_owned());
        let Some(choice) = contract.choice(choice_id) else {
            let (contract, choice) = names();
            return Err(ContractError::UnknownChoice { contract, choice });
        };
        if !choice.available {
            let (contract, choice) = names();
            return Err(ContractError::NotAvailable { contract, choice });
        }
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
        let typed =
            ["day_boundary", "week", "missing_cost", "excluded_orders", "platform_discounts"];
        for contract in contracts() {
            let n_offered = contract.choices.iter().filter(|choice| choice.available).count();
            assert_eq!(n_offered > 1, typed.contains(&contract.id.as_str()), "{}", contract.id);
        }
    }

    #[test]
    fn unknown_and_unavailable_choices_are_refused() {
        let error =
            |contract, choice| Contracts::new([(contract, choice)]).unwrap_err().to_string();
        assert_eq!(error("weeks", "sunday"), "no contract \"weeks\"");
        assert_eq!(error("week", "friday"), "contract \"week\" has no choice \"friday\"");
        assert_eq!(
            error("tax", "included"),
            "choice \"included\" of contract \"tax\" is not available yet"
        );
    }

    #[test]
    fn serialises_as_a_map() {
        let json = serde_json::to_value(Contracts::default()).unwrap();
        assert_eq!(json.get("week").unwrap(), "monday");
        assert_eq!(json.as_object().unwrap().len(), 11);
    }
}
