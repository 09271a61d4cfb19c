//! What was planned for a slice and a period.

use std::collections::BTreeMap;

use super::{Line, Slice};
use crate::{
    domain::{Currency, Day, Filters, Fixed, Measure, Measures as _, Missing, Period, Sum},
    facts::cube::targets::{Target, comparable},
};

/// A year ago, on the same day of the week.
pub(super) const YEAR_DAYS: i32 = 364;

impl Slice {
    /// The targets of net sales or ad spend for a period: whole ones that have a day in it, or the part of
    /// them that falls on its days. Of two targets of a day the one for fewer days counts.
    pub(super) fn of_targets(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        let (kpi, actual) = match measure {
            Measure::PlannedSpend => ("ads.spend", Some(Measure::Spend)),
            Measure::PlannedOverheads => ("overheads", None),
            _ => ("sales.net", Some(Measure::GrossSales)),
        };
        let targets = self.targets_of(kpi);
        if measure == Measure::TargetNetSales {
            return self.whole_target(&targets, period);
        }
        let mut days_of: BTreeMap<usize, Vec<i32>> = BTreeMap::new();
        for day in period.from.days_since_epoch()..=period.to.days_since_epoch() {
            let covers =
                |(_, target): &(usize, &&Target)| (target.first..=target.last).contains(&day);
            let on_day = targets.iter().enumerate().filter(covers);
            let shortest = on_day.min_by_key(|(_, target)| target.last - target.first);
            let (at, _) = shortest.ok_or(Missing::NoTarget)?;
            days_of.entry(at).or_default().push(day);
        }
        let mut sum = Fixed::ZERO;
        for (at, days) in &days_of {
            let Some(target) = targets.get(*at) else { continue };
            let commit = self.commit_of(target).ok_or(Missing::NoRate)?;
            sum = sum.plus(self.part_of(target, commit, days, actual));
        }
        let n_facts = u64::try_from(days_of.len()).unwrap_or(0);
        Ok(Sum { value: sum, n_facts })
    }

    /// The target that the period belongs to: the one for the fewest days among those that contain it; else
    /// the longest ones that together cover all of its days.
    fn whole_target(&self, targets: &[&Target], period: Period) -> Result<Sum, Missing> {
        let (from, to) = (period.from.days_since_epoch(), period.to.days_since_epoch());
        let n_days = |target: &&&Target| target.last - target.first;
        let contains = |target: &&&Target| target.first <= from && target.last >= to;
        if let Some(target) = targets.iter().filter(contains).min_by_key(n_days) {
            let value = self.commit_of(target).ok_or(Missing::NoRate)?;
            return Ok(Sum { value, n_facts: 1 });
        }
        let (mut sum, mut n_facts, mut day) = (Fixed::ZERO, 0, from);
        while day <= to {
            // Those that begin before are part of another period, but for the first.
            let begins = |target: &&&Target| {
                (target.first..=target.last).contains(&day) && (target.first == day || day == from)
            };
            let next = targets.iter().filter(begins).max_by_key(n_days).ok_or(Missing::NoTarget)?;
            sum = sum.plus(self.commit_of(next).ok_or(Missing::NoRate)?);
            n_facts += 1;
            day = next.last + 1;
        }
        Ok(Sum { value: sum, n_facts })
    }

    /// How a sheet names what the filters choose; `None`: a sheet cannot name it.
    fn scope_names(&self) -> Option<Vec<String>> {
        let Filters { channels, shops, brands, .. } = &self.choice.filters;
        let names = match (channels.as_slice(), shops.as_slice(), brands.as_slice()) {
            ([], [], []) => vec![String::new()],
            ([channel], [], []) => {
                let own = self.choice.channel_names.iter().filter(|(id, _)| id == channel);
                own.map(|(_, name)| comparable(name)).chain([comparable(channel)]).collect()
            }
            ([] | [_], [shop], []) => vec![comparable(shop)],
            _ => return None,
        };
        Some(names)
    }

    /// The targets of a KPI for just what the filters choose.
    fn targets_of(&self, kpi: &str) -> Vec<&Target> {
        let Some(names) = self.scope_names() else { return Vec::new() };
        let is_of_skus = |target: &Target| match self.choice.filters.skus.as_slice() {
            [] => target.sku.is_empty(),
            [only] => *only == target.sku,
            _ => false,
        };
        let is_ours = |it: &&Target| it.kpi == kpi && names.contains(&it.scope) && is_of_skus(it);
        let typed: Vec<&Target> = self.choice.targets.iter().filter(is_ours).collect();
        let is_said_anew =
            |it: &&Target| typed.iter().any(|own| (own.first, own.last) == (it.first, it.last));
        let of_sheets = self.cube.targets.iter().filter(|it| is_ours(it) && !is_said_anew(it));
        typed.iter().copied().chain(of_sheets).collect()
    }

    /// The target in the currency of the slice; `None` without a rate.
    fn commit_of(&self, target: &Target) -> Option<Fixed> {
        let own = self.choice.currency;
        let from = Currency::parse(&target.currency).unwrap_or(own);
        let day = Day::from_days_since_epoch(target.first);
        let commit = Fixed::from_ten_thousandths(target.commit);
        if from == own { Some(commit) } else { self.cube.rates.convert(commit, from, own, day) }
    }

    /// The part of a target that falls on some of its days: as these days weighed a year ago, where all of
    /// its days are known from then, else all days alike.
    fn part_of(
        &self,
        target: &Target,
        commit: Fixed,
        days: &[i32],
        actual: Option<Measure>,
    ) -> Fixed {
        let whole = |n: i64| Fixed::from_whole(n);
        let n_days = i64::from(target.last - target.first + 1);
        let evenly = || commit.share(whole(i64::try_from(days.len()).unwrap_or(0)), whole(n_days));
        let Some(actual) = actual else { return evenly() };
        let a_year_ago = |from: i32, to: i32| {
            let [from, to] = [from, to].map(|day| Day::from_days_since_epoch(day - YEAR_DAYS));
            Period { from, to }
        };
        let weight = |period| self.line(Line::Measure(actual), period).value;
        let span = a_year_ago(target.first, target.last);
        let all = weight(span);
        if all > Fixed::ZERO && self.uncovered(actual, span).is_empty() {
            let own = days.iter().map(|day| weight(a_year_ago(*day, *day))).sum();
            return commit.share(own, all);
        }
        evenly()
    }
}
