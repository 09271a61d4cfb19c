//! One KPI in full.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    catalog::{
        channel::channel,
        kpi::{measure_entry, traps},
    },
    domain::{Dimension, Filters, Names, Period},
    kpis::{Operand, Reach, Subject},
    worker::protocol::{
        FormulaPart, HomeRequest, KpiView, StatedByView, StatingChannel, UndefinedView, ValueView,
    },
};

use super::{
    Slices, Views, contract_views,
    values::{Asked, Chosen},
    warnings::lines_of,
};

impl<S: Slices> Views<'_, S> {
    /// The KPI with its formula in force and the values of its parts; `None` when there is no
    /// such KPI. `request.trend_kpi` does not matter.
    pub fn kpi(&self, id: &str, request: &HomeRequest) -> Option<KpiView> {
        let asked = self.asked_id(id)?;
        let chosen = self.chosen(&request.filters);
        let period = self.period(request);
        let entry = asked.entry;
        let relevant = self.dictionary.contracts(entry, self.contracts);
        let mut contracts = contract_views(self.contracts, &BTreeMap::new());
        contracts.retain(|contract| relevant.contains(contract.id.as_str()));
        let (annotations, n_other_annotations) =
            self.annotation_views(&entry.kpi.id, &request.filters, period);
        let trend = self.trend(asked, request, &chosen, period);
        // Of several lines it would not be told whose range it is.
        let buckets = if request.trend_by.is_none() { trend.buckets.as_slice() } else { &[] };
        Some(KpiView {
            likely: self.likely(asked, &chosen, period, buckets),
            card: self.card(asked, request, &chosen, period),
            is_on_home: self.is_on_home(entry),
            lines: lines_of(&entry.kpi.id),
            stated: entry.kpi.stated.as_ref().map(|stated| StatedByView {
                channels: stated.channels.iter().map(|id| stating_channel(id)).collect(),
                typed: Vec::new(),
            }),
            trend,
            annotations,
            n_other_annotations,
            formula: entry.formula_on(self.contracts, period.to).to_string(),
            own: None,
            parts: self.parts(asked, (&request.filters, &chosen), period),
            contracts,
            fed_by: self
                .dictionary
                .fed_by(entry, self.contracts)
                .iter()
                .filter_map(|report| self.known_report(report))
                .collect(),
            traps: traps(&entry.kpi.id),
        })
    }

    /// Every measure and KPI of the formula once, in reading order.
    fn parts(
        &self,
        asked: Asked<'_>,
        (asked_filters, chosen): (&Filters, &Chosen<S::Slice>),
        period: Period,
    ) -> Vec<FormulaPart> {
        let everywhere =
            Filters { channels: Vec::new(), shops: Vec::new(), ..asked_filters.clone() };
        let whole = Chosen {
            slice: std::rc::Rc::clone(&chosen.whole),
            whole: std::rc::Rc::clone(&chosen.whole),
            channels: Vec::new(),
        };
        let mut parts: Vec<FormulaPart> = Vec::new();
        for (operand, reach) in asked.entry.formula_on(self.contracts, period.to).names() {
            let Reach { is_whole, days_before, window, filters } = reach;
            let back = i32::try_from(days_before).unwrap_or(i32::MAX);
            let days = Period { from: period.from.plus(-back), to: period.to.plus(-back) };
            let days = window.map_or(days, |n_days| {
                let n_days = i32::try_from(n_days).unwrap_or(i32::MAX);
                Period { from: days.to.plus(1 - n_days), to: days.to }
            });
            let members: Vec<(Dimension, String)> =
                filters.into_iter().map(|it| (it.dimension, it.member)).collect();
            let of = if is_whole { &whole } else { chosen };
            let base = if is_whole { &everywhere } else { asked_filters };
            let narrowed = match of_members(base, &members) {
                Some(filters) if !members.is_empty() => Some(self.chosen(&filters)),
                Some(_) => None,
                // The filters of the page leave it out: nothing is known of it.
                None => {
                    let Some(part) = self.part(operand, of, days) else { continue };
                    parts.push(left_out(FormulaPart { is_whole, period: days, members, ..part }));
                    continue;
                }
            };
            let Some(part) = self.part(operand, narrowed.as_ref().unwrap_or(of), days) else {
                continue;
            };
            let part = FormulaPart { is_whole, period: days, members, ..part };
            let is_same = |it: &FormulaPart| {
                (&it.id, it.is_whole, it.period, &it.members)
                    == (&part.id, part.is_whole, part.period, &part.members)
            };
            if !parts.iter().any(is_same) {
                parts.push(part);
            }
        }
        parts
    }

    fn part(
        &self,
        operand: &Operand,
        chosen: &Chosen<S::Slice>,
        period: Period,
    ) -> Option<FormulaPart> {
        let id = operand.subject.id().to_owned();
        match &operand.subject {
            Subject::Measure(measure) => {
                let entry = measure_entry(*measure);
                let names: Names = entry.names.clone();
                let value = self.measure_value(*measure, &chosen.slice, period);
                let unit = entry.unit.into();
                let has_page = measure.is_of_facts();
                let members = Vec::new();
                Some(FormulaPart {
                    id,
                    is_whole: false,
                    has_page,
                    period,
                    members,
                    names,
                    unit,
                    value,
                })
            }
            Subject::Kpi { id: kpi, .. } => {
                let asked = self.asked_id(kpi)?;
                let kpi = &asked.entry.kpi;
                let value = self.value(asked, chosen, period);
                let (names, unit) = (kpi.names.clone(), kpi.unit.into());
                Some(FormulaPart {
                    id,
                    is_whole: false,
                    has_page: true,
                    period,
                    members: Vec::new(),
                    names,
                    unit,
                    value,
                })
            }
            // It is the KPI's own value.
            Subject::Stated { .. } => None,
        }
    }
}

