//! Workbooks in the browser's `IndexedDB`: the only file that knows it.
//!
//! One database per workbook, with one object store per `Store`, and a registry database with one
//! text per workbook. A transaction counts as done only when it completed and was read back.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use futures_channel::oneshot;
use idb::{Database, Factory, ObjectStoreParams, Transaction, event::VersionChangeEvent};
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase, IdbTransaction};

use crate::storage::{Store, Stored, Write};

/// Of the stores of every workbook's database and of the registry. A higher number makes the
/// browser call `create_missing_stores` on databases of lower ones.
const SCHEMA_VERSION: u32 = 1;
const WORKBOOK_DATABASE_PREFIX: &str = "linkstar-workbook-";
const REGISTRY_DATABASE: &str = "linkstar-workbooks";
const REGISTRY_STORE: &str = "workbooks";

/// Why the browser did not store or give back something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The disk is full, or our share of it.
    #[error("the browser's storage is full")]
    QuotaExceeded,
    /// A private window, storage switched off, or a damaged profile.
    #[error("the browser gives no storage: {detail}")]
    Blocked { detail: String },
    /// A newer version of the program has changed the database.
    #[error("the database was written by a newer version of the program")]
    Newer,
    /// The database was deleted, or is being upgraded, by another tab.
    #[error("the connection was closed for another tab")]
    Closed,
    /// The transaction completed, but reading back found something else.
    #[error("what was stored cannot be read back: {key:?} in {store:?}")]
    NotKept { store: Store, key: String },
    /// A defect of ours.
    #[error("storage failed: {detail}")]
    Failed { detail: String },
}

/// An open database of a workbook.
#[derive(Debug)]
pub struct WorkbookDatabase {
    connection: Connection,
}

impl WorkbookDatabase {
    /// Opens the database of the workbook; makes an empty one when there is none.
    pub async fn open(workbook: &str) -> Result<Self, StorageError> {
        let stores = Store::ALL.iter().map(|store| store.name()).collect();
        Ok(Self { connection: Connection::open(&database_name(workbook), stores).await? })
    }

    /// Everything in the stores that are read when a workbook opens.
    pub async fn read_at_open(&self) -> Result<Stored, StorageError> {
        let read_at_open = Store::ALL.iter().copied().filter(|store| store.is_read_at_open());
        let names: Vec<_> = read_at_open.clone().map(Store::name).collect();
        let transaction = self.connection.read(&names)?;
        let mut stored = Stored::new();
        for store in read_at_open {
            let object_store = transaction.object_store(store.name())?;
            let keys = object_store.get_all_keys(None, None)?.await?;
            let values = object_store.get_all(None, None)?.await?;
            let entries = keys.iter().zip(&values);
            let entries =
                entries.filter_map(|(key, value)| Some((key.as_string()?, bytes(value)?)));
            stored.entry(store).or_default().extend(entries);
        }
        Ok(stored)
    }

    /// One value; `None` when there is none under the key.
    pub async fn get(&self, store: Store, key: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let transaction = self.connection.read(&[store.name()])?;
        let value = transaction.object_store(store.name())?.get(JsValue::from_str(key))?.await?;
        Ok(value.as_ref().and_then(bytes))
    }

    /// All keys of a store.
    pub async fn keys(&self, store: Store) -> Result<Vec<String>, StorageError> {
        let transaction = self.connection.read(&[store.name()])?;
        let keys = transaction.object_store(store.name())?.get_all_keys(None, None)?.await?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    }

    /// Carries out the writes as one transaction, in their order. `Ok` means: the browser completed
    /// it, and what it gives back agrees. `Err` means that nothing of it is stored (but for
    /// `NotKept`, where that is unknown); the same writes may be tried again.
    pub async fn commit(&self, writes: &[Write]) -> Result<(), StorageError> {
        if writes.is_empty() {
            return Ok(());
        }
        let ends = end_states(writes);
        let names = names_of_stores(ends.keys().map(|(store, _)| *store));
        let transaction = self.connection.write(&names)?;
        if let Err(error) = put_all(&transaction, writes) {
            // Without this the writes that were accepted before the failing one would be stored.
            transaction.abort().ok();
            return Err(error);
        }
        completed(transaction).await?;
        self.read_back(&names, &ends).await
    }

    /// Whether every key is as the writes left it. Only lengths are compared, of segments not even
    /// these: the browser checks its own bytes, what is looked for here are transactions that
    /// silently did not happen. A segment is large, and its key is never written with other bytes.
    async fn read_back(
        &self,
        names: &[&str],
        ends: &BTreeMap<(Store, &str), Option<usize>>,
    ) -> Result<(), StorageError> {
        let transaction = self.connection.read(names)?;
        for (&(store, key), &end) in ends {
            let (object_store, key_value) =
                (transaction.object_store(store.name())?, JsValue::from_str(key));
            let is_kept = if store == Store::Segments {
                object_store.get_key(key_value)?.await?.is_some() == end.is_some()
            } else {
                object_store.get(key_value)?.await?.as_ref().and_then(n_bytes) == end
            };
            if !is_kept {
                return Err(StorageError::NotKept { store, key: key.to_owned() });
            }
        }
        Ok(())
    }

