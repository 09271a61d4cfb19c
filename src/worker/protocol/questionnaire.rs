//! The first questionnaire and what its answers lead to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    domain::Names,
    worker::protocol::{KnownReport, UnitView},
};

/// Question id → ids of the choices made.
pub type Answers = BTreeMap<String, Vec<String>>;

/// The questions, and what answers lead to. Works before there is any data, and without any answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireView {
    pub questions: Vec<QuestionView>,
    /// The answers that this is of.
    pub answers: Answers,
    /// What counts of a question while it is not answered: what is usual on the channels.
    pub presumed: Answers,
    pub card: FirstCard,
    /// The most urgent first, 12 at most.
    pub kpis: Vec<ProposedView>,
    /// To be got, in the order in which they are of use.
    pub reports: Vec<KnownReport>,
    /// What to keep in mind.
    pub hints: Vec<Names>,
    /// There is little history: ranges are wider at first.
    pub is_young: bool,
}

/// How the card that answers lead to stands to the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FirstCard {
    /// There is none.
    Missing,
    /// It has these KPIs with these weights, and these answers are kept.
    Adopted { name: String },
    /// There is one of other answers, or that people changed.
    Other { name: String },
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