/// A choice with single members of it alone; `None` when it leaves one of them out.
fn of_members(filters: &Filters, members: &[(Dimension, String)]) -> Option<Filters> {
    members.iter().try_fold(filters.clone(), |filters, (dimension, member)| {
        let is_in = filters.allows(*dimension, member);
        is_in.then(|| filters.narrowed(*dimension, member))
    })
}

/// A part of which nothing is known.
fn left_out(part: FormulaPart) -> FormulaPart {
    let reason = "no_data".to_owned();
    let undefined = Arc::new(UndefinedView { reason, about: String::new(), fed_by: Vec::new() });
    FormulaPart { value: ValueView { undefined: Some(undefined), ..ValueView::default() }, ..part }
}

fn stating_channel(id: &str) -> StatingChannel {
    let names = channel(id).map(|channel| channel.names.clone()).unwrap_or_default();
    StatingChannel { id: id.to_owned(), names, shops: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        kpis::Contracts,
        worker::views::mock::{Business, january, january_of},
    };

    fn kpi(id: &str, request: &HomeRequest) -> KpiView {
        Business::new().views(Business::covered()).kpi(id, request).unwrap()
    }

    fn parts(view: &KpiView) -> Vec<String> {
        let part = |part: &FormulaPart| {
            let value = part.value.value.as_deref();
            let reason = part.value.undefined.as_ref().map(|undefined| undefined.reason.as_str());
            let text = value.or(reason).unwrap();
            if part.is_whole {
                format!("whole({}) {text}", part.id)
            } else {
                format!("{} {text}", part.id)
            }
        };
        view.parts.iter().map(part).collect()
    }

    #[test]
    fn a_formula_shows_its_parts_with_values() {
        let aov = kpi("sales.aov", &january());
        assert_eq!(aov.formula, "sales.net / sales.orders");
        assert_eq!(parts(&aov), ["sales.net 380", "sales.orders 15"]);
        assert_eq!(aov.card.figure.value.value.as_deref(), Some("25.33333333"));
        assert_eq!(aov.trend.kpi, "sales.aov");
        let tiktok = kpi("sales.net", &january_of(&["tiktok"]));
        assert_eq!(parts(&tiktok), ["gross_sales 100", "seller_discounts 0", "refunds no_data"]);
    }

    #[test]
    fn the_whole_is_a_part_of_its_own() {
        let share = kpi("sales.channel_share", &january_of(&["tiktok"]));
        assert_eq!(parts(&share), ["sales.net 100", "whole(sales.net) 380"]);
    }

    #[test]
    fn contracts_and_files_are_those_it_hangs_on() {
        let spend = kpi("ads.spend", &january());
        let contracts: Vec<&str> =
            spend.contracts.iter().map(|contract| contract.id.as_str()).collect();
        assert_eq!(contracts, ["currency"]);
        assert!(spend.fed_by.iter().any(|report| report.report == "google_ads.campaign"));
    }

    #[test]
    fn the_formula_shown_is_the_one_in_force() {
        let mut business = Business::new();
        business.contracts = Contracts::new([("platform_discounts", "out")]).unwrap();
        let net = business.views(Business::covered()).kpi("sales.net", &january()).unwrap();
        assert!(net.formula.contains("platform_discounts?"));
    }

    #[test]
    fn an_unknown_kpi_is_none() {
        let business = Business::new();
        assert!(business.views(Business::covered()).kpi("no.such", &january()).is_none());
    }
}
