//! Made-up measures with hand-computable sums.

use std::{collections::BTreeMap, rc::Rc};

use crate::domain::{
    Day, Dimension, Fixed, Measure, Measures, Missing, NotStated, Nothing, Period, ShopStated,
    Stated, Sum,
};

/// One slice of a made-up business: amounts by measure and day. A measure without amounts is
/// missing; a measure with amounts is covered on every day.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mock {
    amounts: BTreeMap<Measure, Vec<(Day, Fixed)>>,
    missing: BTreeMap<Measure, Missing>,
    stated: BTreeMap<String, Stated>,
    /// What is known of single members, by their ids.
    members: BTreeMap<String, Self>,
}

impl Mock {
    /// Amounts of one day, in ten-thousandths written as whole numbers and decimals.
    pub(crate) fn on(day: &str, amounts: &[(Measure, &str)]) -> Self {
        Self::default().and_on(day, amounts)
    }

    /// The same with amounts of another day.
    pub(crate) fn and_on(mut self, day: &str, amounts: &[(Measure, &str)]) -> Self {
        let day = Day::parse(day).unwrap();
        for (measure, amount) in amounts {
            self.amounts.entry(*measure).or_default().push((day, fixed(amount)));
        }
        self
    }

    /// The same with a measure missing for another reason than that nothing states it.
    pub(crate) fn without(mut self, measure: Measure, why: Missing) -> Self {
        self.amounts.remove(&measure);
        self.missing.insert(measure, why);
        self
    }

    /// The same with what is stated of a KPI: cases among all.
    pub(crate) fn stating(mut self, kpi: &str, count: &str, base: &str, day: &str) -> Self {
        let (count, base, day) = (fixed(count), fixed(base), Day::parse(day).unwrap());
        self.stated.insert(kpi.to_owned(), Stated { count, base, is_rate: true, day });
        self
    }

    /// The same with what is known of one member of a dimension.
    pub(crate) fn with_member(mut self, member: &str, slice: Self) -> Self {
        self.members.insert(member.to_owned(), slice);
        self
    }

    /// Both businesses together; what one of them misses is missing only if both do.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        for (measure, amounts) in &other.amounts {
            self.amounts.entry(*measure).or_default().extend(amounts);
        }
        self.stated.extend(other.stated.clone());
        self
    }
}

impl Measures for Mock {
    fn sum(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        if let Some(why) = self.missing.get(&measure) {
            return Err(*why);
        }
        let amounts = self.amounts.get(&measure).ok_or(Missing::NoData)?;
        let amounts = || amounts.iter().filter(|(day, _)| period.contains(*day));
        let n_facts = u64::try_from(amounts().count()).unwrap();
        Ok(Sum { value: amounts().map(|(_, amount)| *amount).sum(), n_facts })
    }

    fn count_members(
        &self,
        _: Dimension,
        measure: Measure,
        period: Period,
    ) -> Result<Sum, Missing> {
        self.sum(measure, period)?;
        let has_some = |it: &&Self| it.sum(measure, period).is_ok_and(|it| it.value != Fixed::ZERO);
        let n = self.members.values().filter(has_some).count();
        Ok(Sum { value: fixed(&n.to_string()), n_facts: u64::try_from(n).unwrap() })
    }

    fn uncovered(&self, measure: Measure, period: Period) -> Vec<Period> {
        if self.amounts.contains_key(&measure) { Vec::new() } else { vec![period] }
    }

    fn stated(&self, kpi: &str, _kinds: &[String], period: Period) -> Result<Stated, NotStated> {
        let stated = self.stated.get(kpi).filter(|stated| stated.day <= period.to);
        stated.copied().ok_or(NotStated::Nothing)
    }

    fn stated_by_shop(&self, kpi: &str, kinds: &[String], period: Period) -> Vec<ShopStated> {
        let stated = self.stated(kpi, kinds, period).ok();
        let of_shop = |stated| ShopStated {
            channel: "amazon".to_owned(),
            shop: "Amazon.com".to_owned(),
            stated,
        };
        stated.into_iter().map(of_shop).collect()
    }

    fn narrowed(&self, _: Dimension, member: &str) -> Rc<dyn Measures> {
        match self.members.get(member) {
            Some(slice) => Rc::new(slice.clone()),
            None => Rc::new(Nothing),
        }
    }
}

/// Reads `-12.5`.
fn fixed(text: &str) -> Fixed {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: i64 = format!("{whole}{fraction:0<4}").parse().unwrap();
    Fixed::from_ten_thousandths(digits)
}

/// `2026-01-01`..`2026-01-31`.
pub(crate) fn period(from: &str, to: &str) -> Period {
    Period::between(Day::parse(from).unwrap(), Day::parse(to).unwrap())
}
