//! Requests about whole workbooks, and the list of them.

use wasm_bindgen::JsCast;
use web_sys::{WorkerGlobalScope, console};

use crate::{
    storage::{
        Unstored,
        indexed_db::{Registry, WorkbookDatabase},
    },
    worker::{
        host::{
            Host,
            lock::{WorkbookLock, when_free},
            now_millis,
            open_workbook::{OpenWorkbook, open_database},
        },
        protocol::{Event, Failure, Response, WorkbookEntry, WorkbookState},
    },
};

impl Host {
    /// All workbooks of this browser, the newest change first.
    pub(super) async fn workbooks(&self) -> Result<Response, Failure> {
        let texts = Registry::open().await?.all().await?;
        let entries = texts.iter().map(|(id, text)| entry_from_text(id, text));
        let mut workbooks: Vec<_> = entries.collect();
        workbooks.sort_by(|a, b| b.changed_millis.cmp(&a.changed_millis).then(a.id.cmp(&b.id)));
        Ok(Response::Workbooks { workbooks })
    }

    /// An empty workbook under a new id.
    pub(super) async fn create_workbook(&mut self, name: &str) -> Result<Response, Failure> {
        let id = random_id()?;
        let state = self.enter_new(&id, name, false).await?;
        // Listed before it is stored: a listed workbook without a database opens as an empty one,
        // but a database that is not listed would never be found again.
        self.register().await;
        Ok(Response::Opened(state))
    }

    pub(super) async fn open_workbook(&mut self, id: &str) -> Result<Response, Failure> {
        if let Some(state) = self.state_if_written_here(id) {
            return Ok(Response::Opened(state));
        }
        let entry = self.entry(id).await?.ok_or(Failure::UnknownWorkbook)?;
        // The lock first: what is read before it could be old when the other tab is just closing.
        let lock = WorkbookLock::acquire(id).await;
        let place = OpenWorkbook::new(id, Ok(open_database(id).await?), lock);
        Ok(Response::Opened(self.enter(place, &entry.name, entry.is_demo).await?))
    }

    pub(super) async fn delete_workbook(&mut self, id: &str) -> Result<Response, Failure> {
        let open = self.open.as_mut().filter(|open| open.id() == id);
        let lock = match open.and_then(OpenWorkbook::take_lock) {
            Some(lock) => lock,
            // Deleted under the hands of another tab, what that one has not stored yet is lost.
            None => WorkbookLock::acquire(id).await.ok_or(Failure::ReadOnly)?,
        };
        if self.open.as_ref().is_some_and(|open| open.id() == id) {
            self.close();
        }
        WorkbookDatabase::delete(id).await?;
        Registry::open().await?.remove(id).await?;
        drop(lock);
        self.workbooks().await
    }

    /// The state of the workbook when it is open, and this tab is its writer.
    pub(super) fn state_if_written_here(&self, id: &str) -> Option<WorkbookState> {
        let is_here = self.open.as_ref().is_some_and(|open| open.id() == id && open.is_writer());
        if is_here { self.session.state() } else { None }
    }

    /// Opens a workbook that is not listed. Without storage it lives in memory, and the page hears
    /// so when storing fails.
    pub(super) async fn enter_new(
        &mut self,
        id: &str,
        name: &str,
        is_demo: bool,
    ) -> Result<WorkbookState, Failure> {
        let lock = WorkbookLock::acquire(id).await.ok_or(Failure::ReadOnly)?;
        let place = OpenWorkbook::new(id, open_database(id).await, Some(lock));
        self.enter(place, name, is_demo).await
    }

    /// Has the page told when the workbook that is read here can be written. Only after it was told that the
    /// workbook is open: what it hears before that means nothing to it.
    pub(super) fn await_lock(&mut self) {
        let Some(id) = self.open.as_mut().and_then(OpenWorkbook::begin_to_wait) else { return };
        let outbox = self.outbox.clone();
        when_free(&id.clone(), move || outbox.tell(Event::Free { workbook: id }));
    }

