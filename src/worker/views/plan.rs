//! What was reached of KPIs, as plans need it: without notes, and a year before with sales events beside each
//! other.

use std::rc::Rc;

use super::{Slices, Views};
use crate::{
    catalog::event::a_year_before,
    domain::{Day, Filters, Fixed, Measure, Measures as _, Period},
    kpis::{Decimal, Entry},
    worker::protocol::ValueView,
};

/// The value of a KPI, and what is below its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    pub value: Decimal,
    pub n: Decimal,
}

/// What was reached in one part of the business.
pub struct PastOf<'a, S: Slices> {
    views: &'a Views<'a, S>,
    entry: &'a Entry,
    chosen: super::values::Chosen<S::Slice>,
}

/// One part of the business, cut once for the pasts of several KPIs.
pub struct PartOf<'a, S: Slices> {
    views: &'a Views<'a, S>,
    slice: Rc<S::Slice>,
    whole: Rc<S::Slice>,
}

impl<'a, S: Slices> Views<'a, S> {
    /// What `filters` choose, which is cut for it alone.
    pub fn part_of(&'a self, filters: &Filters) -> PartOf<'a, S> {
        let slice = self.slices.slice_once(filters);
        let everywhere = Filters { channels: Vec::new(), shops: Vec::new(), ..filters.clone() };
        let whole = if everywhere == *filters {
            Rc::clone(&slice)
        } else {
            self.slices.slice_once(&everywhere)
        };
        PartOf { views: self, slice, whole }
    }

    /// The same, kept for further questions.
    pub fn kept_part_of(&'a self, filters: &Filters) -> PartOf<'a, S> {
        let everywhere = Filters { channels: Vec::new(), shops: Vec::new(), ..filters.clone() };
        let [slice, whole] = [filters, &everywhere].map(|filters| self.slices.slice(filters));
        PartOf { views: self, slice, whole }
    }

    /// The past of a KPI for what `filters` choose, which are cut for it alone; `None` for an unknown KPI.
    pub fn past_of(&'a self, kpi: &str, filters: &Filters) -> Option<PastOf<'a, S>> {
        self.dictionary.get(kpi)?;
        self.part_of(filters).past(kpi)
    }
}

impl<'a, S: Slices> PartOf<'a, S> {
    /// What a measure comes to; `None` where it is not known.
    pub fn sum(&self, measure: Measure, period: Period) -> Option<Fixed> {
        self.slice.sum(measure, period).ok().map(|it| it.value)
    }

    /// A measure as people see it.
    pub fn measure(&self, measure: Measure, period: Period) -> ValueView {
        self.views.measure_value(measure, &self.slice, period)
    }

    /// The same of a KPI; nothing of an unknown one.
    pub fn figure(&self, kpi: &str, period: Period) -> ValueView {
        let asked = self.views.asked_id(kpi);
        asked.map(|asked| self.views.value(asked, &self.chosen(), period)).unwrap_or_default()
    }

    /// Whether a KPI has settled in a period; an unknown one has.
    pub fn has_settled(&self, kpi: &str, period: Period) -> bool {
        let entry = self.views.dictionary.get(kpi);
        entry.is_none_or(|entry| !self.views.is_immature(entry, period))
    }

    /// The past of a KPI in this part; `None` for an unknown one.
    pub fn past(&self, kpi: &str) -> Option<PastOf<'a, S>> {
        let entry = self.views.dictionary.get(kpi)?;
        Some(PastOf { views: self.views, entry, chosen: self.chosen() })
    }

    fn chosen(&self) -> super::values::Chosen<S::Slice> {
        let [slice, whole] = [&self.slice, &self.whole].map(Rc::clone);
        super::values::Chosen { slice, whole, channels: Vec::new() }
    }
}

impl<S: Slices> PastOf<'_, S> {
    /// What was reached in a period that has begun and lies in the days with facts, up to their end.
    pub fn reached(&self, period: Period) -> Option<Reached> {
        let known = period.within(&self.views.covered?)?;
        let value = self.views.evaluate(self.entry, &self.chosen, known);
        value.defined().map(|it| Reached { value: it.value, n: it.n })
    }

    /// What was reached in a period all of whose days are known and have settled.
    pub fn settled(&self, period: Period) -> Option<Reached> {
        let is_known =
            self.views.covered.is_some_and(|it| it.from <= period.from && period.to <= it.to);
        let is_settled = is_known && !self.views.is_immature(self.entry, period);
        if is_settled { self.reached(period) } else { None }
    }

    /// Whether anything was ever reached.
    pub fn is_known(&self) -> bool {
        self.views.covered.is_some_and(|covered| self.reached(covered).is_some())
    }

    /// What was reached on the counterparts of a period's days a year before; `None` where one of them is not
    /// known, and of KPIs that do not add up day by day.
    pub fn year_before(&self, period: Period) -> Option<Decimal> {
        self.years_before(period, 1)
    }

    /// The same some years before.
    pub fn years_before(&self, period: Period, n_years: u32) -> Option<Decimal> {
        let covered = self.views.covered?;
        let mut sum = Decimal::ZERO;
        for part in counterparts(period, n_years) {
            if part.from < covered.from || covered.to < part.to {
                return None;
            }
            sum = sum.plus(self.reached(part)?.value);
        }
        Some(sum)
    }
}

/// The days some years before beside which the days of a period stand, as few stretches as they make.
pub fn counterparts(period: Period, n_years: u32) -> Vec<Period> {
    let mut parts: Vec<Period> = Vec::new();
    for day in period.from.days_since_epoch()..=period.to.days_since_epoch() {
        let day = Day::from_days_since_epoch(day);
        let day = (0..n_years).fold(day, |day, _| a_year_before(day));
        match parts.last_mut() {
            Some(last) if last.to.plus(1) == day => last.to = day,
            _ => parts.push(Period { from: day, to: day }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kpis::mock::period, worker::views::mock::Business};

    #[test]
    fn days_stand_beside_those_of_the_same_event() {
        // Far from any event all of them are 364 days on: the same weekdays.
        let texts = |it: Vec<Period>| it.iter().map(ToString::to_string).collect::<Vec<_>>();
        let march = counterparts(period("2025-09-10", "2025-09-16"), 1);
        assert_eq!(texts(march), ["2024-09-11..2024-09-17"]);
        // Black Friday 2025 was on 28 November, that of 2024 on the 29th.
        let friday = counterparts(period("2025-11-28", "2025-11-28"), 1);
        assert_eq!(texts(friday), ["2024-11-29..2024-11-29"]);
        // And that of 2023 on the 24th.
        let friday = counterparts(period("2025-11-28", "2025-11-28"), 2);
        assert_eq!(texts(friday), ["2023-11-24..2023-11-24"]);
    }

    #[test]
    fn what_is_not_over_has_not_settled() {
        let business = Business::new();
        let covered = Business::covered();
        let views = business.views(covered);
        let past = views.past_of("sales.net", &Filters::default()).unwrap();
        let january = period("2026-01-01", "2026-01-31");
        assert_eq!(past.reached(january).map(|it| it.value.to_string()).as_deref(), Some("380"));
        // Nothing is known of its later days.
        let later = Period { from: january.from, to: covered.to.plus(1) };
        assert_eq!(past.settled(later), None);
        assert_eq!(past.year_before(january), None);
        assert!(views.past_of("no.such", &Filters::default()).is_none());
    }
}
