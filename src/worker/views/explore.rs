//! A table of KPIs by two of: the KPIs, time, and the parts of the business.

use std::{collections::BTreeMap, rc::Rc};

use crate::{
    domain::{Dimension, Filters, Granularity, Names, Period},
    kpis::{Dictionary, Entry},
    worker::protocol::{Axis, ExploreRequest, ExploredKpi, Head, KpiChoice, Member, ValueView},
};

use super::{
    Slices, Views,
    values::{Asked, Chosen},
};

/// Most buckets and members in the rows or columns of a table.
const MOST_HEADS: usize = 60;

/// The table without what is known of the workbook as a whole.
pub struct Explored {
    pub period: Period,
    pub kpis: Vec<ExploredKpi>,
    pub rows: Heads,
    pub columns: Heads,
    pub cells: Vec<Vec<ValueView>>,
    pub choices: Vec<KpiChoice>,
}

/// What the rows or the columns of a table are of.
#[derive(Default)]
pub struct Heads {
    pub heads: Vec<Head>,
    pub n_left_out: u32,
}

/// The slices of a table, each cut once.
type Parts<M> = BTreeMap<Filters, Rc<Chosen<M>>>;

impl<S: Slices> Views<'_, S> {
    /// Every value is worked out of its own sums, totals too: ratios and distinct counts do not add up.
    pub fn explore(&self, request: &ExploreRequest) -> Explored {
        let period = self.period_or_last(request.period, request.today);
        let kpis: Vec<Asked<'_>> = request.kpis.iter().filter_map(|id| self.asked_id(id)).collect();
        let has_kpis = request.rows == Axis::Kpis || request.columns == Axis::Kpis;
        let n_kpis = if has_kpis { kpis.len() } else { kpis.len().min(1) };
        let kpis = kpis.get(..n_kpis).unwrap_or(&[]);
        let rows = self.heads(request.rows, request, period, n_kpis);
        let columns = self.heads(request.columns, request, period, n_kpis);
        let mut parts = Parts::new();
        let mut row_of = |row: &Head| {
            // No other row has the same parts.
            if matches!(request.rows, Axis::Members(_)) {
                parts.clear();
            }
            let cell = |column: &Head| {
                let asked = kpi_at(row).or(kpi_at(column)).unwrap_or(0);
                let Some(asked) = kpis.get(asked) else { return ValueView::default() };
                let filters = narrowed(&request.filters, request.rows, row);
                let filters = narrowed(&filters, request.columns, column);
                if !parts.contains_key(&filters) {
                    let part = Rc::new(self.cut_for(&filters, request, &parts));
                    parts.insert(filters.clone(), part);
                }
                let Some(part) = parts.get(&filters) else { return ValueView::default() };
                self.value(*asked, part, bucket(row).or(bucket(column)).unwrap_or(period))
            };
            columns.heads.iter().map(cell).collect()
        };
        let cells = rows.heads.iter().map(&mut row_of).collect();
        Explored {
            period,
            kpis: kpis.iter().map(|asked| explored(asked.entry)).collect(),
            cells,
            rows,
            columns,
            choices: kpi_choices(self.dictionary),
        }
    }

    /// A KPI by months, as many as a table shows, for whoever asks for it later.
    pub fn make_ready(&self, entry: &Entry, filters: &Filters) {
        let Some(covered) = self.covered else { return };
        let months = covered.buckets(Granularity::Month, self.contracts.week());
        let chosen = self.chosen(filters);
        let newest = months.len().saturating_sub(MOST_HEADS);
        for month in months.into_iter().skip(newest) {
            self.evaluate(entry, &chosen, month);
        }
    }

    fn heads(&self, axis: Axis, request: &ExploreRequest, period: Period, n_kpis: usize) -> Heads {
        match axis {
            _ if n_kpis == 0 => Heads::default(),
            Axis::Kpis => {
                Heads { heads: (0..).take(n_kpis).map(Head::Kpi).collect(), n_left_out: 0 }
            }
            Axis::Time(granularity) => {
                // Of days without data there is nothing to show.
                let shown = self.covered.and_then(|covered| period.within(&covered));
                let buckets = shown.map(|it| it.buckets(granularity, self.contracts.week()));
                let buckets = buckets.unwrap_or_default();
                // The newest ones are shown.
                let n_left_out = buckets.len().saturating_sub(MOST_HEADS);
                with_total(buckets.into_iter().skip(n_left_out).map(Head::Bucket), n_left_out)
            }
            Axis::Members(dimension) => {
                let period = self.covered.and_then(|covered| period.within(&covered));
                let ids = self.slices.members_in(dimension, &request.filters, period);
                let n_left_out = ids.len().saturating_sub(MOST_HEADS);
                let shown = ids.into_iter().take(MOST_HEADS);
                with_total(shown.map(|id| Head::Member(self.member(dimension, id))), n_left_out)
            }
        }
    }

    fn member(&self, dimension: Dimension, id: String) -> Member {
        let known = self.members.of(dimension).iter().find(|member| member.id == id).cloned();
        known.unwrap_or(Member { id, names: Names::default() })
    }

    /// One of many SKUs is cut for this table alone, and without its channels one by one.
    fn cut_for(
        &self,
        filters: &Filters,
        request: &ExploreRequest,
        parts: &Parts<S::Slice>,
    ) -> Chosen<S::Slice> {
        if filters.skus == request.filters.skus {
            return self.chosen(filters);
        }
        let slice = self.slices.slice_once(filters);
        let everywhere = Filters { channels: Vec::new(), shops: Vec::new(), ..filters.clone() };
        let whole = if everywhere == *filters {
            Rc::clone(&slice)
        } else {
            let part = parts.get(&everywhere);
            part.map_or_else(|| self.slices.slice_once(&everywhere), |part| Rc::clone(&part.slice))
        };
        Chosen { slice, whole, channels: Vec::new() }
    }
}

