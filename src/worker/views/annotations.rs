//! What people said of the days that are shown.

use crate::{
    domain::{Annotation, Filters, Period, sort_few_by_key},
    worker::protocol::{AnnotationView, TrendNote},
};

use super::{Slices, Views};

impl<S: Slices> Views<'_, S> {
    /// What was said beside a KPI of what `filters` let pass, of whichever days.
    fn said<'a>(
        &'a self,
        kpi: &'a str,
        filters: &'a Filters,
    ) -> impl Iterator<Item = (u64, &'a Annotation)> {
        let all = self.annotations.iter().map(|(number, it)| (*number, it));
        all.filter(|(_, it)| it.concerns(kpi, filters))
    }

    /// The same of the days of a chart, at the buckets that it is about.
    pub(super) fn trend_notes(
        &self,
        kpi: &str,
        filters: &Filters,
        buckets: &[Period],
    ) -> Vec<TrendNote> {
        let note = |(_, it): (u64, &Annotation)| {
            let touched = || {
                let numbered = (0..).zip(buckets);
                numbered.filter(|(_, bucket)| bucket.overlaps(&it.days)).map(|(place, _)| place)
            };
            let (first, last) = (touched().min()?, touched().max()?);
            Some(TrendNote { first, last, text: it.text.clone() })
        };
        let mut notes: Vec<TrendNote> = self.said(kpi, filters).filter_map(note).collect();
        sort_few_by_key(&mut notes, |note| (note.first, note.last));
        notes
    }

    /// What was said of days of a period, oldest first, and how much was said of other days.
    pub(super) fn annotation_views(
        &self,
        kpi: &str,
        filters: &Filters,
        period: Period,
    ) -> (Vec<AnnotationView>, u32) {
        let said = || self.said(kpi, filters);
        let of_period = said().filter(|(_, it)| it.days.overlaps(&period));
        let view =
            |(number, it): (u64, &Annotation)| AnnotationView { number, annotation: it.clone() };
        let mut views: Vec<AnnotationView> = of_period.map(view).collect();
        sort_few_by_key(&mut views, |it| (it.annotation.days, it.number));
        let n_others = said().count() - views.len();
        (views, u32::try_from(n_others).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        domain::Granularity,
        kpis::mock::period,
        worker::{
            protocol::HomeRequest,
            views::mock::{Business, january, january_of},
        },
    };

    fn said(days: (&str, &str), kpi: &str, channel: &str, text: &str) -> Annotation {
        let days = period(days.0, days.1);
        Annotation { days, kpi: kpi.into(), channel: channel.into(), text: text.into() }
    }

    /// Of net sales and of all KPIs, of one channel and of all, in January, before it and over its end.
    fn annotations() -> BTreeMap<u64, Annotation> {
        let all = [
            said(("2026-01-30", "2026-02-03"), "", "", "stock arrived late"),
            said(("2026-01-10", "2026-01-10"), "sales.net", "", "price raised"),
            said(("2026-01-10", "2026-01-10"), "ads.acos", "", "of another KPI"),
            said(("2026-01-10", "2026-01-12"), "", "tiktok", "live with a creator"),
            said(("2025-12-31", "2025-12-31"), "", "", "before"),
        ];
        (1..).zip(all).collect()
    }

    #[track_caller]
    fn check(request: &HomeRequest, on_chart: &[(u32, u32, &str)], listed: &[u64], others: u32) {
        let (business, annotations) = (Business::new(), annotations());
        let mut views = business.views(Business::covered());
        views.annotations = &annotations;
        let kpi = views.kpi("sales.net", request).unwrap();
        let notes: Vec<(u32, u32, &str)> =
            kpi.trend.notes.iter().map(|it| (it.first, it.last, it.text.as_str())).collect();
        assert_eq!(notes, on_chart);
        assert_eq!(views.home(request).trend.notes, kpi.trend.notes);
        let numbers: Vec<u64> = kpi.annotations.iter().map(|it| it.number).collect();
        assert_eq!((numbers.as_slice(), kpi.n_other_annotations), (listed, others));
    }

    #[test]
    fn notes_stand_at_their_days() {
        let notes = [
            (9, 9, "price raised"),
            (9, 11, "live with a creator"),
            (29, 30, "stock arrived late"),
        ];
        check(&january(), &notes, &[2, 4, 1], 1);
    }

    #[test]
    fn a_week_has_the_notes_of_its_days() {
        // January 2026 begins on a Thursday: the 10th lies in its second week, the 12th in the third.
        let request = HomeRequest { granularity: Granularity::Week, ..january() };
        let notes =
            [(1, 1, "price raised"), (1, 2, "live with a creator"), (4, 4, "stock arrived late")];
        check(&request, &notes, &[2, 4, 1], 1);
    }

    #[test]
    fn what_is_said_of_a_channel_is_not_read_beside_others() {
        let notes = [(9, 9, "price raised"), (29, 30, "stock arrived late")];
        check(&january_of(&["amazon"]), &notes, &[2, 1], 1);
    }
}
