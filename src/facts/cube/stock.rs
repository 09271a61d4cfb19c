//! Snapshots of stock: what was there on a day, never added over days.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Cube,
    rows::{Row, number},
};
use crate::{domain::Day, facts::Segment};

/// A SKU with two numbers of units, in ten-thousandths: of stock what is available and what is inbound.
pub(crate) type Level = (u32, i64, i64);

/// Levels per place and day.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Snapshots {
    /// By place and day.
    levels: BTreeMap<(u32, i32), Vec<Level>>,
}

/// Columns with the units of each age.
pub(super) const AGES: [&str; 5] =
    ["aged_0_90", "aged_91_180", "aged_181_270", "aged_271_365", "aged_over_365"];
/// Those of 181 days and older: from then on Amazon charges more.
pub(super) const OLD_AGES: &[&str] = &["aged_181_270", "aged_271_365", "aged_over_365"];

impl Cube {
    /// Notes what snapshots say of each SKU.
    pub(super) fn add_stock(&mut self, segment: &Segment, rows: &[Row]) {
        let sum = |names: &[&str], at: usize| -> i64 {
            names.iter().map(|name| number(segment.numbers(name), at)).sum()
        };
        let has_ages = AGES.iter().all(|name| segment.states(name));
        let has_excess = segment.states("excess") && segment.states("available");
        for Row { at, key, .. } in rows {
            let of = |name: &str| sum(&[name], *at);
            self.stock.add(*key, of("available"), of("inbound"));
            if has_ages {
                self.aged.add(*key, sum(OLD_AGES, *at), sum(&AGES, *at));
            }
            if has_excess {
                self.excess.add(*key, of("excess"), of("available"));
            }
        }
    }
}

impl Snapshots {
    fn add(&mut self, key: super::CellKey, first: i64, second: i64) {
        self.levels.entry((key.place, key.day)).or_default().push((key.sku, first, second));
    }

    pub(crate) fn newest(&self) -> Option<Day> {
        let days = self.levels.keys().map(|(_, day)| *day);
        days.max().map(Day::from_days_since_epoch)
    }

    pub(crate) fn places(&self) -> Vec<u32> {
        let mut places: Vec<u32> = self.levels.keys().map(|(place, _)| *place).collect();
        places.dedup();
        places
    }

    /// The snapshots of a place between two days, oldest first.
    pub(crate) fn between(
        &self,
        place: u32,
        from: i32,
        to: i32,
    ) -> impl DoubleEndedIterator<Item = (i32, &[Level])> {
        let range = self.levels.range((place, from)..=(place, to));
        range.map(|((_, day), levels)| (*day, levels.as_slice()))
    }
}
