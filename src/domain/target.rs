//! What is wanted of KPIs, by part of the business and by period.

use serde::{Deserialize, Serialize};

use super::{Day, Fixed, Period};

/// Which part of the business a target is of. Empty texts: whatever it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TargetScope {
    pub channel: String,
    pub shop: String,
    pub category: String,
    /// Who is responsible for the products.
    pub owner: String,
    pub sku: String,
}

/// What a target is of, whatever the period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TargetKey {
    pub kpi: String,
    pub scope: TargetScope,
}

/// When a target is met, and which of its numbers it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// Three steps: the floor, what is promised, and what would be outstanding.
    #[default]
    Ladder,
    /// At least the number promised.
    Floor,
    /// At most the number promised.
    Ceiling,
    /// Between the floor and the stretch.
    Band,
    /// The number promised, on a day at the latest.
    ReachBy,
    /// The number promised over the whole period, held against its plan day by day.
    Cumulative,
    /// The line of a platform in force on the day: no number of one's own.
    PolicyLine,
}

impl TargetKind {
    pub const ALL: [Self; 7] = [
        Self::Ladder,
        Self::Floor,
        Self::Ceiling,
        Self::Band,
        Self::ReachBy,
        Self::Cumulative,
        Self::PolicyLine,
    ];

    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ladder => "ladder",
            Self::Floor => "floor",
            Self::Ceiling => "ceiling",
            Self::Band => "band",
            Self::ReachBy => "reach_by",
            Self::Cumulative => "cumulative",
            Self::PolicyLine => "policy_line",
        }
    }
}

/// One of the numbers of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetLevel {
    /// Below it the target is missed badly.
    Floor,
    /// What is promised.
    Commit,
    /// What would be outstanding.
    Stretch,
}

impl TargetLevel {
    pub const ALL: [Self; 3] = [Self::Floor, Self::Commit, Self::Stretch];

    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Commit => "commit",
            Self::Stretch => "stretch",
        }
    }
}

/// The numbers of a target in the KPI's unit: 0.25 is 25 %. `None` where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TargetNumbers {
    pub floor: Option<Fixed>,
    pub commit: Option<Fixed>,
    pub stretch: Option<Fixed>,
}

impl TargetNumbers {
    pub const fn at(&self, level: TargetLevel) -> Option<Fixed> {
        match level {
            TargetLevel::Floor => self.floor,
            TargetLevel::Commit => self.commit,
            TargetLevel::Stretch => self.stretch,
        }
    }

    pub const fn set(&mut self, level: TargetLevel, number: Option<Fixed>) {
        match level {
            TargetLevel::Floor => self.floor = number,
            TargetLevel::Commit => self.commit = number,
            TargetLevel::Stretch => self.stretch = number,
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Both together, level by level; none where one of them has none.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let sum = |one: Option<Fixed>, other: Option<Fixed>| Some(one?.plus(other?));
        Self {
            floor: sum(self.floor, other.floor),
            commit: sum(self.commit, other.commit),
            stretch: sum(self.stretch, other.stretch),
        }
    }
}

/// Where the numbers of a target come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetSource {
    /// From what was reached before.
    History,
    #[default]
    Plan,
    /// From what is published of others.
    Reference,
}

impl TargetSource {
    pub const ALL: [Self; 3] = [Self::History, Self::Plan, Self::Reference];

    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Plan => "plan",
            Self::Reference => "reference",
        }
    }
}

/// What holds for the targets of all periods of a key.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TargetTerms {
    pub kind: TargetKind,
    /// A value as near as this is on target: a share of the number, 0.05 for 5 %.
    pub tolerance: Fixed,
    pub owner: String,
    pub reviewer: String,
    pub source: TargetSource,
    /// Why these numbers; empty when nobody said.
    pub reason: String,
    /// Of `ReachBy`.
    pub reach_by: Option<Day>,
    /// Its days; outside of them nothing is held against it.
    pub valid_from: Option<Day>,
    pub valid_to: Option<Day>,
    /// Tried out: nobody is paid by it.
    pub is_trial: bool,
}

