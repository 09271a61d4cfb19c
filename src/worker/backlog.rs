//! Writes that are not known to be stored yet. A commit that failed leaves them here, and the next
//! one carries all of them out, oldest first: nothing is lost and nothing overtakes.
//!
//! Segments are large and nothing points to them before the writes are stored: they go first, one
//! by one, and their bytes are made only then.

use std::collections::VecDeque;

use crate::storage::{Store, Unstored, Write};

/// Writes in the order in which they were made.
#[derive(Debug, Default)]
pub struct Backlog {
    /// Keys of segments.
    segments: VecDeque<String>,
    writes: Vec<Write>,
    /// The stored cube is old.
    has_cube: bool,
    /// Some writes came after the last attempt to store them.
    has_untried: bool,
}

impl Backlog {
    pub fn add(&mut self, unstored: Unstored) {
        let Unstored { segments, writes, has_cube } = unstored;
        self.has_untried |= !segments.is_empty() || !writes.is_empty() || has_cube;
        self.segments.extend(segments);
        self.writes.extend(writes);
        self.has_cube |= has_cube;
    }

    /// The segment to be stored next; `None`: the writes are.
    pub fn next_segment(&self) -> Option<&str> {
        self.segments.front().map(String::as_str)
    }

    /// The segment that was to be stored next is stored.
    pub fn pass_segment(&mut self) {
        self.segments.pop_front();
    }

    /// Whether the cube must be stored with the writes; then its write is to be given to
    /// `add_cube`.
    pub fn wants_cube(&self) -> bool {
        self.has_cube
    }

    pub fn add_cube(&mut self, cube: Write) {
        self.writes.push(cube);
        self.has_cube = false;
    }

    /// Whether a commit should be tried now. A failed one is tried again with the next change only,
    /// so that a full disk is not asked again by every question.
    pub fn is_due(&self) -> bool {
        self.has_untried
    }

    pub fn is_empty(&self) -> bool {
        self.segments.is_empty() && self.writes.is_empty() && !self.has_cube
    }

    pub fn writes(&self) -> &[Write] {
        &self.writes
    }

    /// A commit of all writes succeeded.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// A commit of all writes failed: they stay.
    pub fn postpone(&mut self) {
        self.has_untried = false;
    }

    /// The newest write of a key; `None` when the database knows better.
    pub fn newest(&self, store: Store, key: &str) -> Option<&Write> {
        self.writes.iter().rev().find(|write| match write {
            Write::Put { store: s, key: k, .. } | Write::Delete { store: s, key: k } => {
                *s == store && k == key
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(key: &str, byte: u8) -> Write {
        Write::Put { store: Store::Events, key: key.to_owned(), value: vec![byte] }
    }

    #[test]
    fn a_failed_commit_is_tried_again_with_the_next_change() {
        let mut backlog = Backlog::default();
        backlog.add(Unstored::of(vec![put("1", 1)]));
        assert!(backlog.is_due());
        backlog.postpone();
        assert!(!backlog.is_due() && !backlog.is_empty());
        backlog.add(Unstored::default());
        assert!(!backlog.is_due());
        backlog.add(Unstored::of(vec![put("2", 2)]));
        assert!(backlog.is_due());
        assert_eq!(backlog.writes(), [put("1", 1), put("2", 2)]);
        backlog.clear();
        assert!(!backlog.is_due() && backlog.is_empty());
    }

    #[test]
    fn segments_go_first() {
        let mut backlog = Backlog::default();
        let segments = vec!["a".to_owned(), "b".to_owned()];
        backlog.add(Unstored { segments, has_cube: true, ..Unstored::default() });
        assert!(backlog.is_due());
        for key in ["a", "b"] {
            assert_eq!(backlog.next_segment(), Some(key));
            backlog.pass_segment();
        }
        assert_eq!((backlog.next_segment(), backlog.wants_cube()), (None, true));
        backlog.add_cube(put("cube", 1));
        assert_eq!((backlog.wants_cube(), backlog.writes()), (false, [put("cube", 1)].as_slice()));
        backlog.clear();
        assert!(backlog.is_empty());
    }

    #[test]
    fn the_newest_write_of_a_key_counts() {
        let deleted = Write::Delete { store: Store::Events, key: "1".to_owned() };
        let mut backlog = Backlog::default();
        backlog.add(Unstored::of(vec![put("1", 1), put("1", 2)]));
        assert_eq!(backlog.newest(Store::Events, "1"), Some(&put("1", 2)));
        backlog.add(Unstored::of(vec![deleted.clone()]));
        assert_eq!(backlog.newest(Store::Events, "1"), Some(&deleted));
        assert_eq!(backlog.newest(Store::Meta, "1"), None);
    }
}
