//! What was planned for a slice and a period.

use std::collections::BTreeMap;

use super::{Line, Slice};
use crate::{
    domain::{
        Currency, Day, Dimension, Filters, Fixed, Measure, Measures as _, Missing, Period, Sum,
    },
    facts::cube::targets::Target,
};

/// A year ago, on the same day of the week.
const YEAR_DAYS: i32 = 364;

impl Slice {
    /// The targets of net sales or ad spend for a period: whole ones that have a day in it, or the part of
    /// them that falls on its days. Of two targets of a day the one for fewer days counts.
    pub(super) fn of_targets(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        let (kpi, actual) = match measure {
            Measure::PlannedSpend => ("ads.spend", Some(Measure::Spend)),
            Measure::PlannedOverheads => ("overheads", None),
            _ => ("sales.net", Some(Measure::GrossSales)),
        };
        let targets: Vec<&Target> =
            self.cube.targets.iter().filter(|it| it.kpi == kpi && self.is_of_target(it)).collect();
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
        let mut sum = 0_i64;
        for (at, days) in &days_of {
            let Some(target) = targets.get(*at) else { continue };
            let commit = self.commit_of(target).ok_or(Missing::NoRate)?;
            sum = sum.saturating_add(self.part_of(target, commit, days, actual));
        }
        let n_facts = u64::try_from(days_of.len()).unwrap_or(0);
        Ok(Sum { value: Fixed::from_ten_thousandths(sum), n_facts })
    }

    /// The target that the period belongs to: the one for the fewest days among those that contain it; else
    /// the longest ones that together cover all of its days.
    fn whole_target(&self, targets: &[&Target], period: Period) -> Result<Sum, Missing> {
        let (from, to) = (period.from.days_since_epoch(), period.to.days_since_epoch());
        let n_days = |target: &&&Target| target.last - target.first;
        let contains = |target: &&&Target| target.first <= from && target.last >= to;
        if let Some(target) = targets.iter().filter(contains).min_by_key(n_days) {
            let value = self.commit_of(target).ok_or(Missing::NoRate)?;
            return Ok(Sum { value: Fixed::from_ten_thousandths(value), n_facts: 1 });
        }
        let (mut sum, mut n_facts, mut day) = (0_i64, 0, from);
        while day <= to {
            // Those that begin before are part of another period, but for the first.
            let begins = |target: &&&Target| {
                (target.first..=target.last).contains(&day) && (target.first == day || day == from)
            };
            let next = targets.iter().filter(begins).max_by_key(n_days).ok_or(Missing::NoTarget)?;
            sum = sum.saturating_add(self.commit_of(next).ok_or(Missing::NoRate)?);
            n_facts += 1;
            day = next.last + 1;
        }
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
    fn part_of(&self, target: &Target, commit: i64, days: &[i32], actual: Option<Measure>) -> i64 {
        let n_days = i64::from(target.last - target.first + 1);
        let evenly = || share(commit, i64::try_from(days.len()).unwrap_or(0), n_days);
        let Some(actual) = actual else { return evenly() };
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
        evenly()
    }
}

/// Weeks of which the newest days are held against the same ones of a year before.
const TREND_DAYS: i32 = 28;
/// Weeks whose same weekdays are averaged where no year before is known.
const MEAN_DAYS: i32 = 56;

/// A shop of which nothing was told for so long before the newest day of all is over.
const SILENT_DAYS: i32 = 35;

impl Slice {
    /// Net sales to be expected after the last day with data, shop by shop: of one shop less may be known than
    /// of another.
    pub(super) fn expected_net_sales(&self, period: Period) -> Result<Sum, Missing> {
        let filters = &self.choice.filters;
        let spans = self.choice.covered.of("sales").iter();
        let mut last_days: BTreeMap<(&str, &str), Day> = BTreeMap::new();
        for (channel, shop, span) in spans.filter(|it| filters.allows_shop(&it.0, &it.1)) {
            let last = last_days.entry((channel, shop)).or_insert(span.to);
            *last = span.to.max(*last);
        }
        let newest = last_days.values().max().copied().ok_or(Missing::NoData)?;
        if let [last] = last_days.values().copied().collect::<Vec<_>>().as_slice() {
            return self.expected_after(*last, period);
        }
        last_days.retain(|_, last| *last > newest.plus(-SILENT_DAYS));
        let mut sum = Sum::default();
        for (channel, shop) in last_days.keys() {
            let of_channel = self.narrowed(Dimension::Channel, channel);
            let of_shop = of_channel.narrowed(Dimension::Shop, shop);
            let one = of_shop.sum(Measure::ExpectedNetSales, period)?;
            sum.value = sum.value.plus(one.value);
            sum.n_facts = sum.n_facts.max(one.n_facts);
        }
        Ok(sum)
    }

