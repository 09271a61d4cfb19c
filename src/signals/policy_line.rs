//! A KPI on the wrong side of a platform's line.

use crate::{
    catalog::policy::{Comparator, PolicyLine},
    domain::{Day, Fixed},
};

/// How far a value is on the wrong side of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breach {
    /// Cases too many (or too few, of what should be high) for the line; `None` without cases.
    pub cases: Option<i64>,
}

/// Whether `value`, stated of `day`, is beyond the line in force then. `cases` are the number behind a
/// rate.
pub fn breach(line: &PolicyLine, value: Fixed, cases: Option<Fixed>, day: Day) -> Option<Breach> {
    let limit = line.value();
    let is_kept = match line.comparator {
        Comparator::Below => value < limit,
        Comparator::AtMost => value <= limit,
        Comparator::Above => value > limit,
        Comparator::AtLeast => value >= limit,
    };
    (line.is_in_force(day) && !is_kept).then(|| Breach {
        cases: cases.map(|cases| cases_over(line.comparator, value, limit, cases)),
    })
}

/// The fewest cases that would have to be otherwise for the line to be kept.
fn cases_over(comparator: Comparator, value: Fixed, limit: Fixed, cases: Fixed) -> i64 {
    let [value, limit, cases] =
        [value, limit, cases].map(|number| i128::from(number.ten_thousandths()));
    let scale = i128::from(Fixed::SCALE);
    // The cases themselves are a whole number, which the rounded rate only comes near.
    let own = (value * cases + scale * scale / 2) / (scale * scale);
    let allowed = limit * cases;
    let whole = scale * scale;
    let over = match comparator {
        // The largest number of cases that keeps the line.
        Comparator::Below => own - ((allowed - 1).div_euclid(whole)),
        Comparator::AtMost => own - allowed.div_euclid(whole),
        // The smallest one.
        Comparator::Above => (allowed.div_euclid(whole) + 1) - own,
        Comparator::AtLeast => (allowed + whole - 1).div_euclid(whole) - own,
    };
    i64::try_from(over.max(1)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::policy::policy_lines;

    fn line(kpi: &str, kind: &str) -> &'static PolicyLine {
        let mut lines = policy_lines().iter();
        lines.find(|line| line.kpi == kpi && line.kind.id() == kind).unwrap()
    }

    /// Cases too many or too few; `None` when the line is kept.
    fn check(kpi: &str, value: &str, cases: i64) -> Option<i64> {
        let value = Fixed::parse(value).unwrap();
        let day = Day::parse("2026-09-30").unwrap();
        let breach = breach(line(kpi, "policy"), value, Some(Fixed::from_whole(cases)), day)?;
        breach.cases
    }

    #[test]
    fn a_line_below_is_broken_by_its_own_value() {
        // 1 % of 200 orders are 2: below that is 1.
        assert_eq!(check("svc.odr", "0.01", 200), Some(1));
        assert_eq!(check("svc.odr", "0.005", 200), None);
        // 5 of 150 are 3.33 %; below 1.5 is 1.
        assert_eq!(check("svc.odr", "0.0333", 150), Some(4));
    }

    #[test]
    fn a_line_of_at_most_is_kept_by_its_own_value() {
        assert_eq!(check("svc.cancel_rate", "0.02", 100), None);
        assert_eq!(check("svc.cancel_rate", "0.03", 100), Some(1));
    }

    #[test]
    fn of_what_should_be_high_cases_are_lacking() {
        // Above 95 % of 100 are 96.
        assert_eq!(check("svc.vtr", "0.95", 100), Some(1));
        assert_eq!(check("svc.vtr", "0.9", 100), Some(6));
        // At least 90 % of 101 are 91 (90.9).
        assert_eq!(check("svc.otdr", "0.8911", 101), Some(1));
        assert_eq!(check("svc.otdr", "0.9", 100), None);
    }

    #[test]
    fn only_the_line_of_the_day_counts() {
        let old = Fixed::parse("0.93").unwrap();
        let of = |day: &str| {
            let day = Day::parse(day).unwrap();
            let lines = policy_lines().iter();
            let lines = lines.filter(|it| it.kpi == "svc.otd" && it.kind.id() == "policy");
            lines.filter_map(|line| breach(line, old, None, day)).count()
        };
        assert_eq!((of("2025-12-31"), of("2026-01-01")), (1, 0));
    }
}
