//! The forecasts proven on made-up series of public style: what they err by out of sample, beside the
//! yardsticks, and how often the interval holds.

use super::{
    Asked, DailySeries, Method,
    back_test::{Plan, Record},
    period_end,
    series::as_number,
};
use crate::domain::{Day, Period};

/// Even random numbers from a seed: `SplitMix64` (Steele, Lea and Flood, 2014).
struct Dice(u64);

impl Dice {
    /// Between 0 and 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn even(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Around 0, with a standard deviation of 1: twelve even numbers.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.even()).sum::<f64>() - 6.0
    }
}

const WEEK: [f64; 7] = [1.08, 1.03, 1.0, 0.97, 0.92, 0.96, 1.04];
/// The middle of each month, as retail sells over a year.
const MONTHS: [f64; 12] = [0.82, 0.85, 0.93, 0.95, 0.98, 1.0, 1.08, 1.0, 0.97, 1.02, 1.3, 1.45];

fn first_day() -> Day {
    Day::parse("2022-01-01").unwrap()
}

/// How a day of the year sells, on lines between the middles of the months.
fn of_year(day: Day) -> f64 {
    let january = Day::from_ymd(day.year(), 1, 1).unwrap().days_since_epoch();
    let at = (f64::from(day.days_since_epoch() - january) / 30.5 - 0.5).rem_euclid(12.0);
    let month = (0..12).take_while(|month| f64::from(*month) <= at).count().saturating_sub(1);
    let rest = at - f64::from(u32::try_from(month).unwrap());
    MONTHS[month] * (1.0 - rest) + MONTHS[(month + 1) % 12] * rest
}

/// Retail: seasons of the week and the year, a straight trend, noise that lasts a few days, sales of
/// three days at random, and the week of Black Friday, which stands on its weekday.
fn retail(seed: u64, n_days: i32) -> Vec<f64> {
    let mut dice = Dice(seed);
    let (mut mood, mut sale) = (0.0, 0);
    let value = |at: i32| {
        let day = first_day().plus(at);
        let november = Day::from_ymd(day.year(), 11, 1).unwrap();
        // The Friday after the fourth Thursday.
        let friday = november.plus((3 - november.weekday()).rem_euclid(7) + 22);
        let event = if (friday..=friday.plus(3)).contains(&day) { 2.2 } else { 1.0 };
        sale = if dice.even() < 0.025 { 3 } else { sale - 1 };
        let sale = if sale > 0 { 1.7 } else { 1.0 };
        mood = 0.6 * mood + 0.06 * dice.normal();
        let level = 5000.0 + 2.0 * f64::from(at);
        let weekday = WEEK[usize::try_from(day.weekday()).unwrap()];
        let noise = (1.0 + mood + 0.08 * dice.normal()).max(0.1);
        level * of_year(day) * weekday * event * sale * noise
    };
    (0..n_days).map(value).collect()
}

/// A young brand: it grows by a share of itself each day, faster and slower by turns, with strong
/// weekdays, noise in proportion, and no season of the year.
fn growing(seed: u64, n_days: i32) -> Vec<f64> {
    let mut dice = Dice(seed);
    let (mut level, mut growth) = (300.0, 0.0015);
    let value = |at: i32| {
        growth += 0.02 * (0.0015 - growth) + 0.0002 * dice.normal();
        level *= 1.0 + growth;
        let weekday = first_day().plus(at).weekday();
        let week = 1.0 + 1.6 * (WEEK[usize::try_from(weekday).unwrap()] - 1.0) * 2.0;
        level * week * (1.0 + 0.15 * dice.normal()).max(0.05)
    };
    (0..n_days).map(value).collect()
}

/// What forecasts of a series came to, each made from the days before it alone.
#[derive(Default)]
struct Outcome {
    n: usize,
    n_inside: usize,
    n_by_model: usize,
    came: f64,
    missed: f64,
    /// By the yardstick that erred least in the same tries.
    missed_by_naive: f64,
    missed_by_weeks: f64,
    /// Errors that the back-tests stated, each as often as it was stated.
    stated: f64,
    stated_coverage: f64,
}

