//! KPIs that the workbook's people define.

use std::{collections::BTreeMap, rc::Rc};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    catalog::kpi::{Kpi, Unit, Version, kpis, measure_entry},
    domain::{KpiDefinition, Measure, Names, set_of_few},
    kpis::{Dictionary, DictionaryError, Expression, FormulaError, Name},
    workbook,
    worker::protocol::{Change, Failure, FormulaProblem, FormulaWord, OwnKpiView},
};

/// Own KPIs by their ids, each with its versions, oldest first.
pub(super) type OwnKpis = BTreeMap<String, Vec<KpiDefinition>>;

/// KPIs that can be asked for: the built-in ones, and own ones where there are any.
#[derive(Default)]
pub(super) struct KnownKpis {
    made_of: OwnKpis,
    with_own: Option<Rc<Dictionary>>,
}

impl KnownKpis {
    pub(super) fn dictionary(&self) -> &Dictionary {
        self.with_own.as_deref().unwrap_or_else(|| Dictionary::built_in())
    }

    /// Takes over what the log adds up to. What cannot be read any more, since the product's own KPIs changed,
    /// is left out.
    pub(super) fn follow(&mut self, own: &OwnKpis) {
        if self.made_of == *own {
            return;
        }
        self.made_of.clone_from(own);
        let mut left = own.clone();
        self.with_own = None;
        while !left.is_empty() {
            match dictionary_of(&left) {
                Ok(dictionary) => {
                    self.with_own = Some(Rc::new(dictionary));
                    return;
                }
                Err(error) if left.remove(kpi_of_error(&error)).is_some() => (),
                Err(_) => return,
            }
        }
    }
}

/// The dictionary with own KPIs.
pub(super) fn dictionary_of(own: &OwnKpis) -> Result<Dictionary, DictionaryError> {
    Dictionary::with_own(own.values().filter_map(|versions| kpi_of(own, versions)).collect())
}

/// The own KPIs with one version more, in the place of one that begins on the same day.
pub(super) fn with_version(own: &OwnKpis, definition: &KpiDefinition) -> OwnKpis {
    let mut own = own.clone();
    definition.clone().put_into(own.entry(definition.id.clone()).or_default());
    own
}

/// A KPI by its versions: all but the formula is as the newest one says. `None` for an unknown unit or
/// direction.
fn kpi_of(own: &OwnKpis, versions: &[KpiDefinition]) -> Option<Kpi> {
    let newest = versions.last()?;
    let parts: Vec<&Kpi> =
        versions.iter().flat_map(|version| parts_of(own, &version.formula, 0)).collect();
    let settling_days = parts.iter().map(|part| part.settling_days).max().unwrap_or(0);
    let contracts = parts.iter().flat_map(|part| &part.contracts).cloned();
    let version = |it: &KpiDefinition| Version { from: it.valid_from, formula: it.formula.clone() };
    let template = kpis().first()?.clone();
    Some(Kpi {
        id: newest.id.clone(),
        group: "own".to_owned(),
        names: newest.names.clone(),
        initials: String::new(),
        meaning: newest.meaning.clone(),
        formula: newest.formula.clone(),
        versions: versions.iter().map(version).collect(),
        variants: Vec::new(),
        stated: None,
        unit: parsed(&newest.unit)?,
        direction: parsed(&newest.direction)?,
        roll_up: crate::catalog::kpi::RollUp::Recompute,
        settling_days,
        min_denominator: newest.min_denominator,
        is_of_whole: false,
        is_difference: false,
        on_home: false,
        guard: None,
        contracts: set_of_few(contracts).into_iter().collect(),
        coverage: Vec::new(),
        ..template
    })
}

/// The built-in KPIs that tell what a formula hangs on: those it names, those that own KPIs name, and of a
/// measure the one that it is, else all that name it.
fn parts_of(own: &OwnKpis, formula: &str, depth: u32) -> Vec<&'static Kpi> {
    let mut parts = Vec::new();
    for word in names_in(formula) {
        let word = word.as_str();
        if let Some(versions) = own.get(word).filter(|_| depth < MOST_OWN_INSIDE) {
            let formulas = versions.iter().map(|version| &version.formula);
            parts.extend(formulas.flat_map(|formula| parts_of(own, formula, depth + 1)));
        } else if let Some(kpi) = kpis().iter().find(|kpi| kpi.id == word || kpi.formula == word) {
            parts.push(kpi);
        } else {
            let names_it = |kpi: &&Kpi| words_of(&kpi.formula).any(|it| it == word);
            parts.extend(kpis().iter().filter(names_it));
        }
    }
    parts
}

/// Own KPIs in own KPIs that are followed: circles are refused elsewhere.
const MOST_OWN_INSIDE: u32 = 8;

