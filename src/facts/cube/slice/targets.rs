//! What was planned for a slice and a period.

use std::collections::BTreeMap;

use super::{Line, Slice};
use crate::{
    domain::{Currency, Day, Filters, Fixed, Measure, Measures as _, Missing, Period, Sum},
    facts::cube::targets::Target,
};

/// A year ago, on the same day of the week.
const YEAR_DAYS: i32 = 364;

impl Slice {
    /// The targets of net sales or ad spend for a period: whole ones that have a day in it, or the part of
    /// them that falls on its days. Of two targets of a day the one for fewer days counts.
    pub(super) fn of_targets(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        let (kpi, actual) = match measure {
            Measure::PlannedSpend => ("ads.spend", Measure::Spend),
            _ => ("sales.net", Measure::GrossSales),
        };
        let targets: Vec<&Target> =
            self.cube.targets.iter().filter(|it| it.kpi == kpi && self.is_of_target(it)).collect();
        let mut days_of: BTreeMap<usize, Vec<i32>> = BTreeMap::new();
        for day in period.from.days_since_epoch()..=period.to.days_since_epoch() {
            let covers =
                |(_, target): &(usize, &&Target)| (target.first..=target.last).contains(&day);
            let on_day = targets.iter().enumerate().filter(covers);
            let shortest = on_day.min_by_key(|(_, target)| target.last - target.first);
            let (at, _) = shortest.ok_or(Missing::NoTarget)?;
            days_of.entry(at).or_default().push(day);
        }
        let mut sum = 0_i64;
        for (at, days) in &days_of {
            let Some(target) = targets.get(*at) else { continue };
            let commit = self.commit_of(target).ok_or(Missing::NoRate)?;
            let part = if measure == Measure::TargetNetSales {
                commit
            } else {
                self.part_of(target, commit, days, actual)
            };
            sum = sum.saturating_add(part);
        }
        let n_facts = u64::try_from(days_of.len()).unwrap_or(0);
        Ok(Sum { value: Fixed::from_ten_thousandths(sum), n_facts })
    }

    /// Whether a target is of just what the filters choose.
    fn is_of_target(&self, target: &Target) -> bool {
        let Filters { channels, shops, skus, brands } = &self.choice.filters;
        let is_named = |name: &str| comparable(name) == comparable(&target.scope);
        let is_channel = |id: &str| {
            let names = &self.choice.channel_names;
            is_named(id) || names.iter().any(|(own, name)| own == id && is_named(name))
        };
        if !brands.is_empty() {
            return false;
        }
        let is_of_skus = match skus.as_slice() {
            [] => target.sku.is_empty(),
            [only] => *only == target.sku,
            _ => false,
        };
        let is_of_scope = match (channels.as_slice(), shops.as_slice()) {
            ([], []) => target.scope.is_empty(),
            ([channel], []) => is_channel(channel),
            ([] | [_], [shop]) => is_named(shop),
            _ => false,
        };
        is_of_skus && is_of_scope
    }

    /// The target in the currency of the slice; `None` without a rate.
    fn commit_of(&self, target: &Target) -> Option<i64> {
        let own = self.choice.currency;
        let from = Currency::parse(&target.currency).unwrap_or(own);
        let day = Day::from_days_since_epoch(target.first);
        let commit = Fixed::from_ten_thousandths(target.commit);
        if from == own {
            return Some(target.commit);
        }
        Some(self.cube.rates.convert(commit, from, own, day)?.ten_thousandths())
    }

    /// The part of a target that falls on some of its days: as these days weighed a year ago, where all of
    /// its days are known from then, else all days alike.
    fn part_of(&self, target: &Target, commit: i64, days: &[i32], actual: Measure) -> i64 {
        let day = Day::from_days_since_epoch;
        let span = Period { from: day(target.first - YEAR_DAYS), to: day(target.last - YEAR_DAYS) };
        let weight = |from: i32, to: i32| {
            let period = Period { from: day(from - YEAR_DAYS), to: day(to - YEAR_DAYS) };
            self.over(Line::Measure(actual), period).0
        };
        let all = weight(target.first, target.last);
        if all > 0 && self.uncovered(actual, span).is_empty() {
            let own: i64 = days.iter().map(|day| weight(*day, *day)).sum();
            return share(commit, own, all);
        }
        let n_days = i64::from(target.last - target.first + 1);
        share(commit, i64::try_from(days.len()).unwrap_or(0), n_days)
    }
}

/// Names differ by case and spaces from sheet to sheet.
fn comparable(name: &str) -> String {
    name.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// `whole × part ÷ all`, rounded half away from zero; `all` is above 0.
fn share(whole: i64, part: i64, all: i64) -> i64 {
    let product = i128::from(whole) * i128::from(part);
    let all = i128::from(all.max(1));
    let half = if product < 0 { -all / 2 } else { all / 2 };
    i64::try_from((product + half) / all).unwrap_or(i64::MAX)
}