    /// Leaves the open workbook and opens the one that is kept at `place`.
    async fn enter(
        &mut self,
        mut place: OpenWorkbook,
        name: &str,
        is_demo: bool,
    ) -> Result<WorkbookState, Failure> {
        let stored = place.stored().await?;
        self.leave().await?;
        let opened = self.session.open(place.id(), name, is_demo, &stored, now_millis());
        let (state, writes) = opened.inspect_err(|_| self.session.close())?;
        place.add(Unstored::of(writes));
        // Left by a tab that was closed while it stored an import.
        let orphans = self.session.unknown_segments(&place.stored_segments().await?);
        place.add(Unstored::of(orphans));
        if !place.is_due() {
            self.outbox.tell(Event::Saving(place.save_state()));
        }
        self.open = Some(place);
        Ok(state)
    }

    /// Closes the open workbook, unless something of it cannot be stored: that would be lost. Only
    /// the demo may go: it can be made again, and without storage nobody could leave it.
    async fn leave(&mut self) -> Result<(), Failure> {
        let is_demo = self.session.state().is_some_and(|state| state.is_demo);
        let stored = self.store_rest().await;
        if stored.is_err() && !is_demo {
            return stored;
        }
        self.close();
        Ok(())
    }

    /// Stores what is not stored yet, even if that failed before.
    async fn store_rest(&mut self) -> Result<(), Failure> {
        let Some(open) = &mut self.open else { return Ok(()) };
        if !open.has_unstored() {
            return Ok(());
        }
        while open.has_unstored() {
            open.commit(&mut self.session).await?;
        }
        self.is_saving = false;
        self.register().await;
        Ok(())
    }

    /// Forgets the open workbook and its pending files.
    pub(super) fn close(&mut self) {
        self.session.close();
        self.files.clear();
        self.open = None;
    }

    /// How the list has the workbook; `None` when it is not there.
    pub(super) async fn entry(&self, id: &str) -> Result<Option<WorkbookEntry>, Failure> {
        let text = Registry::open().await?.get(id).await?;
        Ok(text.map(|text| entry_from_text(id, &text)))
    }

    /// Brings the open workbook's entry in the list up to date. That may fail without harm: the
    /// entry only repeats what the workbook holds, and the next change brings it up to date.
    pub(super) async fn register(&self) {
        let Some(state) = self.session.state() else { return };
        if let Err(failure) = register_state(state).await {
            console::warn_1(&format!("the list of workbooks is out of date: {failure:?}").into());
        }
    }
}

async fn register_state(state: WorkbookState) -> Result<(), Failure> {
    let entry = WorkbookEntry {
        id: state.id,
        name: state.name,
        is_demo: state.is_demo,
        n_imports: state.n_imports,
        changed_millis: now_millis(),
    };
    let text = serde_json::to_string(&entry)
        .map_err(|error| Failure::Internal { detail: error.to_string() })?;
    Ok(Registry::open().await?.put(&entry.id, &text).await?)
}

/// An entry that cannot be read (of another version of the program) still has its id, by which the
/// workbook can be opened or deleted.
fn entry_from_text(id: &str, text: &str) -> WorkbookEntry {
    serde_json::from_str(text).unwrap_or_else(|_| WorkbookEntry {
        id: id.to_owned(),
        name: id.to_owned(),
        is_demo: false,
        n_imports: 0,
        changed_millis: 0,
    })
}

/// 32 hexadecimal digits. Not `crypto.randomUUID`: a page that came over plain HTTP has none.
pub(super) fn random_id() -> Result<String, Failure> {
    let missing = |detail: String| Failure::Internal { detail };
    let scope: WorkerGlobalScope =
        js_sys::global().dyn_into().map_err(|scope| missing(format!("{scope:?}")))?;
    let crypto = scope.crypto().map_err(|error| missing(format!("{error:?}")))?;
    let mut bytes = [0_u8; 16];
    crypto
        .get_random_values_with_u8_array(&mut bytes)
        .map_err(|error| missing(format!("{error:?}")))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}
