//! Which facts are in force when files overlap.
//!
//! Facts of one report kind with the same key are one thing. The file with the newest statement
//! about it counts, with all its facts of that key; of keyless facts the file with the most equal
//! rows counts, since two equal rows of one file are two facts and the same file twice is one.
//! Nothing depends on the order in which files were imported.

use std::{cmp::Reverse, collections::BTreeMap};

use hashbrown::HashMap as KeyMap;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::Segment;
use crate::domain::{Day, sort_few, sort_few_by_key};

/// Which of two files is newer where their rows do not say: the one that reaches further, then
/// the one saved later, then any, but always the same. A cut-down copy never counts before a whole file,
/// whatever its rows say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Precedence {
    pub is_whole: bool,
    pub last_day: Day,
    pub modified_millis: i64,
    pub content_hash: u64,
}

/// What one file says in one table, with the file's precedence.
#[derive(Debug, Clone)]
pub struct MergeInput<'a> {
    /// All of one report kind, in any order; a large file has several.
    pub segments: Vec<&'a Segment>,
    pub precedence: Precedence,
}

/// What a file changes in the facts in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MergeEffect {
    /// Facts about things not known before.
    pub new: u64,
    /// Facts that take the place of others.
    pub replaced: u64,
    /// Facts that are in force already, word for word.
    pub same: u64,
    /// Facts that stay out: a newer statement is in force.
    pub outdated: u64,
}

/// The newest statement about one thing.
#[derive(Clone, Copy)]
struct Best {
    /// As-of of keyed facts, number of equal rows of keyless ones.
    score: i64,
    input: usize,
}

