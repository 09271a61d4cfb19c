//! Scorecards: weighted KPIs by which a part of the business, a team or a person is scored.

use chrono::Datelike as _;
use serde::{Deserialize, Serialize};

use super::{Day, Fixed, Granularity, Period, TargetScope, WeekStart};

/// What a card is made of, as its people write it down.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Scorecard {
    /// Stable; letters and digits.
    pub id: String,
    pub name: String,
    /// Who is scored: a team or a person; empty: the part of the business itself.
    pub person: String,
    /// The part of the business whose figures and targets count.
    pub scope: TargetScope,
    pub cycle: CardCycle,
    /// In the order in which they are shown.
    pub lines: Vec<CardLine>,
}

/// A KPI with its part of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardLine {
    pub kpi: String,
    /// 25 is 25 %; 0 for a gate, which gives no points.
    pub weight: Fixed,
    /// It only has to keep the lines that platforms draw: where it does not, the card is capped.
    #[serde(default)]
    pub is_gate: bool,
}

/// How long one round of scoring takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardCycle {
    #[default]
    Month,
    Quarter,
}

impl CardCycle {
    pub const ALL: [Self; 2] = [Self::Month, Self::Quarter];

    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// The cycle that a day is in.
    pub fn around(self, day: Day) -> Period {
        let month = |day| Granularity::Month.bucket(day, WeekStart::Monday);
        match self {
            Self::Month => month(day),
            Self::Quarter => {
                let n_months_on = (day.date().month0() % 3) as usize;
                let first = (0..n_months_on).fold(month(day), |it, _| month(it.from.plus(-1)));
                let second = month(first.to.plus(1));
                Period { from: first.from, to: month(second.to.plus(1)).to }
            }
        }
    }

    /// The cycle before one.
    pub fn before(self, cycle: Period) -> Period {
        self.around(cycle.from.plus(-1))
    }
}

/// A change of scorecards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScorecardChange {
    /// A new card, or one in the place of that with the same id: it has to be published again.
    Save {
        card: Box<Scorecard>,
    },
    Remove {
        id: String,
        name: String,
    },
    /// The card is the one that counts, in trial at first.
    Publish {
        id: String,
        by: String,
        /// Why, although it is out of balance; empty where it is not.
        #[serde(default)]
        reason: String,
    },
    /// Somebody stands for the score of a cycle.
    Sign {
        id: String,
        period: Period,
        signature: CardSignature,
    },
    Withdraw {
        id: String,
        period: Period,
    },
    /// How much each part of the score of SKUs counts: stock cover, selling at all, margin, returns, trend.
    WeighSkus {
        weights: [Fixed; 5],
    },
    /// What is to become of a SKU, in the place of what was decided before.
    DecideOnSku {
        verdict: Box<SkuVerdict>,
    },
    /// Nothing is decided on a SKU any more.
    ForgetSku {
        sku: String,
    },
    /// Somebody decides that the card is no trial any more.
    Decide {
        id: String,
        by: String,
    },
    /// Who answers for a channel or a campaign; nobody where the name is empty.
    PutInCharge {
        charge: Charge,
        owner: String,
    },
}

/// What beside products somebody can answer for: a channel, or a campaign on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Charge {
    pub channel: String,
    /// Its name; empty for the channel itself.
    #[serde(default)]
    pub campaign: String,
}

/// What is to become of a SKU that is bought again although it loses money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkuDecision {
    /// It is bought no more.
    Stop,
    /// Its price goes up.
    Reprice,
    /// What is there is sold off.
    Clear,
    /// It goes on.
    Keep,
}

impl SkuDecision {
    pub const ALL: [Self; 4] = [Self::Stop, Self::Reprice, Self::Clear, Self::Keep];

    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Reprice => "reprice",
            Self::Clear => "clear",
            Self::Keep => "keep",
        }
    }
}

/// A decision on a SKU with how it stood then, for it to be checked later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuVerdict {
    pub sku: String,
    pub decision: SkuDecision,
    #[serde(default)]
    pub note: String,
    pub by: String,
    /// Contribution margin 3 of the four weeks before; `None` where it was not known.
    #[serde(default)]
    pub margin: Option<Fixed>,
    /// Units on their way in.
    #[serde(default)]
    pub inbound: Fixed,
    /// The newest day that was known then.
    #[serde(default)]
    pub as_of: Option<Day>,
}

/// What somebody stood for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardSignature {
    pub by: String,
    /// As it was then; `None` where nothing could be scored.
    #[serde(default)]
    pub score: Option<Fixed>,
    /// What of the platforms' totals was unexplained then, as a share; `None`: nothing was reconciled.
    #[serde(default)]
    pub gap: Option<Fixed>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_are_whole_months_and_quarters() {
        let text = |cycle: CardCycle, day| cycle.around(Day::parse(day).unwrap()).to_string();
        assert_eq!(text(CardCycle::Month, "2028-02-29"), "2028-02-01..2028-02-29");
        assert_eq!(text(CardCycle::Quarter, "2026-12-31"), "2026-10-01..2026-12-31");
        let january = CardCycle::Month.around(Day::parse("2026-01-15").unwrap());
        assert_eq!(CardCycle::Month.before(january).to_string(), "2025-12-01..2025-12-31");
        assert_eq!(
            CardCycle::Quarter.before(CardCycle::Quarter.around(january.to)).to_string(),
            "2025-10-01..2025-12-31"
        );
    }
}
