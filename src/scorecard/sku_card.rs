//! SKUs beside one another: which earn and turn, and which are bought again although they lose money.

use super::{
    exact::{cut, hundred_millionths, median, points_for},
    score::COMMIT_POINTS,
};
use crate::{
    domain::{Fixed, SkuWeeks, sort_few_by_key},
    kpis::Decimal,
};

/// Fewer SKUs have no medians worth a line.
const FEWEST_SKUS: usize = 4;
/// Weeks that are looked back on, and those of them in which a SKU has to lose, as in the KPI dictionary
/// (`pl.restock_loss`).
const WEEKS: usize = 12;
const LOSING_WEEKS: usize = 8;

/// A SKU with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkuPoint {
    pub sku: String,
    /// CM3 of the period; `None` while it is not known, as of a SKU without cost.
    pub profit: Option<Fixed>,
    /// Stock turns; `None` while they are not known.
    pub turnover: Option<Decimal>,
}

/// One of the four corners of profit × turnover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quadrant {
    /// Earns and turns.
    Star,
    /// Turns but earns little: money flows through it.
    Cash,
    /// Earns but turns slowly.
    Slow,
    /// Neither.
    Problem,
}

impl Quadrant {
    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Star => "star",
            Self::Cash => "cash",
            Self::Slow => "slow",
            Self::Problem => "problem",
        }
    }
}

/// A SKU in its corner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub sku: String,
    pub quadrant: Quadrant,
}

/// SKUs by profit × turnover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Medians of the SKUs that are placed: where the lines cross.
    pub profit_line: Decimal,
    pub turnover_line: Decimal,
    /// In the order in which they were given.
    pub placed: Vec<Placed>,
    /// SKUs of which one of the two is not known.
    pub unknown: Vec<String>,
}

/// Puts SKUs into their corners by the medians; one on the line is on its good side, but one that earns or
/// turns nothing never is, however bad the others are. `None` of fewer than four that are known.
pub fn matrix(skus: &[SkuPoint]) -> Option<Matrix> {
    let known: Vec<(&str, Decimal, Decimal)> = skus
        .iter()
        .filter_map(|it| Some((it.sku.as_str(), it.profit?.into(), it.turnover?)))
        .collect();
    if known.len() < FEWEST_SKUS {
        return None;
    }
    let profit_line = median(known.iter().map(|(_, profit, _)| *profit).collect())?;
    let turnover_line = median(known.iter().map(|(.., turnover)| *turnover).collect())?;
    let is_good = |value: Decimal, line| value >= line && value > Decimal::ZERO;
    let place = |(sku, profit, turnover): &(&str, Decimal, Decimal)| Placed {
        sku: (*sku).to_owned(),
        quadrant: match (is_good(*profit, profit_line), is_good(*turnover, turnover_line)) {
            (true, true) => Quadrant::Star,
            (false, true) => Quadrant::Cash,
            (true, false) => Quadrant::Slow,
            (false, false) => Quadrant::Problem,
        },
    };
    let unknown = skus.iter().filter(|it| it.profit.is_none() || it.turnover.is_none());
    Some(Matrix {
        profit_line,
        turnover_line,
        placed: known.iter().map(place).collect(),
        unknown: unknown.map(|it| it.sku.clone()).collect(),
    })
}

/// A SKU that is bought again although it loses money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restocked {
    pub sku: String,
    /// Weeks of the last twelve with a CM3 below 0.
    pub losing_weeks: usize,
    pub inbound: Fixed,
    /// What the inbound units cost landed; `None` while that is not known.
    pub money_at_risk: Option<Fixed>,
}

/// The SKUs that lost money in at least eight of the last twelve weeks and are on their way in, most money at
/// risk first; those without a cost stand last.
pub fn restocked(skus: &[SkuWeeks]) -> Vec<Restocked> {
    let restocked = |it: &SkuWeeks| {
        let weeks = it.margins.iter().rev().take(WEEKS).flatten();
        let losing_weeks = weeks.filter(|cm3| **cm3 < Fixed::ZERO).count();
        let is_restocked = losing_weeks >= LOSING_WEEKS && it.inbound > Fixed::ZERO;
        is_restocked.then(|| Restocked {
            sku: it.sku.clone(),
            losing_weeks,
            inbound: it.inbound,
            money_at_risk: it.inbound_worth,
        })
    };
    let mut found: Vec<Restocked> = skus.iter().filter_map(restocked).collect();
    // `None` is the least of all, so that it stands last.
    sort_few_by_key(&mut found, |it| std::cmp::Reverse(it.money_at_risk));
    found
}

/// A part of the composite score of a SKU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkuPart {
    /// Days that the stock lasts: 30 to 90 are good, none and 180 worth nothing.
    Cover,
    /// Whether it sells at all, a share.
    Moving,
    /// CM3 ÷ net sales: 15 % are good.
    Margin,
    /// Returned ÷ sold: none are good, 15 % worth nothing.
    Returns,
    /// Net sales against the same number of days before, as a share: 30 % more are good, 30 % less worth nothing.
    Trend,
}

