//! A series taken apart into its seasons and its level, each carried on by itself.

use augurs::{
    Fit, Predict,
    mstl::{MSTLModel, stlrs},
};

use super::{level::Level, naive};

/// Seasons that have to be there before they are believed.
const MIN_SEASONS: usize = 2;
/// Days that have to be there in any case: four weeks.
pub(super) const MIN_DAYS: usize = 28;

/// The next days: the seasons that MSTL finds (Bandara, Hyndman and Bergmeir, 2021), each repeated, on
/// a damped level. A day of sale is kept out of the seasons by robust weights. The year has 364 days,
/// so that its weekdays stay. `None` of fewer than four weeks, or without any value.
pub(super) fn parts(known: &[Option<f64>], seasons: &[usize], n_days: usize) -> Option<Vec<f64>> {
    let longest = seasons.iter().copied().max()?;
    let values = naive::filled(known)?;
    if values.len() < MIN_DAYS.max(MIN_SEASONS * longest) {
        return None;
    }
    let mut loess = stlrs::params();
    loess.inner_loops(1).outer_loops(1);
    let mut decomposition = stlrs::MstlParams::new();
    decomposition.stl_params(loess);
    let model = MSTLModel::new(seasons.to_vec(), Level { n_days }).mstl_params(decomposition);
    let days = model.fit(&values).ok()?.predict(n_days, None).ok()?.point;
    days.iter().all(|day| day.is_finite()).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_goes_on() {
        let week = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 0.0];
        let mut known: Vec<Option<f64>> = week.iter().cycle().take(70).copied().map(Some).collect();
        known[60] = None;
        let days = parts(&known, &[7], 9).unwrap();
        for (day, expected) in days.iter().zip(week.iter().cycle()) {
            assert!((day - expected).abs() < 0.01, "{days:?}");
        }
    }

    #[test]
    fn a_season_of_the_year_goes_on_where_there_are_two() {
        // The last quarter of each 364 days sells double.
        let value = |at: usize| if at % 364 < 273 { 100.0 } else { 200.0 };
        let known: Vec<Option<f64>> = (0..1000).map(|at| Some(value(at))).collect();
        let mean = |days: Vec<f64>| days.iter().sum::<f64>() / 28.0;
        // Day 1000 is the 272nd of its year, just before it.
        let yearly = mean(parts(&known, &[7, 364], 28).unwrap());
        let weekly = mean(parts(&known, &[7], 28).unwrap());
        assert!(yearly > 170.0 && weekly < 130.0, "{yearly} {weekly}");
        assert_eq!(parts(&known[..727], &[7, 364], 1), None);
        assert!(parts(&known[..728], &[7, 364], 1).is_some());
    }

    #[test]
    fn less_than_four_weeks_have_no_parts() {
        assert_eq!(parts(&[Some(1.0); 27], &[7], 1), None);
        assert_eq!(parts(&[None; 40], &[7], 1), None);
        assert!(parts(&[Some(1.0); 28], &[7], 1).is_some());
    }
}
