//! Storage against a real IndexedDB; the memory twin has to agree with it.

use std::collections::BTreeMap;

use linkstar_kpi::storage::{
    MemoryStore, Store, Stored, Write,
    indexed_db::{Registry, StorageError, WorkbookDatabase},
};
use wasm_bindgen_test::wasm_bindgen_test;

fn put(store: Store, key: &str, value: &[u8]) -> Write {
    Write::Put { store, key: key.to_owned(), value: value.to_vec() }
}

fn delete(store: Store, key: &str) -> Write {
    Write::Delete { store, key: key.to_owned() }
}

/// Transactions with what is easy to get wrong: a key written twice, or written and deleted, in
/// one transaction; keys that sort otherwise as numbers; values of no and of many bytes.
fn transactions() -> Vec<Vec<Write>> {
    vec![
        vec![
            put(Store::Meta, "name", "店铺 ✓".as_bytes()),
            put(Store::Events, "00000010", b"ten"),
            put(Store::Events, "00000009", b"nine"),
            put(Store::Segments, "s1", &[0, 255, 10, 13]),
            put(Store::Imports, "empty", b""),
        ],
        vec![
            put(Store::Events, "00000011", b"first"),
            put(Store::Events, "00000011", b"second"),
            put(Store::Cubes, "gone", b"x"),
            delete(Store::Cubes, "gone"),
            delete(Store::Digests, "was never there"),
        ],
        vec![
            delete(Store::Segments, "s1"),
            put(Store::Segments, "s1", &vec![7; 3_000_000]),
            delete(Store::Events, "00000009"),
            put(Store::Digests, "d", b"1"),
        ],
        Vec::new(),
    ]
}

/// A database of this test alone, without what an earlier run left.
async fn fresh(workbook: &str) -> WorkbookDatabase {
    WorkbookDatabase::delete(workbook).await.unwrap();
    WorkbookDatabase::open(workbook).await.unwrap()
}

#[wasm_bindgen_test]
async fn holds_what_the_memory_store_holds() {
    let mut memory = MemoryStore::default();
    let mut database = fresh("test-twin").await;
    assert_eq!(database.read_at_open().await.unwrap(), memory.stored());
    for writes in transactions() {
        database.commit(&writes).await.unwrap();
        memory.commit(&writes);
        assert_eq!(database.read_at_open().await.unwrap(), memory.stored());
        drop(database);
        database = WorkbookDatabase::open("test-twin").await.unwrap();
        assert_eq!(database.read_at_open().await.unwrap(), memory.stored());
        for (store, key) in [
            (Store::Segments, "s1"),
            (Store::Segments, "s2"),
            (Store::Events, "00000011"),
            (Store::Cubes, "gone"),
        ] {
            let stored = database.get(store, key).await.unwrap();
            assert_eq!(stored.as_deref(), memory.get(store, key), "{key} in {store:?}");
        }
    }
    drop(database);
    WorkbookDatabase::delete("test-twin").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_deleted_workbook_opens_empty() {
    let database = fresh("test-deleted").await;
    database.commit(&[put(Store::Meta, "name", b"x")]).await.unwrap();
    drop(database);
    WorkbookDatabase::delete("test-deleted").await.unwrap();
    let database = WorkbookDatabase::open("test-deleted").await.unwrap();
    let stored: Stored = database.read_at_open().await.unwrap();
    assert!(stored.values().all(BTreeMap::is_empty), "{stored:?}");
}

#[wasm_bindgen_test]
async fn deleting_closes_the_database_elsewhere() {
    let elsewhere = fresh("test-elsewhere").await;
    WorkbookDatabase::delete("test-elsewhere").await.unwrap();
    assert!(elsewhere.is_closed());
    let writes = [put(Store::Meta, "name", b"x")];
    assert_eq!(elsewhere.commit(&writes).await, Err(StorageError::Closed));
    assert_eq!(elsewhere.get(Store::Meta, "name").await, Err(StorageError::Closed));
}

#[wasm_bindgen_test]
async fn workbooks_do_not_see_each_other() {
    let one = fresh("test-one").await;
    let two = fresh("test-two").await;
    one.commit(&[put(Store::Meta, "name", b"one")]).await.unwrap();
    assert_eq!(two.get(Store::Meta, "name").await, Ok(None));
}

#[wasm_bindgen_test]
async fn the_registry_lists_workbooks_by_id() {
    let registry = Registry::open().await.unwrap();
    registry.put("test-b", "{}").await.unwrap();
    registry.put("test-a", "old").await.unwrap();
    registry.put("test-a", "new").await.unwrap();
    assert_eq!(registry.get("test-a").await.unwrap().as_deref(), Some("new"));
    let all = registry.all().await.unwrap();
    let ours: Vec<_> = all.iter().filter(|(id, _)| id.starts_with("test-")).collect();
    assert_eq!(
        ours,
        [(&"test-a".to_owned(), &"new".to_owned()), (&"test-b".to_owned(), &"{}".to_owned())]
    );
    registry.remove("test-a").await.unwrap();
    registry.remove("test-b").await.unwrap();
    assert_eq!(registry.get("test-a").await, Ok(None));
}
