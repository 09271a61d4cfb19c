//! Files on their way into the workbook.

use leptos::{prelude::*, task::spawn_local};

use super::{Engine, Workbook, use_engine, use_workbook};
use crate::worker::protocol::{
    Event, Failure, FileMeta, PendingFile, Reading, ReadingEdit, Request, Response,
};

/// How far the reading of files is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReadingProgress {
    /// File being read.
    pub(crate) name: String,
    /// 0-based place of the file among `n_files`.
    pub(crate) index: u32,
    pub(crate) n_files: u32,
    pub(crate) bytes_done: u64,
    pub(crate) bytes_all: u64,
    pub(crate) rows: u64,
}

/// The pending imports and what can be done with them.
#[derive(Clone, Copy)]
pub(crate) struct Imports {
    /// As the engine holds them; empty when nothing waits.
    pub(crate) pending: RwSignal<Vec<PendingFile>>,
    /// `None` unless files are being read.
    pub(crate) progress: RwSignal<Option<ReadingProgress>>,
    /// Whether the engine is confirming or reading again after an edit.
    pub(crate) is_busy: RwSignal<bool>,
    /// Why the last request was not met.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Import ids taken in by the newest confirmation; cleared when new files come.
    pub(crate) confirmed: RwSignal<Vec<String>>,
    engine: Engine,
    workbook: Workbook,
}

impl Imports {
    /// Whether files are being read or wait to be confirmed.
    pub(crate) fn is_under_way(self) -> bool {
        let waits =
            |file: &PendingFile| matches!(file.reading, Reading::Ready(_) | Reading::Asking(_));
        self.progress.with(Option::is_some) || self.pending.with(|files| files.iter().any(waits))
    }

    /// Reads dropped or chosen files. A workbook named `default_name` is made when none is open.
    pub(crate) fn read(self, files: Vec<web_sys::File>, default_name: String) {
        if files.is_empty() {
            return;
        }
        self.confirmed.set(Vec::new());
        self.progress.set(Some(ReadingProgress {
            name: files.first().map(web_sys::File::name).unwrap_or_default(),
            index: 0,
            n_files: u32::try_from(files.len()).unwrap_or(u32::MAX),
            bytes_done: 0,
            bytes_all: files.iter().map(size_bytes).sum(),
            rows: 0,
        }));
        spawn_local(async move {
            if self.workbook.state.with_untracked(Option::is_none) {
                let request = Request::CreateWorkbook { name: default_name };
                self.workbook.receive(self.engine.ask(request).await);
            }
            let request = Request::ReadFiles { files: files.iter().map(meta).collect() };
            self.receive(self.engine.ask_with_files(request, files).await);
            self.progress.set(None);
        });
    }

    /// Stops the reading; files read so far stay pending.
    pub(crate) fn cancel(self) {
        self.ask(Request::CancelReading);
    }

    /// Asks the engine which files are pending, say after a reload.
    pub(crate) fn refresh(self) {
        self.ask(Request::Pending);
    }

    /// Sets right how a pending file is understood.
    pub(crate) fn edit(self, pending: u32, edit: ReadingEdit) {
        self.ask(Request::EditPending { pending, edit });
    }

    pub(crate) fn discard(self, pending: u32) {
        self.ask(Request::DiscardPending { pending });
    }

    /// Takes all files that are ready into the workbook.
    pub(crate) fn confirm(self) {
        self.ask(Request::ConfirmPending);
    }

    fn ask(self, request: Request) {
        self.is_busy.set(true);
        spawn_local(async move {
            self.receive(self.engine.ask(request).await);
            self.is_busy.set(false);
        });
    }

    fn receive(self, response: Response) {
        self.failure.set(None);
        match response {
            Response::Pending { files } => self.pending.set(files),
            Response::Confirmed { state, imports } => {
                self.confirmed.set(imports);
                self.workbook.receive(Response::Changed(state));
                self.refresh();
            }
            Response::Failed(failure) => self.failure.set(Some(failure)),
            _ => {}
        }
    }
}

pub(super) fn meta(file: &web_sys::File) -> FileMeta {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds fit for 292 million years")]
    let modified_millis = file.last_modified() as i64;
    FileMeta { name: file.name(), size_bytes: size_bytes(file), modified_millis }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a file's size is a whole number of bytes, never negative"
)]
fn size_bytes(file: &web_sys::File) -> u64 {
    file.size() as u64
}

pub(crate) fn provide_imports() -> Imports {
    let imports = Imports {
        pending: RwSignal::new(Vec::new()),
        progress: RwSignal::new(None),
        is_busy: RwSignal::new(false),
        failure: RwSignal::new(None),
        confirmed: RwSignal::new(Vec::new()),
        engine: use_engine(),
        workbook: use_workbook(),
    };
    imports.engine.on_event(move |event| {
        if let Event::Reading { name, index, n_files, bytes_done, bytes_all, rows } = event {
            let progress = ReadingProgress { name, index, n_files, bytes_done, bytes_all, rows };
            // A message that comes after the answer must not bring the bar back.
            imports.progress.update(|current| {
                if current.is_some() {
                    *current = Some(progress);
                }
            });
        }
    });
    provide_context(imports);
    imports
}

pub(crate) fn use_imports() -> Imports {
    expect_context()
}
