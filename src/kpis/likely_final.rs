//! Where a value that has not settled will probably end.
//!
//! The formula is worked out anew with measures that have grown as earlier days did: the sum of every
//! open day times the factor of its age, channel by channel, since channels grow differently. The age of a
//! day is that of the measure in its channel, counted from the last day that an export tells of it.
//! A channel's factors are over all its reports and shops: which of several reports a sum is taken from
//! is not seen here.

use std::{cell::Cell, rc::Rc};

use super::{
    Contracts, Decimal, Dictionary, Entry, Evaluator, Factor, Factors, KpiValue, attribution_days,
};
use crate::domain::{
    Day, Dimension, Fixed, Measure, Measures, Missing, NotStated, Period, ShopStated, Stated, Sum,
};

/// What grows by known factors.
const GROWING: [Measure; 2] = [Measure::AdSales, Measure::AdOrders];
/// What settles as late, and by no known factor.
const UNKNOWN: [Measure; 3] = [Measure::NewBrandOrders, Measure::BrandOrders, Measure::WastedSpend];

/// A range with the value in its midst.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likely {
    pub low: Decimal,
    /// As the middle one of the earlier days grew.
    pub middle: Decimal,
    pub high: Decimal,
    /// Earlier days that it was learned from: the fewest of all its factors.
    pub n_days: u32,
}

/// A choice of which some days have not settled.
pub struct Settling<'a> {
    pub dictionary: &'a Dictionary,
    pub contracts: &'a Contracts,
    pub slice: Rc<dyn Measures>,
    /// The same without channel and shop.
    pub whole: Rc<dyn Measures>,
    /// The choice, channel by channel.
    pub channels: Rc<[(String, Rc<dyn Measures>)]>,
    pub factors: Rc<Factors>,
    /// The last day with data.
    pub until: Day,
}

/// Whether a KPI settles because ads are credited with more and more, and for no other reason.
pub fn grows(dictionary: &Dictionary, entry: &Entry, contracts: &Contracts) -> bool {
    let measures = dictionary.measures(entry, contracts);
    let has = |measure: &Measure| measures.contains_key(measure);
    i32::from(entry.kpi.settling_days) == attribution_days()
        && GROWING.iter().any(has)
        && !UNKNOWN.iter().any(has)
}

impl Settling<'_> {
    /// Where the value of a KPI that `grows` will probably end; `None` where a day of it grows by what no
    /// earlier days tell, and where nothing grows.
    pub fn likely(&self, entry: &Entry, period: Period) -> Option<Likely> {
        let seen = Rc::new(Seen::default());
        let edge = |of: fn(&Factor) -> Decimal| {
            let grown = |slice: &Rc<dyn Measures>, channels: &Rc<[_]>| Grown {
                slice: Rc::clone(slice),
                channels: Rc::clone(channels),
                factors: Rc::clone(&self.factors),
                until: self.until,
                of,
                seen: Rc::clone(&seen),
            };
            let slice = grown(&self.slice, &self.channels);
            let is_whole = Rc::ptr_eq(&self.slice, &self.whole);
            // Channels that are not chosen are not told apart: what grows among them is not known.
            let unknown: Rc<[_]> = [(String::new(), Rc::clone(&self.whole))].into();
            let whole = grown(&self.whole, if is_whole { &self.channels } else { &unknown });
            let (dictionary, contracts) = (self.dictionary, self.contracts);
            let evaluator =
                Evaluator { dictionary, contracts, slice: &slice, whole: &whole, is_window: false };
            match evaluator.evaluate(entry, period) {
                KpiValue::Defined(defined) => Some(defined.value),
                KpiValue::Undefined(_) => None,
            }
        };
        let values = [
            edge(|factor| factor.low)?,
            edge(|factor| factor.middle)?,
            edge(|factor| factor.high)?,
        ];
        let n_days = seen.n_days.get().filter(|_| !seen.is_unknown.get())?;
        let [low, middle, high] = values;
        // More sales make a smaller share of them.
        Some(Likely {
            low: low.min(middle).min(high),
            middle,
            high: low.max(middle).max(high),
            n_days,
        })
    }
}

