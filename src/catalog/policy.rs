//! Lines that platforms draw: what they demand of a KPI, and what they advise.

use std::sync::LazyLock;

use serde::Deserialize;

use super::source::{self, built_in};
use crate::domain::{Comparator, Day, Fixed, Names};

/// A line for a KPI in one channel. `policy_lines.toml` says what each field is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyLine {
    pub kpi: String,
    pub channel: String,
    /// The product category that it is for, as the platform names it; empty: all.
    #[serde(default)]
    pub category: String,
    pub comparator: Comparator,
    /// Decimal text.
    value: String,
    pub kind: LineKind,
    /// The days that the platform looks at.
    pub window: Names,
    /// What it counts.
    pub scope: Names,
    /// The programme or network whose line it is; `None`: everybody's.
    #[serde(default)]
    pub programme: Option<Names>,
    /// Where it was read; empty when that was not found again.
    #[serde(default)]
    pub source: String,
    pub verified: bool,
    /// The days on which it is in force.
    #[serde(default)]
    pub from: Option<Day>,
    #[serde(default)]
    pub to: Option<Day>,
}

/// What it costs to be on the wrong side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// The account is about to be closed.
    Critical,
    /// Rights to sell.
    Policy,
    /// Money.
    Fee,
    /// A badge with its benefits.
    Badge,
    /// Nothing.
    Advice,
}

impl PolicyLine {
    /// The value of the line.
    pub fn value(&self) -> Fixed {
        Fixed::parse(&self.value).unwrap_or_default()
    }

    pub fn is_in_force(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Whether the lines hold for a shop: they are those of the United States, and Amazon's other
/// marketplaces, named or only numbered, have their own.
pub fn is_at_home(channel: &str, shop: &str) -> bool {
    let is_number =
        shop.len() > 11 && shop.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    channel != "amazon" || shop == "Amazon.com" || !shop.starts_with("Amazon.") && !is_number
}

impl LineKind {
    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Policy => "policy",
            Self::Fee => "fee",
            Self::Badge => "badge",
            Self::Advice => "advice",
        }
    }
}

static LINES: LazyLock<Vec<PolicyLine>> = LazyLock::new(|| {
    let file: LineFile = source::read(built_in!("policy_lines"))
        .expect("the built-in lines are valid, as a test checks");
    file.line
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineFile {
    line: Vec<PolicyLine>,
}

/// Every line, in force or not.
pub fn policy_lines() -> &'static [PolicyLine] {
    &LINES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{channel::channel, kpi::kpis};

    #[test]
    fn lines_are_of_known_kpis_and_channels() {
        for line in policy_lines() {
            assert!(kpis().iter().any(|kpi| kpi.id == line.kpi), "{}", line.kpi);
            assert!(channel(&line.channel).is_some(), "{}: {}", line.kpi, line.channel);
            assert!(Fixed::parse(&line.value).is_some(), "{}: {}", line.kpi, line.value);
            for text in [&line.window, &line.scope] {
                assert!(!text.en.is_empty() && !text.zh.is_empty(), "{}", line.kpi);
            }
            assert!(line.verified != line.source.is_empty(), "{}: {}", line.kpi, line.source);
        }
    }

    #[test]
    fn a_day_has_its_own_line() {
        let on_time = |day: &str| -> Vec<String> {
            let day = Day::parse(day).unwrap();
            let lines = policy_lines().iter();
            let lines = lines.filter(|it| it.kpi == "svc.otd" && it.kind == LineKind::Policy);
            lines.filter(|it| it.is_in_force(day)).map(|it| it.value().to_string()).collect()
        };
        assert_eq!(on_time("2025-12-31"), ["0.95"]);
        assert_eq!(on_time("2026-01-01"), ["0.9"]);
    }
}
