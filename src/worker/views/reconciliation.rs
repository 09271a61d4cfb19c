//! A total that somebody else states against ours.

use std::collections::BTreeSet;

use crate::{
    catalog::kpi::{Kpi, kpis},
    domain::{Filters, Fixed, Measure, Measures, Period, set_of_few},
    kpis::PlatformDiscounts,
    reconciliation::{Cause, causes_of, fitting, gap, precision_of},
    worker::protocol::{CauseView, SignedFigure, TotalKpi, TotalSource, TotalView},
};

use super::{Slices, Views};

/// KPIs that platforms state on pages and in reports of their own.
pub const TOTAL_KPIS: &[&str] =
    &["sales.gmv", "sales.gross", "sales.net", "sales.orders", "sales.units", "ads.spend"];

/// KPIs whose values a sign-off keeps.
const SIGNED_KPIS: &[&str] = &["sales.net", "sales.orders", "ads.spend", "pl.cm3"];

/// A total as somebody else states it.
#[derive(Debug, Clone)]
pub struct StatedTotal {
    pub id: String,
    pub source: TotalSource,
    pub channel: String,
    /// Empty: all shops of the channel.
    pub shop: String,
    pub period: Period,
    pub kpi: String,
    pub stated: Fixed,
}

impl StatedTotal {
    fn filters(&self) -> Filters {
        let list = |id: &str| if id.is_empty() { Vec::new() } else { vec![id.to_owned()] };
        Filters { channels: list(&self.channel), shops: list(&self.shop), ..Filters::default() }
    }
}

impl<S: Slices> Views<'_, S> {
    /// The total against ours; `chosen` are the causes that the person named. `None` when there is no
    /// such KPI.
    pub fn total(&self, total: &StatedTotal, chosen: &[String]) -> Option<TotalView> {
        let asked = self.asked_id(&total.kpi)?;
        let cut = self.chosen(&total.filters());
        let ours = self.value(asked, &cut, total.period);
        let known = ours.value.as_deref().and_then(Fixed::parse);
        let amounts = self.amounts(total, &cut.slice);
        let chosen: BTreeSet<Cause> = set_of_few(chosen.iter().filter_map(|id| Cause::by_id(id)));
        let counted = amounts.iter().filter(|(cause, _)| chosen.contains(cause));
        let gap = known.map(|ours| gap(total.stated, ours, counted.map(|(_, amount)| *amount)));
        let open: Vec<(Cause, Fixed)> =
            amounts.iter().copied().filter(|(cause, _)| !chosen.contains(cause)).collect();
        let fit = gap.map_or_else(BTreeSet::new, |gap| {
            fitting(gap.unexplained, precision_of(total.stated), &open)
        });
        let cause = |(cause, amount): &(Cause, Fixed)| CauseView {
            cause: cause.id().to_owned(),
            amount: amount.to_string(),
            is_chosen: chosen.contains(cause),
            fits: fit.contains(cause),
        };
        let measures = self.dictionary.measures(asked.entry, self.contracts);
        let needed = measures.iter().filter(|(_, is_optional)| !**is_optional);
        let first = needed.map(|(measure, _)| *measure).next();
        Some(TotalView {
            id: total.id.clone(),
            source: total.source.clone(),
            channel: total.channel.clone(),
            shop: total.shop.clone(),
            period: total.period,
            kpi: total.kpi.clone(),
            names: asked.entry.kpi.names.clone(),
            unit: asked.entry.kpi.unit.into(),
            stated: total.stated.to_string(),
            gap: gap.map(|gap| gap.whole.to_string()),
            unexplained: gap.map(|gap| gap.unexplained.to_string()),
            share: gap.and_then(|gap| gap.share).map(|share| share.to_string()),
            ties: gap.is_some_and(|gap| gap.ties()),
            causes: amounts.iter().map(cause).collect(),
            missing: first
                .map(|measure| cut.slice.uncovered(measure, total.period))
                .unwrap_or_default(),
            ours,
        })
    }

    /// What each cause adds to ours; causes whose amounts are not known or 0 are left out.
    fn amounts(&self, total: &StatedTotal, slice: &S::Slice) -> Vec<(Cause, Fixed)> {
        let is_taken_off = self.contracts.platform_discounts() == PlatformDiscounts::TakenOff;
        let amount = |cause: Cause| {
            let mut amount = Fixed::ZERO;
            for (measure, is_added) in cause.terms(&total.kpi) {
                let value = slice.sum(*measure, total.period).ok()?.value;
                // They are off our net sales under this contract already, and would come back.
                let turned = *measure == Measure::PlatformDiscounts
                    && is_taken_off
                    && total.kpi == "sales.net";
                let adds = *is_added != turned;
                amount = if adds { amount.plus(value) } else { amount.minus(value) };
            }
            (amount != Fixed::ZERO).then_some((cause, amount))
        };
        causes_of(&total.kpi).iter().filter_map(|cause| amount(*cause)).collect()
    }

    /// The figures of a month that a sign-off keeps.
    pub fn figures_to_sign(&self, month: Period) -> Vec<(String, Option<String>)> {
        let chosen = self.chosen(&Filters::default());
        let figure = |id: &&str| {
            let entry = self.dictionary.get(id)?;
            Some(((*id).to_owned(), self.evaluate(entry, &chosen, month).text()))
        };
        SIGNED_KPIS.iter().filter_map(figure).collect()
    }

    /// Those of the signed figures that are different now.
    pub fn changed_since(
        &self,
        month: Period,
        signed: &[(String, Option<String>)],
    ) -> Vec<SignedFigure> {
        let chosen = self.chosen(&Filters::default());
        let changed = |(id, then): &(String, Option<String>)| {
            let entry = self.dictionary.get(id)?;
            let now = self.evaluate(entry, &chosen, month).text();
            (now != *then).then(|| SignedFigure {
                names: entry.kpi.names.clone(),
                unit: entry.kpi.unit.into(),
                then: then.clone(),
                now,
            })
        };
        signed.iter().filter_map(changed).collect()
    }
}

