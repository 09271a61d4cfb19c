//! A KPI's value for a slice of the business and a period.

use std::collections::BTreeSet;

use crate::{
    catalog::kpi::CostOrFees,
    domain::{Fixed, Measure, Measures, Missing, Period},
};

use super::{
    Contracts, Defined, Dictionary, Entry, Expression, Filter, KpiValue, Note, Operand, Operator,
    Subject, Undefined, dictionary::CoverageRule, formula::Bound, fraction::Fraction,
    wilson::wilson_interval,
};

/// Evaluates KPIs of one slice. Cheap to make; the sums are asked for as they are needed.
#[derive(Clone, Copy)]
pub struct Evaluator<'a> {
    pub dictionary: &'a Dictionary,
    pub contracts: &'a Contracts,
    /// The facts chosen.
    pub slice: &'a dyn Measures,
    /// The same choice without channel and shop, for shares of the whole; `slice` itself when
    /// neither is chosen.
    pub whole: &'a dyn Measures,
    /// The period is a window that a formula looks back on: half of it would be too little.
    pub is_window: bool,
}

/// What stands at a place of a formula.
struct Part {
    value: Fraction,
    /// See `Defined::n`.
    n: Fraction,
    /// Whether `n` is a denominator.
    is_rate: bool,
    /// The smallest share that any part stands on; `None` when all of them are complete.
    coverage: Option<Fraction>,
    notes: BTreeSet<Note>,
}

