//! Which KPIs the loaded files can feed, and which file would add most.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{
    catalog::{Catalog, guide::guide},
    domain::{Dimension, Filters, Names, Period, sort_few_by_key},
    kpis::KpiValue,
    worker::protocol::{FeasibilityView, GainView, KnownReport},
};

use super::{Slices, Views, values::reports_that_help};

/// Reports that are named: more would be no advice.
const MAX_GAINS: usize = 8;
/// Of a report that would feed so many KPIs, one that no other feeds is no reason to name it.
const FULL_GAIN: usize = 4;

impl<S: Slices> Views<'_, S> {
    /// The KPIs with a value over all days with data, and the reports that would feed most of the
    /// others: those of channels that are there, and own sheets, before those of others.
    pub fn feasibility(&self, today: crate::domain::Day) -> FeasibilityView {
        let all = Filters::default();
        let chosen = self.chosen(&all);
        let period = self.covered.unwrap_or(Period { from: today, to: today });
        let entries = self.dictionary.entries();
        // By report: its best place among those that give the same, and what it would give.
        let mut gains: BTreeMap<&str, (usize, Vec<Names>)> = BTreeMap::new();
        let mut n_fed = 0;
        for entry in entries {
            match self.evaluate(entry, &chosen, period) {
                KpiValue::Defined(_) => n_fed += 1,
                KpiValue::Undefined(why) => {
                    for (place, report) in reports_that_help(&why).iter().enumerate() {
                        let gain = gains.entry(report).or_insert((place, Vec::new()));
                        gain.0 = gain.0.min(place);
                        gain.1.push(entry.kpi.names.clone());
                    }
                }
            }
        }
        let channels = self.member_ids(Dimension::Channel, &all);
        let is_near = |report: &KnownReport| {
            let recipe = Catalog::built_in().recipe(&report.report);
            recipe.is_some_and(|it| {
                channels.contains(&it.channel) || it.platform == "user" && !channels.is_empty()
            })
        };
        let gain = |(report, (place, kpis)): (&str, (usize, Vec<Names>))| {
            Some((place, GainView { report: self.known_report(report)?, kpis }))
        };
        let mut placed: Vec<(usize, GainView)> = gains.into_iter().filter_map(gain).collect();
        sort_few_by_key(&mut placed, |(place, gain)| {
            (!is_near(&gain.report), Reverse(gain.kpis.len()), *place)
        });
        // Of several that would give the same, one of them perhaps one KPI more, one is enough.
        let mut gains: Vec<GainView> = Vec::new();
        for (_, gain) in placed {
            let is_in = |other: &GainView| {
                let more = gain.kpis.iter().filter(|kpi| !other.kpis.contains(kpi)).count();
                more == 0 || more == 1 && gain.kpis.len() >= FULL_GAIN
            };
            if !gains.iter().any(is_in) {
                gains.push(gain);
            }
        }
        sort_few_by_key(&mut gains, |gain| {
            (Reverse((is_near(&gain.report), gain.kpis.len())), gain.report.report.clone())
        });
        gains.truncate(MAX_GAINS);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        FeasibilityView { n_kpis: count(entries.len()), n_fed, gains }
    }

    /// A report kind, where to get it, and whether it is there; `None` when it is not known.
    pub fn known_report(&self, report: &str) -> Option<KnownReport> {
        let recipe = Catalog::built_in().recipe(report)?;
        Some(KnownReport {
            report: report.to_owned(),
            platform: recipe.platform.clone(),
            names: recipe.names.clone(),
            how_to_get: guide(report),
            is_loaded: (self.is_loaded)(report),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Day, worker::views::mock::Business};

    fn view(covered: Option<Period>) -> FeasibilityView {
        Business::new().views(covered).feasibility(Day::parse("2026-02-01").unwrap())
    }

    #[test]
    fn what_would_feed_most_of_what_is_missing_stands_first() {
        let view = view(Some(Business::covered()));
        assert_eq!(view.n_kpis as usize, crate::catalog::kpi::kpis().len());
        assert!(view.n_fed > 5 && view.n_fed < view.n_kpis, "{}", view.n_fed);
        // Sessions, page views and unit session percentage need traffic; Amazon is there, Shopify is not.
        let traffic =
            view.gains.iter().find(|it| it.report.report.contains("business_report_by_date"));
        let kpis: Vec<&str> = traffic.unwrap().kpis.iter().map(|names| names.en.as_str()).collect();
        let expected = [
            "Reconciliation gap",
            "Sessions",
            "Page views",
            "Unit session percentage",
            "Order-item session percentage",
            "Featured offer share",
        ];
        assert_eq!(kpis, expected);
        // Costs by batch would give the same as costs, which are simpler.
        let reports: Vec<&str> = view.gains.iter().map(|it| it.report.report.as_str()).collect();
        assert!(reports.contains(&"user.costs") && !reports.contains(&"user.cost_batches"));
        let n_kpis: Vec<usize> = view.gains.iter().map(|gain| gain.kpis.len()).collect();
        assert!(n_kpis.is_sorted_by(|one, other| one >= other), "{n_kpis:?}");
        assert!(!view.gains.iter().any(|gain| gain.report.report.starts_with("shopify")));
    }
}
