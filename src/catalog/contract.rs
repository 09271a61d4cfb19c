//! The contracts (口径): choices that change what a measure means.

use std::sync::LazyLock;

use serde::Deserialize;

use super::source::{self, built_in};
use crate::domain::Names;

/// A choice to be made once per workbook, with a default in force until then.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// Stable: it stands in stored workbooks, links and output.
    pub id: String,
    pub names: Names,
    /// What it changes, in one or two sentences.
    pub explanation: Names,
    /// The id of the choice in force until a person chooses.
    pub default: String,
    pub choices: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub names: Names,
}

static CONTRACTS: LazyLock<Vec<Contract>> = LazyLock::new(|| {
    let file: ContractFile = source::read(built_in!("contracts"))
        .expect("the built-in contracts are valid, as a test checks");
    file.contract
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContractFile {
    contract: Vec<Contract>,
}

/// Every contract, in the order in which pages show them.
pub fn contracts() -> &'static [Contract] {
    &CONTRACTS
}

/// The contract of that id.
pub fn contract(id: &str) -> Option<&'static Contract> {
    CONTRACTS.iter().find(|contract| contract.id == id)
}

impl Contract {
    /// The choice of that id, offered or not.
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_eleven_with_unique_ids() {
        let ids: BTreeSet<&str> = contracts().iter().map(|contract| contract.id.as_str()).collect();
        assert_eq!(ids.len(), 11);
        assert_eq!(contracts().len(), 11);
    }

    #[test]
    fn defaults_can_be_applied() {
        for contract in contracts() {
            assert!(contract.choice(&contract.default).is_some(), "{}", contract.id);
        }
    }

    #[test]
    fn every_text_stands_in_both_languages() {
        for contract in contracts() {
            let choices = contract.choices.iter().map(|choice| &choice.names);
            for names in choices.chain([&contract.names, &contract.explanation]) {
                assert!(!names.en.is_empty() && !names.zh.is_empty(), "{}", contract.id);
            }
        }
    }
}
