//! How far the month is along its plan, and where it will probably end.

use crate::{
    catalog::event::a_year_before,
    domain::{Day, Filters, Fixed, Granularity, Period, TargetKey, WeekStart},
    forecast::{Asked, DailySeries, DayPlan, Method, Pace, PeriodEnd, period_end, usual_days},
    worker::{
        protocol::{ForecastView, PacePlan, PaceView},
        session::{
            book::{Basis, Book},
            card_targets::scope_of,
        },
        views::PastOf,
    },
};

/// Older days tell nothing that newer ones do not.
const MOST_DAYS: i32 = 800;

/// The month of the newest day with facts, or the next one where that is over. `None` for KPIs whose days do
/// not add up, and while there is nothing.
pub(super) fn view(book: &Book, kpi: &str, filters: &Filters) -> Option<PaceView> {
    let entry = book.dictionary().get(kpi).filter(|entry| entry.kpi.roll_up.adds_up_in_time())?;
    let settling = i32::from(entry.kpi.settling_days);
    book.with_views(|views| {
        let (past, covered) = (views.past_of(kpi, filters)?, views.covered?);
        let month = |day| Granularity::Month.bucket(day, WeekStart::Monday);
        let this = month(covered.to);
        let period = if this.to == covered.to { month(covered.to.plus(1)) } else { this };
        let last = covered.to.plus(-settling);
        let days = known_days(&past, covered, last);
        let to_date = counted(&past, period, last);
        let target = target(book, kpi, filters, period);
        let series = series(&days)?;
        let last_year = last_year(&past, period);
        let forecast = period_end(&Asked {
            history: &series,
            period,
            to_date: to_date.to_f64(),
            last_year: &last_year,
        });
        let weights = if last_year.iter().any(Option::is_some) {
            last_year
        } else {
            usual_days(&series, period)
        };
        let plan = target.map(|target| {
            let plan = DayPlan::new(target, period, &weights);
            plan_view(target, &Pace::of(&plan, to_date, last, &days))
        });
        let best =
            days.iter().copied().max_by_key(|(day, value)| (*value, std::cmp::Reverse(*day)));
        Some(PaceView {
            period,
            last,
            to_date: (last >= period.from).then(|| to_date.to_string()),
            plan,
            best_day: best.map(|(day, value)| (day, value.to_string())),
            forecast: forecast.map(|it| forecast_view(&it, target)),
        })
    })
}

/// The days that count, with what was reached on each that is known.
fn known_days(past: &PastOf<'_, Basis>, covered: Period, last: Day) -> Vec<(Day, Fixed)> {
    let first = covered.from.max(last.plus(-MOST_DAYS));
    let days = first.days_since_epoch()..=last.days_since_epoch();
    let reached = |day: i32| {
        let day = Day::from_days_since_epoch(day);
        let value = past.reached(Period { from: day, to: day })?.value;
        Some((day, value.of(Fixed::from_whole(1))))
    };
    days.filter_map(reached).collect()
}

fn series(days: &[(Day, Fixed)]) -> Option<DailySeries> {
    let (first, last) = (days.first()?.0, days.last()?.0);
    let mut known = days.iter().peekable();
    let value = |nth: i32| {
        let day = first.plus(nth);
        known.next_if(|(it, _)| *it == day).map(|(_, value)| value.to_f64())
    };
    let n_days = last.days_since_epoch() - first.days_since_epoch() + 1;
    Some(DailySeries::new(first, (0..n_days).map(value).collect()))
}

/// What the days of a period that count come to; 0 before the first.
fn counted(past: &PastOf<'_, Basis>, period: Period, last: Day) -> Fixed {
    if last < period.from {
        return Fixed::ZERO;
    }
    let reached = past.reached(Period { from: period.from, to: last.min(period.to) });
    reached.map_or(Fixed::ZERO, |it| it.value.of(Fixed::from_whole(1)))
}

/// The values of the days a year before beside which the days of a period stand.
fn last_year(past: &PastOf<'_, Basis>, period: Period) -> Vec<Option<f64>> {
    let value = |nth: i32| {
        let day = a_year_before(period.from.plus(nth));
        past.reached(Period { from: day, to: day }).map(|it| it.value.to_f64())
    };
    (0..period.n_days()).map(value).collect()
}

fn target(book: &Book, kpi: &str, filters: &Filters, period: Period) -> Option<Fixed> {
    let key = TargetKey { kpi: kpi.to_owned(), scope: scope_of(filters)? };
    book.fold().targets.line(&key)?.over(period, true)?.commit
}

fn plan_view(target: Fixed, pace: &Pace) -> PacePlan {
    PacePlan {
        target: target.to_string(),
        planned: pace.planned.to_string(),
        ahead: pace.ahead.to_string(),
        n_left: u32::try_from(pace.n_left).unwrap_or(0),
        needed_per_day: pace.needed_per_day.map(|it| it.to_string()),
        needs_more_than_best: pace.needs_more_than_best() == Some(true),
    }
}

fn forecast_view(end: &PeriodEnd, target: Option<Fixed>) -> ForecastView {
    let amount = |number: f64| format!("{number:.2}");
    let share = |number: f64| format!("{number:.4}");
    let tries = end.back_test;
    ForecastView {
        total: amount(end.total),
        lower: amount(end.lower),
        upper: amount(end.upper),
        probability: target.map(|target| share(end.probability_of(target.to_f64()))),
        method: match end.method {
            Method::Weeks => "weeks",
            Method::LastYear => "last_year",
            Method::Parts => "parts",
            Method::YearlyParts => "yearly_parts",
        }
        .to_owned(),
        error: share(end.wape()),
        naive_error: share(tries.wape_naive),
        n_tries: u32::try_from(tries.n_origins).unwrap_or(u32::MAX),
    }
}