impl Evaluator<'_> {
    /// Sums first, division last. Undefined when a measure is missing, a denominator is 0 or too
    /// little is known; never rounds before the end.
    pub fn evaluate(&self, entry: &Entry, period: Period) -> KpiValue {
        match self.defined(entry, period) {
            Ok(defined) => KpiValue::Defined(defined),
            Err(undefined) => KpiValue::Undefined(undefined),
        }
    }

    fn defined(&self, entry: &Entry, period: Period) -> Result<Defined, Undefined> {
        let decimal = |fraction: Fraction| fraction.to_decimal().ok_or(Undefined::OutOfRange);
        let part = self.entry(entry, period)?;
        let n = decimal(part.n)?;
        let mut notes = part.notes;
        let minimum = entry.kpi.min_denominator;
        if part.is_rate && n.absolute() < super::Decimal::from_whole(u64::from(minimum)) {
            let is_of_cases = self.dictionary.is_of_cases(entry, self.contracts, period.to);
            let value = decimal(part.value)?;
            let interval = is_of_cases.then(|| wilson_interval(value, n)).flatten();
            notes.insert(Note::SmallDenominator { n, minimum, interval });
        }
        let coverage = part.coverage.map(decimal).transpose()?;
        Ok(Defined { value: decimal(part.value)?, n, coverage, notes })
    }

    fn entry(&self, entry: &Entry, period: Period) -> Result<Part, Undefined> {
        let shares = entry.coverage.iter().map(|rule| self.share(rule, period));
        let shares = shares.collect::<Result<Vec<_>, _>>()?;
        let mut part = self.expression(entry.formula_on(self.contracts, period.to), period)?;
        for share in shares {
            part.coverage = smaller(part.coverage, share.coverage)?;
            part.notes.extend(share.notes);
        }
        Ok(part)
    }

    fn expression(
        &self,
        expression: &Expression<Operand>,
        period: Period,
    ) -> Result<Part, Undefined> {
        match expression {
            Expression::Number { units, places } => {
                let value = Fraction::from_number(*units, *places);
                Ok(Part::of(value.ok_or(Undefined::OutOfRange)?))
            }
            Expression::Name(operand) => self.operand(operand, period),
            Expression::Whole(inner) => {
                Evaluator { slice: self.whole, ..*self }.expression(inner, period)
            }
            Expression::Lag { inner, days } => {
                let days = i32::try_from(*days).unwrap_or(i32::MAX);
                let earlier = Period { from: period.from.plus(-days), to: period.to.plus(-days) };
                self.expression(inner, earlier)
            }
            Expression::Window { inner, days } => {
                let days = i32::try_from(*days).unwrap_or(i32::MAX);
                let window = Period { from: period.to.plus(1 - days), to: period.to };
                Evaluator { is_window: true, ..*self }.expression(inner, window)
            }
            Expression::Points { inner, none, full } => {
                let part = self.expression(inner, period)?;
                let value = points(part.value, *none, *full).ok_or(Undefined::OutOfRange)?;
                Ok(Part { value, ..part })
            }
            Expression::Filtered { inner, filter } => {
                let Filter { dimension, member } = filter;
                let slice = self.slice.narrowed(*dimension, member);
                // Shares are those of all channels and shops, but of the same products.
                let whole =
                    filter.is_of_products().then(|| self.whole.narrowed(*dimension, member));
                let whole = whole.as_deref().unwrap_or(self.whole);
                Evaluator { slice: &*slice, whole, ..*self }.expression(inner, period)
            }
            Expression::Negated(inner) => {
                let part = self.expression(inner, period)?;
                let value = part.value.negated().ok_or(Undefined::OutOfRange)?;
                Ok(Part { value, ..part })
            }
            Expression::Binary { operator, left, right } => {
                let one = self.expression(left, period)?;
                let other = self.expression(right, period)?;
                if *operator == Operator::DividedBy {
                    return one.divided_by(other, right);
                }
                one.combined(*operator, other)
            }
        }
    }

    fn operand(&self, operand: &Operand, period: Period) -> Result<Part, Undefined> {
        let measure = match &operand.subject {
            Subject::Measure(measure) => *measure,
            Subject::Kpi { place, .. } => {
                let entry = self.dictionary.at(*place).ok_or(Undefined::OutOfRange)?;
                return self.entry(entry, period);
            }
            Subject::Stated { kpi, kinds, .. } => return self.stated(kpi, kinds, period),
        };
        let is_needed = self.is_window && !operand.is_optional;
        if is_needed && self.begins_late(measure, period) {
            return Err(Undefined::from_missing(measure, Missing::TooShort));
        }
        let sum = match operand.counted {
            Some(dimension) => self.slice.count_members(dimension, measure, period),
            None => self.slice.sum(measure, period),
        };
        let sum = match sum {
            Ok(sum) => sum,
            Err(why) => return missing(measure, why, operand.is_optional),
        };
        let n = Fraction::from_count(sum.n_facts);
        let part = Part { n, ..Part::of(sum.value.into()) };
        let Some(rule) = &operand.needs else { return Ok(part) };
        let share = self.share(rule, period)?;
        Ok(Part { coverage: share.coverage, notes: share.notes, ..part })
    }

    /// Whether a measure that adds up facts is told only from a later day on than a window begins.
    fn begins_late(&self, measure: Measure, window: Period) -> bool {
        let is_told = |gap: &Period| gap.from == window.from && gap.to < window.to;
        measure.is_of_facts()
            && !measure.is_level()
            && self.slice.uncovered(measure, window).first().is_some_and(is_told)
    }

    /// What is stated of a KPI, with a note when it is not of the period's last day.
    fn stated(&self, kpi: &str, kinds: &[String], period: Period) -> Result<Part, Undefined> {
        let undefined = |why| Undefined::NotStated { kpi: kpi.to_owned(), why };
        let stated = self.slice.stated(kpi, kinds, period).map_err(undefined)?;
        let (count, base) = (Fraction::from(stated.count), Fraction::from(stated.base));
        let value = count.divided_by(base).ok_or(Undefined::OutOfRange)?;
        let n = if stated.is_rate { base } else { Fraction::ZERO };
        let note = (stated.day < period.to).then_some(Note::AsOf { day: stated.day });
        let notes = note.into_iter().collect();
        Ok(Part { n, is_rate: stated.is_rate, notes, ..Part::of(value) })
    }

    /// The share of the basis that is covered, with its notes; 1 − gap ÷ basis, so that a SKU
    /// with negative sales and no cost is a gap as well.
    fn share(&self, rule: &CoverageRule, period: Period) -> Result<Part, Undefined> {
        let out_of_range = Undefined::OutOfRange;
        let basis = self.dictionary.at(rule.basis).ok_or(out_of_range.clone())?;
        let basis = self.entry(basis, period)?;
        let covered = self.slice.sum(rule.covered, period);
        let covered = covered.map_err(|why| Undefined::from_missing(rule.covered, why))?;
        let share = share(covered.value.into(), basis.value).ok_or(out_of_range.clone())?;
        let is_below = |line: Fraction| share.is_less_than(line).ok_or(out_of_range.clone());
        let rounded = share.to_decimal().ok_or(out_of_range.clone())?;
        let is_partial = is_below(Fraction::ONE)?;
        let note = match rule.kind {
            CostOrFees::Cost => {
                if is_below(self.contracts.missing_cost().line().into())? {
                    return Err(Undefined::MissingCost { share: rounded });
                }
                Note::PartialCost { share: rounded }
            }
            CostOrFees::Fees => {
                // A share of 0 can also come from sales of both signs, and then there are fees.
                if share.is_zero() && covered.value == Fixed::ZERO {
                    return Err(Undefined::MissingFees { measure: Measure::PlatformFees });
                }
                Note::PartialFees { share: rounded }
            }
        };
        let mut notes = basis.notes;
        let coverage = is_partial.then_some(share);
        notes.extend(is_partial.then_some(note));
        Ok(Part { coverage: smaller(basis.coverage, coverage)?, notes, ..Part::of(share) })
    }
}

