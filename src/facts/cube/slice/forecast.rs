//! What is to be expected of days that are still to come.

use std::collections::BTreeMap;

use super::{Line, Slice, targets::YEAR_DAYS};
use crate::domain::{Day, Dimension, Fixed, Measure, Measures as _, Missing, Period, Sum};

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
            let of_channel = filters.narrowed(Dimension::Channel, channel);
            let of_shop = self.cut_again(of_channel.narrowed(Dimension::Shop, shop));
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
        if is_told(before(trend))
            && is_told(before(rest))
            && now > Fixed::ZERO
            && then > Fixed::ZERO
        {
            let expected = self.net_over(before(rest))?.share(now, then);
            return Ok(Sum { value: expected, n_facts });
        }
        if !is_told(newest(MEAN_DAYS)) {
            return Err(Missing::TooShort);
        }
        let of_weekday = |day: Day| {
            let same = (0..MEAN_DAYS).map(|back| last.plus(-back));
            let same = same.filter(|it| (day.days_since_epoch() - it.days_since_epoch()) % 7 == 0);
            same.map(|day| self.net_over(of_day(day))).sum::<Result<Fixed, _>>()
        };
        let days = (0..rest.n_days()).map(|nth| rest.from.plus(nth));
        let sum = days.map(of_weekday).sum::<Result<Fixed, Missing>>()?;
        let n_weeks = Fixed::from_whole(i64::from(MEAN_DAYS / 7));
        let value = sum.share(Fixed::from_whole(1), n_weeks);
        Ok(Sum { value, n_facts })
    }

    /// Net sales; money without a rate makes them unknown.
    fn net_over(&self, period: Period) -> Result<Fixed, Missing> {
        let of = |line: Line| self.over(line, period);
        if of(Line::NoRateOfSales).1 > 0 || of(Line::NoRateOfPostings).1 > 0 {
            return Err(Missing::NoRate);
        }
        let of = |measure: Measure| of(Line::Measure(measure)).0;
        let is_revenue = self.choice.platform_discounts_are_revenue;
        let outside = if is_revenue { 0 } else { of(Measure::PlatformDiscounts) };
        let net =
            of(Measure::GrossSales) - of(Measure::SellerDiscounts) - of(Measure::Refunds) - outside;
        Ok(Fixed::from_ten_thousandths(net))
    }
}

const fn of_day(day: Day) -> Period {
    Period { from: day, to: day }
}
