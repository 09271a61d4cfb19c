//! What a change is called where it can be taken back.

use crate::{
    catalog::contract::contract,
    domain::{Limit, Peers, ScorecardChange, TargetChange},
    kpis::Dictionary,
    workbook::{Change, UndoTarget},
    worker::protocol::ChangeName,
};

/// Kind, subject and, of what the catalogue knows, names.
pub(super) fn change_name(target: &UndoTarget, dictionary: &Dictionary) -> ChangeName {
    let (kind, subject) = match &target.change {
        Change::RenameWorkbook { name } => ("rename_workbook", name.clone()),
        Change::ChooseContract { contract: id, .. } => ("choose_contract", id.clone()),
        Change::EnterCost { sku, .. } => ("enter_cost", sku.clone()),
        Change::AddImports { files, .. } => ("add_imports", files.join(", ")),
        Change::RemoveImport { file, .. } => ("remove_import", file.clone()),
        Change::SaveRecipe { name, .. } => ("save_recipe", name.clone()),
        Change::RemoveRecipe { name, .. } => ("remove_recipe", name.clone()),
        Change::EditProducts { products } => match products.as_slice() {
            [only] => ("edit_product", only.sku.clone()),
            several => ("edit_products", several.len().to_string()),
        },
        Change::EnterTotal { total } => ("enter_total", total.period.to_string()),
        Change::RemoveTotal { total } => ("remove_total", total.period.to_string()),
        Change::ExplainTotal { .. } => ("explain_total", String::new()),
        Change::SignOff { month, .. } => ("sign_off", month.to_string()),
        Change::WithdrawSignOff { month } => ("withdraw_sign_off", month.to_string()),
        Change::EnterValue { kpi, .. } => ("enter_value", kpi.clone()),
        Change::RemoveValue { kpi, .. } => ("remove_value", kpi.clone()),
        Change::ShowOnHome { is_shown: true, .. } => ("show_on_home", String::new()),
        Change::ShowOnHome { .. } => ("take_off_home", String::new()),
        Change::DefineKpi { definition } => ("define_kpi", definition.id.clone()),
        Change::RemoveKpi { kpi, .. } => ("remove_kpi", kpi.clone()),
        Change::SetLimit { limit } if limit.to.is_some() => ("end_limit", limit.kpi.clone()),
        Change::SetLimit { limit } => ("set_limit", limit.kpi.clone()),
        Change::RemoveLimit { limit } => ("remove_limit", limit.kpi.clone()),
        Change::EnterPeers { peers } => ("enter_peers", peers.kpi.clone()),
        Change::RemovePeers { peers } => ("remove_peers", peers.kpi.clone()),
        Change::NoteWarning { snoozed_on: Some(_), .. } => ("snooze_warning", String::new()),
        Change::NoteWarning { .. } => ("note_warning", String::new()),
        Change::Annotate { replaces: None, annotation } => ("annotate", annotation.text.clone()),
        Change::Annotate { annotation, .. } => ("change_annotation", annotation.text.clone()),
        Change::RemoveAnnotation { annotation, .. } => {
            ("remove_annotation", annotation.text.clone())
        }
        Change::ChangeTargets { targets: TargetChange::Numbers { .. } } => {
            ("set_targets", String::new())
        }
        Change::ChangeTargets { targets: TargetChange::Remove { .. } } => {
            ("remove_targets", String::new())
        }
        Change::ChangeTargets { .. } => ("change_target_terms", String::new()),
        Change::ChangeScorecards { scorecards } => (scorecard_change(scorecards), String::new()),
        Change::AdoptFramework { .. } => ("adopt_framework", String::new()),
        Change::KeepBuyers { .. } => ("keep_buyers", String::new()),
        Change::DropBuyers => ("drop_buyers", String::new()),
    };
    let names = match &target.change {
        Change::ChooseContract { contract: id, .. } => {
            contract(id).map(|it| Box::new(it.names.clone()))
        }
        Change::DefineKpi { definition } => Some(Box::new(definition.names.clone())),
        Change::RemoveKpi { names, .. } => Some(Box::new(names.clone())),
        Change::EnterValue { kpi, .. }
        | Change::RemoveValue { kpi, .. }
        | Change::SetLimit { limit: Limit { kpi, .. } }
        | Change::RemoveLimit { limit: Limit { kpi, .. } }
        | Change::EnterPeers { peers: Peers { kpi, .. } }
        | Change::RemovePeers { peers: Peers { kpi, .. } } => {
            dictionary.get(kpi).map(|it| Box::new(it.kpi.names.clone()))
        }
        _ => None,
    };
    ChangeName { kind: kind.to_owned(), subject, names }
}

const fn scorecard_change(change: &ScorecardChange) -> &'static str {
    match change {
        ScorecardChange::Save { .. } => "save_card",
        ScorecardChange::Remove { .. } => "remove_card",
        ScorecardChange::Publish { .. } => "publish_card",
        ScorecardChange::Sign { .. } => "sign_card",
        ScorecardChange::Withdraw { .. } => "withdraw_card",
        ScorecardChange::Decide { .. } => "decide_card",
        ScorecardChange::WeighSkus { .. } => "weigh_skus",
        ScorecardChange::DecideOnSku { .. } => "decide_on_sku",
        ScorecardChange::ForgetSku { .. } => "forget_sku",
        ScorecardChange::PutInCharge { .. } => "put_in_charge",
    }
}
