//! Contracts as the page lists them.

use std::collections::BTreeMap;

use crate::{
    catalog::contract::{Contract, contracts},
    kpis::Contracts,
    worker::protocol::{ChoiceView, ContractView},
};

/// Every contract with the choice in force and those that can be made, in catalogue order.
/// `reasons` by contract.
pub fn contract_views(
    in_force: &Contracts,
    reasons: &BTreeMap<String, String>,
) -> Vec<ContractView> {
    let view = |contract| contract_view(contract, in_force, reasons);
    contracts().iter().map(view).collect()
}

fn contract_view(
    contract: &Contract,
    in_force: &Contracts,
    reasons: &BTreeMap<String, String>,
) -> ContractView {
    ContractView {
        id: contract.id.clone(),
        names: contract.names.clone(),
        explanation: contract.explanation.clone(),
        choice: in_force.choice(&contract.id).to_owned(),
        reason: reasons.get(&contract.id).cloned().unwrap_or_default(),
        choices: contract
            .choices
            .iter()
            .map(|choice| ChoiceView { id: choice.id.clone(), names: choice.names.clone() })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_offered_beside_the_one_in_force() {
        let in_force = Contracts::new([("week", "sunday")]).unwrap();
        let views = contract_views(&in_force, &BTreeMap::new());
        let view = |id| views.iter().find(|view| view.id == id).unwrap();
        assert_eq!(view("week").choice, "sunday");
        assert_eq!(view("week").choices.len(), 2);
        assert_eq!(view("sale_timing").choice, "ordered");
        assert_eq!(view("sale_timing").choices.len(), 3);
        for view in &views {
            assert!(view.choices.iter().any(|choice| choice.id == view.choice), "{}", view.id);
        }
    }
}
