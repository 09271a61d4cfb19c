//! Which facts are the first of their order.

use hashbrown::{HashMap, HashSet};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::facts::{
    cube::{CubeInput, Place},
    segment::TextColumn,
};

/// Orders as facts of one input after the other are gone through. An order is one of its place.
#[derive(Default)]
pub(super) struct Orders {
    /// By place: whether facts of its channel are in several inputs, so that its orders may be, too.
    shared: Vec<bool>,
    /// By the id of an order's text in the present input: the number behind the place it was last seen in, 0
    /// for none. Files tell an order's lines together and ids follow the lines, so that this is near.
    seen_in: Vec<u32>,
    /// Of the present input, where an order is of several places.
    elsewhere: HashSet<(u32, u32)>,
    /// Of all inputs, those of shared places, by their hash.
    known: HashSet<u64>,
}

impl Orders {
    /// For some inputs and the places of their cube.
    pub(super) fn new<'a>(
        inputs: impl Iterator<Item = &'a CubeInput<'a>>,
        places: &[Place],
    ) -> Self {
        let mut n_inputs: HashMap<&str, usize> = HashMap::new();
        for input in inputs {
            let channels = input.segment.text_column("channel");
            for channel in channels.into_iter().flat_map(|column| column.index.texts()) {
                *n_inputs.entry(channel).or_default() += 1;
            }
        }
        let is_shared = |place: &Place| n_inputs.get(place.channel.as_str()) != Some(&1);
        Self { shared: places.iter().map(is_shared).collect(), ..Self::default() }
    }

    /// Goes on with the next input.
    pub(super) fn next_input(&mut self) {
        self.seen_in.clear();
        self.elsewhere.clear();
    }

    /// Whether the order of a fact was not seen at its place before; it is from now on.
    pub(super) fn is_new(&mut self, orders: &TextColumn, row: usize, place: u32) -> bool {
        let Some(id) = orders.ids.get(row) else { return false };
        if self.seen_in.is_empty() {
            self.seen_in.resize(orders.index.len(), 0);
        }
        let Some(last) = self.seen_in.get_mut(*id as usize) else { return false };
        let is_known_here = match std::mem::replace(last, place + 1) {
            0 => false,
            last if last == place + 1 => true,
            last => {
                self.elsewhere.insert((*id, last - 1));
                self.elsewhere.contains(&(*id, place))
            }
        };
        !is_known_here
            && (self.is_of_one_input(place) || self.known.insert(hash(orders, row, place)))
    }

    fn is_of_one_input(&self, place: u32) -> bool {
        self.shared.get(place as usize) == Some(&false)
    }
}

fn hash(orders: &TextColumn, row: usize, place: u32) -> u64 {
    xxh3_64_with_seed(orders.text_at(row).as_bytes(), place.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(orders: &[&str]) -> TextColumn {
        let mut column = TextColumn::default();
        for order in orders {
            let id = column.index.intern(order);
            column.ids.push(id);
        }
        column
    }

    fn news(orders: &mut Orders, column: &TextColumn, places: &[u32]) -> Vec<bool> {
        orders.next_input();
        let rows = places.iter().enumerate();
        rows.map(|(row, place)| orders.is_new(column, row, *place)).collect()
    }

    #[test]
    fn an_order_is_new_once_at_each_of_its_places() {
        let mut orders = Orders { shared: vec![false; 2], ..Orders::default() };
        let column = column(&["A", "A", "B", "A", "A", "B", "A"]);
        let places = [0, 1, 0, 0, 1, 0, 1];
        let expected = [true, true, true, false, false, false, false];
        assert_eq!(news(&mut orders, &column, &places), expected);
    }

    #[test]
    fn an_order_in_two_files_is_new_in_the_first() {
        let mut orders = Orders { shared: vec![true], ..Orders::default() };
        assert_eq!(news(&mut orders, &column(&["A", "B"]), &[0, 0]), [true, true]);
        // The same texts have other ids in another file.
        assert_eq!(news(&mut orders, &column(&["C", "B", "A"]), &[0, 0, 0]), [true, false, false]);
    }

    #[test]
    fn what_one_file_alone_tells_of_a_shop_is_not_looked_for_in_others() {
        let mut orders = Orders { shared: vec![false, true], ..Orders::default() };
        assert_eq!(news(&mut orders, &column(&["A"]), &[0]), [true]);
        assert_eq!(news(&mut orders, &column(&["A", "A"]), &[1, 1]), [true, false]);
        assert_eq!(orders.known.len(), 1);
    }
}