impl SkuPart {
    pub const ALL: [Self; 5] =
        [Self::Cover, Self::Moving, Self::Margin, Self::Returns, Self::Trend];

    /// The weight of each until people say otherwise, in percent: that of the KPI `inv.sku_score`, which knows no
    /// trend.
    pub const WEIGHTS: [Fixed; 5] = [
        Fixed::from_whole(30),
        Fixed::from_whole(20),
        Fixed::from_whole(30),
        Fixed::from_whole(20),
        Fixed::ZERO,
    ];

    /// The points of a value, from 0 to 100, in straight lines between what the part says of itself.
    pub fn points(self, value: Decimal) -> Fixed {
        let value = hundred_millionths(value);
        // In hundredths of the part's unit.
        let between = |none: i128, all: i128| {
            let [none, all] = [none, all].map(|it| it * Decimal::SCALE / 100);
            let (part, whole) =
                if all > none { (value - none, all - none) } else { (none - value, none - all) };
            points_for(COMMIT_POINTS, part, whole)
        };
        match self {
            Self::Cover => between(0, 3_000).plus(between(18_000, 9_000)).minus(COMMIT_POINTS),
            Self::Moving => between(0, 100),
            Self::Margin => between(0, 15),
            Self::Returns => between(15, 0),
            Self::Trend => between(-30, 30),
        }
    }
}

/// The composite score of a SKU, from 0 to 100: Σ weight × points ÷ Σ weight. `None` when a part that has weight is
/// not known, or none has any.
pub fn composite(weights: [Fixed; 5], points: [Option<Fixed>; 5]) -> Option<Fixed> {
    let weighed = weights.into_iter().zip(points).filter(|(weight, _)| *weight > Fixed::ZERO);
    let (mut sum, mut whole) = (0_i128, 0_i128);
    for (weight, points) in weighed {
        let weight = i128::from(weight.ten_thousandths());
        sum += weight * i128::from(points?.ten_thousandths());
        whole += weight;
    }
    cut(sum, whole)
}

