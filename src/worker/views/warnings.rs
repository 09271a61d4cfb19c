//! What a person should look at first.

use crate::{
    catalog::policy::{LineKind, PolicyLine, is_at_home, policy_lines},
    domain::{Day, Filters, Measures as _, Period},
    kpis::{Decimal, Entry},
    signals::breach,
    worker::protocol::{LineView, Warning},
};

use super::{Slices, Views};

/// Days of the period that a warning's value is of.
const PERIOD_DAYS: i32 = 30;

impl<S: Slices> Views<'_, S> {
    /// KPIs on the wrong side of a line that costs rights or money, worst first; of several lines of a
    /// KPI and channel the worst one.
    pub fn warnings(&self, today: Day) -> Vec<Warning> {
        let mut warnings: Vec<(LineKind, Warning)> = Vec::new();
        for line in policy_lines().iter().filter(|line| costs(line)) {
            let Some(entry) = self.dictionary.get(&line.kpi) else { continue };
            let Some(warning) = self.warning(line, entry, today) else { continue };
            let is_same = |it: &&mut (LineKind, Warning)| {
                it.1.kpi == warning.kpi && it.1.line.channel == warning.line.channel
            };
            match warnings.iter_mut().find(is_same) {
                Some(known) if line.kind < known.0 => *known = (line.kind, warning),
                Some(_) => (),
                None => warnings.push((line.kind, warning)),
            }
        }
        warnings.sort_by_key(|(kind, _)| *kind);
        warnings.into_iter().map(|(_, warning)| warning).collect()
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
            shop: worst.shop.clone(),
            day: worst.stated.day,
            cases: breach.cases,
            line: line_view(line),
        })
    }
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
    use crate::worker::views::mock::Business;

    fn warnings(count: &str, base: &str, day: &str) -> Vec<Warning> {
        let mut business = Business::new();
        business.state("amazon", "svc.lsr", (count, base), day);
        let today = Day::parse("2026-02-01").unwrap();
        business.views(Business::covered()).warnings(today)
    }

    #[test]
    fn a_kpi_beyond_its_line_is_named_with_its_evidence() {
        // 9 of 200 are late, 4.5 %; below 4 % are 7.
        let warnings = warnings("9", "200", "2026-01-25");
        let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
        assert_eq!((warning.kpi.as_str(), warning.value.as_str()), ("svc.lsr", "0.045"));
        assert_eq!(
            (warning.line.comparator.as_str(), warning.line.value.as_str()),
            ("below", "0.04")
        );
        assert_eq!((warning.cases, warning.day.to_string().as_str()), (Some(2), "2026-01-25"));
        assert!(!warning.line.source.is_empty());
    }

    #[test]
    fn what_keeps_its_line_or_is_old_is_no_warning() {
        assert!(warnings("7", "200", "2026-01-25").is_empty());
        assert!(warnings("9", "200", "2026-02-02").is_empty(), "it is not known yet");
    }
}
