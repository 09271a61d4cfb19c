//! What one's own history suggests as a target.

use crate::{
    domain::{Fixed, TargetNumbers, sort_few},
    kpis::{Decimal, ProcessPoint, process_limits, quantile},
};

/// Of fewer settled periods nothing is suggested.
pub const FEWEST_PERIODS: usize = 8;
/// Older ones are of another business.
pub const MOST_PERIODS: usize = 12;

/// What is suggested, and what of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion {
    pub numbers: TargetNumbers,
    pub n_periods: usize,
}

/// A ladder from the last 8 to 12 settled values of comparable periods, oldest first: the median with `uplift`
/// (0.1 for 10 % more; of what should be small, less) is promised, the better quartile is the stretch (at
/// least as good as what is promised), the natural limit on the worse side the floor. All are multiplied by
/// `season`: how the period stands to a usual one. None is above `most`, nor below 0 where no value was.
/// `None` of fewer than 8 values.
pub fn suggest(
    values: &[Decimal],
    season: Decimal,
    uplift: Fixed,
    (is_less_better, most): (bool, Option<Decimal>),
) -> Option<Suggestion> {
    let known = values.get(values.len().saturating_sub(MOST_PERIODS)..)?;
    if known.len() < FEWEST_PERIODS {
        return None;
    }
    let mut sorted = known.to_vec();
    sort_few(&mut sorted);
    let scale = i128::from(Fixed::SCALE);
    let uplift = i128::from(uplift.ten_thousandths());
    let moved = if is_less_better { scale - uplift } else { scale + uplift };
    let median = quantile(&sorted, 2, 4).times(moved, scale);
    let quartile = quantile(&sorted, if is_less_better { 1 } else { 3 }, 4);
    let stretch = if is_less_better { quartile.min(median) } else { quartile.max(median) };
    let floor = natural_limit(known, is_less_better);
    let least = sorted.first().is_some_and(|it| *it >= Decimal::ZERO).then_some(Decimal::ZERO);
    let within = |number: Decimal| {
        let number = most.map_or(number, |most| number.min(most));
        least.map_or(number, |least| number.max(least))
    };
    let in_season = |number: Decimal| {
        let number = number.times(season.hundred_millionths(), Decimal::SCALE);
        within(number).of(Fixed::from_whole(1))
    };
    Some(Suggestion {
        numbers: TargetNumbers {
            floor: floor.map(in_season),
            commit: Some(in_season(median)),
            stretch: Some(in_season(stretch)),
        },
        n_periods: known.len(),
    })
}

/// How far the usual ups and downs reach on the worse side.
fn natural_limit(values: &[Decimal], is_less_better: bool) -> Option<Decimal> {
    let (lower, upper) = natural_limits(values)?;
    Some(if is_less_better { upper } else { lower })
}

/// Between what the usual ups and downs of values stay, oldest first; `None` of fewer than 8.
pub fn natural_limits(values: &[Decimal]) -> Option<(Decimal, Decimal)> {
    let point = |value: &Decimal| ProcessPoint { value: Some(value.to_f64()), season: 0 };
    let points: Vec<ProcessPoint> = values.iter().map(point).collect();
    let limits = process_limits(&points)?;
    let decimal = |side: &[f64]| Decimal::parse(&format!("{:.4}", side.first()?));
    Some((decimal(&limits.lower)?, decimal(&limits.upper)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(values: &[&str], season: &str, uplift: &str, is_less_better: bool) -> [String; 3] {
        let values: Vec<Decimal> = values.iter().map(|it| Decimal::parse(it).unwrap()).collect();
        let season = Decimal::parse(season).unwrap();
        let uplift = Fixed::parse(uplift).unwrap();
        let suggestion = suggest(&values, season, uplift, (is_less_better, None)).unwrap();
        let TargetNumbers { floor, commit, stretch } = suggestion.numbers;
        [floor, commit, stretch].map(|it| it.map(|it| it.to_string()).unwrap_or_default())
    }

    /// By hand: of 100, 110 … 170 the median is 135 and the upper quartile 152.5. Each moves by 10, so the limits
    /// lie 3 × 10 ÷ 1.128 = 26.5957 around the mean of 135. With 10 % more: 148.5.
    #[test]
    fn the_median_is_promised_and_the_quartile_outstanding() {
        let values = ["100", "110", "120", "130", "140", "150", "160", "170"];
        assert_eq!(suggested(&values, "1", "0", false), ["108.4043", "135", "152.5"]);
        assert_eq!(suggested(&values, "1", "0.1", false), ["108.4043", "148.5", "152.5"]);
        // What is promised is never above what would be outstanding: 135 × 1.2 = 162.
        assert_eq!(suggested(&values, "1", "0.2", false), ["108.4043", "162", "162"]);
        // A month that is twice a usual one.
        assert_eq!(suggested(&values, "2", "0", false), ["216.8086", "270", "305"]);
    }

    #[test]
    fn of_what_should_be_small_the_other_quartile_counts() {
        let values = ["0.2", "0.2", "0.2", "0.3", "0.3", "0.3", "0.3", "0.2"];
        // Moves 0, 0, 0.1, 0, 0, 0, 0.1: 0.0286 on average, so 0.25 + 3 × 0.0286 ÷ 1.128.
        assert_eq!(suggested(&values, "1", "0.1", true), ["0.326", "0.225", "0.2"]);
    }

    #[test]
    fn of_little_nothing_is_suggested() {
        let seven = [Decimal::from_whole(1); 7];
        assert_eq!(suggest(&seven, Decimal::from_whole(1), Fixed::ZERO, (false, None)), None);
        // Of many the last twelve count.
        let mut values = vec![Decimal::from_whole(9); 12];
        values.extend(vec![Decimal::from_whole(5); 12]);
        let suggestion =
            suggest(&values, Decimal::from_whole(1), Fixed::ZERO, (false, None)).unwrap();
        assert_eq!(suggestion.n_periods, 12);
        assert_eq!(suggestion.numbers.commit, Some(Fixed::from_whole(5)));
    }

    /// By hand: 0.9 with a fifth more would be 1.08. Moves of 0.1, so the lower limit lies 0.266 below 0.9; of
    /// 0.1 and 0.2 in turns it would be below 0.
    #[test]
    fn nothing_beyond_the_whole_or_below_nothing_is_suggested() {
        let of = |values: [&str; 2], uplift: &str, most: Option<Decimal>| {
            let values: Vec<Decimal> =
                values.iter().cycle().take(8).map(|it| Decimal::parse(it).unwrap()).collect();
            let uplift = Fixed::parse(uplift).unwrap();
            let numbers = suggest(&values, Decimal::ONE, uplift, (false, most)).unwrap().numbers;
            [numbers.floor, numbers.commit, numbers.stretch].map(|it| it.unwrap().to_string())
        };
        let shares = ["0.85", "0.95"];
        assert_eq!(of(shares, "0.2", None), ["0.634", "1.08", "1.08"]);
        assert_eq!(of(shares, "0.2", Some(Decimal::ONE)), ["0.634", "1", "1"]);
        assert_eq!(of(["0.1", "0.2"], "0", None)[0], "0");
        assert_eq!(of(["-0.1", "0.2"], "0", None)[0], "-0.7479");
    }
}