    /// Whether another tab deleted the database or is about to: nothing can be read any more.
    pub fn is_closed(&self) -> bool {
        self.connection.is_closed.get()
    }

    /// Deletes the database of the workbook for good. Other tabs are asked to close theirs, and
    /// waited for; close one's own before.
    pub async fn delete(workbook: &str) -> Result<(), StorageError> {
        Ok(Factory::new()?.delete(&database_name(workbook))?.await?)
    }
}

/// The list of this browser's workbooks: a text for each id.
#[derive(Debug)]
pub struct Registry {
    texts: Values,
}

impl Registry {
    pub async fn open() -> Result<Self, StorageError> {
        Ok(Self { texts: Values::open(REGISTRY_DATABASE, REGISTRY_STORE).await? })
    }

    pub async fn all(&self) -> Result<BTreeMap<String, String>, StorageError> {
        let texts = self.texts.all().await?.into_iter();
        Ok(texts.filter_map(|(id, text)| Some((id, text.as_string()?))).collect())
    }

    pub async fn get(&self, id: &str) -> Result<Option<String>, StorageError> {
        Ok(self.texts.get(id).await?.and_then(|text| text.as_string()))
    }

    pub async fn put(&self, id: &str, text: &str) -> Result<(), StorageError> {
        self.texts.put(id, &JsValue::from_str(text)).await
    }

    pub async fn remove(&self, id: &str) -> Result<(), StorageError> {
        self.texts.remove(id).await
    }
}

/// A database of one store: values of the browser by a text.
#[derive(Debug)]
pub(super) struct Values {
    connection: Connection,
    store: &'static str,
}

impl Values {
    pub(super) async fn open(database: &str, store: &'static str) -> Result<Self, StorageError> {
        Ok(Self { connection: Connection::open(database, vec![store]).await?, store })
    }

    pub(super) async fn all(&self) -> Result<Vec<(String, JsValue)>, StorageError> {
        let transaction = self.connection.read(&[self.store])?;
        let store = transaction.object_store(self.store)?;
        let keys = store.get_all_keys(None, None)?.await?;
        let values = store.get_all(None, None)?.await?;
        let entries = keys.iter().zip(values);
        Ok(entries.filter_map(|(key, value)| Some((key.as_string()?, value))).collect())
    }

    pub(super) async fn get(&self, key: &str) -> Result<Option<JsValue>, StorageError> {
        let transaction = self.connection.read(&[self.store])?;
        let store = transaction.object_store(self.store)?;
        Ok(store.get(JsValue::from_str(key))?.await?)
    }

    pub(super) async fn put(&self, key: &str, value: &JsValue) -> Result<(), StorageError> {
        let transaction = self.connection.write(&[self.store])?;
        Transaction::from(transaction.clone())
            .object_store(self.store)?
            .put(value, Some(&JsValue::from_str(key)))?;
        completed(transaction).await
    }

    pub(super) async fn remove(&self, key: &str) -> Result<(), StorageError> {
        let transaction = self.connection.write(&[self.store])?;
        Transaction::from(transaction.clone())
            .object_store(self.store)?
            .delete(JsValue::from_str(key))?;
        completed(transaction).await
    }
}

/// An open database; closed when dropped.
#[derive(Debug)]
struct Connection {
    inner: IdbDatabase,
    is_closed: Rc<Cell<bool>>,
}

impl Connection {
    async fn open(name: &str, stores: Vec<&'static str>) -> Result<Self, StorageError> {
        let mut request = Factory::new()?.open(name, Some(SCHEMA_VERSION))?;
        // Should it fail, transactions on the missing store will say so.
        request
            .on_upgrade_needed(move |event| create_missing_stores(&event, &stores).unwrap_or(()));
        let mut database = request.await?;
        let is_closed = Rc::new(Cell::new(false));
        let closed = Rc::clone(&is_closed);
        // Another tab deletes or upgrades the database, and waits until this one lets go of it.
        database.on_version_change(move |event| {
            closed.set(true);
            if let Some(target) = event.target() {
                target.unchecked_into::<IdbDatabase>().close();
            }
        });
        let closed = Rc::clone(&is_closed);
        database.on_close(move |_| closed.set(true));
        // They live as long as the browser's object that calls them.
        database.forget_callbacks();
        Ok(Self { inner: database.into(), is_closed })
    }

    fn read(&self, stores: &[&str]) -> Result<Transaction, StorageError> {
        self.transaction(stores, "readonly").map(Transaction::from)
    }

    fn write(&self, stores: &[&str]) -> Result<IdbTransaction, StorageError> {
        self.transaction(stores, "readwrite")
    }

    /// By reflection, because web-sys keeps the options behind its unstable switch.
    fn transaction(&self, stores: &[&str], mode: &str) -> Result<IdbTransaction, StorageError> {
        if self.is_closed.get() {
            return Err(StorageError::Closed);
        }
        let begin = || -> Result<IdbTransaction, JsValue> {
            let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
            let options = Object::new();
            // Complete only when the disk has it. Browsers that do not know the option ignore it.
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
            let begin: Function = Reflect::get(&self.inner, &"transaction".into())?.dyn_into()?;
            begin.call3(&self.inner, &names, &mode.into(), &options)?.dyn_into()
        };
        begin().map_err(|error| error_from_js(&error))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.inner.close();
    }
}

