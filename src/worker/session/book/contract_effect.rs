//! What choosing otherwise in a contract would change.

use std::rc::Rc;

use super::{
    Book,
    basis::{Basis, cube_options},
};
use crate::{
    domain::{Filters, Granularity, Period, steps},
    worker::{
        protocol::{ContractEffect, Failure, HomeRequest, MovedKpi, MovedMonth},
        session::imports::cube_in_steps,
        views::Views,
    },
};

impl Book {
    /// The KPIs and months that would have another value, for the filters and the period of `request`.
    pub(in crate::worker::session) fn contract_effect(
        &self,
        contract: &str,
        choice: &str,
        request: &HomeRequest,
    ) -> Result<ContractEffect, Failure> {
        let other = self.basis_with(contract, choice)?;
        let period = self.with_views(|views| views.period(request));
        let filters = &request.filters;
        let values = |views: &Views<'_, Basis>| views.values(filters, period);
        let before = self.views_of(&self.basis, values);
        let after = self.views_of(&other, values);
        let entries = self.dictionary().entries().iter();
        let kpis = entries.zip(before.into_iter().zip(after)).filter(|(_, (before, after))| {
            (&before.value, &before.undefined) != (&after.value, &after.undefined)
        });
        let kpis = kpis.map(|(entry, (before, after))| MovedKpi {
            kpi: entry.kpi.id.clone(),
            names: entry.kpi.names.clone(),
            unit: entry.kpi.unit.into(),
            before,
            after,
        });
        Ok(ContractEffect {
            period,
            currency_before: self.basis.currency,
            currency_after: other.currency,
            kpis: kpis.collect(),
            months: self.moved_months(&other, filters),
        })
    }

    /// Keys of the segments without which the effect of a choice cannot be told.
    pub(in crate::worker::session) fn missing_under(
        &self,
        contract: &str,
        choice: &str,
    ) -> Vec<String> {
        let mut contracts = self.contracts.clone();
        let is_known = contracts.choose(contract, choice).is_ok();
        if is_known && self.made_with(&contracts) != self.made_of() {
            self.missing_segments()
        } else {
            self.missing_for_cube()
        }
    }

    /// The basis of figures under another choice.
    fn basis_with(&self, contract: &str, choice: &str) -> Result<Basis, Failure> {
        let mut contracts = self.contracts.clone();
        let invalid = |_| Failure::InvalidValue { value: choice.to_owned() };
        contracts.choose(contract, choice).map_err(invalid)?;
        let is_same_cube = self.made_with(&contracts) == self.made_of();
        let cube = if is_same_cube {
            Rc::clone(&self.derived.cube)
        } else {
            let parts = self.parts();
            let options = cube_options(&contracts, self.fold.keeps_buyers);
            let masks = self.masks(&parts);
            let products = &self.fold.products;
            let work = cube_in_steps(&self.recipes, &parts, &masks, products, options);
            Rc::new(steps::finish(work))
        };
        let covered_by = self.files_cover();
        Ok(Basis::of(contracts, cube, &self.fold, covered_by))
    }

    /// Months whose net sales would be others, oldest first.
    fn moved_months(&self, other: &Basis, filters: &Filters) -> Vec<MovedMonth> {
        let covered = [&self.basis, other].into_iter().filter_map(|basis| basis.cube.covered());
        let Some(covered) = covered.reduce(|one, other| one.including(&other)) else {
            return Vec::new();
        };
        let week = self.contracts.week();
        let whole = |day| Granularity::Month.bucket(day, week);
        let days = whole(covered.from).including(&whole(covered.to));
        let months = days.buckets(Granularity::Month, week);
        let before = self.net_sales(&self.basis, filters, &months);
        let after = self.net_sales(other, filters, &months);
        let moved = |(month, (before, after)): (&Period, (Option<String>, Option<String>))| {
            (before != after).then_some(MovedMonth { month: month.from, before, after })
        };
        months.iter().zip(before.into_iter().zip(after)).filter_map(moved).collect()
    }
}
