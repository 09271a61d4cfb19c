//! Where values that have not settled will probably end.

use std::rc::Rc;

use crate::{
    domain::{Measures, Period},
    kpis::{Factors, LEAST_DAYS, Likely, Settling, attribution_days, grows},
    worker::protocol::{LikelyView, RangeView},
};

use super::{
    Slices, Views,
    values::{Asked, Chosen},
};

impl<S: Slices> Views<'_, S> {
    /// Of the period and of each bucket; `None` of a KPI that nothing can be learned of.
    pub(super) fn likely(
        &self,
        asked: Asked<'_>,
        chosen: &Chosen<S::Slice>,
        period: Period,
        buckets: &[Period],
    ) -> Option<LikelyView> {
        let entry = asked.entry;
        let until = self.covered.filter(|_| grows(self.dictionary, entry, self.contracts))?.to;
        let channel = |(id, slice): &(String, Rc<S::Slice>)| {
            let slice: Rc<dyn Measures> = Rc::<S::Slice>::clone(slice);
            (id.clone(), slice)
        };
        let settling = Settling {
            dictionary: self.dictionary,
            contracts: self.contracts,
            slice: Rc::<S::Slice>::clone(&chosen.slice),
            whole: Rc::<S::Slice>::clone(&chosen.whole),
            channels: chosen.channels.iter().map(channel).collect(),
            factors: Rc::new(Factors::of(self.developments)),
            until,
        };
        let range = |period: Period| {
            let is_open = self.is_immature(entry, period);
            is_open.then(|| settling.likely(entry, period)).flatten().map(RangeView::from)
        };
        Some(LikelyView {
            value: range(period),
            points: buckets.iter().map(|bucket| range(*bucket)).collect(),
            settling_days: attribution_days().unsigned_abs(),
            needed_days: u32::try_from(LEAST_DAYS).unwrap_or(u32::MAX),
        })
    }
}

impl From<Likely> for RangeView {
    fn from(likely: Likely) -> Self {
        let Likely { low, middle, high, n_days } = likely;
        let [low, middle, high] = [low, middle, high].map(|it| it.to_string());
        Self { low, middle, high, n_days }
    }
}
