//! The fixed periods on top of home, counted from the last day with data.

use crate::{
    domain::{Day, Granularity, Period, WeekStart},
    worker::protocol::{Comparison, HomeRequest, PeriodTile},
};

use super::{
    Slices, Views,
    values::{Asked, Chosen},
};

const FIGURES: [&str; 5] = ["sales.net", "sales.orders", "sales.units", "ads.spend", "pl.cm3"];

/// A fixed period and what comes before it.
#[derive(Debug, PartialEq, Eq)]
struct TilePeriod {
    id: &'static str,
    period: Period,
    /// The day before, the 7 days before, the same days of the month before, the month before.
    previous: Period,
}

impl<S: Slices> Views<'_, S> {
    /// None while there is no data.
    pub(super) fn tiles(
        &self,
        request: &HomeRequest,
        chosen: &Chosen<S::Slice>,
    ) -> Vec<PeriodTile> {
        let Some(covered) = self.covered else { return Vec::new() };
        let asked: Vec<Asked<'_>> = FIGURES.iter().filter_map(|id| self.asked_id(id)).collect();
        let tile = |tile: TilePeriod| {
            let previous = match request.comparison {
                Comparison::PreviousPeriod => Some(tile.previous),
                Comparison::YearBefore => Some(tile.period.year_before()),
                // Which event it is stands beside the chosen period alone.
                Comparison::SameEvent | Comparison::None => None,
            };
            let figure = |asked: &Asked<'_>| self.figure(*asked, chosen, tile.period, previous);
            PeriodTile {
                id: tile.id.to_owned(),
                period: tile.period,
                figures: asked.iter().map(figure).collect(),
            }
        };
        tile_periods(covered.to).into_iter().map(tile).collect()
    }
}

fn tile_periods(last: Day) -> [TilePeriod; 4] {
    let month_of = |day: Day| Granularity::Month.bucket(day, WeekStart::Monday);
    let month_before = |month: Period| month_of(month.from.plus(-1));
    let day = Period { from: last, to: last };
    let week = Period { from: last.plus(-6), to: last };
    let month = Period { from: month_of(last).from, to: last };
    let last_month = month_before(month);
    let same_days_to = last_month.from.plus(month.n_days() - 1).min(last_month.to);
    [
        TilePeriod { id: "yesterday", period: day, previous: day.previous() },
        TilePeriod { id: "last_7_days", period: week, previous: week.previous() },
        TilePeriod {
            id: "month_to_date",
            period: month,
            previous: Period { from: last_month.from, to: same_days_to },
        },
        TilePeriod { id: "last_month", period: last_month, previous: month_before(last_month) },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(last: &str, expected: [&str; 4]) {
        let tiles = tile_periods(Day::parse(last).unwrap());
        let texts = tiles.map(|tile| format!("{} {} {}", tile.id, tile.period, tile.previous));
        assert_eq!(texts, expected);
    }

    #[test]
    fn periods_end_with_the_last_day_of_data() {
        check(
            "2026-11-22",
            [
                "yesterday 2026-11-22..2026-11-22 2026-11-21..2026-11-21",
                "last_7_days 2026-11-16..2026-11-22 2026-11-09..2026-11-15",
                "month_to_date 2026-11-01..2026-11-22 2026-10-01..2026-10-22",
                "last_month 2026-10-01..2026-10-31 2026-09-01..2026-09-30",
            ],
        );
    }

    #[test]
    fn a_longer_month_is_held_against_all_of_a_shorter_one() {
        check(
            "2026-03-31",
            [
                "yesterday 2026-03-31..2026-03-31 2026-03-30..2026-03-30",
                "last_7_days 2026-03-25..2026-03-31 2026-03-18..2026-03-24",
                "month_to_date 2026-03-01..2026-03-31 2026-02-01..2026-02-28",
                "last_month 2026-02-01..2026-02-28 2026-01-01..2026-01-31",
            ],
        );
    }
}
