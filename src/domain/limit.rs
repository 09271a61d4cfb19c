//! Lines that people draw for KPIs themselves, and what they know of others.

use serde::{Deserialize, Serialize};

use super::{Currency, Day, Fixed};

/// On which side of a line a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Comparator {
    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::AtMost => "at_most",
            Self::Above => "above",
            Self::AtLeast => "at_least",
        }
    }

    /// Whether a value is on the right side of a line.
    pub fn keeps<T: PartialOrd>(self, value: &T, line: &T) -> bool {
        match self {
            Self::Below => value < line,
            Self::AtMost => value <= line,
            Self::Above => value > line,
            Self::AtLeast => value >= line,
        }
    }
}

/// A line that the workbook's people draw for a KPI. One that is over is ended, not removed: history is
/// held against the line of its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    pub kpi: String,
    /// Empty: the whole business.
    pub channel: String,
    pub comparator: Comparator,
    /// In the KPI's unit: 0.25 is 25 %.
    pub value: Fixed,
    /// Of money; of others too, where it is not used.
    pub currency: Currency,
    pub from: Day,
    /// The last day; `None`: it holds on.
    pub to: Option<Day>,
    /// Why it was drawn; empty when nobody said.
    pub reason: String,
}

impl Limit {
    /// What it is a line of: there is one at a time that begins on a day.
    pub fn id(&self) -> String {
        let Self { kpi, channel, comparator, from, .. } = self;
        format!("{kpi}|{channel}|{}|{from}", comparator.id())
    }

    /// Ends where another one of the same KPI, channel and side begins: of two only the newer one counts.
    pub fn give_way(&mut self, newer: &Self) {
        let is_same = (&self.kpi, &self.channel) == (&newer.kpi, &newer.channel)
            && self.comparator == newer.comparator
            && self.from < newer.from;
        if is_same && self.to.is_none_or(|to| to >= newer.from) {
            self.to = Some(newer.from.plus(-1));
        }
    }

    pub fn is_in_force(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// Which value of a KPI a quarter, half and three quarters of comparable sellers are below, as a person read
/// it on a platform's page or a report states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peers {
    pub kpi: String,
    /// Whose sellers they are.
    pub channel: String,
    /// Which of them: a product category; empty: all.
    pub group: String,
    /// From small to large, in the KPI's unit.
    pub quartiles: [Fixed; 3],
    /// Of money; of others too, where it is not used.
    pub currency: Currency,
    /// The last day that it is about.
    pub day: Day,
}

impl Peers {
    /// What they are peers in: of one day there is one statement.
    pub fn id(&self) -> String {
        let Self { kpi, channel, group, day, .. } = self;
        format!("{kpi}|{channel}|{group}|{day}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_itself_is_kept_by_two_of_four() {
        use Comparator::{Above, AtLeast, AtMost, Below};
        let keeps = |value: i32| [Below, AtMost, Above, AtLeast].map(|it| it.keeps(&value, &5));
        assert_eq!(keeps(4), [true, true, false, false]);
        assert_eq!(keeps(5), [false, true, false, true]);
        assert_eq!(keeps(6), [false, false, true, true]);
    }

    #[test]
    fn a_limit_holds_from_its_first_to_its_last_day() {
        let day = |text| Day::parse(text).unwrap();
        let limit = Limit {
            kpi: "ads.acos".to_owned(),
            channel: String::new(),
            comparator: Comparator::AtMost,
            value: Fixed::parse("0.25").unwrap(),
            currency: Currency::USD,
            from: day("2026-03-01"),
            to: Some(day("2026-03-31")),
            reason: String::new(),
        };
        let days = ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"];
        assert_eq!(days.map(|it| limit.is_in_force(day(it))), [false, true, true, false]);
        let mut open = Limit { to: None, ..limit };
        assert!(open.is_in_force(day("2030-01-01")));
        let newer = Limit { from: day("2026-05-01"), ..open.clone() };
        open.give_way(&Limit { channel: "amazon".to_owned(), ..newer.clone() });
        assert_eq!(open.to, None);
        open.give_way(&newer);
        assert_eq!(open.to, Some(day("2026-04-30")));
    }
}