fn database_name(workbook: &str) -> String {
    format!("{WORKBOOK_DATABASE_PREFIX}{workbook}")
}

fn create_missing_stores(event: &VersionChangeEvent, stores: &[&str]) -> Result<(), idb::Error> {
    use idb::DatabaseEvent;
    let database: Database = event.database()?;
    let present = database.store_names();
    for name in stores.iter().filter(|name| !present.iter().any(|other| other == *name)) {
        database.create_object_store(name, ObjectStoreParams::new())?;
    }
    Ok(())
}

fn put_all(transaction: &IdbTransaction, writes: &[Write]) -> Result<(), StorageError> {
    let transaction = Transaction::from(transaction.clone());
    for write in writes {
        match write {
            Write::Put { store, key, value } => {
                let value = Uint8Array::from(value.as_slice());
                let object_store = transaction.object_store(store.name())?;
                object_store.put(&value, Some(&JsValue::from_str(key)))?;
            }
            Write::Delete { store, key } => {
                let object_store = transaction.object_store(store.name())?;
                object_store.delete(JsValue::from_str(key))?;
            }
        }
    }
    Ok(())
}

/// Waits until the transaction completed or was given up. The crate's own future ends with the
/// first failed request, when the browser does not yet say why the transaction fails.
async fn completed(transaction: IdbTransaction) -> Result<(), StorageError> {
    let (sender, receiver) = oneshot::channel::<bool>();
    let sender = Rc::new(Cell::new(Some(sender)));
    let tell = move |is_complete: bool, sender: &Cell<Option<oneshot::Sender<bool>>>| {
        if let Some(sender) = sender.take() {
            sender.send(is_complete).unwrap_or_default();
        }
    };
    let mut watched = Transaction::from(transaction.clone());
    let by_complete = Rc::clone(&sender);
    watched.on_complete(move |_| tell(true, &by_complete));
    watched.on_abort(move |_| tell(false, &sender));
    if receiver.await == Ok(true) {
        return Ok(());
    }
    let error = transaction.error().map(JsValue::from).unwrap_or_default();
    Err(error_from_js(&error))
}

/// How every key stands after all writes: the length of its value, or `None` when it is gone.
fn end_states(writes: &[Write]) -> BTreeMap<(Store, &str), Option<usize>> {
    let mut ends = BTreeMap::new();
    ends.extend(writes.iter().map(|write| match write {
        Write::Put { store, key, value } => ((*store, key.as_str()), Some(value.len())),
        Write::Delete { store, key } => ((*store, key.as_str()), None),
    }));
    ends
}

/// Each store once.
fn names_of_stores(stores: impl Iterator<Item = Store>) -> Vec<&'static str> {
    let mut each = BTreeSet::new();
    each.extend(stores);
    each.into_iter().map(Store::name).collect()
}

fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

fn n_bytes(value: &JsValue) -> Option<usize> {
    usize::try_from(value.dyn_ref::<Uint8Array>()?.length()).ok()
}

impl From<idb::Error> for StorageError {
    fn from(error: idb::Error) -> Self {
        use idb::Error as E;
        match &error {
            E::DomException(exception) => error_from_js(exception),
            // No `indexedDB` at all, or reading the property is forbidden.
            E::IndexedDbNotFound(_) => Self::Blocked { detail: error.to_string() },
            E::IndexedDbOpenFailed(thrown)
            | E::IndexedDbDeleteFailed(thrown)
            | E::TransactionOpenFailed(thrown)
            | E::ObjectStoreNotFound(thrown)
            | E::UpdateFailed(thrown)
            | E::DeleteFailed(thrown)
            | E::GetFailed(thrown)
            | E::GetAllFailed(thrown)
            | E::GetAllKeysFailed(thrown) => error_from_js(thrown),
            _ => Self::Failed { detail: error.to_string() },
        }
    }
}

/// By the name that the standard gives the exception. Names that speak of a wrong call are our
/// defects; all others (`SecurityError`, `InvalidStateError`, `UnknownError`, …) mean that this
/// browser or disk does not let us store.
fn error_from_js(thrown: &JsValue) -> StorageError {
    let Some(exception) = thrown.dyn_ref::<DomException>() else {
        return StorageError::Failed { detail: format!("{thrown:?}") };
    };
    let detail = format!("{}: {}", exception.name(), exception.message());
    match exception.name().as_str() {
        "QuotaExceededError" => StorageError::QuotaExceeded,
        "VersionError" => StorageError::Newer,
        "ConstraintError"
        | "DataError"
        | "DataCloneError"
        | "InvalidAccessError"
        | "NotFoundError"
        | "ReadOnlyError"
        | "SyntaxError"
        | "TransactionInactiveError" => StorageError::Failed { detail },
        _ => StorageError::Blocked { detail },
    }
}