/// What a formula hangs on: what has a form of a measure is the measure that it is. Nothing for what is no
/// formula.
fn names_in(formula: &str) -> Vec<String> {
    let Ok(formula) = Expression::parse(formula) else { return Vec::new() };
    let names = formula.names().into_iter();
    let id = |name: &Name| name.measure().map_or_else(|| name.id.clone(), |it| it.id().to_owned());
    names.map(|(name, _)| id(name)).collect()
}

fn words_of(formula: &str) -> impl Iterator<Item = &str> {
    let words = formula.split(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '_' | '.')));
    words.filter(|word| !word.is_empty())
}

/// A word of the catalogue.
fn parsed<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(word.to_owned())).ok()
}

fn kpi_of_error(error: &DictionaryError) -> &str {
    match error {
        DictionaryError::DuplicateId { id } => id,
        DictionaryError::Formula { kpi, .. }
        | DictionaryError::UnknownName { kpi, .. }
        | DictionaryError::OptionalKpi { kpi, .. }
        | DictionaryError::NoForm { kpi, .. }
        | DictionaryError::Circle { kpi }
        | DictionaryError::Unit { kpi, .. }
        | DictionaryError::Mismatch { kpi, .. } => kpi,
    }
}

/// What is wrong with the formula of `kpi`, for the page to say: with that of another one, that this one is
/// in use there.
pub(super) fn problem(error: &DictionaryError, kpi: &str, known: &Dictionary) -> FormulaProblem {
    let other = kpi_of_error(error);
    if other != kpi {
        return in_use_by(other, known);
    }
    let of = |at: usize, kind: &str, about: Vec<String>| FormulaProblem {
        at: u32::try_from(at).unwrap_or(0),
        kind: kind.to_owned(),
        about,
    };
    match error {
        DictionaryError::Formula { source, .. } => match source {
            FormulaError::Unexpected { at, expected, found } => {
                of(*at, "unexpected", vec![expected.id().to_owned(), found.clone()])
            }
            FormulaError::NumberTooLong { at } => of(*at, "too_long", Vec::new()),
            FormulaError::TooDeep { at } => of(*at, "too_deep", Vec::new()),
            FormulaError::TooLong => of(0, "formula_too_long", Vec::new()),
        },
        DictionaryError::UnknownName { name, at, .. } => {
            let mut about = vec![name.clone()];
            about.extend(names_like(name, known));
            of(*at, "unknown_name", about)
        }
        DictionaryError::OptionalKpi { name, at, .. } => {
            of(*at, "optional_kpi", vec![name.clone()])
        }
        DictionaryError::NoForm { asked, possible, at, .. } => {
            of(*at, "no_form", [std::slice::from_ref(asked), possible].concat())
        }
        DictionaryError::Circle { .. } => of(0, "circle", Vec::new()),
        DictionaryError::Mismatch { at, left, right, .. } => {
            of(*at, "mismatch", vec![left.clone(), right.clone()])
        }
        DictionaryError::Unit { .. } | DictionaryError::DuplicateId { .. } => {
            of(0, "unit", Vec::new())
        }
    }
}

/// Names that share the most letters in a row with an unknown one, three at most.
fn names_like(name: &str, dictionary: &Dictionary) -> Vec<String> {
    let ids = words(dictionary).into_iter().map(|word| word.id);
    let mut ranked: Vec<(usize, String)> =
        ids.map(|id| (common_letters(name, &id), id)).filter(|(n, _)| *n >= 3).collect();
    crate::domain::sort_few_by_key(&mut ranked, |(n, id)| (std::cmp::Reverse(*n), id.len()));
    ranked.into_iter().take(3).map(|(_, id)| id).collect()
}

/// The length of the longest piece of `one` that stands in `other`.
fn common_letters(one: &str, other: &str) -> usize {
    let starts = one.char_indices().map(|(at, _)| at);
    let longest = |from: usize| {
        let rest = one.get(from..).unwrap_or_default();
        let ends = rest.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let pieces = ends.filter_map(|end| rest.get(..end));
        pieces.take_while(|piece| other.contains(*piece)).last().map_or(0, |it| it.chars().count())
    };
    starts.map(longest).max().unwrap_or(0)
}

/// All that a formula can name: KPIs, then measures.
pub(super) fn words(dictionary: &Dictionary) -> Vec<FormulaWord> {
    let kpis = dictionary.entries().iter().map(|entry| FormulaWord {
        id: entry.kpi.id.clone(),
        names: entry.kpi.names.clone(),
        unit: entry.kpi.unit.into(),
    });
    let measures = Measure::ALL.iter().map(|measure| {
        let entry = measure_entry(*measure);
        FormulaWord { id: entry.id.clone(), names: entry.names.clone(), unit: entry.unit.into() }
    });
    kpis.chain(measures).collect()
}