impl Part {
    fn of(value: Fraction) -> Self {
        let n = Fraction::ZERO;
        Self { value, n, is_rate: false, coverage: None, notes: BTreeSet::new() }
    }

    /// Sum, difference or product. Two sums rest on the larger number of facts, two rates on the
    /// smaller denominator.
    fn combined(self, operator: Operator, other: Self) -> Result<Self, Undefined> {
        let value = match operator {
            Operator::Plus => self.value.plus(other.value),
            Operator::Minus => self.value.minus(other.value),
            Operator::Times => self.value.times(other.value),
            Operator::DividedBy => self.value.divided_by(other.value),
        };
        let value = value.ok_or(Undefined::OutOfRange)?;
        let is_less = self.n.is_less_than(other.n).ok_or(Undefined::OutOfRange)?;
        let n = match (self.is_rate, other.is_rate) {
            (true, true) => {
                if is_less {
                    self.n
                } else {
                    other.n
                }
            }
            (false, false) => {
                if is_less {
                    other.n
                } else {
                    self.n
                }
            }
            (true, false) => self.n,
            (false, true) => other.n,
        };
        let coverage = smaller(self.coverage, other.coverage)?;
        let mut notes = self.notes;
        notes.extend(other.notes);
        Ok(Self { value, n, is_rate: self.is_rate || other.is_rate, coverage, notes })
    }

    /// The denominator becomes `n`, or gives its own `n` when it is a rate itself. Dividing by a
    /// number only scales.
    fn divided_by(self, other: Self, denominator: &Expression<Operand>) -> Result<Self, Undefined> {
        if other.value.is_zero() {
            return Err(Undefined::DivisionByZero { denominator: denominator.to_string() });
        }
        if other.value.is_less_than(Fraction::ZERO).ok_or(Undefined::OutOfRange)? {
            return Err(Undefined::NegativeDenominator { denominator: denominator.to_string() });
        }
        let n = if other.is_rate { other.n } else { other.value };
        let is_scaled = denominator.names().is_empty();
        let part = self.combined(Operator::DividedBy, other)?;
        Ok(if is_scaled { part } else { Self { n, is_rate: true, ..part } })
    }
}

/// 1 − |basis − covered| ÷ |basis|, at least 0. A basis of 0 is covered by 0 and nothing else.
fn share(covered: Fraction, basis: Fraction) -> Option<Fraction> {
    let gap = basis.minus(covered)?.absolute()?;
    if gap.is_zero() {
        return Some(Fraction::ONE);
    }
    if basis.is_zero() {
        return Some(Fraction::ZERO);
    }
    let share = Fraction::ONE.minus(gap.divided_by(basis.absolute()?)?)?;
    Some(if share.is_less_than(Fraction::ZERO)? { Fraction::ZERO } else { share })
}

/// 0 at `none` and beyond, 100 at `full` and beyond, in a straight line between. Rounded, since the fractions
/// of several scores have nothing in common and would grow out of range when they are added.
fn points(value: Fraction, none: Bound, full: Bound) -> Option<Fraction> {
    let bound = |it: Bound| Fraction::from_number(it.units, it.places);
    let (none, full) = (bound(none)?, bound(full)?);
    let share = value.minus(none)?.divided_by(full.minus(none)?)?;
    if share.is_less_than(Fraction::ZERO)? {
        return Some(Fraction::ZERO);
    }
    let hundred = Fraction::from_count(100);
    if !share.is_less_than(Fraction::ONE)? {
        return Some(hundred);
    }
    Some(share.times(hundred)?.to_decimal()?.into())
}

fn smaller(one: Option<Fraction>, other: Option<Fraction>) -> Result<Option<Fraction>, Undefined> {
    let (Some(left), Some(right)) = (one, other) else { return Ok(one.or(other)) };
    let is_less = left.is_less_than(right).ok_or(Undefined::OutOfRange)?;
    Ok(Some(if is_less { left } else { right }))
}

/// An optional measure that no export states is 0, with a note. A sum over no SKU with a cost is
/// 0 indeed. One that exists but not in this detail stays missing: 0 would be wrong.
fn missing(measure: Measure, why: Missing, is_optional: bool) -> Result<Part, Undefined> {
    match why {
        Missing::NoData if is_optional => {
            let notes = BTreeSet::from([Note::Missing { measure }]);
            Ok(Part { notes, ..Part::of(Fraction::from(Fixed::ZERO)) })
        }
        Missing::NoCost if is_optional => Ok(Part::of(Fraction::ZERO)),
        _ => Err(Undefined::from_missing(measure, why)),
    }
}

#[cfg(test)]
mod tests;
