//! A small check of units: money is not added to counts, and a share has no unit left.

use crate::catalog::kpi::Unit;

use super::{Expression, Operator};

/// How often money and counts are factors of an expression: a price is money ÷ count.
/// Days, shares, ratios, scores and plain numbers have neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quantity {
    money: i8,
    count: i8,
}

impl Quantity {
    const NUMBER: Self = Self { money: 0, count: 0 };

    /// The quantity of what is shown in a unit.
    pub(super) const fn of_unit(unit: Unit) -> Self {
        match unit {
            Unit::Money => Self { money: 1, count: 0 },
            Unit::Count => Self { money: 0, count: 1 },
            _ => Self::NUMBER,
        }
    }

    /// Whether a KPI of this quantity may be shown in `unit`. Money per piece is shown as money.
    pub(super) const fn fits(self, unit: Unit) -> bool {
        match unit {
            Unit::Money => self.money == 1 && matches!(self.count, 0 | -1),
            Unit::Count => self.money == 0 && self.count == 1,
            _ => self.money == 0 && self.count == 0,
        }
    }

    /// The quantity of a formula. `of_name` tells that of a name, and where it stands.
    pub(super) fn of<N>(
        expression: &Expression<N>,
        of_name: &impl Fn(&N) -> Result<(Self, usize), Mismatch>,
    ) -> Result<Self, Mismatch> {
        match expression {
            Expression::Number { .. } => Ok(Self::NUMBER),
            Expression::Name(name) => Ok(of_name(name)?.0),
            Expression::Points { inner, .. } => Self::of(inner, of_name).map(|_| Self::NUMBER),
            Expression::Whole(inner)
            | Expression::Negated(inner)
            | Expression::Lag { inner, .. }
            | Expression::Window { inner, .. }
            | Expression::Filtered { inner, .. } => Self::of(inner, of_name),
            Expression::Binary { operator, left, right } => {
                let (one, other) = (Self::of(left, of_name)?, Self::of(right, of_name)?);
                let first_name = |of: &Expression<N>| {
                    let names = of.names();
                    names.first().and_then(|(name, _)| Some(of_name(name).ok()?.1))
                };
                let at = || first_name(right).or_else(|| first_name(left)).unwrap_or(1);
                let mismatch = || Mismatch { at: at(), left: one, right: other };
                let made = match operator {
                    Operator::Plus | Operator::Minus => (one == other).then_some(one),
                    Operator::Times => one.times(other),
                    Operator::DividedBy => one.divided_by(other),
                };
                made.ok_or_else(mismatch)
            }
        }
    }

    fn times(self, other: Self) -> Option<Self> {
        let money = self.money.checked_add(other.money)?;
        Some(Self { money, count: self.count.checked_add(other.count)? })
    }

    fn divided_by(self, other: Self) -> Option<Self> {
        let money = self.money.checked_sub(other.money)?;
        Some(Self { money, count: self.count.checked_sub(other.count)? })
    }

    /// Of money and of counts.
    pub(super) const fn powers(self) -> (i8, i8) {
        (self.money, self.count)
    }

    /// The stable name used by the page.
    pub(super) const fn id(self) -> &'static str {
        match (self.money, self.count) {
            (0, 0) => "number",
            (1, 0) => "money",
            (0, 1) => "count",
            (1, -1) => "money_per_count",
            (-1, 1) => "count_per_money",
            _ => "other",
        }
    }
}

/// Two quantities that do not go together, the second of which begins at a character of the formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mismatch {
    pub(super) at: usize,
    pub(super) left: Quantity,
    pub(super) right: Quantity,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpis::Name;

    #[track_caller]
    fn check(formula: &str, unit: Unit, expected: bool) {
        assert_eq!(quantity(formula).is_ok_and(|it| it.fits(unit)), expected, "{formula}");
    }

    fn quantity(formula: &str) -> Result<Quantity, Mismatch> {
        Quantity::of(&Expression::parse(formula).unwrap(), &|name: &Name| {
            let unit = if name.id.starts_with("money") { Unit::Money } else { Unit::Count };
            Ok((Quantity::of_unit(unit), name.at))
        })
    }

    #[test]
    fn a_mismatch_says_where_it_is() {
        let problem = quantity("money / count + (1 - money2)").unwrap_err();
        assert_eq!((problem.at, problem.left.id(), problem.right.id()), (22, "number", "money"));
        let problem = quantity("window(money, 7) - share(count)").unwrap_err();
        assert_eq!((problem.at, problem.left.id(), problem.right.id()), (26, "money", "number"));
    }

    #[test]
    fn prices_are_money_and_rates_have_no_unit() {
        check("money / count", Unit::Money, true);
        check("money / money2", Unit::Share, true);
        check("count * 30 / count2", Unit::Days, true);
        check("-(count + count2)", Unit::Count, true);
    }

    #[test]
    fn different_quantities_do_not_add_up() {
        check("money + count", Unit::Money, false);
        check("money - 1", Unit::Money, false);
        check("money / count", Unit::Share, false);
        check("money * money2", Unit::Money, false);
        check("count", Unit::Money, false);
    }
}