/// A change of an own KPI as an entry of the log, when it is a valid one.
pub(super) fn checked_change(own: &OwnKpis, change: &Change) -> Result<workbook::Change, Failure> {
    match change {
        Change::DefineKpi { definition } => {
            let definition = Box::new(checked(own, definition)?);
            Ok(workbook::Change::DefineKpi { definition })
        }
        Change::RemoveKpi { kpi } => {
            removable(own, kpi)?;
            let newest = own.get(kpi).and_then(|versions| versions.last());
            let names = newest.map(|it| it.names.clone()).unwrap_or_default();
            Ok(workbook::Change::RemoveKpi { kpi: kpi.clone(), names })
        }
        _ => Err(Failure::InvalidValue { value: String::new() }),
    }
}

/// The changes that take over all versions of a KPI that somebody shared as text.
pub(super) fn added(own: &OwnKpis, text: &str) -> Result<Vec<workbook::Change>, Failure> {
    let mut own = own.clone();
    let mut changes = Vec::new();
    let versions = shared(text)?;
    // One of the same id that is another one would be mixed with it.
    let known = versions.first().and_then(|it| own.get(&it.id));
    if let Some(known) = known.filter(|known| **known != versions) {
        let names = known.last().map(|it| it.names.clone()).unwrap_or_default();
        let about = vec![names.en, names.zh];
        let kind = "taken".to_owned();
        return Err(Failure::InvalidFormula(FormulaProblem { at: 0, kind, about }));
    }
    for version in versions {
        let definition = checked(&own, &version)?;
        own = with_version(&own, &definition);
        changes.push(workbook::Change::DefineKpi { definition: Box::new(definition) });
    }
    Ok(changes)
}

/// The definition as it is to be kept.
fn checked(own: &OwnKpis, definition: &KpiDefinition) -> Result<KpiDefinition, Failure> {
    let invalid = |value: &str| Failure::InvalidValue { value: value.to_owned() };
    if !definition.has_own_id() {
        return Err(invalid(&definition.id));
    }
    let names = both(&definition.names).ok_or_else(|| invalid(""))?;
    let meaning = both(&definition.meaning).unwrap_or_default();
    parsed::<Unit>(&definition.unit).ok_or_else(|| invalid(&definition.unit))?;
    parsed::<crate::catalog::kpi::Direction>(&definition.direction)
        .ok_or_else(|| invalid(&definition.direction))?;
    let reason = definition.reason.trim().to_owned();
    let kept = KpiDefinition { names, meaning, reason, ..definition.clone() };
    match dictionary_of(&with_version(own, &kept)) {
        Ok(_) => Ok(kept),
        Err(error) => {
            let known = dictionary_of(own).ok();
            let known = known.as_ref().unwrap_or_else(|| Dictionary::built_in());
            Err(Failure::InvalidFormula(problem(&error, &kept.id, known)))
        }
    }
}

/// A name in both languages: one that is missing is the other one. `None` when both are.
fn both(names: &Names) -> Option<Names> {
    let (en, zh) = (names.en.trim(), names.zh.trim());
    let either = |one: &str, other: &str| if one.is_empty() { other } else { one }.to_owned();
    (!en.is_empty() || !zh.is_empty()).then(|| Names { en: either(en, zh), zh: either(zh, en) })
}

/// The change that takes a KPI away is possible while no other one is made of it.
fn removable(own: &OwnKpis, id: &str) -> Result<(), Failure> {
    let mut left = own.clone();
    left.remove(id).ok_or_else(|| Failure::InvalidValue { value: id.to_owned() })?;
    match dictionary_of(&left) {
        Ok(_) => Ok(()),
        Err(error) => {
            let known = dictionary_of(own).ok();
            let known = known.as_ref().unwrap_or_else(|| Dictionary::built_in());
            Err(Failure::InvalidFormula(in_use_by(kpi_of_error(&error), known)))
        }
    }
}

/// Another KPI is made of it; by the names that people know it by.
fn in_use_by(other: &str, known: &Dictionary) -> FormulaProblem {
    let names = known.get(other).map(|entry| entry.kpi.names.clone()).unwrap_or_default();
    FormulaProblem { at: 0, kind: "in_use".to_owned(), about: vec![names.en, names.zh] }
}

pub(super) fn own_view(versions: &[KpiDefinition]) -> OwnKpiView {
    let text = serde_json::to_string_pretty(versions).unwrap_or_default();
    OwnKpiView { versions: versions.to_vec(), text }
}

