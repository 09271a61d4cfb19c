//! What a person should look at first.

use std::cmp::Reverse;

use crate::{
    catalog::{
        kpi::Unit,
        policy::{LineKind, PolicyLine, is_at_home, policy_lines},
    },
    domain::{
        AdSums, CampaignAds, Currency, Day, Filters, Granularity, Limit, Measure, Measures as _,
        Period, WeekStart, sort_few_by_key,
    },
    kpis::{Decimal, Entry},
    signals::{Breach, Creep, acos_creep, breach, is_over, returned},
    worker::protocol::{LineView, Warning, WarningReason},
};

use super::{Slices, Views};

/// Days in which the end of what files tell is looked for.
const LOOKED_BACK_DAYS: i32 = 120;
/// Days of the period that a warning's value is of.
const PERIOD_DAYS: i32 = 30;

impl<S: Slices> Views<'_, S> {
    /// KPIs on the wrong side of a line that costs rights or money, worst first; of several lines of a
    /// KPI and channel the worst one.
    ///
    /// Then what grows worse by itself; its money is in `currency`.
    pub fn warnings(&self, today: Day, currency: Currency) -> Vec<Warning> {
        let mut warnings: Vec<(LineKind, Warning)> = Vec::new();
        for line in policy_lines().iter().filter(|line| costs(line) && line.kpi != COHORT) {
            let Some(entry) = self.dictionary.get(&line.kpi) else { continue };
            let Some(warning) = self.warning(line, entry, today) else { continue };
            let is_same = |it: &&mut (LineKind, Warning)| {
                it.1.kpi == warning.kpi && it.1.channel == warning.channel
            };
            match warnings.iter_mut().find(is_same) {
                Some(known) if line.kind < known.0 => *known = (line.kind, warning),
                Some(_) => (),
                None => warnings.push((line.kind, warning)),
            }
        }
        warnings.extend(self.returned(today).into_iter().map(|it| (LineKind::Fee, it)));
        sort_few_by_key(&mut warnings, |(kind, _)| *kind);
        let of_lines = warnings.into_iter().map(|(_, warning)| warning);
        let of_limits = self.limits.values().filter_map(|it| self.over_limit(it, today, currency));
        of_lines.chain(of_limits).chain(self.creeping(today, currency)).collect()
    }

    /// The worst of a line's channel: of several shops and kinds of statements each is held against it
    /// by itself, since the platform does so, too.
    fn warning(&self, line: &PolicyLine, entry: &Entry, today: Day) -> Option<Warning> {
        let stated = entry.kpi.stated.as_ref()?;
        let filters = Filters { channels: vec![line.channel.clone()], ..Filters::default() };
        let period = Period { from: today.plus(1 - PERIOD_DAYS), to: today };
        let slice = self.slices.slice(&filters);
        let mut statements = slice.stated_by_shop(&entry.kpi.id, &stated.kinds, period);
        statements.retain(|it| is_at_home(&it.channel, &it.shop));
        let minimum = entry.kpi.min_denominator;
        let broken = statements.iter().filter_map(|it| {
            let breach = breach(line, &it.stated, minimum)?;
            Some((it, breach))
        });
        let (worst, breach) = broken.max_by(|one, other| one.1.cmp(&other.1))?;
        Some(Warning {
            kpi: entry.kpi.id.clone(),
            names: entry.kpi.names.clone(),
            unit: entry.kpi.unit.into(),
            value: Decimal::quotient(worst.stated.count, worst.stated.base)?.to_string(),
            channel: line.channel.clone(),
            shop: worst.shop.clone(),
            sku: String::new(),
            campaign: String::new(),
            period: None,
            day: worst.stated.day,
            reason: beyond(line, false, breach),
            note: String::new(),
            is_snoozed: false,
        })
    }
}

