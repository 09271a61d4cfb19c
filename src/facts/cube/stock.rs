//! Snapshots of stock: what was there on a day, never added over days.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::Day;

/// A SKU with what is available and what is inbound, in ten-thousandths.
pub(crate) type Level = (u32, i64, i64);

/// Stock per place and day.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Snapshots {
    /// By place and day.
    levels: BTreeMap<(u32, i32), Vec<Level>>,
}

impl Snapshots {
    pub(crate) fn add(&mut self, place: u32, day: i32, sku: u32, available: i64, inbound: i64) {
        self.levels.entry((place, day)).or_default().push((sku, available, inbound));
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
