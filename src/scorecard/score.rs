//! The score of one KPI: how many points its value is worth under its target.

use super::exact::{hundred_millionths, points_for};
use crate::{
    catalog::kpi::Direction,
    domain::{Comparator, Fixed},
    kpis::Decimal,
};

/// What is given for the committed value.
pub const COMMIT_POINTS: Fixed = Fixed::from_whole(100);
/// What is given for the stretch and all beyond it.
pub const STRETCH_POINTS: Fixed = Fixed::from_whole(120);

/// Which of two values of a KPI is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    Higher,
    Lower,
}

impl Better {
    /// As the dictionary has it; `None` of a KPI that is to stay in a band, or that is information only.
    pub const fn of(direction: Direction) -> Option<Self> {
        match direction {
            Direction::Up => Some(Self::Higher),
            Direction::Down => Some(Self::Lower),
            Direction::Band | Direction::None => None,
        }
    }

    /// Whether the second value is better than the first one.
    pub fn is_better(self, before: Decimal, after: Decimal) -> bool {
        match self {
            Self::Higher => after > before,
            Self::Lower => after < before,
        }
    }
}

/// How points follow from a value. All values are in the KPI's unit: a share of 0.25 is 25 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// 0 points at the floor, 100 at the commitment, 120 at the stretch and beyond, in straight lines
    /// between them. Where lower is better, the floor is the largest of the three.
    Ladder {
        better: Better,
        /// `None`, and one that equals the commitment: whatever falls short of that is worth 0.
        floor: Option<Decimal>,
        commit: Decimal,
        /// `None`, and one that equals the commitment: nothing is worth more than 100.
        stretch: Option<Decimal>,
    },
    /// A floor or a ceiling without a ladder: 100 points on its right side, 0 on the other.
    Line { comparator: Comparator, line: Decimal },
    /// 100 points from `low` to `high`, both included, falling in a straight line to 0 over `reach` on
    /// either side. With a reach of 0 all outside is worth 0.
    Band { low: Decimal, high: Decimal, reach: Decimal },
    /// A line that a platform draws: it is passed or failed, and gives no points.
    Gate { comparator: Comparator, line: Decimal },
}

/// What a value comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Score {
    /// From 0 to 120, cut to ten-thousandths: 100 is given only to who reaches the commitment.
    Points(Fixed),
    /// A gate: no points, but a failed one caps the card.
    Gate { is_passed: bool },
}

/// Why no points can follow from a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    #[error("the floor {floor} is better than the commitment {commit}")]
    FloorBeyondCommit { floor: Decimal, commit: Decimal },
    #[error("the stretch {stretch} is worse than the commitment {commit}")]
    StretchShortOfCommit { stretch: Decimal, commit: Decimal },
    #[error("the band ends at {high}, below its beginning {low}")]
    BandUpsideDown { low: Decimal, high: Decimal },
    #[error("the reach {reach} around the band is below 0")]
    NegativeReach { reach: Decimal },
}

/// The points of a value, or whether it passes its gate.
pub fn score(value: Decimal, shape: &Shape) -> Result<Score, ShapeError> {
    shape.check()?;
    Ok(match *shape {
        Shape::Ladder { better, floor, commit, stretch } => {
            let floor = floor.unwrap_or(commit);
            let stretch = stretch.unwrap_or(commit);
            Score::Points(on_ladder(better, value, [floor, commit, stretch]))
        }
        Shape::Line { comparator, line } => {
            let is_kept = comparator.keeps(&value, &line);
            Score::Points(if is_kept { COMMIT_POINTS } else { Fixed::ZERO })
        }
        Shape::Band { low, high, reach } => Score::Points(around_band(value, low, high, reach)),
        Shape::Gate { comparator, line } => {
            Score::Gate { is_passed: comparator.keeps(&value, &line) }
        }
    })
}

