//! The editable state: what the log adds up to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, ControlTotal, Event, EventKind, ScorecardBook, SignOff, TargetBook};
use crate::domain::{
    Annotation, Currency, Day, Fixed, KpiDefinition, Limit, Peers, Period, ProductEdit, map_of_few,
    sku_key,
};

/// The workbook's editable state after all entries of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fold {
    pub name: String,
    /// Contract id → choice id; only what was chosen.
    pub contracts: BTreeMap<String, String>,
    /// Why the choice in force was made; empty when nobody said.
    pub contract_reasons: BTreeMap<String, String>,
    pub costs: Vec<TypedCost>,
    /// Ids of the imports in force, in the order in which they were taken in.
    pub imports: Vec<String>,
    /// The person's own recipes by id, those too that are not in use any more: files were read by them.
    pub recipes: BTreeMap<String, SavedRecipe>,
    /// What was typed of SKUs, by their compared form.
    pub products: BTreeMap<String, ProductEdit>,
    /// Typed totals by their ids.
    pub totals: BTreeMap<String, ControlTotal>,
    /// Ids of totals → causes that make up the gap.
    pub explained: BTreeMap<String, Vec<String>>,
    /// Months that somebody stands for.
    pub signed: BTreeMap<Period, SignOff>,
    /// What was typed of KPIs, by KPI, channel and day.
    pub values: BTreeMap<(String, String, String, Day), Fixed>,
    /// KPIs that were put on home or taken off it.
    pub on_home: BTreeMap<String, bool>,
    /// KPIs that were defined, by their ids: their versions, oldest first.
    pub kpis: BTreeMap<String, Vec<KpiDefinition>>,
    /// Lines that were drawn for KPIs, by their ids.
    pub limits: BTreeMap<String, Limit>,
    /// What was typed of comparable sellers, by their ids.
    pub peers: BTreeMap<String, Peers>,
    /// What was said of warnings, by what they are about.
    pub warnings: BTreeMap<String, WarningNote>,
    /// What happened on days, by the numbers of the entries that said it first.
    pub annotations: BTreeMap<u64, Annotation>,
    pub targets: TargetBook,
    pub scorecards: ScorecardBook,
    /// What was answered to the first questionnaire: question id → ids of the choices made.
    pub answers: BTreeMap<String, Vec<String>>,
    /// What buyers are hashed with, once somebody chose to keep them.
    pub buyers_secret: Option<String>,
    /// Whether buyers are kept.
    pub keeps_buyers: bool,
    /// What the next undo and redo concern.
    pub undo: Option<UndoTarget>,
    pub redo: Option<UndoTarget>,
}

/// A unit cost typed by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedCost {
    pub sku: String,
    pub unit_cost: Fixed,
    pub currency: Currency,
    pub valid_from: Day,
}

/// What a person said of a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarningNote {
    pub note: String,
    /// The day that the warning was about when it was laid aside.
    pub snoozed_on: Option<Day>,
}

/// A recipe that a person made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedRecipe {
    pub text: String,
    /// Whether new files are read by it.
    pub is_in_use: bool,
    /// Entry of the log that saved it: of two the later one is the larger.
    pub saved_by: u64,
}

/// An entry of the log that can be taken back or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoTarget {
    pub number: u64,
    pub change: Change,
}

impl Fold {
    /// Folds a whole log; its order is that of the entries' numbers.
    pub fn of(log: &[Event]) -> Self {
        let mut undone: BTreeSet<u64> = BTreeSet::new();
        // Changes that undo walks back over, and those that redo walks forward over.
        let (mut done, mut redoable): (Vec<u64>, Vec<u64>) = (Vec::new(), Vec::new());
        for event in log {
            match &event.kind {
                EventKind::Changed(_) => {
                    done.push(event.number);
                    redoable.clear();
                }
                EventKind::Undone { number } => {
                    undone.insert(*number);
                    done.retain(|it| it != number);
                    redoable.push(*number);
                }
                EventKind::Redone { number } => {
                    undone.remove(number);
                    redoable.retain(|it| it != number);
                    done.push(*number);
                }
            }
        }
        let mut fold = Self::default();
        let changes: BTreeMap<u64, (Day, &Change)> =
            map_of_few(log.iter().filter_map(|event| match &event.kind {
                EventKind::Changed(change) => Some((event.number, (event.day(), change))),
                _ => None,
            }));
        for (number, (day, change)) in &changes {
            if !undone.contains(number) {
                fold.apply((*number, *day), change);
            }
        }
        let target = |numbers: &[u64]| {
            let number = *numbers.last()?;
            Some(UndoTarget { number, change: changes.get(&number)?.1.clone() })
        };
        fold.undo = target(&done);
        fold.redo = target(&redoable);
        fold
    }

