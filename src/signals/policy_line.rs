//! A KPI on the wrong side of a platform's line.

use crate::{
    catalog::policy::PolicyLine,
    domain::{Comparator, Fixed, Stated},
};

/// How far a value is on the wrong side of a line; the greater the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// From the value to the line, to four places.
    pub distance: Fixed,
    /// Cases too many (or too few, of what should be high) for the line; `None` without cases.
    pub cases: Option<i64>,
}

/// Whether what is stated is beyond the line in force on its day; a rate over fewer cases than `minimum`
/// never is. Compared without a division: a rounded rate could lie on the other side.
pub fn breach(line: &PolicyLine, stated: &Stated, minimum: u32) -> Option<Breach> {
    if stated.is_rate && stated.base < Fixed::from_whole(minimum.into()) {
        return None;
    }
    let wide = |number: Fixed| i128::from(number.ten_thousandths());
    let scale = i128::from(Fixed::SCALE);
    let (own, allowed) = (wide(stated.count) * scale, wide(line.value()) * wide(stated.base));
    let is_kept = line.comparator.keeps(&own, &allowed);
    let distance = (own - allowed).abs().checked_div(wide(stated.base)).unwrap_or(0);
    (line.is_in_force(stated.day) && !is_kept).then(|| Breach {
        distance: Fixed::from_ten_thousandths(i64::try_from(distance).unwrap_or(i64::MAX)),
        cases: stated.is_rate.then(|| cases_over(line.comparator, own, allowed, scale * scale)),
    })
}

/// The fewest cases that would have to be otherwise for the line to be kept; `whole` is one case.
fn cases_over(comparator: Comparator, own: i128, allowed: i128, whole: i128) -> i64 {
    let own = own.div_euclid(whole);
    let over = match comparator {
        // The largest number of cases that keeps the line.
        Comparator::Below => own - (allowed - 1).div_euclid(whole),
        Comparator::AtMost => own - allowed.div_euclid(whole),
        // The smallest one.
        Comparator::Above => allowed.div_euclid(whole) + 1 - own,
        Comparator::AtLeast => (allowed + whole - 1).div_euclid(whole) - own,
    };
    i64::try_from(over.max(1)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog::policy::policy_lines, domain::Day};

    fn line(kpi: &str, kind: &str) -> &'static PolicyLine {
        let mut lines = policy_lines().iter();
        lines.find(|line| line.kpi == kpi && line.kind.id() == kind).unwrap()
    }

    /// Of September 2026: so many cases of all.
    fn stated(count: i64, base: i64) -> Stated {
        Stated {
            count: Fixed::from_whole(count),
            base: Fixed::from_whole(base),
            is_rate: true,
            day: Day::parse("2026-09-30").unwrap(),
        }
    }

    /// Cases too many or too few; `None` when the line is kept.
    fn check(kpi: &str, count: i64, base: i64) -> Option<i64> {
        breach(line(kpi, "policy"), &stated(count, base), 30)?.cases
    }

    #[test]
    fn a_line_below_is_broken_by_its_own_value() {
        // 1 % of 200 orders are 2: below that is 1.
        assert_eq!(check("svc.odr", 2, 200), Some(1));
        assert_eq!(check("svc.odr", 1, 200), None);
        // Below 1.5 is 1.
        assert_eq!(check("svc.odr", 5, 150), Some(4));
    }

    #[test]
    fn rates_with_many_digits_are_compared_exactly() {
        // 5.67 %: below 4 % of 300 are 11.
        assert_eq!(check("svc.lsr", 17, 300), Some(6));
        // 0.996 % would be 1 % with four places.
        assert_eq!(check("svc.odr", 996, 100_000), None);
        assert_eq!(check("svc.odr", 1_000, 100_000), Some(1));
    }

    #[test]
    fn a_line_of_at_most_is_kept_by_its_own_value() {
        assert_eq!(check("svc.cancel_rate", 2, 100), None);
        assert_eq!(check("svc.cancel_rate", 3, 100), Some(1));
    }

    #[test]
    fn of_what_should_be_high_cases_are_lacking() {
        // Above 95 % of 100 are 96.
        assert_eq!(check("svc.vtr", 95, 100), Some(1));
        assert_eq!(check("svc.vtr", 90, 100), Some(6));
        // At least 90 % of 101 are 91 (90.9).
        assert_eq!(check("svc.otdr", 90, 101), Some(1));
        assert_eq!(check("svc.otdr", 90, 100), None);
    }

    #[test]
    fn a_rate_over_few_cases_is_no_breach() {
        assert_eq!(check("svc.odr", 1, 29), None);
        assert_eq!(check("svc.odr", 1, 30), Some(1));
        // A value without cases is what the platform says it is.
        let score = Stated { is_rate: false, ..stated(1, 1) };
        assert!(breach(line("svc.odr", "policy"), &score, 30).is_some());
    }

    #[test]
    fn what_is_further_from_the_line_is_worse() {
        let of = |count, base| breach(line("svc.lsr", "policy"), &stated(count, base), 0).unwrap();
        // 8 % and 5 %, of the line of 4 %.
        assert_eq!(of(8, 100).distance, Fixed::parse("0.04").unwrap());
        assert!(of(8, 100) > of(50, 1_000));
    }

    #[test]
    fn only_the_line_of_the_day_counts() {
        let of = |day: &str| {
            let stated = Stated { day: Day::parse(day).unwrap(), ..stated(93, 100) };
            let lines = policy_lines().iter();
            let lines = lines.filter(|it| it.kpi == "svc.otd" && it.kind.id() == "policy");
            lines.filter_map(|line| breach(line, &stated, 0)).count()
        };
        assert_eq!((of("2025-12-31"), of("2026-01-01")), (1, 0));
    }
}