/// For each input and each of its segments whether each fact is in force; `None`: all of them are.
pub fn in_force(inputs: &[MergeInput<'_>]) -> Vec<Vec<Option<Vec<bool>>>> {
    let mut masks: Vec<Vec<Option<Vec<bool>>>> =
        inputs.iter().map(|input| vec![None; input.segments.len()]).collect();
    for cluster in clusters(inputs) {
        let best = best_of(inputs, &cluster);
        for index in cluster {
            let (Some(input), Some(places)) = (inputs.get(index), masks.get_mut(index)) else {
                continue;
            };
            for (segment, place) in input.segments.iter().zip(places) {
                let keys = segment.columns().key.iter();
                let is_best = |key| best.get(key).is_some_and(|best| best.input == index);
                *place = Some(keys.map(is_best).collect());
            }
        }
    }
    masks
}

/// What taking in `added` would change, were it imported beside `existing` (facts in force only).
pub fn effect(existing: &[MergeInput<'_>], added: &MergeInput<'_>) -> MergeEffect {
    let inputs: Vec<MergeInput<'_>> = existing.iter().chain([added]).cloned().collect();
    let rivals = clusters(&inputs).into_iter().find(|cluster| cluster.contains(&existing.len()));
    let Some(cluster) = rivals else {
        let n_facts: usize = added.segments.iter().map(|segment| segment.len()).sum();
        return MergeEffect { new: n_facts as u64, ..MergeEffect::default() };
    };
    let before: Vec<usize> = cluster.iter().copied().filter(|it| *it != existing.len()).collect();
    let old = best_of(&inputs, &before);
    let known = contents(&inputs, &old);
    let best = best_of(&inputs, &cluster);
    let mut ours: KeyMap<u128, (u64, u64)> = KeyMap::new();
    for (segment, row, key) in added.facts() {
        let entry = ours.entry(key).or_default();
        entry.0 += 1;
        entry.1 = entry.1.wrapping_add(content(segment, row));
    }
    let mut effect = MergeEffect::default();
    for (key, (count, content)) in &ours {
        let is_ours = best.get(key).is_some_and(|it| it.input == existing.len());
        match known.get(key) {
            None => effect.new += count,
            Some(other) if other == content => effect.same += count,
            Some(_) if is_ours => effect.replaced += count,
            Some(_) => effect.outdated += count,
        }
    }
    effect
}

impl<'a> MergeInput<'a> {
    /// Each fact's segment, row and key.
    fn facts(&self) -> impl Iterator<Item = (&'a Segment, usize, u128)> {
        self.segments.iter().flat_map(|segment| {
            segment.columns().key.iter().enumerate().map(|(row, key)| (*segment, row, *key))
        })
    }

    fn report(&self) -> &'a str {
        self.segments.first().map_or("", |segment| segment.meta().report.as_str())
    }

    /// First and last instant; `None` when there is no fact.
    fn span(&self) -> Option<(i64, i64)> {
        let instants = || self.segments.iter().flat_map(|segment| &segment.columns().at);
        Some((*instants().min()?, *instants().max()?))
    }
}

/// Groups of inputs of one report kind whose days overlap, each group with two inputs or more.
fn clusters(inputs: &[MergeInput<'_>]) -> Vec<Vec<usize>> {
    let mut kinds: BTreeMap<&str, Vec<(i64, i64, usize)>> = BTreeMap::new();
    for (index, input) in inputs.iter().enumerate() {
        if let Some((first, last)) = input.span() {
            kinds.entry(input.report()).or_default().push((first, last, index));
        }
    }
    let mut clusters = Vec::new();
    for mut spans in kinds.into_values() {
        sort_few(&mut spans);
        let mut cluster: Vec<usize> = Vec::new();
        let mut reach = i64::MIN;
        for (first, last, index) in spans {
            if first > reach {
                clusters.push(std::mem::take(&mut cluster));
            }
            cluster.push(index);
            reach = reach.max(last);
        }
        clusters.push(cluster);
    }
    clusters.retain(|cluster| cluster.len() > 1);
    clusters
}

fn best_of(inputs: &[MergeInput<'_>], cluster: &[usize]) -> KeyMap<u128, Best> {
    let mut best: KeyMap<u128, Best> = KeyMap::new();
    // The newest file first: an older one must then be strictly better to count.
    let mut newest_first = cluster.to_vec();
    sort_few_by_key(&mut newest_first, |index| {
        Reverse(inputs.get(*index).map(|input| input.precedence))
    });
    for index in newest_first {
        let Some(input) = inputs.get(index) else { continue };
        let scores = scores(input);
        for (key, score) in scores {
            let entry = best.entry(key).or_insert(Best { score, input: index });
            let rival = inputs.get(entry.input);
            let is_as_whole =
                rival.is_some_and(|it| it.precedence.is_whole) == input.precedence.is_whole;
            if score > entry.score && is_as_whole {
                *entry = Best { score, input: index };
            }
        }
    }
    best
}

fn scores(input: &MergeInput<'_>) -> KeyMap<u128, i64> {
    let mut scores: KeyMap<u128, i64> = KeyMap::new();
    for segment in &input.segments {
        let columns = segment.columns();
        scores.reserve(columns.key.len());
        for (key, as_of) in columns.key.iter().zip(&columns.as_of) {
            if segment.meta().is_keyed {
                let newest = scores.entry(*key).or_insert(*as_of);
                *newest = (*newest).max(*as_of);
            } else {
                *scores.entry(*key).or_insert(0) += 1;
            }
        }
    }
    scores
}

/// For each key in force the sum of its rows' contents.
fn contents(inputs: &[MergeInput<'_>], best: &KeyMap<u128, Best>) -> KeyMap<u128, u64> {
    let mut contents: KeyMap<u128, u64> = KeyMap::new();
    for (index, input) in inputs.iter().enumerate() {
        for (segment, row, key) in input.facts() {
            if best.get(&key).is_some_and(|it| it.input == index) {
                let sum = contents.entry(key).or_default();
                *sum = sum.wrapping_add(content(segment, row));
            }
        }
    }
    contents
}

/// A hash of what a fact says.
fn content(segment: &Segment, row: usize) -> u64 {
    let mut hash = Xxh3::new();
    let columns = segment.columns();
    for numbers in [&columns.at, &columns.as_of].into_iter().chain(&columns.numbers) {
        hash.update(&numbers.get(row).copied().unwrap_or_default().to_le_bytes());
    }
    for text in segment.text_columns() {
        let id = text.ids.get(row).copied().unwrap_or(u32::MAX);
        hash.update(&xxh3_64(text.index.text(id).as_bytes()).to_le_bytes());
    }
    hash.digest()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{SegmentMeta, Table, TableBuilder};

    /// (key, as of, units)
    fn segment(is_keyed: bool, rows: &[(u128, i64, i64)]) -> Segment {
        let mut builder = TableBuilder::new(Table::Returns);
        for (key, as_of, units) in rows {
            let texts = ["amazon", "Amazon.com", "S", "", "", "", "", "", ""];
            for (at, text) in texts.iter().enumerate() {
                let id = builder.text_id(at, text);
                builder.push_texts(at, &[id]);
            }
            builder.push_numbers(0, &[*units]);
            builder.push_numbers(1, &[0]);
            builder.push_keys(&[*key]);
            builder.push_provenance([0], [1], [1], [*as_of]);
        }
        builder.finish(SegmentMeta {
            report: "r".into(),
            group: String::new(),
            is_moment: false,
            zone: String::new(),
            is_keyed,
            stated: vec![0],
        })
    }

    fn input(segment: &Segment, modified_millis: i64) -> MergeInput<'_> {
        input_of(vec![segment], modified_millis)
    }

    fn input_of(segments: Vec<&Segment>, modified_millis: i64) -> MergeInput<'_> {
        let last_day = Day::from_days_since_epoch(0);
        MergeInput {
            segments,
            precedence: Precedence { is_whole: true, last_day, modified_millis, content_hash: 0 },
        }
    }

    fn units_in_force(inputs: &[MergeInput<'_>]) -> i64 {
        let masks = in_force(inputs);
        let mut sum = 0;
        for (input, masks) in inputs.iter().zip(masks) {
            for (segment, mask) in input.segments.iter().zip(masks) {
                for (row, units) in segment.numbers("units").iter().enumerate() {
                    if mask.as_ref().is_none_or(|mask| mask[row]) {
                        sum += units;
                    }
                }
            }
        }
        sum
    }

    #[test]
    fn the_newest_statement_counts_in_either_order() {
        let old = segment(true, &[(1, 10, 100), (2, 10, 200)]);
        let new = segment(true, &[(2, 11, 250), (3, 11, 300)]);
        assert_eq!(units_in_force(&[input(&old, 0), input(&new, 0)]), 650);
        assert_eq!(units_in_force(&[input(&new, 0), input(&old, 0)]), 650);
    }

    #[test]
    fn the_same_file_twice_adds_nothing() {
        let keyless = segment(false, &[(1, 0, 5), (1, 0, 5), (2, 0, 7)]);
        assert_eq!(units_in_force(&[input(&keyless, 0)]), 17);
        assert_eq!(units_in_force(&[input(&keyless, 0), input(&keyless, 1)]), 17);
    }

    #[test]
    fn of_equal_rows_the_larger_count_is_kept() {
        let two = segment(false, &[(1, 0, 5), (1, 0, 5)]);
        let three = segment(false, &[(1, 0, 5), (1, 0, 5), (1, 0, 5)]);
        assert_eq!(units_in_force(&[input(&three, 0), input(&two, 1)]), 15);
    }

    #[test]
    fn the_file_saved_later_counts_where_rows_do_not_say() {
        let first = segment(true, &[(1, 0, 5)]);
        let second = segment(true, &[(1, 0, 9)]);
        assert_eq!(units_in_force(&[input(&first, 2), input(&second, 1)]), 5);
        assert_eq!(units_in_force(&[input(&second, 1), input(&first, 2)]), 5);
    }

    #[test]
    fn segments_of_one_file_are_no_rivals() {
        let (first, second) = (segment(false, &[(1, 0, 5)]), segment(false, &[(1, 0, 5)]));
        let whole = segment(false, &[(1, 0, 5), (1, 0, 5)]);
        assert_eq!(units_in_force(&[input_of(vec![&first, &second], 0)]), 10);
        assert_eq!(units_in_force(&[input_of(vec![&first, &second], 0), input(&whole, 1)]), 10);
        assert_eq!(units_in_force(&[input_of(vec![&first, &second], 0), input(&first, 1)]), 10);
        let effect = effect(&[input(&whole, 0)], &input_of(vec![&first, &second], 1));
        assert_eq!(effect, MergeEffect { same: 2, ..MergeEffect::default() });
    }

    #[test]
    fn the_effect_names_new_replaced_same_and_outdated_facts() {
        let old = segment(true, &[(1, 10, 100), (2, 10, 200), (3, 10, 300)]);
        let new = segment(true, &[(1, 10, 100), (2, 11, 250), (3, 9, 333), (4, 11, 400)]);
        let effect = effect(&[input(&old, 0)], &input(&new, 1));
        assert_eq!(effect, MergeEffect { new: 1, replaced: 1, same: 1, outdated: 1 });
    }
}
