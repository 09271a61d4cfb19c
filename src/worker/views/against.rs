//! What a period and its parts are held against.

use crate::{
    catalog::event::{Alignment, alignment},
    domain::Period,
    worker::protocol::{AlignedView, Comparison},
};

/// The way from days to their counterparts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Against {
    /// So many days on.
    Shifted(i32),
    YearBefore,
}

impl Against {
    /// What `period` is held against; `None` when that is nothing, or when no event aligns it.
    pub(super) fn of(period: Period, comparison: Comparison) -> Option<Self> {
        match comparison {
            Comparison::PreviousPeriod => Some(Self::Shifted(-period.n_days())),
            Comparison::YearBefore => Some(Self::YearBefore),
            Comparison::SameEvent => alignment(period).map(|it| Self::Shifted(it.shift())),
            Comparison::None => None,
        }
    }

    /// The counterpart of the period or of a part of it.
    pub(super) fn counterpart(self, part: Period) -> Period {
        match self {
            Self::Shifted(days) => Period { from: part.from.plus(days), to: part.to.plus(days) },
            // Feb 29 stands beside Feb 28, which then stands there twice.
            Self::YearBefore => part.year_before(),
        }
    }
}

/// The counterpart of a whole period.
pub(super) fn comparison_period(period: Period, comparison: Comparison) -> Option<Period> {
    Against::of(period, comparison).map(|against| against.counterpart(period))
}

/// The event that a comparison is aligned by.
pub(super) fn aligned_view(period: Period, comparison: Comparison) -> Option<AlignedView> {
    let Comparison::SameEvent = comparison else { return None };
    let alignment = alignment(period)?;
    let Alignment { event, days, days_before } = alignment;
    let against = Against::Shifted(alignment.shift()).counterpart(period);
    Some(AlignedView { names: event.names.clone(), days, days_before, against })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpis::mock::period;

    #[test]
    fn a_period_has_one_counterpart_of_each_kind() {
        // Prime Day was 8 to 11 July 2025, and 16 and 17 July 2024.
        let july = period("2025-07-01", "2025-07-20");
        let against = |comparison| comparison_period(july, comparison);
        let expected = period("2025-06-11", "2025-06-30");
        assert_eq!(against(Comparison::PreviousPeriod), Some(expected));
        assert_eq!(expected, july.previous());
        assert_eq!(against(Comparison::YearBefore), Some(period("2024-07-01", "2024-07-20")));
        assert_eq!(against(Comparison::SameEvent), Some(period("2024-07-09", "2024-07-28")));
        assert_eq!(against(Comparison::None), None);
        assert_eq!(
            comparison_period(period("2025-08-01", "2025-08-15"), Comparison::SameEvent),
            None
        );
    }

    #[test]
    fn the_event_is_told_where_it_aligns() {
        let cyber_week = period("2025-11-24", "2025-12-01");
        let view = aligned_view(cyber_week, Comparison::SameEvent).unwrap();
        assert_eq!(view.names.en, "Black Friday to Cyber Monday");
        assert_eq!(view.days, period("2025-11-28", "2025-12-01"));
        assert_eq!(view.days_before, period("2024-11-29", "2024-12-02"));
        assert_eq!(view.against, period("2024-11-25", "2024-12-02"));
        assert_eq!(aligned_view(cyber_week, Comparison::YearBefore), None);
    }
}
