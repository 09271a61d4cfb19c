//! A table of KPIs by two of: the KPIs, time, and the parts of the business.

use std::{collections::BTreeMap, rc::Rc};

use crate::{
    domain::{Dimension, Filters, Names, Period, map_of_few, sort_few_by_key},
    kpis::Entry,
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
            let cell = |column: &Head| {
                let asked = kpi_at(row).or(kpi_at(column)).unwrap_or(0);
                let Some(asked) = kpis.get(asked) else { return ValueView::default() };
                let filters = narrowed(&request.filters, request.rows, row);
                let filters = narrowed(&filters, request.columns, column);
                let part = parts.entry(filters);
                let part =
                    part.or_insert_with_key(|filters| Rc::new(self.cut_for(filters, request)));
                self.value(*asked, part, bucket(row).or(bucket(column)).unwrap_or(period))
            };
            columns.heads.iter().map(cell).collect()
        };
        let cells: Vec<Vec<ValueView>> = rows.heads.iter().map(&mut row_of).collect();
        let mut explored = Explored {
            period,
            kpis: kpis.iter().map(|asked| explored(asked.entry)).collect(),
            cells,
            rows,
            columns,
            choices: self.dictionary.entries().iter().map(choice).collect(),
        };
        explored.drop_silent();
        explored
    }

    fn heads(&self, axis: Axis, request: &ExploreRequest, period: Period, n_kpis: usize) -> Heads {
        match axis {
            Axis::Kpis => {
                Heads { heads: (0..).take(n_kpis).map(Head::Kpi).collect(), n_left_out: 0 }
            }
            Axis::Time(granularity) => {
                let buckets = period.buckets(granularity, self.contracts.week());
                // The newest ones are shown.
                let n_left_out = buckets.len().saturating_sub(MOST_HEADS);
                with_total(buckets.into_iter().skip(n_left_out).map(Head::Bucket), n_left_out)
            }
            Axis::Members(dimension) => {
                let ids = self.shown_members(dimension, &request.filters, period);
                let n_left_out = ids.len().saturating_sub(MOST_HEADS);
                let shown = ids.into_iter().take(MOST_HEADS);
                with_total(shown.map(|id| Head::Member(self.member(dimension, id))), n_left_out)
            }
        }
    }

    /// SKUs by what they sold, the first sellers first; other members as everywhere.
    fn shown_members(
        &self,
        dimension: Dimension,
        filters: &Filters,
        period: Period,
    ) -> Vec<String> {
        let mut ids = self.member_ids(dimension, filters);
        if dimension == Dimension::Sku {
            let sellers = self.slices.best_sellers(filters, period);
            let ranks: BTreeMap<&str, usize> =
                map_of_few(sellers.iter().map(String::as_str).zip(0..));
            sort_few_by_key(&mut ids, |id| ranks.get(id.as_str()).copied().unwrap_or(usize::MAX));
        }
        ids
    }

    fn member(&self, dimension: Dimension, id: String) -> Member {
        let members = match dimension {
            Dimension::Channel => &self.members.channels,
            Dimension::Shop => &self.members.shops,
            Dimension::Sku => &self.members.skus,
            Dimension::Brand => &self.members.brands,
        };
        let known = members.iter().find(|member| member.id == id).cloned();
        known.unwrap_or(Member { id, names: Names::default() })
    }

    /// One of many SKUs is cut for this table alone, and without its channels one by one.
    fn cut_for(&self, filters: &Filters, request: &ExploreRequest) -> Chosen<S::Slice> {
        if filters.skus == request.filters.skus {
            return self.chosen(filters);
        }
        let slice = self.slices.slice_once(filters);
        let everywhere = Filters { channels: Vec::new(), shops: Vec::new(), ..filters.clone() };
        let is_everywhere = everywhere == *filters;
        let whole =
            if is_everywhere { Rc::clone(&slice) } else { self.slices.slice_once(&everywhere) };
        Chosen { slice, whole, channels: Vec::new() }
    }
}

impl Explored {
    /// Leaves out the members that nothing is known of here: shops of a channel that is not chosen.
    fn drop_silent(&mut self) {
        let Self { rows, columns, cells, .. } = self;
        let is_told = |value: &ValueView| value.value.is_some();
        let is_member = |head: &Head| matches!(head, Head::Member(_));
        let told_rows: Vec<bool> = rows
            .heads
            .iter()
            .zip(&*cells)
            .map(|(head, row)| !is_member(head) || row.iter().any(is_told))
            .collect();
        let told_columns: Vec<bool> = columns
            .heads
            .iter()
            .enumerate()
            .map(|(at, head)| {
                !is_member(head) || cells.iter().any(|row| row.get(at).is_some_and(is_told))
            })
            .collect();
        keep(&mut rows.heads, &told_rows);
        keep(&mut columns.heads, &told_columns);
        keep(cells, &told_rows);
        for row in cells {
            keep(row, &told_columns);
        }
    }
}

/// Keeps what is marked.
fn keep<T>(all: &mut Vec<T>, marks: &[bool]) {
    let mut marks = marks.iter();
    all.retain(|_| marks.next() != Some(&false));
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

fn choice(entry: &Entry) -> KpiChoice {
    let kpi = &entry.kpi;
    KpiChoice {
        id: kpi.id.clone(),
        names: kpi.names.clone(),
        group: kpi.group.clone(),
        initials: kpi.initials.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::Granularity,
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
        // Amazon 280 net of 10 orders, TikTok 100 of 5: 380 of 15 and not 28 + 20. Google sells nothing
        // by itself.
        check(
            &request(&["sales.net", "sales.aov"], CHANNELS, Axis::Kpis),
            &[&["380", "25.33333333"], &["280", "28"], &["100", "20"]],
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
        check(&request(&["sales.nothing"], CHANNELS, Axis::Time(Granularity::Month)), &[&["", ""]]);
        check(&request(&[], Axis::Kpis, CHANNELS), &[]);
    }
}
