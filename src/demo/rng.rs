//! The generator's random numbers: splitmix64 with integer draws only.
//!
//! Each part of the business draws from its own stream, so that a change in one part leaves the
//! other parts' figures alone.

use super::arithmetic::{item, part};

const SEED: u64 = 0x4C69_6E6B_7374_6172;

/// A stream of random numbers, the same in every run and on every machine.
pub(super) struct Rng(u64);

impl Rng {
    /// The stream of one part of the business.
    pub(super) fn stream(name: u64) -> Self {
        let mut rng = Self(SEED ^ name.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to, but without, `limit`; 0 when the limit is not positive.
    pub(super) fn below(&mut self, limit: i64) -> i64 {
        let limit = u64::try_from(limit).unwrap_or(0);
        let scaled = (u128::from(self.next()) * u128::from(limit)) >> 64;
        i64::try_from(scaled).unwrap_or(0)
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    /// True in `per_ten_thousand` of 10,000 cases.
    pub(super) fn chance(&mut self, per_ten_thousand: i64) -> bool {
        self.below(10_000) < per_ten_thousand
    }

    /// `value`, up to `percent` per cent higher or lower.
    pub(super) fn scatter(&mut self, value: i64, percent: i64) -> i64 {
        let factor = self.between(1_000 - percent * 10, 1_000 + percent * 10);
        part(value, factor, 1_000)
    }

    /// The place of a draw in cumulative weights: each place as often as its own weight.
    pub(super) fn weighted(&mut self, cumulative: &[i64]) -> usize {
        let draw = self.below(cumulative.last().copied().unwrap_or(0));
        cumulative.partition_point(|upto| *upto <= draw)
    }

    /// One of the entries, each weighing as much as its number.
    pub(super) fn choose<T: Copy>(&mut self, entries: &[(i64, T)]) -> T {
        let total: i64 = entries.iter().map(|(weight, _)| weight).sum();
        let mut draw = self.below(total);
        let chosen = entries.iter().position(|(weight, _)| {
            draw -= weight;
            draw < 0
        });
        item(entries, chosen.unwrap_or(0)).1
    }

    /// How often something happens that happens `mean_milli / 1000` times on average. The spread
    /// is Poisson's; the shape is a bell made of twelve even draws.
    pub(super) fn count(&mut self, mean_milli: i64) -> i64 {
        let bell: i64 = (0..12).map(|_| self.below(1_001)).sum::<i64>() - 6_000;
        let deviation = (mean_milli * 1_000).max(0).isqrt();
        let milli = mean_milli + deviation * bell / 1_000 + self.below(1_000);
        (milli / 1_000).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_repeats_itself() {
        let draws = |name| {
            let mut rng = Rng::stream(name);
            (0..5).map(|_| rng.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(draws(1), draws(1));
        assert_ne!(draws(1), draws(2));
    }

    #[test]
    fn counts_have_the_mean_and_spread_of_poisson() {
        let mut rng = Rng::stream(3);
        let counts: Vec<i64> = (0..4_000).map(|_| rng.count(25_000)).collect();
        let mean_milli = counts.iter().sum::<i64>() * 1_000 / 4_000;
        assert!((24_700..=25_300).contains(&mean_milli), "{mean_milli}");
        let variance = counts.iter().map(|n| (n - 25) * (n - 25)).sum::<i64>() / 4_000;
        assert!((22..=28).contains(&variance), "{variance}");
    }

    #[test]
    fn weights_are_kept() {
        let mut rng = Rng::stream(4);
        let heads = (0..10_000).filter(|_| rng.choose(&[(3, true), (1, false)])).count();
        assert!((7_300..=7_700).contains(&heads), "{heads}");
        let first = (0..10_000).filter(|_| rng.weighted(&[0, 30, 100]) == 1).count();
        assert!((2_800..=3_200).contains(&first), "{first}");
    }
}
