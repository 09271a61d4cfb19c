//! Order among few things.
//!
//! The standard library compiles its sort anew for every type, 5 kB each, and a map or set that is
//! collected sorts its items first. What is put in order once for a file or a view, and not among the
//! millions of facts, is so here instead, by routines that are compiled once or are next to nothing.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

/// Puts the items in the order of `compare`; equal ones stay as they were.
pub fn sort_few_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = order_of(items.len(), &|one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    let mut left: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|place| left.get_mut(place)?.take()));
}

/// Puts the items in their own order.
pub fn sort_few<T: Ord>(items: &mut Vec<T>) {
    sort_few_by(items, T::cmp);
}

/// Puts the items in the order of their keys; equal ones stay as they were.
pub fn sort_few_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_few_by(items, |one, other| key(one).cmp(&key(other)));
}

/// A map of few pairs; of two with one key the later one counts.
pub fn map_of_few<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// A set of few items.
pub fn set_of_few<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// The places of `n` items in order. Takes the comparison as a pointer, so that it is compiled once.
fn order_of(n: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_sorted_and_equals_stay_in_place() {
        let mut words = vec!["pear", "fig", "apple", "kiwi", "plum", "date"];

        sort_few_by_key(&mut words, |word| word.len());

        assert_eq!(words, ["fig", "pear", "kiwi", "plum", "date", "apple"]);
    }

    #[test]
    fn none_and_one_are_in_order() {
        let mut none: Vec<u8> = Vec::new();
        let mut one = vec![7];

        sort_few(&mut none);
        sort_few(&mut one);

        assert_eq!((none, one), (vec![], vec![7]));
    }

    #[test]
    fn the_later_of_two_pairs_with_one_key_counts() {
        let map = map_of_few([("fig", 1), ("date", 2), ("fig", 3)]);

        assert_eq!(map.into_iter().collect::<Vec<_>>(), [("date", 2), ("fig", 3)]);
    }

    #[test]
    fn a_set_holds_each_item_once() {
        assert_eq!(set_of_few([3, 1, 3, 2]).into_iter().collect::<Vec<_>>(), [1, 2, 3]);
    }
}
