//! Contracts as the page lists them.

use crate::{
    catalog::contract::{Contract, contracts},
    kpis::Contracts,
    worker::protocol::{ChoiceView, ContractView},
};

/// Every contract with the choice in force and those that can be made, in catalogue order.
pub fn contract_views(in_force: &Contracts) -> Vec<ContractView> {
    contracts().iter().map(|contract| contract_view(contract, in_force)).collect()
}

fn contract_view(contract: &Contract, in_force: &Contracts) -> ContractView {
    let offered = contract.choices.iter().filter(|choice| choice.available);
    ContractView {
        id: contract.id.clone(),
        names: contract.names.clone(),
        explanation: contract.explanation.clone(),
        choice: in_force.choice(&contract.id).to_owned(),
        choices: offered
            .map(|choice| ChoiceView { id: choice.id.clone(), names: choice.names.clone() })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_choices_that_can_be_applied_are_offered() {
        let in_force = Contracts::new([("week", "sunday")]).unwrap();
        let views = contract_views(&in_force);
        let view = |id| views.iter().find(|view| view.id == id).unwrap();
        assert_eq!(view("week").choice, "sunday");
        assert_eq!(view("week").choices.len(), 2);
        assert_eq!(view("tax").choice, "excluded");
        assert_eq!(view("tax").choices.len(), 1);
        for view in &views {
            assert!(view.choices.iter().any(|choice| choice.id == view.choice), "{}", view.id);
        }
    }
}