impl Shape {
    /// Whether points can follow from it, which no value has to be known for.
    pub fn check(&self) -> Result<(), ShapeError> {
        match *self {
            Self::Ladder { better, floor, commit, stretch } => {
                if let Some(floor) = floor.filter(|floor| better.is_better(commit, *floor)) {
                    return Err(ShapeError::FloorBeyondCommit { floor, commit });
                }
                match stretch.filter(|stretch| better.is_better(*stretch, commit)) {
                    Some(stretch) => Err(ShapeError::StretchShortOfCommit { stretch, commit }),
                    None => Ok(()),
                }
            }
            Self::Band { low, high, .. } if high < low => {
                Err(ShapeError::BandUpsideDown { low, high })
            }
            Self::Band { reach, .. } if reach < Decimal::ZERO => {
                Err(ShapeError::NegativeReach { reach })
            }
            Self::Band { .. } | Self::Line { .. } | Self::Gate { .. } => Ok(()),
        }
    }
}

/// The three are in order, as was checked.
fn on_ladder(better: Better, value: Decimal, ladder: [Decimal; 3]) -> Fixed {
    // Turned around, lower is better is higher is better.
    let upwards = |value: Decimal| match better {
        Better::Higher => hundred_millionths(value),
        Better::Lower => -hundred_millionths(value),
    };
    let value = upwards(value);
    let [floor, commit, stretch] = ladder.map(upwards);
    if value < commit {
        return points_for(COMMIT_POINTS, value - floor, commit - floor);
    }
    let above = STRETCH_POINTS.minus(COMMIT_POINTS);
    COMMIT_POINTS.plus(points_for(above, value - commit, stretch - commit))
}

