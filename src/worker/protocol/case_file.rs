//! A figure that is not what somebody expected.

use serde::{Deserialize, Serialize};

use super::HomeRequest;

/// Which figure, and what was expected of it: decimal text in its unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseRequest {
    pub kpi: String,
    pub home: HomeRequest,
    pub expected: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    /// The figure less what was expected, decimal text; `None` while the figure has no value.
    pub difference: Option<String>,
    /// A file for those who can find out why, without names and amounts of the business.
    pub text: String,
}
