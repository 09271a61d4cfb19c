//! What the table shows, as the URL says it.

use crate::{
    domain::{Day, Dimension, Granularity},
    ui::{
        routes::{Page, TABLE_KEYS, View, granularity_id},
        state::Location,
    },
    worker::protocol::{Axis, ExploreRequest},
};

/// What the table of the page `Explore` shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableView {
    pub(super) rows: Axis,
    pub(super) columns: Axis,
    /// By their ids, in order, each once.
    pub(super) kpis: Vec<String>,
    /// The rows are in the order of a column.
    pub(super) sort: Option<Sort>,
}

/// An order of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sort {
    /// What the column is of: a KPI, a member, the first day of a step, or `TOTAL`.
    pub(super) column: String,
    pub(super) is_ascending: bool,
}

/// The column of all of an axis together.
pub(super) const TOTAL: &str = "total";

impl Default for TableView {
    fn default() -> Self {
        let kpis = [
            "sales.net",
            "sales.orders",
            "sales.units",
            "sales.aov",
            "ads.spend",
            "ads.tacos",
            "pl.gross_margin",
            "pl.cm3",
            "svc.return_rate",
        ];
        Self {
            rows: Axis::Kpis,
            columns: Axis::Members(Dimension::Channel),
            kpis: kpis.map(str::to_owned).to_vec(),
            sort: None,
        }
    }
}

impl TableView {
    /// What `view` says; nonsense is left out.
    pub(super) fn of(view: &View) -> Self {
        let mut table = Self::default();
        let mut kpis = None::<Vec<String>>;
        for (key, value) in view.own_of(&TABLE_KEYS) {
            match *key {
                "rows" => table.rows = axis_of(value).unwrap_or(table.rows),
                "columns" => table.columns = axis_of(value).unwrap_or(table.columns),
                // Empty: none at all.
                "kpi" => {
                    let kpis = kpis.get_or_insert_default();
                    if !value.is_empty() && !kpis.contains(value) {
                        kpis.push(value.clone());
                    }
                }
                key => {
                    let is_ascending = key == "ascending";
                    table.sort = Some(Sort { column: value.clone(), is_ascending });
                }
            }
        }
        table.kpis = kpis.unwrap_or(table.kpis);
        if table.rows.excludes(table.columns) {
            let usual = Self::default();
            (table.rows, table.columns) = (usual.rows, usual.columns);
        }
        table
    }

    /// What `of` reads: only what is not usual.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let mut pairs = Vec::new();
        if self.rows != usual.rows {
            pairs.push(("rows", axis_id(self.rows).to_owned()));
        }
        if self.columns != usual.columns {
            pairs.push(("columns", axis_id(self.columns).to_owned()));
        }
        if self.kpis.is_empty() {
            pairs.push(("kpi", String::new()));
        } else if self.kpis != usual.kpis {
            pairs.extend(self.kpis.iter().map(|kpi| ("kpi", kpi.clone())));
        }
        if let Some(Sort { column, is_ascending }) = &self.sort {
            pairs.push((if *is_ascending { "ascending" } else { "sort" }, column.clone()));
        }
        pairs
    }

    /// Changes the table; the page stays, and back undoes it.
    pub(super) fn change(location: Location, change: impl FnOnce(&mut Self)) {
        location.change(|view| {
            let mut table = Self::of(view);
            change(&mut table);
            view.set_own(&Page::Explore, table.pairs());
        });
    }

    /// The engine's question.
    pub(super) fn request(view: &View, today: Day) -> ExploreRequest {
        let Self { rows, columns, kpis, .. } = Self::of(view);
        let (filters, period) = (view.filters.clone(), view.period);
        ExploreRequest { filters, period, kpis, rows, columns, today }
    }
}

/// What rows and columns of a table can be, in reading order.
pub(super) const AXES: [Axis; 10] = [
    Axis::Kpis,
    Axis::Members(Dimension::Channel),
    Axis::Members(Dimension::Shop),
    Axis::Members(Dimension::Brand),
    Axis::Members(Dimension::Category),
    Axis::Members(Dimension::Owner),
    Axis::Members(Dimension::Sku),
    Axis::Time(Granularity::Day),
    Axis::Time(Granularity::Week),
    Axis::Time(Granularity::Month),
];

pub(super) const fn axis_id(axis: Axis) -> &'static str {
    match axis {
        Axis::Kpis => "kpis",
        Axis::Time(granularity) => granularity_id(granularity),
        Axis::Members(dimension) => dimension.id(),
    }
}

pub(super) fn axis_of(id: &str) -> Option<Axis> {
    AXES.into_iter().find(|axis| axis_id(*axis) == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::routes::Route;

    fn table(hash: &str) -> TableView {
        TableView::of(&Route::parse(hash).view)
    }

    #[test]
    fn a_table_is_read_and_written_alike() {
        for hash in [
            "#/explore",
            "#/explore?rows=sku&columns=kpis&kpi=sales.net&kpi=pl.cm3&channel=amazon",
            "#/explore?kpi=",
            "#/explore?rows=sku&columns=kpis&ascending=sales.net",
        ] {
            let mut route = Route::parse(hash);
            let pairs = TableView::of(&route.view).pairs();
            route.view.set_own(&Page::Explore, pairs);
            assert_eq!(route.to_hash(), hash);
        }
    }

    #[test]
    fn rows_and_columns_are_never_alike() {
        for hash in ["#/explore?rows=channel", "#/explore?rows=month&columns=week"] {
            assert_eq!(table(hash), TableView::default(), "{hash}");
        }
        assert_eq!(table("#/explore?kpi=a&kpi=a&kpi=b").kpis, ["a", "b"]);
        let by_months = table("#/explore?rows=channel&columns=month");
        assert_eq!(by_months.rows, Axis::Members(Dimension::Channel));
    }
}
