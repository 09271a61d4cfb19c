//! What a definition says, field by field.

use leptos::prelude::*;

use crate::{
    domain::{Day, KpiDefinition, Names},
    ui::hooks::{now_millis, today},
    worker::protocol::{FormulaWord, UnitView},
};

/// What was typed so far.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// Of a KPI that is there; empty for a new one.
    pub(super) id: RwSignal<String>,
    pub(super) name_en: RwSignal<String>,
    pub(super) name_zh: RwSignal<String>,
    pub(super) meaning: RwSignal<String>,
    /// As it was before.
    known_meaning: RwSignal<Names>,
    pub(super) formula: RwSignal<String>,
    /// Empty: as it follows from the formula.
    pub(super) unit: RwSignal<String>,
    pub(super) direction: RwSignal<String>,
    pub(super) min_denominator: RwSignal<String>,
    pub(super) valid_from: RwSignal<String>,
    pub(super) reason: RwSignal<String>,
}

impl Form {
    pub(super) fn new() -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self {
            id: text(""),
            name_en: text(""),
            name_zh: text(""),
            meaning: text(""),
            known_meaning: RwSignal::new(Names::default()),
            formula: text(""),
            unit: text(""),
            direction: text("up"),
            min_denominator: text(""),
            valid_from: RwSignal::new(today().to_string()),
            reason: text(""),
        }
    }

    /// Shows a version that is there, to be changed from today on.
    pub(super) fn show(self, definition: &KpiDefinition) {
        self.id.set(definition.id.clone());
        self.name_en.set(definition.names.en.clone());
        self.name_zh.set(definition.names.zh.clone());
        self.meaning.set(definition.meaning.en.clone());
        self.known_meaning.set(definition.meaning.clone());
        self.formula.set(definition.formula.clone());
        self.unit.set(definition.unit.clone());
        self.direction.set(definition.direction.clone());
        let minimum = definition.min_denominator;
        self.min_denominator.set(if minimum == 0 { String::new() } else { minimum.to_string() });
    }

    /// What is to be tried, as the engine wants it; `None` while no formula is written.
    pub(super) fn trial(self) -> Option<KpiDefinition> {
        let formula = self.formula.get();
        (!formula.trim().is_empty()).then(|| KpiDefinition {
            id: if self.id.with(String::is_empty) { TRIAL.to_owned() } else { self.id.get() },
            // Another name alone is not tried again.
            names: untrack(|| self.names()),
            meaning: Names::default(),
            formula,
            unit: self.unit.get(),
            direction: self.direction.get(),
            min_denominator: self.minimum(),
            valid_from: self.day().unwrap_or_else(today),
            reason: String::new(),
        })
    }

    /// What is to be kept; `None` while a name, the formula or the day is missing.
    ///
    /// A new KPI gets an id that no known one has.
    pub(super) fn definition(self, unit: &str, known: &[FormulaWord]) -> Option<KpiDefinition> {
        let names = self.names();
        let has_name = !names.en.trim().is_empty() || !names.zh.trim().is_empty();
        let valid_from = self.day().filter(|_| has_name)?;
        let own_id = self.id.get();
        let is_known = |id: &str| known.iter().any(|word| word.id == id);
        Some(KpiDefinition {
            id: if own_id.is_empty() { new_id(&names.en, is_known) } else { own_id },
            meaning: self.meaning(),
            unit: unit.to_owned(),
            valid_from,
            reason: self.reason.get(),
            ..self.trial()?
        })
    }

    /// What was typed is for readers of both languages, unless both were there and nothing was changed.
    fn meaning(self) -> Names {
        let typed = self.meaning.get();
        let known = self.known_meaning.get();
        if known.en == typed { known } else { Names { en: typed.clone(), zh: typed } }
    }

    fn names(self) -> Names {
        Names { en: self.name_en.get(), zh: self.name_zh.get() }
    }

    fn minimum(self) -> u32 {
        self.min_denominator.with(|text| text.trim().parse().unwrap_or(0))
    }

    fn day(self) -> Option<Day> {
        self.valid_from.with(|text| Day::parse(text))
    }
}

/// The id of what is only tried: none that a KPI can have.
const TRIAL: &str = "own.0";

/// `own.` and the letters of the name, with a number where that is taken; a name without Latin letters gets
/// the moment.
fn new_id(name: &str, is_known: impl Fn(&str) -> bool) -> String {
    let letters = name.trim().chars().map(|letter| {
        if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' }
    });
    let word: String = letters.collect();
    let word: String = word.trim_matches('_').chars().take(30).collect();
    if !word.starts_with(|first: char| first.is_ascii_lowercase()) {
        return format!("{}kpi_{}", KpiDefinition::PREFIX, now_millis());
    }
    let plain = format!("{}{word}", KpiDefinition::PREFIX);
    let numbered = (2..1_000).map(|number| format!("{plain}_{number}"));
    let mut ids = std::iter::once(plain.clone()).chain(numbered);
    ids.find(|id| !is_known(id)).unwrap_or(plain)
}

/// The stable name of a unit.
pub(super) const fn unit_id(unit: UnitView) -> &'static str {
    match unit {
        UnitView::Money => "money",
        UnitView::Count => "count",
        UnitView::Share => "share",
        UnitView::Ratio => "ratio",
        UnitView::Days => "days",
        UnitView::TurnsPerYear => "turns_per_year",
        UnitView::Score => "score",
        UnitView::Hours => "hours",
        UnitView::Weeks => "weeks",
        UnitView::Months => "months",
        UnitView::Seconds => "seconds",
        UnitView::Milliseconds => "milliseconds",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_the_name() {
        assert_eq!(new_id("Profit after ads", |_| false), "own.profit_after_ads");
        assert_eq!(new_id(" ROI (net) ", |_| false), "own.roi__net");
        let taken = ["own.margin", "own.margin_2"];
        assert_eq!(new_id("Margin", |id| taken.contains(&id)), "own.margin_3");
    }
}
