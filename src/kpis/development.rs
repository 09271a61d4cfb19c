//! By what days of ads grow until they have settled, as earlier days did.

use std::collections::BTreeMap;

use super::{Decimal, quartiles::quantile};
use crate::{
    catalog::kpi::kpis,
    domain::{Day, Development, Measure, set_of_few, sort_few},
};

/// Days that must be known early and settled before anything is said of others.
pub const LEAST_DAYS: usize = 8;

/// Ages that grow alike: taken together where one of them alone is known of too few days.
const ALIKE: [(i32, i32); 5] = [(0, 1), (2, 3), (4, 6), (7, 13), (14, i32::MAX)];

/// Days after which what ads are credited with has settled.
pub fn attribution_days() -> i32 {
    let sales = kpis().iter().find(|kpi| kpi.id == "ads.sales");
    sales.map_or(0, |kpi| i32::from(kpi.settling_days))
}

/// Settled ÷ early, of the days that were known of one age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factor {
    /// A tenth of the days grew by less.
    pub low: Decimal,
    pub middle: Decimal,
    /// A tenth of the days grew by more.
    pub high: Decimal,
    /// Days that it was learned from.
    pub n_days: u32,
}

/// A day that is known early and settled.
struct Grown {
    age: i32,
    day: Day,
    factor: Decimal,
}

/// Factors by channel, measure and age, over all reports of the channel.
#[derive(Debug, Clone, Default)]
pub struct Factors(BTreeMap<(String, Measure, i32), Factor>);

impl Factors {
    /// Learned from days that were stated early and when they had settled.
    pub fn of(developments: &[Development]) -> Self {
        let mut known: BTreeMap<(&str, Measure), Vec<Grown>> = BTreeMap::new();
        for it in developments {
            if let Some(factor) = Decimal::quotient(it.settled, it.early) {
                let of = known.entry((&it.channel, it.measure)).or_default();
                of.push(Grown { age: it.age, day: it.day, factor });
            }
        }
        let mut factors = BTreeMap::new();
        for ((channel, measure), known) in known {
            for age in 0..attribution_days() {
                let alike = ALIKE.into_iter().find(|(from, to)| (*from..=*to).contains(&age));
                let wider = alike.and_then(|(from, to)| factor(&known, from, to));
                if let Some(factor) = factor(&known, age, age).or(wider) {
                    factors.insert((channel.to_owned(), measure, age), factor);
                }
            }
        }
        Self(factors)
    }

    /// By what a day of some age will probably grow; `None` where too few days are known.
    pub fn at(&self, channel: &str, measure: Measure, age: i32) -> Option<Factor> {
        self.0.get(&(channel.to_owned(), measure, age)).copied()
    }
}

/// Over the ages from one to another.
fn factor(known: &[Grown], from: i32, to: i32) -> Option<Factor> {
    let meant = || known.iter().filter(|it| (from..=to).contains(&it.age));
    let n_days = set_of_few(meant().map(|it| it.day)).len();
    if n_days < LEAST_DAYS {
        return None;
    }
    let mut factors: Vec<Decimal> = meant().map(|it| it.factor).collect();
    sort_few(&mut factors);
    let [low, middle, high] = [1, 5, 9].map(|tenths| quantile(&factors, tenths, 10));
    Some(Factor { low, middle, high, n_days: u32::try_from(n_days).unwrap_or(u32::MAX) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Fixed;

    /// Days of an age that grew from 100 to 100 and so many percent.
    fn grown(age: i32, percents: std::ops::RangeInclusive<i64>) -> Vec<Development> {
        let development = |percent: i64| Development {
            channel: "amazon".to_owned(),
            measure: Measure::AdSales,
            day: Day::from_days_since_epoch(1000 * age + i32::try_from(percent).unwrap()),
            age,
            early: Fixed::from_whole(100),
            settled: Fixed::from_whole(100 + percent),
        };
        percents.map(development).collect()
    }

    fn texts(developments: &[Development], age: i32) -> Option<[String; 4]> {
        let factor = Factors::of(developments).at("amazon", Measure::AdSales, age)?;
        let Factor { low, middle, high, n_days } = factor;
        Some([low.to_string(), middle.to_string(), high.to_string(), n_days.to_string()])
    }

    /// By hand: of 1.01 … 1.08 they lie at 0.7, 3.5 and 6.3 steps of 0.01 from the first.
    #[test]
    fn eight_days_of_one_age_are_enough_and_seven_are_not() {
        let eight = grown(0, 1..=8);
        assert_eq!(texts(&eight, 0).unwrap(), ["1.017", "1.045", "1.073", "8"]);
        assert_eq!(texts(&eight, 2), None);
        assert_eq!(texts(&grown(0, 1..=7), 0), None);
    }

    #[test]
    fn ages_that_grow_alike_are_taken_together_where_one_has_too_few() {
        // 1.01 … 1.04 and 1.11 … 1.14: between the fourth and the fifth lies 1.075.
        let four = [grown(0, 1..=4), grown(1, 11..=14)].concat();
        let expected = ["1.017", "1.075", "1.133", "8"];
        assert_eq!(texts(&four, 0).unwrap(), expected);
        assert_eq!(texts(&four, 1).unwrap(), expected);
        // The age that has enough by itself stays by itself.
        let eight = [grown(0, 1..=8), grown(1, 11..=14)].concat();
        assert_eq!(texts(&eight, 0).unwrap(), ["1.017", "1.045", "1.073", "8"]);
        assert_eq!(texts(&eight, 1).unwrap()[3], "12");
    }

    #[test]
    fn a_day_that_several_imports_state_is_one_day() {
        let four = grown(0, 1..=4);
        assert_eq!(texts(&[four.clone(), four].concat(), 0), None);
    }
}