    /// Adds an entry that changes something to what the log adds up to: the same as folding it anew.
    pub fn follow(&mut self, event: &Event) {
        let EventKind::Changed(change) = &event.kind else { return };
        self.apply((event.number, event.day()), change);
        self.undo = Some(UndoTarget { number: event.number, change: change.clone() });
        self.redo = None;
    }

    fn apply(&mut self, (number, day): (u64, Day), change: &Change) {
        match change {
            Change::RenameWorkbook { name } => self.name.clone_from(name),
            Change::ChooseContract { contract, choice, reason } => {
                self.contracts.insert(contract.clone(), choice.clone());
                self.contract_reasons.insert(contract.clone(), reason.clone());
            }
            Change::EnterCost { sku, unit_cost, currency, valid_from } => {
                let (sku, unit_cost) = (sku.clone(), *unit_cost);
                let (currency, valid_from) = (*currency, *valid_from);
                self.enter_cost(TypedCost { sku, unit_cost, currency, valid_from });
            }
            Change::AddImports { imports, .. } => {
                for import in imports {
                    if !self.imports.contains(import) {
                        self.imports.push(import.clone());
                    }
                }
            }
            Change::RemoveImport { import, .. } => self.imports.retain(|it| it != import),
            Change::SaveRecipe { id, text, .. } => {
                let saved = SavedRecipe { text: text.clone(), is_in_use: true, saved_by: number };
                self.recipes.insert(id.clone(), saved);
            }
            Change::RemoveRecipe { id, .. } => self.lay_aside_recipe(id),
            Change::EditProducts { products } => {
                for edit in products {
                    self.edit_product(edit);
                }
            }
            Change::EnterTotal { .. }
            | Change::RemoveTotal { .. }
            | Change::ExplainTotal { .. }
            | Change::SignOff { .. }
            | Change::WithdrawSignOff { .. } => self.apply_to_totals(change),
            Change::EnterValue { kpi, channel, shop, day, value } => {
                self.values.insert((kpi.clone(), channel.clone(), shop.clone(), *day), *value);
            }
            Change::RemoveValue { kpi, channel, shop, day } => {
                self.values.remove(&(kpi.clone(), channel.clone(), shop.clone(), *day));
            }
            Change::ShowOnHome { kpi, is_shown } => {
                self.on_home.insert(kpi.clone(), *is_shown);
            }
            Change::DefineKpi { .. }
            | Change::RemoveKpi { .. }
            | Change::SetLimit { .. }
            | Change::RemoveLimit { .. }
            | Change::EnterPeers { .. }
            | Change::RemovePeers { .. } => self.apply_to_kpis(change),
            Change::ChangeTargets { .. }
            | Change::ChangeScorecards { .. }
            | Change::AdoptFramework { .. } => self.apply_to_plan(day, change),
            Change::NoteWarning { .. }
            | Change::Annotate { .. }
            | Change::RemoveAnnotation { .. } => self.apply_to_notes(number, change),
            Change::KeepBuyers { secret } => {
                self.buyers_secret.get_or_insert_with(|| secret.clone());
                self.keeps_buyers = true;
            }
            Change::DropBuyers => self.keeps_buyers = false,
        }
    }

    fn lay_aside_recipe(&mut self, id: &str) {
        if let Some(saved) = self.recipes.get_mut(id) {
            saved.is_in_use = false;
        }
    }

    /// What platforms state, and the months that somebody stands for.
    fn apply_to_totals(&mut self, change: &Change) {
        match change {
            Change::EnterTotal { total } => {
                self.totals.insert(total.id(), total.clone());
            }
            Change::RemoveTotal { total } => {
                self.totals.remove(&total.id());
                self.explained.remove(&total.id());
            }
            Change::ExplainTotal { total, causes } => {
                self.explained.insert(total.clone(), causes.clone());
            }
            Change::SignOff { month, sign_off } => {
                self.signed.insert(*month, sign_off.clone());
            }
            Change::WithdrawSignOff { month } => {
                self.signed.remove(month);
            }
            _ => (),
        }
    }