fn with_total(heads: impl Iterator<Item = Head>, n_left_out: usize) -> Heads {
    Heads {
        heads: std::iter::once(Head::Total).chain(heads).collect(),
        n_left_out: u32::try_from(n_left_out).unwrap_or(u32::MAX),
    }
}

fn kpi_at(head: &Head) -> Option<usize> {
    if let Head::Kpi(at) = head { usize::try_from(*at).ok() } else { None }
}

fn bucket(head: &Head) -> Option<Period> {
    if let Head::Bucket(period) = head { Some(*period) } else { None }
}

fn narrowed(filters: &Filters, axis: Axis, head: &Head) -> Filters {
    match (axis, head) {
        (Axis::Members(dimension), Head::Member(member)) => filters.narrowed(dimension, &member.id),
        _ => filters.clone(),
    }
}

fn explored(entry: &Entry) -> ExploredKpi {
    let kpi = &entry.kpi;
    ExploredKpi { id: kpi.id.clone(), names: kpi.names.clone(), unit: kpi.unit.into() }
}

/// All KPIs to choose from, in catalogue order.
pub fn kpi_choices(dictionary: &Dictionary) -> Vec<KpiChoice> {
    let choice = |entry: &Entry| KpiChoice {
        id: entry.kpi.id.clone(),
        names: entry.kpi.names.clone(),
        group: entry.kpi.group.clone(),
        initials: entry.kpi.initials.clone(),
    };
    dictionary.entries().iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kpis::mock::period,
        worker::views::mock::{Business, january},
    };

    fn request(kpis: &[&str], rows: Axis, columns: Axis) -> ExploreRequest {
        let january = january();
        ExploreRequest {
            filters: Filters::default(),
            period: january.period,
            kpis: kpis.iter().map(|kpi| (*kpi).to_owned()).collect(),
            rows,
            columns,
            today: january.today,
        }
    }

    fn texts(explored: &Explored) -> Vec<Vec<String>> {
        let text = |value: &ValueView| {
            let why = value.undefined.as_ref().map(|why| why.reason.clone());
            value.value.clone().or(why).unwrap_or_default()
        };
        explored.cells.iter().map(|row| row.iter().map(text).collect()).collect()
    }

    #[track_caller]
    fn check(request: &ExploreRequest, expected: &[&[&str]]) {
        let business = Business::new();
        let explored = business.views(Business::covered()).explore(request);
        assert_eq!(texts(&explored), expected);
    }

    const CHANNELS: Axis = Axis::Members(Dimension::Channel);

    #[test]
    fn totals_are_worked_out_by_themselves() {
        // Amazon 280 net of 10 orders, Google without sales, TikTok 100 of 5: 380 of 15, not 28 + 20.
        check(
            &request(&["sales.net", "sales.aov"], CHANNELS, Axis::Kpis),
            &[&["380", "25.33333333"], &["280", "28"], &["no_data", "no_data"], &["100", "20"]],
        );
    }

    #[test]
    fn one_kpi_is_shown_where_neither_side_is_kpis() {
        let days = Axis::Time(Granularity::Week);
        let request = request(&["sales.orders", "sales.net"], CHANNELS, days);
        let business = Business::new();
        let explored = business.views(Business::covered()).explore(&request);
        assert_eq!(explored.kpis.len(), 1);
        let weeks = &explored.columns.heads;
        assert_eq!(weeks[1], Head::Bucket(period("2026-01-01", "2026-01-04")));
        // All of January; the weeks of the 10th and the 31st have orders.
        assert_eq!(texts(&explored)[0], ["15", "0", "4", "0", "0", "11"]);
        assert_eq!(texts(&explored)[1], ["10", "0", "4", "0", "0", "6"]);
    }

    #[test]
    fn only_the_newest_buckets_have_room() {
        let mut request = request(&["sales.net"], Axis::Kpis, Axis::Time(Granularity::Day));
        request.period = Some(period("2025-11-01", "2026-01-31"));
        let business = Business::new();
        let explored = business.views(Business::covered()).explore(&request);
        assert_eq!(explored.columns.heads.len(), MOST_HEADS + 1);
        assert_eq!(explored.columns.n_left_out, 92 - 60);
        let last = explored.columns.heads.last();
        assert_eq!(last, Some(&Head::Bucket(period("2026-01-31", "2026-01-31"))));
    }

    #[test]
    fn unknown_kpis_are_left_out() {
        check(&request(&["sales.nothing"], CHANNELS, Axis::Time(Granularity::Month)), &[]);
        check(&request(&[], Axis::Kpis, CHANNELS), &[]);
    }
}
