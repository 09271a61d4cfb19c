//! The engine's one state and how it answers. Pure: no browser, no clock, no storage; time and
//! stored bytes are arguments, what is to be stored comes back as writes.

use crate::{
    storage::{Stored, Write},
    worker::protocol::{Failure, FileMeta, PendingFile, ReadingEdit, Request, Response, WorkbookState},
};

/// A workbook with the files being read into it.
pub struct Session {}

/// What a request gave: the answer, and what must be stored in one transaction.
#[derive(Debug)]
pub struct Outcome {
    pub response: Response,
    pub writes: Vec<Write>,
}

/// How far a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingProgress {
    pub rows: u64,
    /// The rest of the file need not be read: it is refused.
    pub is_settled: bool,
}

impl Session {
    /// No workbook open.
    pub fn new() -> Self {
        todo!()
    }

    /// Opens the workbook `id` from what its database holds; an empty database is a new workbook
    /// called `name`. The writes (name, schema version, clean-up) must be stored.
    pub fn open(
        &mut self,
        id: &str,
        name: &str,
        is_demo: bool,
        stored: &Stored,
        now_millis: i64,
    ) -> Result<(WorkbookState, Vec<Write>), Failure> {
        todo!()
    }

    /// Forgets the open workbook and all pending files.
    pub fn close(&mut self) {
        todo!()
    }

    /// The open workbook as the page's frame shows it.
    pub fn state(&self) -> Option<WorkbookState> {
        todo!()
    }

    /// Starts reading a file; the number is its pending id. `edits` set right how it is read.
    pub fn begin_reading(&mut self, meta: FileMeta) -> u32 {
        todo!()
    }

    /// Remembers an edit of a pending file and starts reading it from the beginning: the file's
    /// bytes must be fed again.
    pub fn begin_rereading(&mut self, pending: u32, edit: ReadingEdit) -> Result<(), Failure> {
        todo!()
    }

    /// The next bytes of the file that is being read, in order, in pieces of any size.
    pub fn feed(&mut self, pending: u32, bytes: &[u8]) -> ReadingProgress {
        todo!()
    }

    /// The file ended: it is now ready, asking, or refused.
    pub fn finish_reading(&mut self, pending: u32) {
        todo!()
    }

    /// The person stopped the reading: the file is refused as cancelled.
    pub fn cancel_reading(&mut self, pending: u32) {
        todo!()
    }

    /// The files waiting to be confirmed.
    pub fn pending(&self) -> Vec<PendingFile> {
        todo!()
    }

    /// Keys of `Store::Segments` that must be supplied before `handle` can answer `request`.
    pub fn needs(&self, request: &Request) -> Vec<String> {
        todo!()
    }

    /// The bytes of one needed segment.
    pub fn supply(&mut self, segment: &str, bytes: &[u8]) -> Result<(), Failure> {
        todo!()
    }

    /// Answers every request but those about whole databases and about reading files, which the
    /// host carries out (`Workbooks`, `CreateWorkbook`, `OpenWorkbook`, `DeleteWorkbook`,
    /// `OpenDemo`, `DemoFiles`, `ReadFiles`, `CancelReading`, `EditPending`).
    pub fn handle(&mut self, request: &Request, now_millis: i64) -> Outcome {
        todo!()
    }
}