/// Forecasts of `n_left` days of a period from `n_known` days before, every 29 days over a year.
fn forecast_often(outcome: &mut Outcome, values: &[f64], n_known: usize, n_left: usize) {
    for from in (0..365).step_by(29) {
        let Some((known, came)) = values.get(from..).and_then(|it| it.split_at_checked(n_known))
        else {
            break;
        };
        let came: f64 = came[..n_left].iter().sum();
        let first = first_day().plus(i32::try_from(from).unwrap());
        let history = DailySeries::new(first, known.iter().copied().map(Some).collect());
        let to = history.end().plus(i32::try_from(n_left).unwrap() - 1);
        let period = Period::between(history.end(), to);
        let asked = Asked { history: &history, period, to_date: 0.0, last_year: &[] };
        let found = period_end(&asked).unwrap();
        let by = |method: Method| {
            let days = method.days(history.values(), &[], n_left).unwrap();
            (came - days.iter().sum::<f64>()).abs()
        };
        outcome.n += 1;
        outcome.n_inside += usize::from((found.lower..=found.upper).contains(&came));
        outcome.came += came;
        outcome.missed += (came - found.total).abs();
        outcome.missed_by_weeks += by(Method::Weeks);
        outcome.missed_by_naive += by(naive_of(history.values(), n_left));
        outcome.stated += found.wape();
        outcome.stated_coverage += found.back_test.coverage;
        let is_by_model = [Method::Parts, Method::YearlyParts].contains(&found.method);
        outcome.n_by_model += usize::from(is_by_model);
    }
}

/// The yardstick that erred least in the tries.
fn naive_of(known: &[Option<f64>], n_left: usize) -> Method {
    let plan = Plan::new(known.len(), &(0..n_left));
    let wape = |method: Method| Record::of(method, known, &plan).map(|record| record.wape);
    let (weeks, year) = (wape(Method::Weeks), wape(Method::LastYear));
    let is_yearly = year.zip(weeks).is_some_and(|(year, weeks)| year < weeks);
    if is_yearly { Method::LastYear } else { Method::Weeks }
}

/// Days of history, days that are left, seeds: half a year, two years, and three, which take longest.
const CASES: [(usize, usize, u64); 5] =
    [(180, 12, 4), (180, 25, 4), (760, 12, 4), (760, 25, 4), (1120, 25, 2)];

#[track_caller]
#[expect(clippy::print_stdout, reason = "the error and the coverage are to be seen")]
fn prove(name: &str, make: fn(u64, i32) -> Vec<f64>) {
    let mut all = Outcome::default();
    for (n_known, n_left, n_seeds) in CASES {
        let mut outcome = Outcome::default();
        for seed in 1..=n_seeds {
            let values = make(seed, i32::try_from(n_known + 365 + n_left).unwrap());
            forecast_often(&mut outcome, &values, n_known, n_left);
        }
        println!("{name}, {n_left} days from {n_known}: {}", told(&outcome));
        assert!(outcome.missed <= outcome.missed_by_naive * (1.0 + LUCK), "{name} {n_known}");
        all.add(&outcome);
    }
    println!("{name}, all: {}", told(&all));
    let coverage = all.share(all.n_inside);
    assert!((0.73..=0.87).contains(&coverage), "{name}: {coverage} of the totals are inside");
    assert!(all.n_by_model > 0 && all.n_by_model < all.n, "{name}: both are in use");
    assert!(all.missed <= all.missed_by_weeks, "{name}: {}", told(&all));
    assert!(all.missed <= all.missed_by_naive, "{name}: {}", told(&all));
}

/// Which of two methods that err alike did a little better in a year to come is luck: so much worse
/// than its yardstick a forecast may be in a single case, though not over all.
const LUCK: f64 = 0.05;

impl Outcome {
    fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.n_inside += other.n_inside;
        self.n_by_model += other.n_by_model;
        self.came += other.came;
        self.missed += other.missed;
        self.missed_by_naive += other.missed_by_naive;
        self.missed_by_weeks += other.missed_by_weeks;
        self.stated += other.stated;
        self.stated_coverage += other.stated_coverage;
    }

    fn share(&self, n: usize) -> f64 {
        as_number(n) / as_number(self.n)
    }
}

fn told(it: &Outcome) -> String {
    let percent = |missed: f64| 100.0 * missed / it.came;
    format!(
        "{} forecasts, error {:.1} % (stated {:.1} %), best naive {:.1} %, weeks {:.1} %; \
         80 % interval held {:.1} % (stated {:.1} %); by the model {:.0} %",
        it.n,
        percent(it.missed),
        100.0 * it.stated / as_number(it.n),
        percent(it.missed_by_naive),
        percent(it.missed_by_weeks),
        100.0 * it.share(it.n_inside),
        100.0 * it.stated_coverage / as_number(it.n),
        100.0 * it.share(it.n_by_model),
    )
}

#[test]
fn retail_with_sales_is_forecast_no_worse_than_naively_and_the_interval_holds() {
    prove("retail", retail);
}

#[test]
fn a_growing_brand_is_forecast_no_worse_than_naively_and_the_interval_holds() {
    prove("growing", growing);
}
