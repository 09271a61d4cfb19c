//! What buyers bring from their first order on.

use super::{Slice, covered_days, scan::Scan};
use crate::{
    domain::{Fixed, Measure, Measures as _, Missing, Period, Sum},
    facts::cube::buyer_lines::BuyerLine,
};

/// Days of a buyer that count for what the buyer is worth, that of the first order among them.
const VALUE_DAYS: i32 = 365;
const MONTHS_IN_YEAR: i32 = 12;

/// Buyers whose costs and fees are known, by the day of their first order.
#[derive(Debug, Clone, Default)]
pub(super) struct Cohorts(Vec<JudgedBuyer>);

/// A buyer: the day of the first order, and contribution margin 2 of each order in ten-thousandths with the
/// days after it.
#[derive(Debug, Clone)]
struct JudgedBuyer {
    first: i32,
    margins: Vec<(i32, i64)>,
}

impl Slice {
    /// A measure of the buyers whose first order lies in the period.
    pub(super) fn of_cohort(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        let new = self.buyers(Measure::NewBuyers, period)?;
        let cohorts = self.cohorts.get_or_init(|| {
            Scan::new(&self.cube, &self.choice, covered_days(&self.cube)).cohorts()
        });
        let days = period.from.days_since_epoch()..=period.to.days_since_epoch();
        let buyers: Vec<&JudgedBuyer> =
            cohorts.0.iter().filter(|buyer| days.contains(&buyer.first)).collect();
        if buyers.is_empty() && new.n_facts > 0 {
            let has_fees = self.is_covered("order_fees", period);
            return Err(if has_fees { Missing::NoCost } else { Missing::NoData });
        }
        let count = i64::try_from(buyers.len()).unwrap_or(i64::MAX);
        let n_facts = buyers.len() as u64;
        let value = match measure {
            Measure::JudgedNewBuyers => Fixed::from_whole(count),
            Measure::CohortMargin => margin_within(&buyers, VALUE_DAYS),
            _ => return self.payback(&buyers, new.value, period),
        };
        let year = Period { from: period.from, to: period.to.plus(VALUE_DAYS - 1) };
        self.rated(measure, year, Sum { value, n_facts })
    }

    /// Months after which the margin of a judged buyer is as large as the spend on a new one. Only months
    /// that every buyer of the period has had by the last day with data are looked at.
    fn payback(
        &self,
        buyers: &[&JudgedBuyer],
        new_buyers: Fixed,
        period: Period,
    ) -> Result<Sum, Missing> {
        let spend = self.sum(Measure::Spend, period)?.value;
        let last = self.cube.covered.map_or(period.to, |covered| covered.to);
        let known_days = last.days_since_epoch() - period.to.days_since_epoch() + 1;
        let count = Fixed::from_whole(i64::try_from(buyers.len()).unwrap_or(i64::MAX));
        // margin ÷ judged ≥ spend ÷ new, without a division.
        let is_paid = |days: i32| {
            let brought = i128::from(margin_within(buyers, days).ten_thousandths())
                * i128::from(new_buyers.ten_thousandths());
            let owed = i128::from(spend.ten_thousandths()) * i128::from(count.ten_thousandths());
            brought >= owed
        };
        let months = 1..=known_days.saturating_mul(MONTHS_IN_YEAR) / VALUE_DAYS;
        if months.is_empty() {
            return Err(Missing::TooShort);
        }
        let paid = months.clone().find(|month| is_paid(month * VALUE_DAYS / MONTHS_IN_YEAR));
        let value = Fixed::from_whole(paid.ok_or(Missing::NotPaidBack)?.into());
        self.rated(Measure::PaybackMonths, period, Sum { value, n_facts: buyers.len() as u64 })
    }
}

/// Margin of the orders made within so many days, that of the first one among them.
fn margin_within(buyers: &[&JudgedBuyer], days: i32) -> Fixed {
    let margins = buyers.iter().flat_map(|buyer| &buyer.margins);
    let within = margins.filter(|(after, _)| *after < days).map(|(_, margin)| *margin);
    Fixed::from_ten_thousandths(within.fold(0_i64, i64::saturating_add))
}

impl Scan<'_> {
    fn cohorts(&self) -> Cohorts {
        let lines = &self.cube.buyer_lines;
        let mut buyers = Vec::new();
        let purchases = self.cube.purchases.iter().filter(|order| self.has_place(order.place));
        let purchases: Vec<_> = purchases.collect();
        for orders in purchases.chunk_by(|one, other| one.buyer == other.buyer) {
            let Some(first) = orders.first() else { continue };
            let from = lines.partition_point(|line| line.buyer < first.buyer);
            let until = lines.partition_point(|line| line.buyer <= first.buyer);
            let own = lines.get(from..until).unwrap_or_default();
            let own = own.iter().filter(|line| self.has_place(line.place));
            let margins: Option<Vec<(i32, i64)>> =
                own.map(|line| Some((line.day - first.day, self.margin_of(line)?))).collect();
            let known = margins.filter(|margins| !margins.is_empty());
            buyers.extend(known.map(|margins| JudgedBuyer { first: first.day, margins }));
        }
        Cohorts(buyers)
    }

    /// What a line adds to contribution margin 2; `None` where its cost is not known, or the fees of its shop.
    fn margin_of(&self, line: &BuyerLine) -> Option<i64> {
        let told = |amount: i64| self.told(amount, line.place, line.day);
        let [gross, seller, platform, tax] = line.sold.map(told);
        if line.units == 0 && gross == 0 {
            return Some(told(line.costs).saturating_neg());
        }
        if !self.has_order_fees(line.place, line.day) {
            return None;
        }
        let cogs = self.cost(line.sku, line.day)?.of(Fixed::from_ten_thousandths(line.units));
        let tax = if self.is_taxed(line.place) { tax } else { 0 };
        let outside = if self.choice.platform_discounts_are_revenue { 0 } else { platform };
        let costs = [outside, seller, cogs.ten_thousandths(), told(line.costs)];
        Some(costs.into_iter().fold(gross.saturating_add(tax), i64::saturating_sub))
    }
}