impl<S: Slices> Views<'_, S> {
    /// A KPI beyond a limit of one's own, by its newest 30 days that have settled and that the files tell of
    /// whole. What is stated by platforms is held against it as they state it.
    fn over_limit(&self, limit: &Limit, today: Day, currency: Currency) -> Option<Warning> {
        let entry = self.dictionary.get(&limit.kpi)?;
        let channels = Some(limit.channel.clone()).filter(|channel| !channel.is_empty());
        let filters = Filters { channels: channels.into_iter().collect(), ..Filters::default() };
        if entry.kpi.unit == Unit::Money && limit.currency != currency {
            return None;
        }
        let chosen = self.chosen(&filters);
        let told = self.told_until(entry, &chosen.slice, self.covered?.to.min(today));
        let last = told.plus(-i32::from(entry.kpi.settling_days));
        let period = Period { from: last.plus(1 - PERIOD_DAYS), to: last };
        if !self.is_told(entry, &chosen.slice, period) {
            return None;
        }
        let value = self.evaluate(entry, &chosen, period);
        let value = value.defined()?;
        let minimum = entry.kpi.min_denominator;
        is_over(limit, value.value, value.n, (last, minimum)).then(|| Warning {
            kpi: entry.kpi.id.clone(),
            names: entry.kpi.names.clone(),
            unit: entry.kpi.unit.into(),
            value: value.value.to_string(),
            channel: limit.channel.clone(),
            shop: String::new(),
            sku: String::new(),
            campaign: String::new(),
            period: Some(period),
            day: last,
            reason: WarningReason::Limit { limit: Box::new(limit.clone()), currency },
            note: String::new(),
            is_snoozed: false,
        })
    }

    /// Whether files tell of all days of what a KPI adds up; a level or a statement is of its own day.
    pub(super) fn is_told(&self, entry: &Entry, slice: &S::Slice, period: Period) -> bool {
        let needed = self.added_up(entry);
        needed.iter().all(|measure| slice.uncovered(*measure, period).is_empty())
    }

    /// The last day up to `day` until which files tell of all that a KPI adds up; `day` itself where they end
    /// long before it.
    fn told_until(&self, entry: &Entry, slice: &S::Slice, day: Day) -> Day {
        let looked_at = Period { from: day.plus(1 - LOOKED_BACK_DAYS), to: day };
        let ends = self.added_up(entry).into_iter().map(|measure| {
            let last = slice.uncovered(measure, looked_at).last().copied();
            let gap = last.filter(|gap| gap.to == day && gap.from > looked_at.from);
            gap.map_or(day, |gap| gap.from.plus(-1))
        });
        ends.min().unwrap_or(day)
    }

    /// The measures of a KPI that add up facts and must be there.
    fn added_up(&self, entry: &Entry) -> Vec<Measure> {
        let measures = self.dictionary.measures(entry, self.contracts).into_iter();
        let needed = measures.filter(|(measure, may_be_missing)| {
            !may_be_missing && measure.is_of_facts() && !measure.is_level()
        });
        needed.map(|(measure, _)| measure).collect()
    }
}

/// A platform's line for what comes back of a month's orders.
const COHORT: &str = "svc.return_rate_cohort";
/// Months after the orders in which units may still come back.
const COHORT_MONTHS: usize = 2;
/// Months back in which a finished cohort is looked for.
const MONTHS_BACK: usize = 6;

impl<S: Slices> Views<'_, S> {
    /// Products of Amazon of whose orders more came back than their category allows, in the newest month
    /// of which all returns are in; worst first.
    fn returned(&self, today: Day) -> Vec<Warning> {
        let Some(entry) = self.dictionary.get(COHORT) else { return Vec::new() };
        let filters = Filters { channels: vec!["amazon".to_owned()], ..Filters::default() };
        let slice = self.slices.slice(&filters);
        let is_told = |measure, period| slice.uncovered(measure, period).is_empty();
        let is_whole = |(month, until): &(Period, Day)| {
            let returns = Period { from: month.from, to: *until };
            is_told(Measure::Units, *month) && is_told(Measure::ReturnedUnits, returns)
        };
        let Some((month, _)) = finished_months(today).into_iter().find(is_whole) else {
            return Vec::new();
        };
        let lines: Vec<&PolicyLine> =
            policy_lines().iter().filter(|line| line.kpi == COHORT && costs(line)).collect();
        let minimum = entry.kpi.min_denominator;
        let products = self.slices.returns_by_sku(&filters, month);
        let mut found: Vec<(Breach, Warning)> = products
            .into_iter()
            .filter_map(|it| {
                let of = (it.returned, it.units);
                let (line, breach) = returned(&lines, &it.category, of, (month.to, minimum))?;
                Some((
                    breach,
                    Warning {
                        kpi: entry.kpi.id.clone(),
                        names: entry.kpi.names.clone(),
                        unit: entry.kpi.unit.into(),
                        value: Decimal::quotient(it.returned, it.units)?.to_string(),
                        channel: line.channel.clone(),
                        shop: String::new(),
                        reason: beyond(line, !is_own(line, &it.category), breach),
                        sku: it.sku,
                        campaign: String::new(),
                        period: Some(month),
                        day: month.to,
                        note: String::new(),
                        is_snoozed: false,
                    },
                ))
            })
            .collect();
        sort_few_by_key(&mut found, |(breach, _)| Reverse(*breach));
        found.into_iter().map(|(_, warning)| warning).collect()
    }
}

