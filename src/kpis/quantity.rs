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

    /// The quantity of a formula; `None` when it adds up different ones.
    pub(super) fn of<N>(
        expression: &Expression<N>,
        of_name: &impl Fn(&N) -> Option<Self>,
    ) -> Option<Self> {
        match expression {
            Expression::Number { .. } => Some(Self::NUMBER),
            Expression::Name(name) => of_name(name),
            Expression::Whole(inner)
            | Expression::Negated(inner)
            | Expression::Lag { inner, .. } => Self::of(inner, of_name),
            Expression::Binary { operator, left, right } => {
                let (left, right) = (Self::of(left, of_name)?, Self::of(right, of_name)?);
                let (money, count) = match operator {
                    Operator::Plus | Operator::Minus => return (left == right).then_some(left),
                    Operator::Times => {
                        (left.money.checked_add(right.money)?, left.count.checked_add(right.count)?)
                    }
                    Operator::DividedBy => {
                        (left.money.checked_sub(right.money)?, left.count.checked_sub(right.count)?)
                    }
                };
                Some(Self { money, count })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpis::Name;

    #[track_caller]
    fn check(formula: &str, unit: Unit, expected: bool) {
        let quantity = Quantity::of(&Expression::parse(formula).unwrap(), &|name: &Name| {
            let unit = if name.id.starts_with("money") { Unit::Money } else { Unit::Count };
            Some(Quantity::of_unit(unit))
        });
        assert_eq!(quantity.is_some_and(|quantity| quantity.fits(unit)), expected, "{formula}");
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