fn around_band(value: Decimal, low: Decimal, high: Decimal, reach: Decimal) -> Fixed {
    if low <= value && value <= high {
        return COMMIT_POINTS;
    }
    let [value, low, high, reach] = [value, low, high, reach].map(hundred_millionths);
    let outside = (low - value).max(value - high);
    points_for(COMMIT_POINTS, reach - outside, reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    fn ladder(better: Better, floor: &str, commit: &str, stretch: &str) -> Shape {
        let given = |text: &str| (!text.is_empty()).then(|| decimal(text));
        let (floor, stretch) = (given(floor), given(stretch));
        Shape::Ladder { better, floor, commit: decimal(commit), stretch }
    }

    fn band(low: &str, high: &str, reach: &str) -> Shape {
        Shape::Band { low: decimal(low), high: decimal(high), reach: decimal(reach) }
    }

    /// Each value with its points.
    #[track_caller]
    fn check(shape: Shape, expected: &[(&str, &str)]) {
        for (value, points) in expected {
            let Score::Points(found) = score(decimal(value), &shape).unwrap() else {
                panic!("{value} has no points");
            };
            assert_eq!(found.to_string(), *points, "of {value}");
        }
    }

    #[test]
    fn points_rise_from_floor_over_commitment_to_stretch() {
        // 850 is half way from 800 to 900; 930 is three tenths of the way to 1,000: 100 + 0.3 × 20.
        check(
            ladder(Better::Higher, "800", "900", "1000"),
            &[
                ("-5", "0"),
                ("800", "0"),
                ("850", "50"),
                ("899.99999999", "99.9999"),
                ("900", "100"),
                ("930", "106"),
                ("1000", "120"),
                ("5000", "120"),
            ],
        );
    }

    #[test]
    fn where_lower_is_better_the_ladder_is_mirrored() {
        // ACoS: 28 % is four tenths of the way from 30 % to 25 %; 24 % a fifth of the way to 20 %.
        check(
            ladder(Better::Lower, "0.3", "0.25", "0.2"),
            &[
                ("0.4", "0"),
                ("0.3", "0"),
                ("0.28", "40"),
                ("0.25", "100"),
                ("0.24", "104"),
                ("0.2", "120"),
                ("0", "120"),
            ],
        );
    }

    #[test]
    fn a_ladder_may_lie_below_zero() {
        // From −200 to −50 are 150: −100 is two thirds of it.
        check(
            ladder(Better::Higher, "-200", "-50", "0"),
            &[("-100", "66.6666"), ("-50", "100"), ("-25", "110"), ("0", "120")],
        );
    }

    #[test]
    fn an_end_that_is_left_out_is_a_step() {
        check(
            ladder(Better::Higher, "", "900", "1000"),
            &[("899", "0"), ("900", "100"), ("950", "110")],
        );
        check(
            ladder(Better::Higher, "800", "900", ""),
            &[("850", "50"), ("900", "100"), ("5000", "100")],
        );
        check(ladder(Better::Lower, "", "5", ""), &[("5.1", "0"), ("5", "100"), ("1", "100")]);
    }

    #[test]
    fn equal_points_are_a_step_too() {
        check(
            ladder(Better::Higher, "900", "900", "900"),
            &[("899.99999999", "0"), ("900", "100"), ("901", "100")],
        );
    }

    #[test]
    fn a_ladder_out_of_order_is_an_error() {
        let of = |shape: Shape| score(decimal("1"), &shape).unwrap_err();
        let (floor, commit) = (decimal("900"), decimal("800"));
        assert_eq!(
            of(ladder(Better::Higher, "900", "800", "1000")),
            ShapeError::FloorBeyondCommit { floor, commit }
        );
        let (stretch, commit) = (decimal("0.3"), decimal("0.25"));
        assert_eq!(
            of(ladder(Better::Lower, "0.4", "0.25", "0.3")),
            ShapeError::StretchShortOfCommit { stretch, commit }
        );
        // The same three numbers are in order for whom higher is better, and not for the other.
        assert!(ladder(Better::Higher, "1", "2", "3").check().is_ok());
        assert!(ladder(Better::Lower, "1", "2", "3").check().is_err());
    }

    #[test]
    fn a_single_line_is_passed_or_not() {
        let line = |comparator| Shape::Line { comparator, line: decimal("40") };
        check(line(Comparator::AtLeast), &[("39.99999999", "0"), ("40", "100"), ("90", "100")]);
        check(line(Comparator::AtMost), &[("40", "100"), ("40.00000001", "0")]);
        check(line(Comparator::Below), &[("39", "100"), ("40", "0")]);
    }

    #[test]
    fn inside_the_band_is_all_and_outside_it_falls_away() {
        // 30 to 60 days of stock; 5 of 20 days too few leave three quarters.
        check(
            band("30", "60", "20"),
            &[
                ("30", "100"),
                ("45", "100"),
                ("60", "100"),
                ("25", "75"),
                ("62", "90"),
                ("10", "0"),
                ("80", "0"),
                ("500", "0"),
            ],
        );
        check(band("30", "30", "0"), &[("29.99999999", "0"), ("30", "100"), ("31", "0")]);
    }

    #[test]
    fn a_band_that_is_none_is_an_error() {
        let (low, high) = (decimal("60"), decimal("30"));
        let found = score(decimal("45"), &band("60", "30", "5"));
        assert_eq!(found, Err(ShapeError::BandUpsideDown { low, high }));
        let reach = decimal("-1");
        assert_eq!(band("30", "60", "-1").check(), Err(ShapeError::NegativeReach { reach }));
    }

    #[test]
    fn a_gate_gives_no_points() {
        let gate = Shape::Gate { comparator: Comparator::Below, line: decimal("0.01") };
        let of = |value| score(decimal(value), &gate).unwrap();
        assert_eq!(of("0.0099"), Score::Gate { is_passed: true });
        assert_eq!(of("0.01"), Score::Gate { is_passed: false });
    }

    #[test]
    fn only_two_directions_have_a_better_side() {
        use Direction as D;
        let of = [D::Up, D::Down, D::Band, D::None].map(Better::of);
        assert_eq!(of, [Some(Better::Higher), Some(Better::Lower), None, None]);
    }
}
