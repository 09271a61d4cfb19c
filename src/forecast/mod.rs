//! Where a period will probably end, and how far it is along its plan.
//!
//! A daily history is forecast in three ways: by its last weeks, by its last year, and by its parts
//! (season and level). Each is tried on the history itself first, from days at which it could have been
//! made, and the one that erred least is taken. What the tries erred by is also the reach of the
//! interval, so that nothing is assumed of the future but that it errs as the past did.
//!
//! Numbers in, numbers out: it knows no KPI and no slice, reads no clock, and gives the same on every
//! machine, since it only adds, multiplies, divides and takes square roots.

mod back_test;
mod level;
mod naive;
mod pace;
mod parts;
mod period_end;
#[cfg(test)]
mod proof;
mod series;
mod spread;

pub use back_test::BackTest;
pub use naive::usual_days;
pub use pace::{DayPlan, Pace};
pub use period_end::{Asked, Method, PeriodEnd, period_end};
pub use series::DailySeries;
