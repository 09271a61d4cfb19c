//! What others reach: reference figures of KPIs that publications print.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, de::Error as _};

use super::source::{self, built_in};
use crate::domain::{Fixed, Names};

/// What one source says about a KPI in one group of sellers; sources contradict one another. It has
/// at least one figure. Figures are in the KPI's own unit: a share of 0.25 is 25 %, money is US
/// dollars.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    pub kpi: String,
    /// A channel's id; `all`: no channel is meant, and `group` says where it was.
    pub platform: String,
    /// Which sellers, products or ads it is about.
    pub group: Names,
    /// A quarter of the values are below this one, whichever way is good. As with every figure,
    /// `None`: not printed.
    #[serde(default, deserialize_with = "figure")]
    pub p25: Option<Fixed>,
    /// The median.
    #[serde(default, deserialize_with = "figure")]
    pub p50: Option<Fixed>,
    /// A quarter of the values are above this one.
    #[serde(default, deserialize_with = "figure")]
    pub p75: Option<Fixed>,
    #[serde(default, deserialize_with = "figure")]
    pub mean: Option<Fixed>,
    /// From here on, in a range that the source prints: no quantile. It may stand without `high`.
    #[serde(default, deserialize_with = "figure")]
    pub low: Option<Fixed>,
    /// Up to here, in such a range. It may stand without `low`.
    #[serde(default, deserialize_with = "figure")]
    pub high: Option<Fixed>,
    /// When the values were measured or printed, as text: `2025`, `2025-2026`, `2025-Q3`, `~2023`.
    pub year: String,
    /// The site or publication, to be cited.
    pub source: String,
    pub grade: Grade,
    /// Whether the figures were seen on a page; otherwise they are only remembered.
    pub is_read: bool,
    /// How much the source looked at, in its own words; empty: it does not say.
    #[serde(default)]
    pub sample: String,
    /// What a reader has to know before comparing; `None` for most.
    #[serde(default)]
    pub note: Option<Names>,
}

/// How far a source can be trusted, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// The first party itself, or a sample that is documented.
    A,
    /// A large sample, or a known publisher.
    B,
    /// A blog, or a figure quoted from elsewhere.
    C,
}

/// Reads decimal text.
fn figure<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Fixed>, D::Error> {
    let text = String::deserialize(from)?;
    let figure = Fixed::parse(&text);
    figure.map(Some).ok_or_else(|| D::Error::custom(format!("no decimal: {text:?}")))
}

static BENCHMARKS: LazyLock<Vec<Benchmark>> = LazyLock::new(|| {
    let file: BenchmarkFile = source::read(built_in!("benchmarks"))
        .expect("the built-in benchmarks are valid, as a test checks");
    file.benchmark
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BenchmarkFile {
    benchmark: Vec<Benchmark>,
}

/// Every benchmark; those of one KPI stand together.
pub fn benchmarks() -> &'static [Benchmark] {
    &BENCHMARKS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{
        channel::channel,
        kpi::{Unit, kpis},
    };

    impl Benchmark {
        fn figures(&self) -> [Option<Fixed>; 6] {
            [self.p25, self.p50, self.p75, self.mean, self.low, self.high]
        }
    }

    #[test]
    fn benchmarks_are_of_known_kpis_and_complete() {
        for it in benchmarks() {
            let about = format!("{} of {}", it.kpi, it.source);
            assert!(kpis().iter().any(|kpi| kpi.id == it.kpi), "{about}");
            assert!(it.platform == "all" || channel(&it.platform).is_some(), "{about}");
            for text in std::iter::once(&it.group).chain(&it.note) {
                assert!(!text.en.is_empty() && !text.zh.is_empty(), "{about}");
            }
            assert!(!it.source.is_empty(), "{about}");
            assert!(it.year.starts_with(|first: char| first == '~' || first.is_ascii_digit()));
        }
    }

    #[test]
    fn figures_are_in_order_and_in_the_unit() {
        for it in benchmarks() {
            let about = format!("{} of {}", it.kpi, it.source);
            assert!(it.figures().iter().any(Option::is_some), "{about}");
            let quartiles = [it.p25, it.p50, it.p75];
            assert!(quartiles.into_iter().flatten().is_sorted(), "{about}");
            assert!([it.low, it.high].into_iter().flatten().is_sorted(), "{about}");
            let kpi = kpis().iter().find(|kpi| kpi.id == it.kpi);
            if kpi.is_some_and(|kpi| kpi.unit == Unit::Share) {
                let is_part = |figure: Fixed| Fixed::ZERO < figure && figure < Fixed::from_whole(1);
                assert!(it.figures().into_iter().flatten().all(is_part), "{about}");
            }
        }
    }

    #[track_caller]
    fn check(kpi: &str, source: &str, expected: [&str; 6]) {
        let found = benchmarks().iter().find(|it| it.kpi == kpi && it.source.starts_with(source));
        let figures = found.unwrap().figures();
        let figures = figures.map(|it| it.map_or_else(String::new, |it| it.to_string()));
        assert_eq!(figures, expected);
    }

    #[test]
    fn figures_are_those_of_the_sources() {
        check("trf.cart_abandon", "baymard", ["0.687", "0.742", "0.771", "0.7022", "", ""]);
        check("ads.cpa", "superads", ["", "", "", "49.33", "42.61", "53.84"]);
        check("ads.mer", "kendall", ["2.8", "5.4", "", "", "", ""]);
    }
}