    /// Net sales of the same weekdays a year before, times what the newest four weeks are of theirs; without a
    /// year before the mean of the weekday in the newest eight weeks. A plain rule on purpose: it is the
    /// yardstick for better ones.
    fn expected_after(&self, last: Day, period: Period) -> Result<Sum, Missing> {
        // Another day boundary moves sales to days beyond those of the files.
        let is_sold = |day: Day| self.over(Line::Measure(Measure::GrossSales), of_day(day)).1 > 0;
        let mut last = last;
        while is_sold(last.plus(1)) {
            last = last.plus(1);
        }
        let rest = Period { from: period.from.max(last.plus(1)), to: period.to };
        if rest.from > rest.to {
            return Ok(Sum { value: Fixed::ZERO, n_facts: 0 });
        }
        let is_told = |period: Period| self.uncovered(Measure::GrossSales, period).is_empty();
        let before = |period: Period| Period {
            from: period.from.plus(-YEAR_DAYS),
            to: period.to.plus(-YEAR_DAYS),
        };
        let newest = |days: i32| Period { from: last.plus(1 - days), to: last };
        let trend = newest(TREND_DAYS);
        let (now, then) = (self.net_over(trend)?, self.net_over(before(trend))?);
        let n_facts = u64::try_from(rest.n_days()).unwrap_or(0);
        if is_told(before(trend)) && is_told(before(rest)) && now > 0 && then > 0 {
            let expected = share(self.net_over(before(rest))?, now, then);
            return Ok(Sum { value: Fixed::from_ten_thousandths(expected), n_facts });
        }
        if !is_told(newest(MEAN_DAYS)) {
            return Err(Missing::TooShort);
        }
        self.net_over(newest(MEAN_DAYS))?;
        let of_weekday = |day: Day| {
            let same = (0..MEAN_DAYS).map(|back| last.plus(-back));
            let same = same.filter(|it| (day.days_since_epoch() - it.days_since_epoch()) % 7 == 0);
            same.map(|day| self.net_over(of_day(day))).sum::<Result<i64, _>>()
        };
        let days = (0..rest.n_days()).map(|nth| rest.from.plus(nth));
        let sum = days.map(of_weekday).sum::<Result<i64, Missing>>()?;
        let value = Fixed::from_ten_thousandths(share(sum, 1, i64::from(MEAN_DAYS / 7)));
        Ok(Sum { value, n_facts })
    }

    /// Net sales in ten-thousandths; money without a rate makes them unknown.
    fn net_over(&self, period: Period) -> Result<i64, Missing> {
        let of = |line: Line| self.over(line, period);
        if of(Line::NoRateOfSales).1 > 0 || of(Line::NoRateOfPostings).1 > 0 {
            return Err(Missing::NoRate);
        }
        let of = |measure: Measure| of(Line::Measure(measure)).0;
        let is_revenue = self.choice.platform_discounts_are_revenue;
        let outside = if is_revenue { 0 } else { of(Measure::PlatformDiscounts) };
        Ok(of(Measure::GrossSales) - of(Measure::SellerDiscounts) - of(Measure::Refunds) - outside)
    }
}

const fn of_day(day: Day) -> Period {
    Period { from: day, to: day }
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
