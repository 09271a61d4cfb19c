//! How forecasts of months of the demo company would have done: each is made from the days before it alone.

use linkstar_kpi::{
    domain::{Day, Granularity, Period, WeekStart},
    forecast::{Asked, DailySeries, period_end},
    worker::{
        protocol::{HomeRequest, Request, Response},
        session::Session,
    },
};

use crate::workbook::{self, asked_of};

/// What is forecast: a KPI of the whole business, or of a channel.
const SERIES: [(&str, &str); 7] = [
    ("sales.net", ""),
    ("sales.orders", ""),
    ("ads.spend", ""),
    ("sales.net", "amazon"),
    ("sales.net", "shopify"),
    ("sales.net", "tiktok"),
    ("sales.net", "walmart"),
];

/// Days of the month that are known when it is forecast.
const KNOWN_DAYS: [i32; 2] = [9, 19];

/// The values of a KPI day by day, as the trend of home has them.
fn daily(session: &mut Session, kpi: &str, channel: &str, days: Period) -> Vec<f64> {
    let mut request = HomeRequest { trend_kpi: kpi.to_owned(), ..asked_of(days) };
    if !channel.is_empty() {
        request.filters.channels.push(channel.to_owned());
    }
    match session.handle(&Request::Home(request), 0).response {
        Response::Home(home) => {
            let values = home.trend.series[0].values.iter();
            values.map(|it| it.value.as_ref().map_or(0.0, |it| it.parse().unwrap())).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// What the forecasts of one series, or of all, came to.
#[derive(Default)]
struct Outcome {
    n: u32,
    n_inside: u32,
    /// In shares of what came, so that a large series does not hide small ones.
    missed: f64,
    missed_by_naive: f64,
}

impl Outcome {
    fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.n_inside += other.n_inside;
        self.missed += other.missed;
        self.missed_by_naive += other.missed_by_naive;
    }

    fn told(&self) -> String {
        let n = f64::from(self.n);
        format!(
            "{} forecasts, error {:.1} % (seasonal naive {:.1} %), {:.0} % inside the 80 % interval",
            self.n,
            100.0 * self.missed / n,
            100.0 * self.missed_by_naive / n,
            100.0 * f64::from(self.n_inside) / n
        )
    }
}

/// Forecasts every whole month of the newest year, and holds it against what came.
fn tried(values: &[f64], days: Period) -> Outcome {
    let mut outcome = Outcome::default();
    let at =
        |day: Day| usize::try_from(day.days_since_epoch() - days.from.days_since_epoch()).unwrap();
    let mut month = Granularity::Month.bucket(days.to.plus(1), WeekStart::Monday);
    for _ in 0..12 {
        month = Granularity::Month.bucket(month.from.plus(-1), WeekStart::Monday);
        for n_known in KNOWN_DAYS {
            let (first, end) = (at(month.from), at(month.to) + 1);
            let cut = first + usize::try_from(n_known).unwrap();
            let known = &values[..cut];
            let history = DailySeries::new(days.from, known.iter().copied().map(Some).collect());
            let to_date: f64 = known[first..].iter().sum();
            let asked = Asked { history: &history, period: month, to_date, last_year: &[] };
            let Some(found) = period_end(&asked) else { continue };
            let came: f64 = values[first..end].iter().sum();
            // Every day as the same weekday of the last week that is known.
            let naive: f64 = (cut..end).map(|day| known[cut - 7 + (day - cut) % 7]).sum();
            outcome.n += 1;
            outcome.n_inside += u32::from((found.lower..=found.upper).contains(&came));
            outcome.missed += (came - found.total).abs() / came;
            outcome.missed_by_naive += (came - to_date - naive).abs() / came;
        }
    }
    outcome
}

#[test]
#[expect(clippy::print_stdout, reason = "the error and the coverage are to be seen")]
fn months_of_the_demo_company_are_forecast_no_worse_than_by_the_last_week() {
    let mut session = workbook::demo_company();
    let days =
        Period { from: Day::parse("2025-05-01").unwrap(), to: Day::parse("2026-10-31").unwrap() };
    let mut all = Outcome::default();
    for (kpi, channel) in SERIES {
        let values = daily(&mut session, kpi, channel, days);
        let outcome = tried(&values, days);
        println!("{kpi} {channel}: {}", outcome.told());
        assert!(outcome.n >= 20, "{kpi} {channel}: {}", outcome.n);
        all.add(&outcome);
    }
    println!("all: {}", all.told());
    assert!(all.missed <= all.missed_by_naive, "{}", all.told());
    let coverage = f64::from(all.n_inside) / f64::from(all.n);
    assert!((0.73..=0.87).contains(&coverage), "{}", all.told());
}
