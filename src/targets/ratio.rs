//! A ratio over its parts: never averaged, each part with a numerator and a denominator that add up.

use crate::{domain::Fixed, kpis::Decimal};

/// A part of what a ratio is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatioPart {
    /// What is expected below the line, as planned or as it was.
    pub denominator: Fixed,
    /// The ratio that it had; `None` where that is not known.
    pub usual: Option<Decimal>,
}

/// The ratios of parts by which the whole has the ratio `whole`: each part keeps its usual distance, all are
/// moved alike, r × usual ÷ Σ(denominator × usual) × Σ denominator. A part whose usual ratio is not known has
/// that of the whole. `None` where nothing stands below the line, or where all usual ratios are 0.
pub fn broken_ratio(whole: Decimal, parts: &[RatioPart]) -> Option<Vec<Decimal>> {
    let usual_of = |part: &RatioPart| part.usual.unwrap_or(whole);
    let below: Fixed = parts.iter().map(|part| part.denominator).sum();
    let above: Fixed = parts.iter().map(|part| usual_of(part).of(part.denominator)).sum();
    if below <= Fixed::ZERO || above <= Fixed::ZERO {
        return None;
    }
    // What all together had: moved to `whole`, part by part.
    let all = Decimal::quotient(above, below)?.hundred_millionths();
    let ratio = |part: &RatioPart| whole.times(usual_of(part).hundred_millionths(), all);
    Some(parts.iter().map(ratio).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    fn part(denominator: i64, usual: Option<&str>) -> RatioPart {
        RatioPart { denominator: Fixed::from_whole(denominator), usual: usual.map(decimal) }
    }

    #[track_caller]
    fn check(whole: &str, parts: &[RatioPart], expected: Option<&[&str]>) {
        let found = broken_ratio(decimal(whole), parts);
        let texts = found.map(|it| it.iter().map(ToString::to_string).collect::<Vec<_>>());
        let expected = expected.map(|it| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert_eq!(texts, expected);
    }

    /// By hand: 600 of sales at 20 % and 400 at 30 % are 240 of 1,000, 24 %. To have 18 % of 1,000, all is
    /// moved by 18 ÷ 24 = 0.75: 15 % and 22.5 %, and 90 + 90 = 180. The average of the two would be 18.75 %.
    #[test]
    fn each_part_keeps_its_distance() {
        check("0.18", &[part(600, Some("0.2")), part(400, Some("0.3"))], Some(&["0.15", "0.225"]));
    }

    #[test]
    fn what_is_not_known_has_the_ratio_of_the_whole() {
        // 0.2 of 500 and 0.2 of 500.
        check("0.2", &[part(500, Some("0.2")), part(500, None)], Some(&["0.2", "0.2"]));
    }

    #[test]
    fn of_nothing_there_is_no_ratio() {
        check("0.2", &[part(0, Some("0.2"))], None);
        check("0.2", &[part(100, Some("0"))], None);
        check("0.2", &[], None);
    }
}