/// The KPIs that a total can be typed for.
pub fn total_kpis() -> Vec<TotalKpi> {
    let known = kpis().iter().filter(|kpi| TOTAL_KPIS.contains(&kpi.id.as_str()));
    let kpi = |kpi: &Kpi| TotalKpi {
        kpi: kpi.id.clone(),
        names: kpi.names.clone(),
        meaning: kpi.meaning.clone(),
    };
    known.map(kpi).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kpis::mock::period,
        worker::{protocol::TotalView, views::mock::Business},
    };

    fn total(kpi: &str, stated: &str, chosen: &[&str]) -> TotalView {
        let total = StatedTotal {
            id: "t".to_owned(),
            source: TotalSource::Typed,
            channel: "amazon".to_owned(),
            shop: String::new(),
            period: period("2026-01-01", "2026-01-31"),
            kpi: kpi.to_owned(),
            stated: Fixed::parse(stated).unwrap(),
        };
        let chosen: Vec<String> = chosen.iter().map(|id| (*id).to_owned()).collect();
        Business::new().views(Business::covered()).total(&total, &chosen).unwrap()
    }

    fn causes(view: &TotalView) -> Vec<String> {
        let mark = |cause: &CauseView| match (cause.is_chosen, cause.fits) {
            (true, _) => " chosen",
            (_, true) => " fits",
            _ => "",
        };
        view.causes.iter().map(|it| format!("{} {}{}", it.cause, it.amount, mark(it))).collect()
    }

    /// Amazon's January: gross 300, refunds 20; net 280.
    #[test]
    fn a_platform_that_takes_no_refunds_off_states_as_much_more() {
        let view = total("sales.net", "300.00", &[]);
        assert_eq!(view.ours.value.as_deref(), Some("280"));
        assert_eq!((view.gap.as_deref(), view.ties), (Some("20"), false));
        assert_eq!(causes(&view), ["refunds 20 fits"]);
        let explained = total("sales.net", "300.00", &["refunds"]);
        assert_eq!(explained.gap.as_deref(), Some("20"));
        assert_eq!((explained.unexplained.as_deref(), explained.ties), (Some("0"), true));
        assert_eq!(causes(&explained), ["refunds 20 chosen"]);
    }

    #[test]
    fn a_gap_that_nothing_fits_stays_unexplained() {
        let view = total("sales.net", "310.00", &[]);
        assert_eq!(causes(&view), ["refunds 20"]);
        // 30 / 310 = 0.0967…
        assert_eq!((view.share.as_deref(), view.ties), (Some("0.0967"), false));
        assert!(view.missing.is_empty());
    }

    #[test]
    fn without_our_figure_there_is_no_gap() {
        let view = total("sales.gmv", "300", &[]);
        assert_eq!((view.ours.value, view.gap, view.ties), (None, None, false));
        assert_eq!(view.missing, [period("2026-01-01", "2026-01-31")]);
    }

    #[test]
    fn a_signed_figure_that_moved_is_named() {
        let business = Business::new();
        let views = business.views(Business::covered());
        let january = period("2026-01-01", "2026-01-31");
        let mut signed = views.figures_to_sign(january);
        assert_eq!(signed[0], ("sales.net".to_owned(), Some("380".to_owned())));
        assert!(views.changed_since(january, &signed).is_empty());
        signed[0].1 = Some("400".to_owned());
        let changed = views.changed_since(january, &signed);
        assert_eq!(changed.len(), 1);
        assert_eq!(
            (changed[0].then.as_deref(), changed[0].now.as_deref()),
            (Some("400"), Some("380"))
        );
    }
}
