//! What a sheet of targets wants of KPIs.

use serde::{Deserialize, Serialize};

use super::{
    build::Builder,
    rows::{Row, number, of_month},
};
use crate::{
    domain::{Fixed, Period},
    facts::Segment,
};

/// What is wanted of a KPI over a span of days, in one scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its id, where the sheet names one that is known.
    pub(crate) kpi: String,
    /// A channel or a shop, as names are compared; empty: the whole business.
    pub(crate) scope: String,
    /// Empty: all of them.
    pub(crate) sku: String,
    pub(crate) first: i32,
    pub(crate) last: i32,
    /// In ten-thousandths.
    pub(crate) commit: i64,
    /// Empty: that of the workbook.
    pub(crate) currency: String,
}

impl Target {
    /// What a person typed for a span of days, of a channel or a shop (both empty: the whole business) and a
    /// SKU (empty: all), in the workbook's currency.
    pub fn typed(kpi: &str, (place, sku): (&str, &str), days: Period, commit: Fixed) -> Self {
        Self {
            kpi: kpi.to_owned(),
            scope: comparable(place),
            sku: sku.to_owned(),
            first: days.from.days_since_epoch(),
            last: days.to.days_since_epoch(),
            commit: commit.ten_thousandths(),
            currency: String::new(),
        }
    }
}

impl Builder {
    pub(super) fn add_targets(&mut self, segment: &Segment, rows: &[Row]) {
        let commits = segment.numbers("commit");
        // A row that only has a floor or a stretch promises nothing.
        for row in rows.iter().filter(|row| number(commits, row.at) != 0) {
            let Row { at, key, n_days, .. } = of_month(row);
            let text = |name| segment.text(name, at).trim().to_owned();
            self.cube.targets.push(Target {
                kpi: text("kpi"),
                scope: comparable(&text("shop")),
                sku: self.cube.identities.sku_of(&text("sku")).to_owned(),
                first: key.day,
                last: key.day + n_days.max(1) - 1,
                commit: number(commits, at),
                currency: text("currency"),
            });
        }
    }
}

/// Names differ by case and spaces from sheet to sheet.
pub(super) fn comparable(name: &str) -> String {
    name.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect()
}