/// A platform's line for a product's category.
fn is_own(line: &PolicyLine, category: &str) -> bool {
    line.category.eq_ignore_ascii_case(category.trim())
}

fn beyond(line: &PolicyLine, is_of_every_category: bool, breach: Breach) -> WarningReason {
    WarningReason::Line {
        line: Box::new(line_view(line)),
        is_of_every_category,
        cases: breach.cases,
    }
}

const ACOS: &str = "ads.acos";
/// Months that a creep is looked for in.
const CREEP_MONTHS: usize = 12;

impl<S: Slices> Views<'_, S> {
    /// Campaigns whose ads take a greater share of their sales month after month, until the newest month
    /// of which all sales are claimed; what costs most first.
    fn creeping(&self, today: Day, currency: Currency) -> Vec<Warning> {
        let Some(entry) = self.dictionary.get(ACOS) else { return Vec::new() };
        let months = settled_months(today, entry.kpi.settling_days);
        let mut found: Vec<(Creep, Warning)> = Vec::new();
        for ads in self.slices.campaigns(&months) {
            let Some(creep) = self.creep_of(&ads, &months) else { continue };
            let months = months.iter().copied().zip(&ads.periods);
            let months = months.skip(ads.periods.len() - creep.n_months);
            let values: Vec<(Period, String)> =
                months.filter_map(|(month, sums)| Some((month, share(sums)?))).collect();
            let Some((newest, value)) = values.last().cloned() else { continue };
            let Some(usual) = share(&creep.usual) else { continue };
            let excess = creep.excess.to_string();
            let warning = Warning {
                kpi: entry.kpi.id.clone(),
                names: entry.kpi.names.clone(),
                unit: entry.kpi.unit.into(),
                value,
                channel: ads.channel,
                shop: ads.shop,
                sku: String::new(),
                campaign: ads.campaign,
                period: Some(newest),
                day: newest.to,
                reason: WarningReason::Creep { usual, months: values, excess, currency },
                note: String::new(),
                is_snoozed: false,
            };
            found.push((creep, warning));
        }
        sort_few_by_key(&mut found, |(creep, _)| Reverse(creep.excess));
        found.into_iter().map(|(_, warning)| warning).collect()
    }

    /// A month that no file covers says nothing, and neither does what came before it.
    fn creep_of(&self, ads: &CampaignAds, months: &[Period]) -> Option<Creep> {
        acos_creep(&ads.periods)?;
        let filters = Filters { channels: vec![ads.channel.clone()], ..Filters::default() };
        let slice = self.slices.slice(&filters);
        let is_told =
            |month: &&Period| slice.uncovered(Measure::AttributedSpend, **month).is_empty();
        let n_told = months.iter().rev().take_while(is_told).count();
        acos_creep(ads.periods.get(ads.periods.len().saturating_sub(n_told)..)?)
    }
}

/// Spend ÷ sales.
fn share(sums: &AdSums) -> Option<String> {
    Some(Decimal::quotient(sums.spend, sums.sales)?.to_string())
}

/// The months that ended so many days ago or earlier, oldest first.
fn settled_months(today: Day, settling_days: u16) -> Vec<Period> {
    let settled = today.plus(-i32::from(settling_days));
    let month_of = |day| Granularity::Month.bucket(day, WeekStart::Monday);
    let mut months: Vec<Period> = Vec::new();
    let mut day = settled.plus(1);
    while months.len() < CREEP_MONTHS {
        let month = month_of(month_of(day).from.plus(-1));
        day = month.from;
        months.push(month);
    }
    months.reverse();
    months
}

