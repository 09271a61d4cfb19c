//! Sums of products over number columns: `price * quantity`, `a + b - c`, `0.01 * views * percent`, or
//! a number for each row: `1`.

use crate::domain::Fixed;

/// An expression over the slots of a row's numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Expression {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    is_negative: bool,
    /// The numbers among its factors, multiplied; `None`: there are none.
    constant: Option<Fixed>,
    factors: Vec<usize>,
}

impl Expression {
    /// Reads `text`; `slot` gives the place of a column that the file has. A term over a column
    /// that the file lacks is left out; `None` when nothing is left.
    pub(crate) fn parse(text: &str, slot: impl Fn(&str) -> Option<usize>) -> Option<Self> {
        let mut terms = Vec::new();
        let mut is_negative = false;
        let mut rest = text;
        loop {
            let end = rest.find(['+', '-']).unwrap_or(rest.len());
            let (term, behind) = rest.split_at(end);
            terms.extend(Term::parse(term, is_negative, &slot));
            let Some(sign) = behind.chars().next() else { break };
            is_negative = sign == '-';
            rest = behind.get(1..).unwrap_or("");
        }
        (!terms.is_empty()).then_some(Self { terms })
    }

    /// The value over the numbers of one row, given by slot; empty cells count as nothing, and a product with one is nothing.
    pub(crate) fn value(&self, number_in: impl Fn(usize) -> Option<Fixed>) -> Fixed {
        let number = |slot: &usize| number_in(*slot);
        let mut sum = Fixed::ZERO;
        for term in &self.terms {
            let constant = term.constant.map(Some);
            let factors = constant.into_iter().chain(term.factors.iter().map(number));
            let product = product(factors).unwrap_or(Fixed::ZERO);
            sum = if term.is_negative { sum.minus(product) } else { sum.plus(product) };
        }
        sum
    }
}

impl Term {
    /// `None` for 0, and for a product with a column that the file lacks.
    fn parse(text: &str, is_negative: bool, slot: impl Fn(&str) -> Option<usize>) -> Option<Self> {
        let (mut constant, mut factors) = (None, Vec::new());
        for factor in text.split('*').map(str::trim).filter(|factor| !factor.is_empty()) {
            match Fixed::parse(factor) {
                Some(number) => {
                    constant = Some(constant.map_or(number, |it: Fixed| it.times(number)));
                }
                None => factors.push(slot(factor)?),
            }
        }
        let is_nothing = constant == Some(Fixed::ZERO) || text.trim().is_empty();
        (!is_nothing).then_some(Self { is_negative, constant, factors })
    }
}

/// `None` when a factor is.
fn product(mut factors: impl Iterator<Item = Option<Fixed>>) -> Option<Fixed> {
    let first = factors.next()??;
    factors.try_fold(first, |product, it| Some(product.times(it?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let slot = |name: &str| ["a", "b", "c"].iter().position(|it| *it == name);
        let number = |slot: usize| [2, 3, 10].get(slot).copied().map(Fixed::from_whole);
        let value = Expression::parse(text, slot).map(|it| it.value(number).to_string());
        assert_eq!(value.as_deref(), expected, "{text}");
    }

    #[test]
    fn sums_of_products() {
        check("a", Some("2"));
        check("a * b + c", Some("16"));
        check("c - a * b", Some("4"));
        check("0 - c", Some("-10"));
        check("- c", Some("-10"));
        check("1", Some("1"));
        check("2 * a - 1", Some("3"));
        check("0.01 * c * b", Some("0.3"));
    }

    #[test]
    fn columns_that_the_file_lacks_are_left_out() {
        check("a + missing", Some("2"));
        check("a * missing", None);
        check("missing", None);
    }
}
