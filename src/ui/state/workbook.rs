//! The open workbook and the list of workbooks.

use leptos::{prelude::*, task::spawn_local};

use super::{Engine, use_engine};
use crate::{
    ui::hooks::{forget_folder, storage},
    worker::protocol::{
        Change, Event, Failure, Request, Response, SaveState, WorkbookEntry, WorkbookState,
    },
};

/// Remembered between visits: the workbook to open again.
const LAST_WORKBOOK: &str = "linkstar.workbook";

/// The open workbook; all fields are signals.
#[derive(Clone, Copy)]
pub(crate) struct Workbook {
    /// `None` until one is open.
    pub(crate) state: RwSignal<Option<WorkbookState>>,
    /// How safe the newest change is; `None` before the first answer.
    pub(crate) saving: RwSignal<Option<SaveState>>,
    /// All workbooks of this browser; `None` until the engine has answered.
    pub(crate) entries: RwSignal<Option<Vec<WorkbookEntry>>>,
    /// Why the last request was not met.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Files written so far and in all, while the demo company is being made.
    pub(crate) demo_progress: RwSignal<Option<(u32, u32)>>,
    /// Whether a workbook is being opened, made or deleted.
    pub(crate) is_busy: RwSignal<bool>,
    engine: Engine,
}

impl Workbook {
    /// Grows with every change: what was asked for an older revision is stale.
    pub(crate) fn revision(self) -> Signal<(String, u64)> {
        let revision = Memo::new(move |_| {
            self.state.with(|state| {
                state
                    .as_ref()
                    .map_or_else(Default::default, |open| (open.id.clone(), open.revision))
            })
        });
        revision.into()
    }

    /// Whether changes can be made here.
    pub(crate) fn is_writable(self) -> bool {
        self.saving.with(|saving| !matches!(saving, Some(SaveState::ReadOnly)))
    }

    /// Whether some change is in memory only.
    pub(crate) fn has_unsaved(self) -> bool {
        let is_unsaved =
            |state: &SaveState| matches!(state, SaveState::Saving | SaveState::Failed { .. });
        self.saving.with(|saving| saving.as_ref().is_some_and(is_unsaved))
    }

    /// Takes in what the engine answered about workbooks.
    pub(crate) fn receive(self, response: Response) {
        self.failure.set(None);
        match response {
            Response::Opened(state) => {
                storage::set(LAST_WORKBOOK, &state.id);
                self.state.set(Some(state));
            }
            Response::Changed(state) | Response::Confirmed { state, .. } => self.follow(state),
            Response::Workbooks { workbooks } => self.forget_deleted(workbooks),
            Response::Failed(failure) => self.failure.set(Some(failure)),
            _ => {}
        }
    }

    /// Takes in the open workbook after a change; the list of workbooks says the same of it.
    pub(crate) fn follow(self, state: WorkbookState) {
        self.entries.update(|entries| {
            let entries = entries.iter_mut().flatten();
            for entry in entries.filter(|entry| entry.id == state.id) {
                entry.name.clone_from(&state.name);
                entry.n_imports = state.n_imports;
            }
        });
        self.state.set(Some(state));
    }

    fn forget_deleted(self, workbooks: Vec<WorkbookEntry>) {
        let is_gone = self.state.with_untracked(|state| {
            state.as_ref().is_some_and(|open| workbooks.iter().all(|entry| entry.id != open.id))
        });
        if is_gone {
            storage::remove(LAST_WORKBOOK);
            self.state.set(None);
        }
        let before = self.entries.get_untracked().unwrap_or_default().into_iter();
        let is_listed = |entry: &WorkbookEntry| workbooks.iter().any(|it| it.id == entry.id);
        let deleted: Vec<WorkbookEntry> = before.filter(|entry| !is_listed(entry)).collect();
        spawn_local(async move {
            for entry in deleted {
                forget_folder(&entry.id).await;
            }
        });
        self.entries.set(Some(workbooks));
    }