impl TargetTerms {
    /// Whether a period is one that values are held against it in.
    pub fn hold(&self, period: Period) -> bool {
        self.valid_from.is_none_or(|from| from <= period.to)
            && self.valid_to.is_none_or(|to| period.from <= to)
    }
}

/// Numbers of one level for several keys and periods, in the order of the keys and then of the periods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetBlock {
    pub level: TargetLevel,
    pub keys: Vec<TargetKey>,
    pub periods: Vec<Period>,
    /// `None`: no number any more. As many as keys × periods.
    pub numbers: Vec<Option<Fixed>>,
}

impl TargetBlock {
    /// The number of one key and period.
    pub fn of_one(
        level: TargetLevel,
        key: TargetKey,
        period: Period,
        number: Option<Fixed>,
    ) -> Self {
        Self { level, keys: vec![key], periods: vec![period], numbers: vec![number] }
    }

    /// Each key and period with its number; what is missing at the end is left out.
    pub fn cells(&self) -> impl Iterator<Item = (&TargetKey, Period, Option<Fixed>)> {
        let places = self.keys.iter().flat_map(|key| self.periods.iter().map(move |it| (key, *it)));
        places.zip(&self.numbers).map(|((key, period), number)| (key, period, *number))
    }
}

/// A change of targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetChange {
    /// Sets or takes away numbers.
    Numbers {
        blocks: Vec<TargetBlock>,
        /// Why; must be given for periods that have begun.
        #[serde(default)]
        reason: String,
    },
    /// In the place of the terms that held before.
    Terms {
        keys: Vec<TargetKey>,
        terms: Box<TargetTerms>,
    },
    Lock {
        keys: Vec<TargetKey>,
        periods: Vec<Period>,
        is_locked: bool,
    },
    /// Takes targets away with all their periods.
    Remove {
        keys: Vec<TargetKey>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kpi: &str) -> TargetKey {
        TargetKey { kpi: kpi.to_owned(), scope: TargetScope::default() }
    }

    #[test]
    fn a_block_is_read_key_by_key() {
        let day = |text| Day::parse(text).unwrap();
        let [may, june] = [("2026-05-01", "2026-05-31"), ("2026-06-01", "2026-06-30")]
            .map(|(from, to)| Period { from: day(from), to: day(to) });
        let block = TargetBlock {
            level: TargetLevel::Commit,
            keys: vec![key("a"), key("b")],
            periods: vec![may, june],
            numbers: [Some(1), Some(2), None, Some(4)].map(|it| it.map(Fixed::from_whole)).into(),
        };
        let cells: Vec<(&str, Period, Option<Fixed>)> =
            block.cells().map(|(key, period, number)| (key.kpi.as_str(), period, number)).collect();
        assert_eq!(cells[1], ("a", june, Some(Fixed::from_whole(2))));
        assert_eq!(cells[2], ("b", may, None));
        assert_eq!(cells.len(), 4);
    }

    #[test]
    fn terms_hold_in_every_period_that_has_one_of_their_days() {
        let day = |text| Day::parse(text).unwrap();
        let terms = TargetTerms {
            valid_from: Some(day("2026-05-20")),
            valid_to: Some(day("2026-06-10")),
            ..TargetTerms::default()
        };
        let month = |from, to| Period { from: day(from), to: day(to) };
        let hold = [("2026-04-01", "2026-04-30"), ("2026-05-01", "2026-05-31")]
            .map(|(from, to)| terms.hold(month(from, to)));
        assert_eq!(hold, [false, true]);
        assert!(terms.hold(month("2026-06-01", "2026-06-30")));
        assert!(!terms.hold(month("2026-06-11", "2026-06-30")));
    }
}
