//! How far totals that others state are off ours.

use super::Slice;
use crate::{
    domain::{Dimension, Fixed, Measure, Missing, Period, Sum},
    facts::cube::Reconciled,
};

impl Slice {
    /// Totals whose last day lies in the period, or what of the gaps to them is unexplained.
    pub(super) fn of_reconciled(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        if self.is_sku_scoped {
            return Err(Missing::NoSkuDetail);
        }
        let filters = &self.choice.filters;
        let is_in = |total: &&Reconciled| {
            // Of which shops the total of a whole channel is, nobody said.
            period.contains(total.day)
                && filters.allows(Dimension::Channel, &total.channel)
                && filters.allows(Dimension::Shop, &total.shop)
        };
        let totals = self.choice.reconciled.get().into_iter().flatten().filter(is_in);
        let (mut value, mut n_facts) = (Fixed::ZERO, 0);
        for Reconciled { day, currency, stated, unexplained, .. } in totals {
            let amount = if measure == Measure::ReconciledTotals { stated } else { unexplained };
            let rates = &self.cube.rates;
            let told = rates.convert(amount.absolute(), *currency, self.choice.currency, *day);
            value = value.plus(told.ok_or(Missing::NoRate)?);
            n_facts += 1;
        }
        if n_facts == 0 { Err(Missing::NoData) } else { Ok(Sum { value, n_facts }) }
    }
}
