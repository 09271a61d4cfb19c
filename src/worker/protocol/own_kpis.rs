//! KPIs that people define: what is wrong with a formula, what it would give, and what it can be made of.

use serde::{Deserialize, Serialize};

use super::{
    HomeRequest,
    figures::{KpiView, UnitView},
};
use crate::domain::{KpiDefinition, Names};

/// A formula to be tried under a definition's id, before anything is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrialRequest {
    pub definition: KpiDefinition,
    pub home: HomeRequest,
}

/// What a trial gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrialView {
    /// `None`: it is a formula.
    pub problem: Option<FormulaProblem>,
    /// Units in which its values can be shown, the likeliest first; empty with a problem.
    pub units: Vec<UnitView>,
    /// The KPI that it would be, in the unit asked for or else the first one; `None` with a problem.
    pub kpi: Option<Box<KpiView>>,
}

/// Why a text is no formula of a KPI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormulaProblem {
    /// The 1-based character that it is about; 0: the whole formula.
    pub at: u32,
    /// `unexpected` (what could stand there, what does), `too_long`, `too_deep`, `unknown_name` (the name,
    /// then names like it), `optional_kpi` (the name), `circle`, `mismatch` (what the left and the right
    /// side are), `unit`, `in_use` (another KPI).
    pub kind: String,
    pub about: Vec<String>,
}

/// A word that a formula can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormulaWord {
    pub id: String,
    pub names: Names,
    pub unit: UnitView,
}

/// An own KPI with all its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnKpiView {
    /// Oldest first.
    pub versions: Vec<KpiDefinition>,
    /// All of it, to be sent to others.
    pub text: String,
}
