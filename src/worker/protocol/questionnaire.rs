//! The first questionnaire and what its answers lead to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{domain::Names, worker::protocol::UnitView};

/// Question id → ids of the choices made.
pub type Answers = BTreeMap<String, Vec<String>>;

/// The questions, and what the answers that were sent lead to. Works before there is any data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireView {
    pub questions: Vec<QuestionView>,
    /// Those that are taken over already; empty: none was.
    pub adopted: Answers,
    /// The most urgent first, 12 at most.
    pub kpis: Vec<ProposedView>,
    /// To be got, in the order in which they are of use.
    pub reports: Vec<ReportNeeded>,
    /// What to keep in mind.
    pub hints: Vec<Names>,
    /// There is little history: ranges are wider at first.
    pub is_young: bool,
}

/// One of the questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    pub id: String,
    pub names: Names,
    /// Several choices may be made.
    pub is_multi: bool,
    pub choices: Vec<AnswerChoice>,
}

/// A possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerChoice {
    pub id: String,
    pub names: Names,
    /// It counts while the question is not answered.
    pub is_presumed: bool,
    /// Choices that cannot be made with it, by their ids.
    pub excludes: Vec<String>,
}

/// A KPI with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedView {
    pub kpi: String,
    pub names: Names,
    pub unit: UnitView,
    /// `finance`, `customer`, `process`, `learning`.
    pub perspective: String,
    pub reason: Names,
    /// The role that answers for it.
    pub owner: Names,
    /// Percent of the scorecard.
    pub weight: u32,
    /// It has no value before costs are there.
    pub needs_costs: bool,
}

/// A report to get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportNeeded {
    pub report: String,
    pub names: Names,
    pub how_to_get: Names,
    pub is_loaded: bool,
}
