//! The stores of one workbook's database, and a twin of it in memory.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One object store of a workbook's database; keys are text, values are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Store {
    /// The log of changes: number with leading zeros → event.
    Events,
    /// Facts: segment id → Arrow IPC bytes.
    Segments,
    /// What was read from each file: import id → record.
    Imports,
    /// Sums of the facts in force: rebuildable.
    Cubes,
    /// What was known at each import: rebuildable only while all imports are kept.
    Digests,
    /// Name, schema version.
    Meta,
}

impl Store {
    pub const ALL: &'static [Self] =
        &[Self::Events, Self::Segments, Self::Imports, Self::Cubes, Self::Digests, Self::Meta];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Segments => "segments",
            Self::Imports => "imports",
            Self::Cubes => "cubes",
            Self::Digests => "digests",
            Self::Meta => "meta",
        }
    }

    /// Whether the store is read when a workbook opens; the others are read when needed.
    pub const fn is_read_at_open(self) -> bool {
        !matches!(self, Self::Segments)
    }
}

/// One change of a database. All writes of one request are one transaction: all or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    Put { store: Store, key: String, value: Vec<u8> },
    Delete { store: Store, key: String },
}

/// What is to be stored: segments first, one by one, for nothing points to them before the writes
/// are there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unstored {
    /// Keys of new segments.
    pub segments: Vec<String>,
    /// One transaction.
    pub writes: Vec<Write>,
    /// The cube is another one.
    pub has_cube: bool,
}

impl Unstored {
    pub fn of(writes: Vec<Write>) -> Self {
        Self { writes, ..Self::default() }
    }
}

/// What a database holds in the stores that are read at open.
pub type Stored = BTreeMap<Store, BTreeMap<String, Vec<u8>>>;

/// A database in memory, for tests and for the command line tool.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    stores: Stored,
}

impl MemoryStore {
    /// Carries out the writes of one transaction.
    pub fn commit(&mut self, writes: &[Write]) {
        for write in writes {
            match write {
                Write::Put { store, key, value } => {
                    self.stores.entry(*store).or_default().insert(key.clone(), value.clone());
                }
                Write::Delete { store, key } => {
                    self.stores.entry(*store).or_default().remove(key);
                }
            }
        }
    }

    /// Everything in the stores that are read at open.
    pub fn stored(&self) -> Stored {
        let read = |store: &&Store| store.is_read_at_open();
        let all = Store::ALL.iter().filter(read);
        all.map(|store| (*store, self.stores.get(store).cloned().unwrap_or_default())).collect()
    }

    /// One value; `None` when there is none under the key.
    pub fn get(&self, store: Store, key: &str) -> Option<&[u8]> {
        self.stores.get(&store)?.get(key).map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_not_read_at_open() {
        let mut memory = MemoryStore::default();
        memory.commit(&[
            Write::Put { store: Store::Segments, key: "s".into(), value: vec![1] },
            Write::Put { store: Store::Events, key: "1".into(), value: vec![2] },
        ]);
        assert!(!memory.stored().contains_key(&Store::Segments));
        assert_eq!(memory.get(Store::Segments, "s"), Some([1].as_slice()));
        memory.commit(&[Write::Delete { store: Store::Events, key: "1".into() }]);
        assert_eq!(memory.get(Store::Events, "1"), None);
    }
}
