//! From values to pixels, with round ticks.

/// A value axis with round ends.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// Covers `values` and zero with about `n_ticks` steps; without values it is 0 to 1.
    pub(crate) fn of(values: impl Iterator<Item = f64>, n_ticks: u32) -> Self {
        let (low, high) =
            values.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let high = if high > low { high } else { 1.0 };
        let step = round_step((high - low) / f64::from(n_ticks.max(1)));
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }
    }

    /// All ticks, lowest first.
    pub(crate) fn ticks(&self) -> Vec<f64> {
        let mut ticks = Vec::new();
        let mut tick = self.low;
        while tick <= self.high + self.step / 2.0 && ticks.len() < 50 {
            // 0.30000000000000004 is 0.3.
            ticks.push((tick / self.step).round() * self.step);
            tick += self.step;
        }
        ticks
    }

    /// Where `value` lies: 0 at the low end, 1 at the high one.
    pub(crate) fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }
}

/// The least of 1, 2, 2.5, 5 × a power of ten that is at least `least`.
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let factor = [1.0, 2.0, 2.5, 5.0, 10.0];
    let found = factor.iter().find(|factor| *factor * power >= least * 0.9999);
    found.unwrap_or(&10.0) * power
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[track_caller]
    fn check(values: &[f64], expected: &[f64]) {
        assert_eq!(Scale::of(values.iter().copied(), 4).ticks(), expected);
    }

    #[test]
    fn ticks_are_round_and_cover_zero() {
        check(&[12_000.0, 38_500.0], &[0.0, 10_000.0, 20_000.0, 30_000.0, 40_000.0]);
        check(&[-3.0, 7.0], &[-5.0, -2.5, 0.0, 2.5, 5.0, 7.5]);
        check(&[], &[0.0, 0.25, 0.5, 0.75, 1.0]);
        check(&[-4.0], &[-4.0, -3.0, -2.0, -1.0, 0.0]);
    }

    #[test]
    fn the_ends_are_at_0_and_1() {
        let scale = Scale::of([0.0, 100.0].into_iter(), 4);
        assert!((scale.share(0.0)).abs() < 1e-9);
        assert!((scale.share(100.0) - 1.0).abs() < 1e-9);
    }
}