    /// What KPIs there are, and what they are held against.
    fn apply_to_kpis(&mut self, change: &Change) {
        match change {
            Change::DefineKpi { definition } => {
                let versions = self.kpis.entry(definition.id.clone()).or_default();
                (**definition).clone().put_into(versions);
            }
            Change::RemoveKpi { kpi, .. } => {
                self.kpis.remove(kpi);
            }
            Change::SetLimit { limit } => {
                self.limits.values_mut().for_each(|known| known.give_way(limit));
                self.limits.insert(limit.id(), limit.clone());
            }
            Change::RemoveLimit { limit } => {
                self.limits.remove(&limit.id());
            }
            Change::EnterPeers { peers } => {
                self.peers.insert(peers.id(), peers.clone());
            }
            Change::RemovePeers { peers } => {
                self.peers.remove(&peers.id());
            }
            _ => (),
        }
    }

    /// What is wanted, and by what people are scored.
    fn apply_to_plan(&mut self, day: Day, change: &Change) {
        match change {
            Change::ChangeTargets { targets } => self.targets.change(targets, day),
            Change::ChangeScorecards { scorecards } => self.scorecards.change(scorecards, day),
            Change::AdoptFramework { answers, card } => {
                self.answers.clone_from(answers);
                self.on_home.extend(card.lines.iter().map(|line| (line.kpi.clone(), true)));
                self.scorecards.save(card);
            }
            _ => (),
        }
    }

    /// What people say beside figures.
    fn apply_to_notes(&mut self, number: u64, change: &Change) {
        match change {
            Change::NoteWarning { warning, note, snoozed_on } => {
                let said = WarningNote { note: note.clone(), snoozed_on: *snoozed_on };
                self.warnings.insert(warning.clone(), said);
            }
            Change::Annotate { replaces, annotation } => {
                self.annotations.insert(replaces.unwrap_or(number), annotation.clone());
            }
            Change::RemoveAnnotation { number, .. } => {
                self.annotations.remove(number);
            }
            _ => (),
        }
    }

    /// In the place of what was typed for the same day.
    fn enter_cost(&mut self, cost: TypedCost) {
        self.costs.retain(|it| it.sku != cost.sku || it.valid_from != cost.valid_from);
        self.costs.push(cost);
    }