/// Months of which everything can have come back, newest first, with the last day of that.
fn finished_months(today: Day) -> Vec<(Period, Day)> {
    let month_of = |day| Granularity::Month.bucket(day, WeekStart::Monday);
    let mut months = vec![month_of(today)];
    while let Some(last) = months.last().filter(|_| months.len() < COHORT_MONTHS + MONTHS_BACK + 2)
    {
        months.push(month_of(last.from.plus(-1)));
    }
    let ends = months.iter().map(|month| month.to);
    let with_ends = months.iter().skip(COHORT_MONTHS).copied().zip(ends);
    with_ends.filter(|(_, end)| *end <= today).collect()
}

/// Whether a line costs rights or money, and was found where it is said to stand.
fn costs(line: &PolicyLine) -> bool {
    line.verified && line.kind <= LineKind::Fee
}

/// The lines of a KPI, in force or not.
pub(super) fn lines_of(kpi: &str) -> Vec<LineView> {
    policy_lines().iter().filter(|line| line.kpi == kpi).map(line_view).collect()
}

fn line_view(line: &PolicyLine) -> LineView {
    LineView {
        channel: line.channel.clone(),
        comparator: line.comparator.id().to_owned(),
        value: line.value().to_string(),
        kind: line.kind.id().to_owned(),
        window: line.window.clone(),
        scope: line.scope.clone(),
        programme: line.programme.clone(),
        source: line.source.clone(),
        from: line.from,
        to: line.to,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Comparator, Fixed},
        worker::views::mock::Business,
    };

    fn warnings(count: &str, base: &str, day: &str) -> Vec<Warning> {
        let mut business = Business::new();
        business.state("amazon", "svc.lsr", (count, base), day);
        let today = Day::parse("2026-02-01").unwrap();
        business.views(Business::covered()).warnings(today, Currency::USD)
    }

    #[test]
    fn a_kpi_beyond_its_line_is_named_with_its_evidence() {
        // 9 of 200 are late, 4.5 %; below 4 % are 7.
        let warnings = warnings("9", "200", "2026-01-25");
        let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
        assert_eq!((warning.kpi.as_str(), warning.value.as_str()), ("svc.lsr", "0.045"));
        let WarningReason::Line { line, cases, .. } = &warning.reason else {
            panic!("{warning:?}")
        };
        assert_eq!((line.comparator.as_str(), line.value.as_str()), ("below", "0.04"));
        assert_eq!((*cases, warning.day.to_string().as_str()), (Some(2), "2026-01-25"));
        assert!(!line.source.is_empty());
    }

    #[test]
    fn what_keeps_its_line_or_is_old_is_no_warning() {
        assert!(warnings("7", "200", "2026-01-25").is_empty());
        assert!(warnings("9", "200", "2026-02-02").is_empty(), "it is not known yet");
    }

    /// Net sales of the 30 days up to January 31 are 380.
    #[test]
    fn a_limit_of_ones_own_is_held_against_the_newest_settled_days() {
        let over = |comparator, value: &str, channel: &str| {
            let limit = Limit {
                kpi: "sales.net".to_owned(),
                channel: channel.to_owned(),
                comparator,
                value: Fixed::parse(value).unwrap(),
                currency: Currency::USD,
                from: Day::parse("2026-01-01").unwrap(),
                to: None,
                reason: "plan".to_owned(),
            };
            let mut business = Business::new();
            business.limits.insert(limit.id(), limit);
            let today = Day::parse("2026-02-01").unwrap();
            let warnings = business.views(Business::covered()).warnings(today, Currency::USD);
            let of_limits =
                warnings.into_iter().filter(|it| matches!(it.reason, WarningReason::Limit { .. }));
            of_limits.map(|it| (it.value, it.day.to_string())).collect::<Vec<_>>()
        };
        let day = "2026-01-31".to_owned();
        assert_eq!(over(Comparator::AtLeast, "380.01", ""), [("380".to_owned(), day.clone())]);
        assert!(over(Comparator::AtLeast, "380", "").is_empty());
        assert_eq!(over(Comparator::AtMost, "99", "tiktok"), [("100".to_owned(), day)]);
        assert!(over(Comparator::AtMost, "99", "walmart").is_empty());
    }

    #[test]
    fn a_month_counts_when_all_its_sales_are_claimed() {
        let newest = |today: &str| {
            let months = settled_months(Day::parse(today).unwrap(), 14);
            assert_eq!(months.len(), CREEP_MONTHS);
            months.last().unwrap().to_string()
        };
        assert_eq!(newest("2026-11-14"), "2026-10-01..2026-10-31");
        assert_eq!(newest("2026-11-13"), "2026-09-01..2026-09-30");
    }
}
