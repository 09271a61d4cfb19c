//! Forms of measures: of the orders of a period, where what comes of them later counts on their days, and the
//! number of members that have any.

use super::{Form, Name, dictionary::measure};
use crate::domain::{Dimension, Measure};

/// A measure and its cohort form.
struct Cohort {
    of: Measure,
    /// What comes later than so many days after an order does not count; `None`: whenever it comes.
    within_days: Option<u32>,
    is: Measure,
}

/// What formulas can ask for by `cohort(…)`.
const COHORTS: &[Cohort] =
    &[Cohort { of: Measure::ReturnedUnits, within_days: None, is: Measure::CohortReturnedUnits }];

impl Name {
    /// The measure that is meant; `None` for a KPI, and for what is not known.
    pub fn measure(&self) -> Option<Measure> {
        match self.form {
            Form::Cohort { within_days } => {
                let is_it = |it: &&Cohort| it.of.id() == self.id && it.within_days == within_days;
                COHORTS.iter().find(is_it).map(|it| it.is)
            }
            Form::Plain | Form::CountDistinct(_) => measure(&self.id),
        }
    }

    /// Whether there is such a form of what is named.
    pub(super) fn can_be_told(&self) -> bool {
        match self.form {
            Form::Plain => true,
            Form::CountDistinct(Dimension::Sku) => {
                self.measure().is_some_and(|measure| Measure::BY_SKU.contains(&measure))
            }
            Form::Cohort { .. } | Form::CountDistinct(_) => self.measure().is_some(),
        }
    }

    /// What can be asked for in its form, as it is written.
    pub(super) fn possible(&self) -> Vec<String> {
        let written = |(measure, form): (Measure, Form)| {
            let id = measure.id().to_owned();
            Self { id, form, is_optional: false, at: self.at }.to_string()
        };
        match self.form {
            Form::Plain => Vec::new(),
            Form::Cohort { .. } => {
                let form = |it: &Cohort| (it.of, Form::Cohort { within_days: it.within_days });
                COHORTS.iter().map(|it| written(form(it))).collect()
            }
            Form::CountDistinct(_) => {
                Measure::BY_SKU.iter().map(|measure| written((*measure, self.form))).collect()
            }
        }
    }
}