    fn edit_product(&mut self, edit: &ProductEdit) {
        let known = self.products.entry(sku_key(&edit.sku)).or_default();
        edit.sku.clone_into(&mut known.sku);
        known.and(edit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{TargetBlock, TargetChange, TargetKey, TargetLevel, TargetScope};

    #[test]
    fn following_an_entry_is_folding_the_log_anew() {
        let day = Day::parse("2026-03-01").unwrap();
        let scope = TargetScope { channel: "amazon".to_owned(), ..TargetScope::default() };
        let key = TargetKey { kpi: "sales.net".to_owned(), scope };
        let numbers = |number: i64| {
            let number = Some(Fixed::from_whole(number));
            let period = Period { from: day, to: day };
            let block = TargetBlock::of_one(TargetLevel::Commit, key.clone(), period, number);
            let targets = TargetChange::Numbers { blocks: vec![block], reason: "plan".to_owned() };
            EventKind::Changed(Change::ChangeTargets { targets })
        };
        let kinds = vec![
            rename("a"),
            EventKind::Undone { number: 1 },
            numbers(100),
            rename("b"),
            numbers(90),
        ];
        let mut log = log(kinds);
        for event in &mut log {
            event.at_millis = i64::from(day.days_since_epoch()) * 86_400_000;
        }
        let mut fold = Fold::of(&log[..2]);
        log[2..].iter().for_each(|event| fold.follow(event));
        assert_eq!(fold, Fold::of(&log));
        let cell = fold.targets.cell(&key, Period { from: day, to: day }).unwrap();
        assert_eq!((cell.revisions.len(), cell.revisions[0].on), (1, day));
    }

    fn log(kinds: Vec<EventKind>) -> Vec<Event> {
        let numbered = kinds.into_iter().zip(1..);
        numbered.map(|(kind, number)| Event { number, at_millis: 0, kind }).collect()
    }

    fn rename(name: &str) -> EventKind {
        EventKind::Changed(Change::RenameWorkbook { name: name.into() })
    }

    #[test]
    fn undo_and_redo_walk_the_log() {
        let mut kinds = vec![rename("a"), rename("b")];
        assert_eq!(Fold::of(&log(kinds.clone())).name, "b");
        kinds.push(EventKind::Undone { number: 2 });
        let fold = Fold::of(&log(kinds.clone()));
        assert_eq!((fold.name.as_str(), fold.undo.map(|it| it.number)), ("a", Some(1)));
        assert_eq!(fold.redo.map(|it| it.number), Some(2));
        kinds.push(EventKind::Undone { number: 1 });
        assert_eq!(Fold::of(&log(kinds.clone())).undo, None);
        kinds.push(EventKind::Redone { number: 1 });
        let fold = Fold::of(&log(kinds.clone()));
        assert_eq!((fold.name.as_str(), fold.redo.map(|it| it.number)), ("a", Some(2)));
    }

    #[test]
    fn a_new_change_ends_what_could_be_redone() {
        let fold = Fold::of(&log(vec![rename("a"), EventKind::Undone { number: 1 }, rename("c")]));
        assert_eq!((fold.name.as_str(), fold.redo), ("c", None));
    }

    #[test]
    fn a_removed_recipe_still_tells_how_files_were_read() {
        let (id, name) = ("own.1".to_owned(), "R".to_owned());
        let save = |text: &str| {
            let (id, name) = (id.clone(), name.clone());
            EventKind::Changed(Change::SaveRecipe { id, name, text: text.into() })
        };
        let remove =
            EventKind::Changed(Change::RemoveRecipe { id: id.clone(), name: name.clone() });
        let saved = |kinds| Fold::of(&log(kinds)).recipes.get(&id).cloned();
        let old = |is_in_use, saved_by| Some(SavedRecipe { text: "a".into(), is_in_use, saved_by });
        assert_eq!(saved(vec![save("a"), remove.clone()]), old(false, 1));
        assert_eq!(saved(vec![save("b"), remove, save("a")]), old(true, 3));
    }

    #[test]
    fn a_remark_is_changed_in_its_place_and_comes_back_by_undo() {
        let day = Day::parse("2026-03-01").unwrap();
        let said = |text: &str| Annotation {
            days: Period { from: day, to: day },
            kpi: String::new(),
            channel: String::new(),
            text: text.to_owned(),
        };
        let annotate = |replaces, text: &str| {
            EventKind::Changed(Change::Annotate { replaces, annotation: said(text) })
        };
        let texts = |kinds: &[EventKind]| -> Vec<(u64, String)> {
            let fold = Fold::of(&log(kinds.to_vec()));
            fold.annotations.into_iter().map(|(number, it)| (number, it.text)).collect()
        };
        let named = |all: &[(u64, &str)]| -> Vec<(u64, String)> {
            all.iter().map(|(number, text)| (*number, (*text).to_owned())).collect()
        };
        // Two of one day stand beside each other.
        let mut kinds = vec![annotate(None, "a"), annotate(None, "b"), annotate(Some(1), "c")];
        assert_eq!(texts(&kinds), named(&[(1, "c"), (2, "b")]));
        let remove = Change::RemoveAnnotation { number: 1, annotation: said("c") };
        kinds.push(EventKind::Changed(remove));
        assert_eq!(texts(&kinds), named(&[(2, "b")]));
        kinds.push(EventKind::Undone { number: 4 });
        kinds.push(EventKind::Undone { number: 3 });
        assert_eq!(texts(&kinds), named(&[(1, "a"), (2, "b")]));
    }

    #[test]
    fn a_removed_import_comes_back_by_undo() {
        let add = Change::AddImports { imports: vec!["i".into(), "j".into()], files: vec![] };
        let remove = Change::RemoveImport { import: "i".into(), file: String::new() };
        let mut kinds = vec![EventKind::Changed(add), EventKind::Changed(remove)];
        assert_eq!(Fold::of(&log(kinds.clone())).imports, ["j"]);
        kinds.push(EventKind::Undone { number: 2 });
        assert_eq!(Fold::of(&log(kinds)).imports, ["i", "j"]);
    }
}
