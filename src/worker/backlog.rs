//! Writes that are not known to be stored yet. A commit that failed leaves them here, and the next
//! one carries all of them out, oldest first: nothing is lost and nothing overtakes.

use crate::storage::{Store, Write};

/// Writes in the order in which they were made.
#[derive(Debug, Default)]
pub struct Backlog {
    writes: Vec<Write>,
    /// Some writes came after the last attempt to store them.
    has_untried: bool,
}

impl Backlog {
    pub fn add(&mut self, writes: Vec<Write>) {
        self.has_untried |= !writes.is_empty();
        self.writes.extend(writes);
    }

    /// Whether a commit should be tried now. A failed one is tried again with the next change only,
    /// so that a full disk is not asked again by every question.
    pub fn is_due(&self) -> bool {
        self.has_untried
    }

    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    pub fn writes(&self) -> &[Write] {
        &self.writes
    }

    /// A commit of all writes succeeded, or they are given up.
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
        backlog.add(vec![put("1", 1)]);
        assert!(backlog.is_due());
        backlog.postpone();
        assert!(!backlog.is_due() && !backlog.is_empty());
        backlog.add(Vec::new());
        assert!(!backlog.is_due());
        backlog.add(vec![put("2", 2)]);
        assert!(backlog.is_due());
        assert_eq!(backlog.writes(), [put("1", 1), put("2", 2)]);
        backlog.clear();
        assert!(!backlog.is_due() && backlog.is_empty());
    }

    #[test]
    fn the_newest_write_of_a_key_counts() {
        let deleted = Write::Delete { store: Store::Events, key: "1".to_owned() };
        let mut backlog = Backlog::default();
        backlog.add(vec![put("1", 1), put("1", 2)]);
        assert_eq!(backlog.newest(Store::Events, "1"), Some(&put("1", 2)));
        backlog.add(vec![deleted.clone()]);
        assert_eq!(backlog.newest(Store::Events, "1"), Some(&deleted));
        assert_eq!(backlog.newest(Store::Meta, "1"), None);
    }
}