    /// Asks for the workbooks and opens the one that was open last.
    pub(crate) fn start(self) {
        spawn_local(async move {
            let response = self.engine.ask(Request::Workbooks).await;
            let last = storage::get(LAST_WORKBOOK);
            let again = match (&response, last) {
                (Response::Workbooks { workbooks }, Some(last)) => {
                    workbooks.iter().any(|entry| entry.id == last).then_some(last)
                }
                _ => None,
            };
            if let Some(workbook) = again {
                let opened = self.engine.ask(Request::OpenWorkbook { workbook }).await;
                self.receive(opened);
            }
            let failure = self.failure.get_untracked();
            self.receive(response);
            if failure.is_some() {
                self.failure.set(failure);
            }
            if self.entries.with_untracked(Option::is_none) {
                self.entries.set(Some(Vec::new()));
            }
        });
    }

    pub(crate) fn open(self, workbook: String) {
        self.ask_and_list(Request::OpenWorkbook { workbook });
    }

    /// Opens the workbook again, to write it; nothing when it is no longer the one that is read.
    fn take_over(self, workbook: String) {
        let is_open =
            self.state.with_untracked(|it| it.as_ref().is_some_and(|it| it.id == workbook));
        if is_open && !untrack(|| self.is_writable()) {
            self.ask(Request::OpenWorkbook { workbook });
        }
    }

    pub(crate) fn create(self, name: String) {
        self.ask_and_list(Request::CreateWorkbook { name });
    }

    pub(crate) fn open_demo(self) {
        self.ask_and_list(Request::OpenDemo);
    }

    /// For good; the caller has asked the person to type the name.
    pub(crate) fn delete(self, workbook: String) {
        self.ask_and_list(Request::DeleteWorkbook { workbook });
    }

    pub(crate) fn change(self, change: Change) {
        self.ask(Request::Change(change));
    }

    /// The same; `then` is called once it was taken in, and not when it was refused.
    pub(crate) fn change_then(self, change: Change, then: impl FnOnce() + 'static) {
        spawn_local(async move {
            self.receive(self.engine.ask(Request::Change(change)).await);
            if self.failure.with_untracked(Option::is_none) {
                then();
            }
        });
    }

    /// Several changes in order; stops at the first that fails.
    pub(crate) fn change_all(self, changes: Vec<Change>) {
        spawn_local(async move {
            for change in changes {
                self.receive(self.engine.ask(Request::Change(change)).await);
                if self.failure.with_untracked(Option::is_some) {
                    return;
                }
            }
        });
    }

    /// Nothing happens when nothing can be undone.
    pub(crate) fn undo(self) {
        let can = |open: &WorkbookState| open.undo.is_some();
        if self.state.with_untracked(|state| state.as_ref().is_some_and(can)) {
            self.ask(Request::Undo);
        }
    }

    pub(crate) fn redo(self) {
        let can = |open: &WorkbookState| open.redo.is_some();
        if self.state.with_untracked(|state| state.as_ref().is_some_and(can)) {
            self.ask(Request::Redo);
        }
    }

    fn ask(self, request: Request) {
        spawn_local(async move { self.receive(self.engine.ask(request).await) });
    }

    fn ask_and_list(self, request: Request) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            self.receive(self.engine.ask(request).await);
            let failure = self.failure.get_untracked();
            let list = self.engine.ask(Request::Workbooks).await;
            self.receive(list);
            if failure.is_some() {
                self.failure.set(failure);
            }
            self.demo_progress.set(None);
            self.is_busy.set(false);
        });
    }
}

pub(crate) fn provide_workbook() -> Workbook {
    let workbook = Workbook {
        state: RwSignal::new(None),
        saving: RwSignal::new(None),
        entries: RwSignal::new(None),
        failure: RwSignal::new(None),
        demo_progress: RwSignal::new(None),
        is_busy: RwSignal::new(false),
        engine: use_engine(),
    };
    workbook.engine.on_event(move |event| match event {
        Event::Saving(state) => workbook.saving.set(Some(state)),
        Event::Demo { files_done, n_files } => {
            workbook.demo_progress.set(Some((files_done, n_files)));
        }
        Event::Free { workbook: id } => workbook.take_over(id),
        Event::Ready | Event::Reading { .. } => {}
    });
    provide_context(workbook);
    workbook
}

pub(crate) fn use_workbook() -> Workbook {
    expect_context()
}
