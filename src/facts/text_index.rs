//! Texts as small numbers.

use std::hash::Hasher as _;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use crate::domain::are_same;

/// Distinct texts in the order of their first appearance; each has its position as id.
#[derive(Debug, Clone, Default)]
pub struct TextIndex {
    texts: String,
    places: Places,
}

/// The same for bytes.
#[derive(Debug, Clone, Default)]
pub struct ByteIndex {
    bytes: Vec<u8>,
    places: Places,
}

/// Where each text stands among all, and which id it has.
#[derive(Debug, Clone, Default)]
struct Places {
    /// Where each text ends.
    ends: Vec<u32>,
    /// Hash and id.
    ids: HashTable<(u32, u32)>,
    /// The id given last: columns repeat themselves.
    last: u32,
}

impl TextIndex {
    /// An empty one with as much room as this one has.
    #[must_use]
    pub fn another(&self) -> Self {
        let ends = Vec::with_capacity(self.places.ends.capacity());
        let ids = HashTable::with_capacity(self.places.ids.len());
        Self {
            texts: String::with_capacity(self.texts.capacity()),
            places: Places { ends, ids, last: 0 },
        }
    }

    /// Keeps no more room than the texts need.
    pub(crate) fn give_back_room(&mut self) {
        self.texts.shrink_to_fit();
        self.places.ends.shrink_to_fit();
    }

    /// All texts one after the other, and where each of them ends.
    pub(crate) fn parts(&self) -> (&str, &[u32]) {
        (&self.texts, &self.places.ends)
    }

    /// Made of its `parts`, to be read only: `find` and `intern` do not know the texts.
    pub(crate) fn from_parts(texts: String, ends: Vec<u32>) -> Self {
        Self { texts, places: Places { ends, ..Places::default() } }
    }

    pub fn len(&self) -> usize {
        self.places.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.ends.is_empty()
    }

    /// The text with this id; empty when there is none.
    pub fn text(&self, id: u32) -> &str {
        self.places.range(id).and_then(|range| self.texts.get(range)).unwrap_or("")
    }

    /// The texts in the order of their ids.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|id| self.text(u32::try_from(id).unwrap_or(u32::MAX)))
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        self.places.find(self.texts.as_bytes(), text.as_bytes(), hash_of(text.as_bytes()))
    }

    /// The id of `text`, a new one when it was not seen before.
    pub fn intern(&mut self, text: &str) -> u32 {
        match self.places.known(self.texts.as_bytes(), text.as_bytes()) {
            Ok(id) => id,
            Err(hash) => {
                self.texts.push_str(text);
                self.places.add(self.texts.len(), Some(hash))
            }
        }
    }

    /// The id of `text`, a new one unless it is the last one's. For texts that hardly repeat, such
    /// as order numbers: one that comes back later has several ids.
    pub fn append(&mut self, text: &str) -> u32 {
        if self.places.is_last(self.texts.as_bytes(), text.as_bytes()) {
            return self.places.last;
        }
        self.texts.push_str(text);
        self.places.add(self.texts.len(), None)
    }
}

impl ByteIndex {
    pub fn len(&self) -> usize {
        self.places.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.ends.is_empty()
    }

    /// The bytes with this id; none when there is no such id.
    pub fn bytes(&self, id: u32) -> &[u8] {
        self.places.range(id).and_then(|range| self.bytes.get(range)).unwrap_or(&[])
    }

    pub fn find(&self, bytes: &[u8]) -> Option<u32> {
        self.places.find(&self.bytes, bytes, hash_of(bytes))
    }

    /// The id of `bytes`, a new one when they were not seen before.
    pub fn intern(&mut self, bytes: &[u8]) -> u32 {
        match self.places.known(&self.bytes, bytes) {
            Ok(id) => id,
            Err(hash) => {
                self.bytes.extend_from_slice(bytes);
                self.places.add(self.bytes.len(), Some(hash))
            }
        }
    }
}

impl Places {
    fn range(&self, id: u32) -> Option<std::ops::Range<usize>> {
        let at = id as usize;
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        Some(from as usize..*self.ends.get(at)? as usize)
    }

    fn is_at(&self, all: &[u8], id: u32, wanted: &[u8]) -> bool {
        let text = self.range(id).and_then(|range| all.get(range));
        text.is_some_and(|text| are_same(text, wanted))
    }

    fn is_last(&self, all: &[u8], wanted: &[u8]) -> bool {
        self.is_at(all, self.last, wanted)
    }

    fn find(&self, all: &[u8], wanted: &[u8], hash: u32) -> Option<u32> {
        let same = |entry: &(u32, u32)| entry.0 == hash && self.is_at(all, entry.1, wanted);
        self.ids.find(spread(hash), same).map(|entry| entry.1)
    }

    /// The id of `wanted`, which becomes the last one; its hash when it has none.
    fn known(&mut self, all: &[u8], wanted: &[u8]) -> Result<u32, u32> {
        if self.is_last(all, wanted) {
            return Ok(self.last);
        }
        let hash = hash_of(wanted);
        self.last = self.find(all, wanted, hash).ok_or(hash)?;
        Ok(self.last)
    }

    /// Gives an id to the text that now ends all; one without a hash will not be found.
    fn add(&mut self, until: usize, hash: Option<u32>) -> u32 {
        let id = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.ends.push(u32::try_from(until).unwrap_or(u32::MAX));
        if let Some(hash) = hash {
            self.ids.insert_unique(spread(hash), (hash, id), |entry| spread(entry.0));
        }
        self.last = id;
        id
    }
}

/// The hasher of 32-bit machines gives 32 bits, that of others 64.
#[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
fn hash_of(bytes: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as u32
}

/// A table looks at the first and the last bits of a hash.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::{ByteIndex, TextIndex};

    #[test]
    fn equal_texts_share_an_id() {
        let mut index = TextIndex::default();
        let ids: Vec<u32> = ["a", "", "b", "a", "", "b", "b"].map(|text| index.intern(text)).into();
        assert_eq!(ids, [0, 1, 2, 0, 1, 2, 2]);
        assert_eq!(index.texts().collect::<Vec<_>>(), ["a", "", "b"]);
        assert_eq!((index.find("b"), index.find("c")), (Some(2), None));
        assert_eq!(index.text(9), "");
    }

    #[test]
    fn the_first_empty_text_is_new() {
        let mut index = TextIndex::default();
        assert_eq!((index.append(""), index.append(""), index.len()), (0, 0, 1));
        let mut index = TextIndex::default();
        assert_eq!((index.intern(""), index.find("")), (0, Some(0)));
    }

    #[test]
    fn appended_texts_share_an_id_with_the_last_one_only() {
        let mut index = TextIndex::default();
        let ids: Vec<u32> = ["a", "a", "b", "a"].map(|text| index.append(text)).into();
        assert_eq!(ids, [0, 0, 1, 2]);
        assert_eq!(index.texts().collect::<Vec<_>>(), ["a", "b", "a"]);
    }

    #[test]
    fn bytes_need_not_be_text() {
        let mut index = ByteIndex::default();
        let many: Vec<Vec<u8>> = (0..2_000_u32).map(|at| at.to_le_bytes().to_vec()).collect();
        for round in 0..2 {
            for (at, bytes) in many.iter().enumerate() {
                assert_eq!(index.intern(bytes) as usize, at, "round {round}");
            }
        }
        assert_eq!(index.bytes(1_999), many[1_999]);
        assert_eq!((index.find(&many[7]), index.find(b"\xff")), (Some(7), None));
    }
}
