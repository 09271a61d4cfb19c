//! Dates of rows become dates of facts.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    catalog::report::Dated,
    domain::{Day, Period},
    ingest::{
        batch::Batch,
        moment::{Moment, instant_of, offset_at, swapped},
        plan::FactPlan,
    },
};

/// Most days that one fact covers: ten years.
const MAX_DAYS: u32 = 3_700;

/// How the dates of a file are told, decided by its first date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Told {
    /// Days without time.
    Days,
    /// Times without a zone: of the store's zone.
    Local,
    /// Times with a zone.
    Instants,
}

/// Keeps the dates of a file in one way.
#[derive(Debug)]
pub(crate) struct Clock {
    zone: Tz,
    told: Option<Told>,
}

/// When a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FactDate {
    /// Seconds since the epoch; midnight where only days are told. Until `Clock::settle`, local
    /// times are kept as if they were UTC.
    pub(crate) at: i64,
    pub(crate) n_days: u32,
}

impl Clock {
    /// `told` where it is known already.
    pub(crate) fn new(zone: Tz, told: Option<Told>) -> Self {
        Self { zone, told }
    }

    pub(crate) fn told(&self) -> Option<Told> {
        self.told
    }

    /// Whether the facts' dates are moments; else they are midnights of days.
    pub(crate) fn is_moment(&self) -> bool {
        matches!(self.told, Some(Told::Local | Told::Instants))
    }

    /// The day of a settled date in the store's zone.
    pub(crate) fn day_of(&self, at: i64) -> Day {
        let offset = if self.is_moment() { offset_at(at, self.zone) } else { 0 };
        Day::from_seconds(at + offset)
    }

    /// When the fact is that a row becomes; the error is the slot of the date that it lacks.
    pub(crate) fn date_of(
        &mut self,
        facts: &FactPlan,
        batch: &Batch,
        row: usize,
        period: Option<Period>,
    ) -> Result<FactDate, usize> {
        let Some(slot) = facts.at else { return Ok(usual_date(facts.dated, period)) };
        let Some(dating) = batch.date(slot, row) else {
            let is_needed = facts.dated != Dated::Always;
            return if is_needed { Err(slot) } else { Ok(usual_date(facts.dated, period)) };
        };
        let until = facts.until.and_then(|slot| batch.date(slot, row)).map(|it| it.moment.day);
        let n_days = dating.until.or(until).map_or(1, |until| {
            let days = until.days_since_epoch() - dating.moment.day.days_since_epoch() + 1;
            u32::try_from(days).unwrap_or(1).clamp(1, MAX_DAYS)
        });
        Ok(FactDate { at: self.seconds_of(dating.moment), n_days })
    }

    fn seconds_of(&mut self, moment: Moment) -> i64 {
        let midnight = midnight(moment.day);
        let told = match (moment.time, moment.offset) {
            (None, _) => Told::Days,
            (Some(_), None) => Told::Local,
            (Some(_), Some(_)) => Told::Instants,
        };
        let local = midnight + moment.time.unwrap_or(0);
        match (*self.told.get_or_insert(told), moment.offset) {
            (Told::Instants, Some(offset)) => local - offset,
            (Told::Instants, None) => instant_of(local, self.zone),
            (Told::Local, Some(offset)) if moment.time.is_some() => {
                local - offset + offset_at(local - offset, self.zone)
            }
            (Told::Local, _) => local,
            (Told::Days, _) => midnight,
        }
    }

    /// The store's zone.
    pub(crate) fn zone(&self) -> &'static str {
        self.zone.name()
    }

    /// What makes the dates of facts final: `swaps` where day and month were read the wrong way.
    pub(crate) fn redating(&self, swaps: bool) -> Redating {
        Redating { swaps, from_local: (self.told == Some(Told::Local)).then_some(self.zone) }
    }
}

/// What must be done to dates once their form is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Redating {
    swaps: bool,
    /// The zone of local times.
    from_local: Option<Tz>,
}

impl Redating {
    /// The change of one date; `None`: they stay as they are.
    pub(crate) fn into_change(self) -> Option<impl FnMut(i64) -> i64> {
        if !self.swaps && self.from_local.is_none() {
            return None;
        }
        // Dates repeat; a zone is asked once for each.
        let mut last = (i64::MIN, 0);
        Some(move |at: i64| {
            if last.0 != at {
                let right = if self.swaps { swapped(at) } else { at };
                let instant = self.from_local.map_or(right, |zone| instant_of(right, zone));
                last = (at, instant);
            }
            last.1
        })
    }
}

/// The date of facts whose row has none.
fn usual_date(dated: Dated, period: Option<Period>) -> FactDate {
    match (dated, period) {
        (Dated::Always, _) => {
            let day = Day::from_ymd(2000, 1, 1).unwrap_or(Day::from_days_since_epoch(0));
            FactDate { at: midnight(day), n_days: 1 }
        }
        (_, Some(period)) => FactDate {
            at: midnight(period.from),
            n_days: u32::try_from(period.n_days()).unwrap_or(1),
        },
        (_, None) => FactDate { at: 0, n_days: 1 },
    }
}

fn midnight(day: Day) -> i64 {
    i64::from(day.days_since_epoch()) * Day::SECONDS
}
