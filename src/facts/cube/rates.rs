//! What a currency costs in another one, and since when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{Currency, Day, Fixed};

/// Of smaller rates four places are more than a two-thousandth off.
const LEAST_RATE: Fixed = Fixed::from_ten_thousandths(1_000);

/// Exchange rates of a person's own sheets. A rate holds from its day until the next one's; before the
/// first there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FxRates {
    /// Price of one unit of the first currency in the second, sorted by day, one a day.
    rates: Rates,
    /// The same as it was planned.
    planned: Rates,
}

impl FxRates {
    /// Adds a rate; of two of a day the later added counts. One below 0.1 is none: of the four places
    /// that are kept too few would say something. The same rate the other way round is exact enough.
    pub(crate) fn add(&mut self, from: Currency, to: Currency, day: Day, rate: Fixed) {
        put(&mut self.rates, (from, to), (day, rate));
    }

    /// Adds a rate that was planned, in the same way.
    pub(crate) fn plan(&mut self, from: Currency, to: Currency, day: Day, rate: Fixed) {
        put(&mut self.planned, (from, to), (day, rate));
    }

    /// How much more or less than planned an amount is worth at the rate of a day, in the first currency for
    /// which a rate is planned; `None` where no rate or none that was planned holds on the day.
    pub(crate) fn off_plan(
        &self,
        amount: Fixed,
        from: Currency,
        day: Day,
    ) -> Option<(Fixed, Currency)> {
        self.planned.iter().find_map(|((base, quote), planned)| {
            let (plan, rate) = (on_day(planned, day)?, self.rate_on(*base, *quote, day)?);
            if *base == from {
                return Some((amount.times(rate.minus(plan)), *quote));
            }
            // Given the other way round.
            let worth = (*quote == from).then(|| amount.divided_by(rate)).flatten()?;
            Some((worth.minus(amount.divided_by(plan)?), *base))
        })
    }

    /// An amount in another currency at the rate of a day, rounded half away from zero; `None` without a
    /// rate. A rate that is given the other way round is divided by.
    pub fn convert(&self, amount: Fixed, from: Currency, to: Currency, day: Day) -> Option<Fixed> {
        if from == to {
            return Some(amount);
        }
        if let Some(rate) = self.rate_on(from, to, day) {
            return Some(amount.times(rate));
        }
        let rate = self.rate_on(to, from, day)?;
        amount.divided_by(rate)
    }

    /// The first day on which one currency can be told in another; `None`: never.
    pub fn first_day(&self, from: Currency, to: Currency) -> Option<Day> {
        let first = |pair| self.rates.get(&pair).and_then(|rates| rates.first()).map(|it| it.0);
        [first((from, to)), first((to, from))].into_iter().flatten().min()
    }

    fn rate_on(&self, from: Currency, to: Currency, day: Day) -> Option<Fixed> {
        on_day(self.rates.get(&(from, to))?, day)
    }
}

type Rates = BTreeMap<(Currency, Currency), Vec<(Day, Fixed)>>;

fn put(rates: &mut Rates, pair: (Currency, Currency), (day, rate): (Day, Fixed)) {
    if rate < LEAST_RATE {
        return;
    }
    let rates = rates.entry(pair).or_default();
    match rates.binary_search_by_key(&day, |it| it.0) {
        Ok(at) => rates.splice(at..=at, [(day, rate)]).for_each(drop),
        Err(at) => rates.insert(at, (day, rate)),
    }
}

/// The newest rate that has begun.
fn on_day(rates: &[(Day, Fixed)], day: Day) -> Option<Fixed> {
    let after = rates.partition_point(|it| it.0 <= day);
    rates.get(after.checked_sub(1)?).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates() -> FxRates {
        let mut rates = FxRates::default();
        let mut add = |from, to, day: &str, rate: &str| {
            let currency = |code| Currency::parse(code).unwrap();
            let (day, rate) = (Day::parse(day).unwrap(), Fixed::parse(rate).unwrap());
            rates.add(currency(from), currency(to), day, rate);
        };
        add("USD", "CNY", "2026-09-01", "7.2");
        add("USD", "CNY", "2026-10-01", "7");
        add("EUR", "USD", "2026-09-01", "1.1");
        add("EUR", "USD", "2026-09-15", "0");
        add("JPY", "USD", "2026-09-15", "0.0067");
        rates
    }

    #[track_caller]
    fn check(amount: &str, from: &str, to: &str, day: &str, expected: Option<&str>) {
        let currency = |code| Currency::parse(code).unwrap();
        let amount = Fixed::parse(amount).unwrap();
        let day = Day::parse(day).unwrap();
        let converted = rates().convert(amount, currency(from), currency(to), day);
        assert_eq!(converted.map(|it| it.to_string()).as_deref(), expected);
    }

    #[test]
    fn a_rate_holds_until_the_next() {
        check("10", "USD", "CNY", "2026-09-30", Some("72"));
        check("10", "USD", "CNY", "2026-10-01", Some("70"));
        check("10", "USD", "CNY", "2026-08-31", None);
        check("10", "USD", "USD", "2020-01-01", Some("10"));
    }

    #[test]
    fn the_other_way_round_is_divided() {
        check("72", "CNY", "USD", "2026-09-02", Some("10"));
        // 1 ÷ 7 = 0.142857…, of which four places are kept.
        check("1", "CNY", "USD", "2026-10-02", Some("0.1429"));
        check("-1", "CNY", "USD", "2026-10-02", Some("-0.1429"));
    }

    #[test]
    fn what_has_no_rate_or_none_above_0_is_not_told() {
        check("1", "EUR", "CNY", "2026-09-02", None);
        check("1", "EUR", "USD", "2026-09-20", Some("1.1"));
        check("10000", "JPY", "USD", "2026-09-20", None);
        let day = Day::parse("2026-09-01").unwrap();
        let first = |from, to| {
            let currency = |code| Currency::parse(code).unwrap();
            rates().first_day(currency(from), currency(to))
        };
        assert_eq!((first("CNY", "USD"), first("EUR", "CNY")), (Some(day), None));
    }
}
