//! What people say happened on days.

use serde::{Deserialize, Serialize};

use super::{Dimension, Filters, Period};

/// A remark on a day or on several: a price raised, a listing suppressed. It explains figures and changes none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    pub days: Period,
    /// Empty: all KPIs.
    pub kpi: String,
    /// Empty: all channels.
    pub channel: String,
    pub text: String,
}

impl Annotation {
    /// Longest text, in letters.
    pub const MOST_LETTERS: usize = 200;

    /// Whether it is to be read beside a KPI of what `filters` let pass.
    pub fn concerns(&self, kpi: &str, filters: &Filters) -> bool {
        let is_of_kpi = self.kpi.is_empty() || self.kpi == kpi;
        is_of_kpi && (self.channel.is_empty() || filters.allows(Dimension::Channel, &self.channel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    #[test]
    fn it_is_read_where_its_kpi_and_channel_are() {
        let day = Day::parse("2026-03-01").unwrap();
        let of = |kpi: &str, channel: &str| Annotation {
            days: Period { from: day, to: day },
            kpi: kpi.to_owned(),
            channel: channel.to_owned(),
            text: "price raised to 24.99".to_owned(),
        };
        let all = Filters::default();
        let walmart = Filters { channels: vec!["walmart".to_owned()], ..Filters::default() };
        let seen = |it: &Annotation| [&all, &walmart].map(|it_is| it.concerns("ads.acos", it_is));
        assert_eq!(seen(&of("", "")), [true, true]);
        assert_eq!(seen(&of("ads.acos", "amazon")), [true, false]);
        assert_eq!(seen(&of("ads.acos", "walmart")), [true, true]);
        assert_eq!(seen(&of("sales.net", "")), [false, false]);
    }
}