/// The versions that somebody shared as text.
fn shared(text: &str) -> Result<Vec<KpiDefinition>, Failure> {
    let invalid = |detail: String| {
        let kind = "no_shared_kpi".to_owned();
        Failure::InvalidFormula(FormulaProblem { at: 0, kind, about: vec![detail] })
    };
    let versions: Vec<KpiDefinition> =
        serde_json::from_str(text).map_err(|error| invalid(error.to_string()))?;
    let id = versions.first().map(|it| &it.id);
    let is_one = id.is_some() && versions.iter().all(|it| Some(&it.id) == id);
    if is_one { Ok(versions) } else { Err(invalid(String::new())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    fn definition(formula: &str, unit: &str, from: &str) -> KpiDefinition {
        KpiDefinition {
            id: "own.test".to_owned(),
            names: Names { en: String::new(), zh: "测试".to_owned() },
            meaning: Names::default(),
            formula: formula.to_owned(),
            unit: unit.to_owned(),
            direction: "up".to_owned(),
            min_denominator: 0,
            valid_from: Day::parse(from).unwrap(),
            reason: String::new(),
        }
    }

    fn problem_of(formula: &str, unit: &str) -> FormulaProblem {
        match checked(&OwnKpis::new(), &definition(formula, unit, "2026-01-01")) {
            Err(Failure::InvalidFormula(problem)) => problem,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_definition_has_both_names_and_is_kept_in_the_order_of_days() {
        let own = OwnKpis::new();
        let kept = checked(&own, &definition("gmv / units", "money", "2026-03-01")).unwrap();
        assert_eq!((kept.names.en.as_str(), kept.names.zh.as_str()), ("测试", "测试"));
        let own = with_version(&own, &kept);
        let earlier = definition("gmv", "money", "2026-01-01");
        let own = with_version(&own, &earlier);
        let formulas: Vec<&str> = own["own.test"].iter().map(|it| it.formula.as_str()).collect();
        assert_eq!(formulas, ["gmv", "gmv / units"]);
        let again = with_version(&own, &definition("gross_sales", "money", "2026-03-01"));
        assert_eq!(again["own.test"].len(), 2);
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        let told = |formula, unit| {
            let FormulaProblem { at, kind, about } = problem_of(formula, unit);
            format!("{at} {kind} {}", about.join("|"))
        };
        assert_eq!(told("gmv + orders", "money"), "7 mismatch money|count");
        assert_eq!(told("gmv / ", "money"), "7 unexpected operand|");
        assert_eq!(
            told("gmv / order", "money"),
            "7 unknown_name order|orders|ad_orders|order_items"
        );
        assert_eq!(
            told("cohort(units) / units", "share"),
            "8 no_form cohort(units)|cohort(returned_units)"
        );
        assert_eq!(told("gmv", "count"), "0 unit ");
        assert_eq!(told("own.test / units", "money"), "0 circle ");
    }

    #[test]
    fn what_a_formula_hangs_on_comes_from_its_parts() {
        let kpi = |formula| {
            kpi_of(&OwnKpis::new(), &[definition(formula, "share", "2026-01-01")]).unwrap()
        };
        let ads = kpi("attributed_spend / ads.sales");
        assert_eq!(ads.settling_days, 14);
        assert!(ads.contracts.contains(&"ad_window".to_owned()));
        let refunds = kpi("refunds / gross_sales");
        assert_eq!(refunds.settling_days, 60);
        assert!(refunds.contracts.contains(&"refund_timing".to_owned()));
        assert_eq!(kpi("units / orders").settling_days, 0);
        let cohort = kpi("cohort(returned_units) / units");
        assert_eq!(cohort.settling_days, kpi("cohort_returned_units / units").settling_days);
        // By way of another own KPI, too.
        let own = with_version(&OwnKpis::new(), &definition("ads.acos", "share", "2026-01-01"));
        let half = definition("own.test / 2", "share", "2026-01-01");
        assert_eq!(kpi_of(&own, &[half]).unwrap().settling_days, 14);
    }

    #[test]
    fn a_kpi_that_another_one_needs_stays() {
        let own = with_version(&OwnKpis::new(), &definition("gmv", "money", "2026-01-01"));
        let user = KpiDefinition {
            id: "own.user".to_owned(),
            ..definition("own.test / 2", "money", "2026-01-01")
        };
        let both = with_version(&own, &user);
        assert!(removable(&own, "own.test").is_ok());
        assert!(matches!(removable(&both, "own.test"), Err(Failure::InvalidFormula(_))));
        assert!(removable(&both, "own.user").is_ok());
    }

    #[test]
    fn what_was_shared_is_read_again() {
        let versions = vec![definition("gmv", "money", "2026-01-01")];
        assert_eq!(shared(&own_view(&versions).text).unwrap(), versions);
        assert!(shared("[]").is_err());
        assert!(shared("{").is_err());
    }
}
