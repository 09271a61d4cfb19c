//! How a value stands to its target.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{Fixed, TargetKind, TargetNumbers},
    kpis::Decimal,
};

/// How a value stands to what is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Worse than the floor, or outside a band beyond the tolerance.
    Missed,
    /// Worse than promised, beyond the tolerance.
    Behind,
    /// As promised, within the tolerance.
    OnTarget,
    /// Better than promised, beyond the tolerance.
    Ahead,
    /// Better than the stretch.
    Outstanding,
}

/// Holds a value against the numbers of a target; `is_less_better` where small values are good. `tolerance` is
/// a share of the number. `None` where the kind has no number that is given.
pub fn standing(
    value: Decimal,
    (kind, numbers): (TargetKind, TargetNumbers),
    tolerance: Fixed,
    is_less_better: bool,
) -> Option<Standing> {
    let [floor, commit, stretch] =
        [numbers.floor, numbers.commit, numbers.stretch].map(|it| it.map(Decimal::from));
    let room =
        |it: Decimal| it.absolute().times(tolerance.ten_thousandths().into(), Fixed::SCALE.into());
    // How much better than a number, in the KPI's unit.
    let better = |it: Decimal, is_less_better: bool| {
        if is_less_better { it.plus(value.negated()) } else { value.plus(it.negated()) }
    };
    let one_sided = |is_less_better: bool| {
        let commit = commit?;
        let (by, room) = (better(commit, is_less_better), room(commit));
        let is_below_floor = floor.is_some_and(|it| better(it, is_less_better) < Decimal::ZERO);
        let is_beyond = stretch.is_some_and(|it| better(it, is_less_better) >= Decimal::ZERO);
        Some(if by < room.negated() {
            if is_below_floor { Standing::Missed } else { Standing::Behind }
        } else if is_beyond {
            Standing::Outstanding
        } else if by > room {
            Standing::Ahead
        } else {
            Standing::OnTarget
        })
    };
    match kind {
        TargetKind::Ladder | TargetKind::ReachBy | TargetKind::Cumulative => {
            one_sided(is_less_better)
        }
        TargetKind::Floor => one_sided(false),
        TargetKind::Ceiling => one_sided(true),
        TargetKind::Band => {
            let (low, high) = (floor?, stretch?);
            let is_inside = value.plus(room(low)) >= low && value <= high.plus(room(high));
            Some(if is_inside { Standing::OnTarget } else { Standing::Missed })
        }
        TargetKind::PolicyLine => None,
    }
}

/// How many of the values of earlier periods would have met the number promised, or lain in the band; of how
/// many that have a value.
pub fn hits(
    values: &[Option<Decimal>],
    target: (TargetKind, TargetNumbers),
    is_less_better: bool,
) -> (u32, u32) {
    let standings = values
        .iter()
        .flatten()
        .filter_map(|value| standing(*value, target, Fixed::ZERO, is_less_better));
    standings.fold((0, 0), |(met, all), standing| {
        let is_met = !matches!(standing, Standing::Missed | Standing::Behind);
        (met + u32::from(is_met), all + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(texts: [&str; 3]) -> TargetNumbers {
        let [floor, commit, stretch] = texts.map(Fixed::parse);
        TargetNumbers { floor, commit, stretch }
    }

    #[track_caller]
    fn check(
        value: &str,
        kind: TargetKind,
        texts: [&str; 3],
        is_less_better: bool,
        expected: Standing,
    ) {
        let value = Decimal::parse(value).unwrap();
        let tolerance = Fixed::parse("0.05").unwrap();
        let found = standing(value, (kind, numbers(texts)), tolerance, is_less_better);
        assert_eq!(found, Some(expected));
    }

    /// By hand: floor 80, promised 100 with 5 % room (95 to 105), stretch 120.
    #[test]
    fn a_ladder_has_five_standings() {
        let steps = [
            ("79.99", Standing::Missed),
            ("80", Standing::Behind),
            ("94.99", Standing::Behind),
            ("95", Standing::OnTarget),
            ("105", Standing::OnTarget),
            ("105.01", Standing::Ahead),
            ("120", Standing::Outstanding),
        ];
        for (value, expected) in steps {
            check(value, TargetKind::Ladder, ["80", "100", "120"], false, expected);
        }
    }

    /// The same of costs: floor 30 %, promised 20 % with 1 point of room, stretch 15 %.
    #[test]
    fn where_less_is_better_all_is_the_other_way_round() {
        let steps = [
            ("0.31", Standing::Missed),
            ("0.22", Standing::Behind),
            ("0.21", Standing::OnTarget),
            ("0.18", Standing::Ahead),
            ("0.15", Standing::Outstanding),
        ];
        for (value, expected) in steps {
            check(value, TargetKind::Ladder, ["0.3", "0.2", "0.15"], true, expected);
        }
    }

    #[test]
    fn floors_ceilings_and_bands_have_a_side_of_their_own() {
        check("90", TargetKind::Floor, ["", "100", ""], true, Standing::Behind);
        check("110", TargetKind::Ceiling, ["", "100", ""], false, Standing::Behind);
        check("90", TargetKind::Ceiling, ["", "100", ""], false, Standing::Ahead);
        // 40 to 60 days, with 2 and 3 days of room.
        for (value, expected) in [
            ("37.9", Standing::Missed),
            ("38", Standing::OnTarget),
            ("63", Standing::OnTarget),
            ("63.1", Standing::Missed),
        ] {
            check(value, TargetKind::Band, ["40", "", "60"], false, expected);
        }
    }

    #[test]
    fn without_its_number_nothing_is_said() {
        let value = Decimal::from_whole(1);
        let stands = |kind, texts| standing(value, (kind, numbers(texts)), Fixed::ZERO, false);
        assert_eq!(stands(TargetKind::Ladder, ["1", "", "3"]), None);
        assert_eq!(stands(TargetKind::Band, ["1", "2", ""]), None);
        assert_eq!(stands(TargetKind::PolicyLine, ["1", "2", "3"]), None);
    }

    /// Of 90, 100, none and 130 two reached 100: 2 of 3.
    #[test]
    fn hits_are_of_what_has_a_value() {
        let values = ["90", "100", "", "130"].map(Decimal::parse);
        let target = (TargetKind::Ladder, numbers(["80", "100", "120"]));
        assert_eq!(hits(&values, target, false), (2, 3));
        assert_eq!(hits(&values, target, true), (2, 3));
        assert_eq!(hits(&[None], target, false), (0, 0));
    }
}
