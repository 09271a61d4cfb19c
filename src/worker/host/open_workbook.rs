//! The open workbook's place: its database, the right to write it, and what is not stored yet.

use crate::{
    facts::load_ipc,
    storage::{
        Store, Stored, Unstored, Write,
        indexed_db::{StorageError, WorkbookDatabase},
    },
    worker::{
        backlog::Backlog,
        host::lock::WorkbookLock,
        protocol::{Failure, SaveState},
        session::Session,
    },
};

/// Where the open workbook is kept.
#[derive(Debug)]
pub(super) struct OpenWorkbook {
    id: String,
    /// Without a database the workbook lives in the backlog; each commit tries to get one.
    database: Result<WorkbookDatabase, Failure>,
    /// `None`: another tab is the writer.
    lock: Option<WorkbookLock>,
    /// It is waited for that the tab that writes it is gone.
    is_awaited: bool,
    backlog: Backlog,
}

impl OpenWorkbook {
    pub(super) fn new(
        id: &str,
        database: Result<WorkbookDatabase, Failure>,
        lock: Option<WorkbookLock>,
    ) -> Self {
        Self { id: id.to_owned(), database, lock, is_awaited: false, backlog: Backlog::default() }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn is_writer(&self) -> bool {
        self.lock.is_some()
    }

    /// The id of what another tab writes and nobody waits for yet; from now on somebody does.
    pub(super) fn begin_to_wait(&mut self) -> Option<String> {
        let begins = !self.is_writer() && !self.is_awaited;
        self.is_awaited |= begins;
        begins.then(|| self.id.clone())
    }

    /// Takes the right to write away, if this tab has it.
    pub(super) fn take_lock(&mut self) -> Option<WorkbookLock> {
        self.lock.take()
    }

    /// How safe a workbook is of which all is stored that can be.
    pub(super) fn save_state(&self) -> SaveState {
        match &self.database {
            _ if self.lock.is_none() => SaveState::ReadOnly,
            Ok(_) => SaveState::Saved,
            Err(failure) => SaveState::Failed { failure: failure.clone() },
        }
    }

    /// Takes over what the next commits store. What a reader's session wants to tidy up or to cache
    /// is the writer's business, and dropped.
    pub(super) fn add(&mut self, unstored: Unstored) {
        if self.is_writer() {
            self.backlog.add(unstored);
        }
    }

    /// Whether there is something that no commit has tried to store.
    pub(super) fn is_due(&self) -> bool {
        self.backlog.is_due()
    }

    /// Whether the next commit is one of a segment, with more to follow.
    pub(super) fn has_segments(&self) -> bool {
        self.backlog.next_segment().is_some()
    }

    /// Whether there is something that is in memory only.
    pub(super) fn has_unstored(&self) -> bool {
        !self.backlog.is_empty()
    }

    /// Stores the next segment that is not stored yet, or after the last one all writes; what could
    /// not be stored stays.
    pub(super) async fn commit(&mut self, session: &mut Session) -> Result<(), Failure> {
        let result = self.try_commit(session).await;
        if result.is_err() {
            self.backlog.postpone();
        }
        result
    }

    async fn try_commit(&mut self, session: &mut Session) -> Result<(), Failure> {
        if self.database.is_err() {
            self.database = open_database(&self.id).await;
        }
        let database = self.database.as_ref().map_err(Clone::clone)?;
        if let Some(key) = self.backlog.next_segment() {
            load_ipc().await.map_err(|_missing| Failure::PartMissing)?;
            database.commit(&[session.segment_write(key)?]).await?;
            self.backlog.pass_segment();
            return Ok(());
        }
        if self.backlog.wants_cube() {
            self.backlog.add_cube(session.cube_write()?);
        }
        database.commit(self.backlog.writes()).await?;
        self.backlog.clear();
        Ok(())
    }

    /// Keys of all stored segments; none without a database.
    pub(super) async fn stored_segments(&self) -> Result<Vec<String>, Failure> {
        match &self.database {
            Ok(database) => Ok(database.keys(Store::Segments).await?),
            Err(_) => Ok(Vec::new()),
        }
    }

    /// What the database holds in the stores that are read at open; nothing without a database.
    pub(super) async fn stored(&self) -> Result<Stored, Failure> {
        match &self.database {
            Ok(database) => Ok(database.read_at_open().await?),
            Err(_) => Ok(Stored::new()),
        }
    }

    /// One value, stored or still to be stored.
    pub(super) async fn get(&self, store: Store, key: &str) -> Result<Option<Vec<u8>>, Failure> {
        match (self.backlog.newest(store, key), &self.database) {
            (Some(Write::Put { value, .. }), _) => Ok(Some(value.clone())),
            (Some(Write::Delete { .. }), _) | (None, Err(_)) => Ok(None),
            (None, Ok(database)) => Ok(database.get(store, key).await?),
        }
    }
}

pub(super) async fn open_database(id: &str) -> Result<WorkbookDatabase, Failure> {
    Ok(WorkbookDatabase::open(id).await?)
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        let detail = error.to_string();
        match error {
            StorageError::QuotaExceeded => Self::QuotaExceeded,
            StorageError::Blocked { detail } => Self::StorageBlocked { detail },
            // The browser did not do what it said, or must not: as good as no storage.
            StorageError::NotKept { .. } | StorageError::Newer => Self::StorageBlocked { detail },
            StorageError::Closed => Self::UnknownWorkbook,
            StorageError::Failed { .. } => Self::Internal { detail },
        }
    }
}
