//! What taking in a file would change.

use std::{collections::BTreeMap, rc::Rc};

use super::{Book, basis::currency};
use crate::{
    catalog::Catalog,
    domain::{Filters, Fixed, Granularity, Measure, Measures, Period},
    facts::{self, Choice, MergeInput, Precedence, Segment, Slice},
    ingest,
    worker::{
        protocol::{Effect, FileMeta, MonthChange},
        session::imports::{
            Part, add_reading, covered_by, cube_of, masks, merge_inputs, precedence, table_of,
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
        let precedence = precedence(
            reading.period,
            !reading.lacking_columns.is_empty(),
            meta.modified_millis,
            reading.content_hash,
        );
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
        let cube = cube_of(
            &self.recipes,
            &parts,
            &masks(&parts),
            &self.fold.products,
            self.cube_options(),
        );
        let mut covered_by = covered_by(&self.recipes.known, self.records());
        add_reading(&mut covered_by, catalog, reading);
        let (all, currency) = (Filters::default(), currency(&self.contracts, &cube));
        let choice = |covered| Choice { currency, ..self.basis.choice(&all, covered) };
        let before = Slice::of(&self.derived.cube, &choice(&self.basis.covered_by));
        let after = Slice::of(&cube, &choice(&covered_by));
        let whole = Granularity::Month.bucket(period.from, self.contracts.week());
        let last = Granularity::Month.bucket(period.to, self.contracts.week());
        let months = whole.including(&last).buckets(Granularity::Month, self.contracts.week());
        let net = |slice: &Slice, month: Period| net_sales(slice, month).map(|it| it.to_string());
        let change = |month: Period| {
            let (before, after) = (net(&before, month), net(&after, month));
            let moved = before != after;
            moved.then_some(MonthChange { month: month.from, before, after, currency })
        };
        months.into_iter().filter_map(change).collect()
    }
}

/// Net sales of a period; `None` where no sales are covered.
pub(super) fn net_sales(slice: &Slice, period: Period) -> Option<Fixed> {
    let sum = |measure| slice.sum(measure, period).map(|sum| sum.value);
    let gross = sum(Measure::GrossSales).ok()?;
    let discounts = sum(Measure::SellerDiscounts).unwrap_or_default();
    Some(gross.minus(discounts).minus(sum(Measure::Refunds).unwrap_or_default()))
}