/// What ads may cost of a SKU's sales before they eat all that it leaves: CM2, which is before ads, ÷ net
/// sales, as in the KPI dictionary (`pl.be_acos`). Below 0 when it loses money without any ad; `None` without
/// net sales.
pub fn break_even_acos(cm2: Fixed, net_sales: Fixed) -> Option<Decimal> {
    Decimal::quotient(cm2, net_sales).filter(|_| net_sales > Fixed::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> Fixed {
        Fixed::parse(text).unwrap()
    }

    fn point((sku, profit, turnover): &(&str, &str, &str)) -> SkuPoint {
        SkuPoint {
            sku: (*sku).to_owned(),
            profit: Fixed::parse(profit),
            turnover: Decimal::parse(turnover),
        }
    }

    fn of(skus: &[(&str, &str, &str)]) -> Option<Matrix> {
        matrix(&skus.iter().map(point).collect::<Vec<_>>())
    }

    fn corners(matrix: &Matrix) -> Vec<&str> {
        matrix.placed.iter().map(|it| it.quadrant.id()).collect()
    }

    /// Profits 10, 20, 40, 90 and turns 2, 4, 6, 8: the lines lie at 30 and 5.
    #[test]
    fn the_medians_part_four_corners() {
        let skus = [("a", "90", "8"), ("b", "10", "6"), ("c", "40", "4"), ("d", "20", "2")];
        let found = of(&skus).unwrap();
        assert_eq!(
            (found.profit_line, found.turnover_line),
            (Decimal::from_whole(30), Decimal::from_whole(5))
        );
        assert_eq!(corners(&found), ["star", "cash", "slow", "problem"]);
        assert!(found.unknown.is_empty());
    }

    #[test]
    fn what_is_not_known_is_named_and_moves_no_line() {
        let skus = [
            ("a", "90", "8"),
            ("no cost", "", "100"),
            ("b", "10", "6"),
            ("c", "40", "4"),
            ("no stock", "900", ""),
            ("d", "20", "2"),
        ];
        let found = of(&skus).unwrap();
        assert_eq!(found.profit_line, Decimal::from_whole(30));
        assert_eq!(found.unknown, ["no cost", "no stock"]);
        assert_eq!(found.placed.len(), 4);
        assert_eq!(of(&skus[..4]), None);
    }

    #[test]
    fn a_loss_maker_is_no_star_among_worse_ones() {
        // The median of −5, −10, −20, −30, −40 is −20, that of the turns is 0.
        let skus = [
            ("a", "-5", "3"),
            ("b", "-10", "0"),
            ("c", "-20", "0"),
            ("d", "-30", "2"),
            ("e", "-40", "0"),
        ];
        let corners_of = of(&skus).unwrap();
        assert_eq!(corners(&corners_of), ["cash", "problem", "problem", "cash", "problem"]);
    }

    #[test]
    fn on_the_line_is_on_its_good_side() {
        let skus = [("a", "5", "1"), ("b", "5", "1"), ("c", "5", "1"), ("d", "5", "1")];
        assert_eq!(corners(&of(&skus).unwrap()), ["star"; 4]);
    }

    /// Weeks written one letter each, oldest first: `-` lost, `+` earned, `?` is not known.
    fn weeks(sku: &str, weeks: &str, inbound: &str, landed_unit: &str) -> SkuWeeks {
        let cm3 = |week: char| match week {
            '-' => Some(fixed("-0.01")),
            '+' => Some(fixed("12")),
            _ => None,
        };
        SkuWeeks {
            sku: sku.to_owned(),
            margins: weeks.chars().map(cm3).collect(),
            inbound: fixed(inbound),
            inbound_worth: Fixed::parse(landed_unit).map(|cost| fixed(inbound).times(cost)),
        }
    }

    #[test]
    fn eight_losing_weeks_of_twelve_and_more_on_its_way_are_a_restock() {
        let is_found = |it: &str, inbound| restocked(&[weeks("a", it, inbound, "4")]).len() == 1;
        assert!(is_found("--------++++", "1"));
        assert!(!is_found("-------+++++", "1"));
        assert!(!is_found("--------++++", "0"));
        // The thirteenth week back is over; a week without a value is no loss.
        assert!(!is_found("-+-------++++", "1"));
        assert!(!is_found("-------?++++", "1"));
        assert!(is_found("--------", "1"));
    }

    #[test]
    fn the_most_money_at_risk_stands_first() {
        let skus = [
            weeks("small", "------------", "100", "2.5"),
            weeks("unknown", "--------++++", "9000", ""),
            weeks("large", "---------+++", "40", "12.3456"),
            weeks("earns", "++++++++++++", "500", "3"),
        ];
        let found = restocked(&skus);
        let told: Vec<(&str, usize, Option<Fixed>)> =
            found.iter().map(|it| (it.sku.as_str(), it.losing_weeks, it.money_at_risk)).collect();
        assert_eq!(
            told,
            [
                ("large", 9, Some(fixed("493.824"))),
                ("small", 12, Some(fixed("250"))),
                ("unknown", 8, None),
            ]
        );
    }

    /// By hand: 15 days are half way to 30, 135 half way from 90 to 180; 7.5 % of 15 % are half of it.
    #[test]
    fn parts_are_scored_in_straight_lines() {
        let of = |part: SkuPart, value| part.points(Decimal::parse(value).unwrap()).to_string();
        let cover = ["0", "15", "30", "90", "135", "180", "500"].map(|it| of(SkuPart::Cover, it));
        assert_eq!(cover, ["0", "50", "100", "100", "50", "0", "0"]);
        let margin = ["-0.2", "0", "0.075", "0.15", "0.4"].map(|it| of(SkuPart::Margin, it));
        assert_eq!(margin, ["0", "0", "50", "100", "100"]);
        assert_eq!(["0", "0.03", "0.15"].map(|it| of(SkuPart::Returns, it)), ["100", "80", "0"]);
        assert_eq!(
            ["-0.5", "0", "0.15", "1"].map(|it| of(SkuPart::Trend, it)),
            ["0", "50", "75", "100"]
        );
        assert_eq!(["0", "1"].map(|it| of(SkuPart::Moving, it)), ["0", "100"]);
    }

    /// 0.3 × 50 + 0.2 × 100 + 0.3 × 80 + 0.2 × 90 = 77.
    #[test]
    fn a_score_is_made_of_all_parts_that_have_weight() {
        let points = |text: [&str; 5]| text.map(Fixed::parse);
        let known = points(["50", "100", "80", "90", ""]);
        assert_eq!(composite(SkuPart::WEIGHTS, known), Some(fixed("77")));
        // The trend is not known, and has weight.
        let mut weights = SkuPart::WEIGHTS;
        weights[4] = fixed("100");
        assert_eq!(composite(weights, known), None);
        // (77 × 100 + 20 × 100) ÷ 200
        assert_eq!(
            composite(weights, points(["50", "100", "80", "90", "20"])),
            Some(fixed("48.5"))
        );
        assert_eq!(composite([Fixed::ZERO; 5], known), None);
    }

    #[test]
    fn ads_may_eat_what_a_sku_leaves_before_them() {
        let of = |cm2, net| break_even_acos(fixed(cm2), fixed(net)).map(|it| it.to_string());
        assert_eq!(of("225", "900").as_deref(), Some("0.25"));
        assert_eq!(of("-90", "900").as_deref(), Some("-0.1"));
        assert_eq!(of("0", "900").as_deref(), Some("0"));
        assert_eq!(of("225", "0"), None);
        assert_eq!(of("-50", "-100"), None);
    }
}
