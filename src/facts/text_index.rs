//! Texts as small numbers.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

/// Distinct texts in the order of their first appearance; each has its position as id.
#[derive(Debug, Clone, Default)]
pub struct TextIndex {
    bytes: String,
    /// Where each text ends in `bytes`.
    ends: Vec<usize>,
    ids: HashTable<(u64, u32)>,
    /// The id given last: columns repeat themselves.
    last: u32,
}

impl TextIndex {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text with this id; empty when there is none.
    pub fn text(&self, id: u32) -> &str {
        let at = id as usize;
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let to = self.ends.get(at).copied().unwrap_or(from);
        self.bytes.get(from..to).unwrap_or("")
    }

    /// The texts in the order of their ids.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|id| self.text(u32::try_from(id).unwrap_or(u32::MAX)))
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        self.find_hashed(text, xxh3_64(text.as_bytes()))
    }

    fn find_hashed(&self, text: &str, hash: u64) -> Option<u32> {
        let same = |entry: &(u64, u32)| entry.0 == hash && self.text(entry.1) == text;
        self.ids.find(hash, same).map(|entry| entry.1)
    }

    /// The id of `text`, a new one when it was not seen before.
    pub fn intern(&mut self, text: &str) -> u32 {
        if !self.is_empty() && self.text(self.last) == text {
            return self.last;
        }
        let hash = xxh3_64(text.as_bytes());
        self.last = self.find_hashed(text, hash).unwrap_or_else(|| self.add(text, hash));
        self.last
    }

    fn add(&mut self, text: &str, hash: u64) -> u32 {
        let id = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
        self.ids.insert_unique(hash, (hash, id), |entry| entry.0);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::TextIndex;

    #[test]
    fn equal_texts_share_an_id() {
        let mut index = TextIndex::default();
        let ids: Vec<u32> = ["a", "", "b", "a", "", "b", "b"].map(|text| index.intern(text)).into();
        assert_eq!(ids, [0, 1, 2, 0, 1, 2, 2]);
        assert_eq!(index.texts().collect::<Vec<_>>(), ["a", "", "b"]);
        assert_eq!(index.find("c"), None);
        assert_eq!(index.text(9), "");
    }
}
