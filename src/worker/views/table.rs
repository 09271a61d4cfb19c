//! KPI values as a plain table, for output.

use serde::Serialize;

use crate::{
    domain::{Dimension, Filters, Granularity, Period},
    kpis::Entry,
    worker::protocol::{UnitView, ValueView},
};

use super::{Slices, Views};

/// How a table is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableBy {
    Total,
    Time(Granularity),
    Dimension(Dimension),
}

/// What a table shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRequest {
    pub by: TableBy,
    /// KPI ids; empty: all.
    pub kpis: Vec<String>,
    /// `None`: all days with data.
    pub period: Option<Period>,
}

/// One value of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableRow {
    pub kpi: String,
    /// The member, when cut by a dimension.
    pub scope: Option<(Dimension, String)>,
    pub period: Period,
    pub unit: UnitView,
    pub value: ValueView,
}

impl<S: Slices> Views<'_, S> {
    /// Rows in catalogue order of KPIs within each member or bucket. Empty while there is no data.
    pub fn table(&self, request: &TableRequest) -> Vec<TableRow> {
        let Some(period) = request.period.or(self.covered) else { return Vec::new() };
        let filters = Filters::default();
        let mut rows = Vec::new();
        match request.by {
            TableBy::Total => self.table_part(request, None, &filters, &[period], &mut rows),
            TableBy::Time(granularity) => {
                let buckets = period.buckets(granularity, self.contracts.week());
                self.table_part(request, None, &filters, &buckets, &mut rows);
            }
            TableBy::Dimension(dimension) => {
                for member in self.member_ids(dimension, &filters) {
                    let narrowed = filters.narrowed(dimension, &member);
                    let scope = Some((dimension, member));
                    self.table_part(request, scope, &narrowed, &[period], &mut rows);
                }
            }
        }
        rows
    }

    fn table_part(
        &self,
        request: &TableRequest,
        scope: Option<(Dimension, String)>,
        filters: &Filters,
        periods: &[Period],
        rows: &mut Vec<TableRow>,
    ) {
        let chosen = self.chosen(filters);
        let is_asked =
            |entry: &&Entry| request.kpis.is_empty() || request.kpis.contains(&entry.kpi.id);
        let entries: Vec<&Entry> = self.dictionary.entries().iter().filter(is_asked).collect();
        for period in periods {
            for entry in &entries {
                rows.push(TableRow {
                    kpi: entry.kpi.id.clone(),
                    scope: scope.clone(),
                    period: *period,
                    unit: entry.kpi.unit.into(),
                    value: self.value(self.asked(entry), &chosen, *period),
                });
            }
        }
    }
}
