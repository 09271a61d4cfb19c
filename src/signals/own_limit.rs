//! A KPI on the wrong side of a line that the workbook's people drew.

use crate::{
    domain::{Day, Limit},
    kpis::Decimal,
};

/// Whether a value of the days up to `day` is beyond a limit in force then. `n` is what the value rests on:
/// one of fewer cases than `minimum` never is.
pub fn is_over(limit: &Limit, value: Decimal, n: Decimal, (day, minimum): (Day, u32)) -> bool {
    let is_enough = n >= Decimal::from_whole(minimum.into());
    is_enough && limit.is_in_force(day) && !limit.comparator.keeps(&value, &limit.value.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Comparator, Currency, Fixed};

    fn check(value: &str, n: u64, day: &str) -> bool {
        let limit = Limit {
            kpi: "ads.acos".to_owned(),
            channel: String::new(),
            comparator: Comparator::AtMost,
            value: Fixed::parse("0.25").unwrap(),
            currency: Currency::USD,
            from: Day::parse("2026-01-01").unwrap(),
            to: None,
            reason: String::new(),
        };
        let value = Fixed::parse(value).unwrap().into();
        is_over(&limit, value, Decimal::from_whole(n), (Day::parse(day).unwrap(), 30))
    }

    #[test]
    fn few_cases_and_other_days_are_not_held_against_it() {
        assert!(check("0.2501", 30, "2026-01-01"));
        assert!(!check("0.25", 30, "2026-01-01"));
        assert!(!check("0.2501", 29, "2026-01-01"));
        assert!(!check("0.2501", 30, "2025-12-31"));
    }
}
