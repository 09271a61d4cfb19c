//! What taking in a file would change.

use std::{collections::BTreeMap, rc::Rc};

use super::{Book, basis::Basis};
use crate::{
    catalog::Catalog,
    domain::{Filters, Granularity, Period, steps},
    facts::{self, MergeInput, Precedence, Segment},
    ingest,
    worker::{
        protocol::{Effect, FileMeta, MonthChange},
        session::imports::{
            Part, add_reading, cube_in_steps, masks, merge_inputs, precedence_of, table_of,
        },
    },
};

impl Book {
    /// What taking in a file that was read by `catalog` would change.
    pub(in crate::worker::session) fn effect_of(
        &self,
        catalog: &Catalog,
        reading: &ingest::Reading,
        meta: &FileMeta,
    ) -> Effect {
        let precedence = precedence_of(meta, reading);
        let parts = self.parts();
        let known: Vec<MergeInput<'_>> = merge_inputs(&parts).into_iter().map(|it| it.0).collect();
        let mut added: BTreeMap<facts::Table, Vec<&Segment>> = BTreeMap::new();
        for segment in &reading.segments {
            added.entry(segment.table()).or_default().push(segment);
        }
        let mut effect = Effect::default();
        for (table, segments) in added {
            let rivals: Vec<MergeInput<'_>> =
                known.iter().filter(|input| table_of(input) == Some(table)).cloned().collect();
            let one = facts::effect(&rivals, &MergeInput { segments, precedence });
            effect.new += one.new;
            effect.replaced += one.replaced;
            effect.same += one.same;
            effect.outdated += one.outdated;
        }
        if let Some(period) = reading.period
            && !parts.is_empty()
        {
            effect.months = self.month_changes(catalog, parts, reading, precedence, period);
        }
        effect
    }

    /// Months whose net sales would change, in the currency that the workbook would then have.
    fn month_changes(
        &self,
        catalog: &Catalog,
        parts: Vec<Part>,
        reading: &ingest::Reading,
        precedence: Precedence,
        period: Period,
    ) -> Vec<MonthChange> {
        if self.derived.made_of != self.made_of() {
            return Vec::new();
        }
        let added = reading.segments.iter().map(|segment| Part {
            import: String::new(),
            segment: Rc::clone(segment),
            precedence,
        });
        let parts: Vec<Part> = parts.into_iter().chain(added).collect();
        let (masks, options) = (masks(&parts), self.cube_options());
        let work = cube_in_steps(&self.recipes, &parts, &masks, &self.fold.products, options);
        let cube = steps::finish(work);
        let mut covered_by = self.files_cover();
        add_reading(&mut covered_by, catalog, reading);
        let other = Basis::of(self.contracts.clone(), Rc::new(cube), &self.fold, covered_by);
        let week = self.contracts.week();
        let whole = |day| Granularity::Month.bucket(day, week);
        let days = whole(period.from).including(&whole(period.to));
        let months = days.buckets(Granularity::Month, week);
        let all = Filters::default();
        let (before, after) =
            (self.net_sales(&self.basis, &all, &months), self.net_sales(&other, &all, &months));
        let change = |(month, (before, after)): (&Period, (Option<String>, Option<String>))| {
            let currency = other.currency;
            let moved = before != after;
            moved.then_some(MonthChange { month: month.from, before, after, currency })
        };
        months.iter().zip(before.into_iter().zip(after)).filter_map(change).collect()
    }

    /// Net sales of each month; `None` where there is no value.
    pub(super) fn net_sales(
        &self,
        basis: &Basis,
        filters: &Filters,
        months: &[Period],
    ) -> Vec<Option<String>> {
        self.views_of(basis, |views| views.net_sales(filters, months))
    }
}
