//! What the columns are called.

use crate::{
    domain::Period,
    ui::{
        format,
        i18n::{I18n, fill, language},
    },
};

/// A year, a quarter, a month by its name; else the days.
pub(super) fn column_name(i18n: I18n, period: Period) -> String {
    let year = period.from.year();
    match period.n_days() {
        365.. => year.to_string(),
        89..=92 => {
            // The first month of a quarter is 1, 4, 7 or 10.
            let month: u32 =
                period.from.to_string().get(5..7).and_then(|it| it.parse().ok()).unwrap_or(1);
            fill!(i18n, targets.quarter, year = year, quarter = month.div_ceil(3))
        }
        28..=31 => format::month(period.from, language(i18n)),
        1 => format::day_short(period.from, language(i18n)),
        _ => format::period_short(period, language(i18n)),
    }
}
