//! What the loaded exports tell, and of which days.

use std::collections::BTreeMap;

use crate::domain::Period;

/// Spans of days that the loaded exports cover, by what they tell, channel and shop. The channel
/// and shop are those of the facts.
#[derive(Debug, Clone, Default)]
pub struct CoveredBy {
    pub(super) spans: BTreeMap<&'static str, Vec<(String, String, Period)>>,
    pub(super) files: Vec<ReadFile>,
}

/// How the reading of a file went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    pub channel: String,
    /// Empty where the file is of several shops.
    pub shop: String,
    pub report: String,
    /// A sheet of the person's own, which nothing makes newer by itself.
    pub is_sheet: bool,
    pub period: Period,
    pub n_rows: u64,
    /// Rows that were set aside.
    pub n_rejected: u64,
    /// A person has signed off all of its months.
    pub is_signed: bool,
}

impl CoveredBy {
    /// Says that an export tells `feed` about a shop in a period.
    pub fn add(&mut self, feed: &'static str, channel: &str, shop: &str, period: Period) {
        let spans = self.spans.entry(feed).or_default();
        spans.push((channel.to_owned(), shop.to_owned(), period));
    }

    /// Says how a file was read.
    pub fn add_file(&mut self, file: ReadFile) {
        self.files.push(file);
    }

    /// Says which files are of months that a person has all signed off.
    pub fn sign(&mut self, is_signed: impl Fn(&Period) -> bool) {
        for file in &mut self.files {
            file.is_signed = is_signed(&file.period);
        }
    }

    /// All files that were read.
    pub fn files(&self) -> &[ReadFile] {
        &self.files
    }

    /// Takes back all that was said of `feed`.
    pub fn forget(&mut self, feed: &str) {
        self.spans.remove(feed);
    }

    /// Says of `feed` what was said of `other`, and nothing else.
    pub fn retell(&mut self, feed: &'static str, other: &str) {
        let spans = self.of(other).to_vec();
        self.spans.insert(feed, spans);
    }

    /// Takes back of `feed` what is not said of `other` as well, shop by shop.
    pub fn narrow(&mut self, feed: &'static str, other: &str) {
        let common = |(channel, shop, period): &(String, String, Period)| {
            let others = self.spans_of(other, channel, shop).into_iter();
            let both = others.filter_map(|it| it.within(period));
            both.map(|it| (channel.clone(), shop.clone(), it)).collect::<Vec<_>>()
        };
        let spans = self.of(feed).iter().flat_map(common).collect();
        self.spans.insert(feed, spans);
    }

    /// All that was said: feed, channel, shop, period.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &str, &str, Period)> {
        self.spans.iter().flat_map(|(feed, spans)| {
            spans.iter().map(move |(channel, shop, period)| {
                (*feed, channel.as_str(), shop.as_str(), *period)
            })
        })
    }

    pub(super) fn of(&self, feed: &str) -> &[(String, String, Period)] {
        self.spans.get(feed).map_or(&[], Vec::as_slice)
    }

    /// The spans in which a shop is covered.
    pub(super) fn spans_of(&self, feed: &str, channel: &str, shop: &str) -> Vec<Period> {
        let ours = self.of(feed).iter().filter(|(it, other, _)| it == channel && other == shop);
        ours.map(|(_, _, period)| *period).collect()
    }
}