/// What was met while a formula was worked out.
#[derive(Default)]
struct Seen {
    /// Something grows by what nobody knows.
    is_unknown: Cell<bool>,
    /// The fewest days that a factor was learned from; `None` before the first.
    n_days: Cell<Option<u32>>,
}

/// A slice as it will be when earlier days are an example.
#[derive(Clone)]
struct Grown {
    slice: Rc<dyn Measures>,
    channels: Rc<[(String, Rc<dyn Measures>)]>,
    factors: Rc<Factors>,
    until: Day,
    /// Which edge of a factor counts.
    of: fn(&Factor) -> Decimal,
    seen: Rc<Seen>,
}

impl Grown {
    /// What the open days of a period will still bring.
    fn growth(&self, measure: Measure, period: Period) -> Fixed {
        let of_channel = |(channel, slice): &(String, Rc<dyn Measures>)| {
            let asked = Period { from: period.from, to: period.to.max(self.until) };
            let gap = slice.uncovered(measure, asked).pop().filter(|gap| gap.to == asked.to);
            let last = gap.map_or(asked.to, |gap| gap.from.plus(-1));
            let open = Period { from: last.plus(1 - attribution_days()), to: last };
            let Some(open) = open.within(&period) else { return Fixed::ZERO };
            let ages = (0..open.n_days()).map(|days| open.from.plus(days));
            ages.map(|day| {
                let value = slice.sum(measure, Period { from: day, to: day });
                let value = value.map_or(Fixed::ZERO, |sum| sum.value);
                let age = last.days_since_epoch() - day.days_since_epoch();
                self.growth_of(value, (channel, measure, age))
            })
            .sum()
        };
        self.channels.iter().map(of_channel).sum()
    }

    fn growth_of(&self, value: Fixed, (channel, measure, age): (&str, Measure, i32)) -> Fixed {
        if value == Fixed::ZERO {
            return value;
        }
        let Some(factor) = self.factors.at(channel, measure, age) else {
            self.seen.is_unknown.set(true);
            return Fixed::ZERO;
        };
        let fewest = self.seen.n_days.get().map_or(factor.n_days, |n| n.min(factor.n_days));
        self.seen.n_days.set(Some(fewest));
        (self.of)(&factor).of(value).minus(value)
    }
}

impl Measures for Grown {
    fn sum(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        let sum = self.slice.sum(measure, period)?;
        if !GROWING.contains(&measure) {
            return Ok(sum);
        }
        Ok(Sum { value: sum.value.plus(self.growth(measure, period)), ..sum })
    }

    fn count_members(
        &self,
        dimension: Dimension,
        measure: Measure,
        period: Period,
    ) -> Result<Sum, Missing> {
        // How many will have any that have none yet, no factor tells.
        self.seen.is_unknown.set(self.seen.is_unknown.get() || GROWING.contains(&measure));
        self.slice.count_members(dimension, measure, period)
    }

    fn uncovered(&self, measure: Measure, period: Period) -> Vec<Period> {
        self.slice.uncovered(measure, period)
    }

    fn stated(&self, kpi: &str, kinds: &[String], period: Period) -> Result<Stated, NotStated> {
        self.slice.stated(kpi, kinds, period)
    }

    fn stated_by_shop(&self, kpi: &str, kinds: &[String], period: Period) -> Vec<ShopStated> {
        self.slice.stated_by_shop(kpi, kinds, period)
    }

    fn narrowed(&self, dimension: Dimension, member: &str) -> Rc<dyn Measures> {
        let channel = |(id, slice): &(String, Rc<dyn Measures>)| {
            (id.clone(), slice.narrowed(dimension, member))
        };
        Rc::new(Self {
            slice: self.slice.narrowed(dimension, member),
            channels: self.channels.iter().map(channel).collect(),
            ..self.clone()
        })
    }
}
