//! The demo company's workbook and files.

use gloo_timers::future::TimeoutFuture;

use crate::{
    demo::{self, ArchiveError, DemoFile},
    worker::{
        host::{Answer, Host, now_millis},
        protocol::{Event, Failure, FileMeta, Request, Response, WorkbookState},
    },
};

/// There is one demo workbook in a browser.
const DEMO_ID: &str = "demo";
/// The page shows its own words for it; this is what the workbook's log says.
const DEMO_NAME: &str = "Demo";
const ARCHIVE_NAME: &str = "linkstar-demo.zip";

impl Host {
    /// Opens the demo workbook; the first time it is made, by reading the demo company's files.
    pub(super) async fn open_demo(&mut self) -> Result<Response, Failure> {
        if let Some(state) = self.state_if_written_here(DEMO_ID) {
            return Ok(Response::Opened(state));
        }
        // It gets listed when it is stored, so what was broken off is not taken for the demo. That
        // the list cannot be read is no reason against a demo in memory.
        if let Ok(Some(_)) = self.entry(DEMO_ID).await {
            return self.open_workbook(DEMO_ID).await;
        }
        self.enter_new(DEMO_ID, DEMO_NAME, true).await?;
        let made = self.make_demo().await;
        Ok(Response::Opened(made.inspect_err(|_| self.close())?))
    }

    /// Reads the demo company's files into the open workbook.
    async fn make_demo(&mut self) -> Result<WorkbookState, Failure> {
        let files = fetched_files().await?;
        let n_files = count(files.len());
        for (file, files_done) in files.iter().zip(0..) {
            self.outbox.tell(Event::Demo { files_done, n_files });
            // Lets messages out and in.
            TimeoutFuture::new(0).await;
            self.read_demo_file(file);
        }
        self.outbox.tell(Event::Demo { files_done: n_files, n_files });
        let outcome = self.session.handle(&Request::ConfirmPending, now_millis());
        if let Some(open) = &mut self.open {
            open.add(outcome.unstored);
        }
        match outcome.response {
            Response::Confirmed { state, .. } => Ok(state),
            Response::Failed(failure) => Err(failure),
            other => Err(Failure::Internal { detail: format!("no confirmation: {other:?}") }),
        }
    }

    fn read_demo_file(&mut self, file: &DemoFile) {
        let meta = FileMeta {
            name: file.name.clone(),
            size_bytes: file.bytes.len() as u64,
            modified_millis: now_millis(),
        };
        let pending = self.session.begin_reading(meta, None);
        self.session.feed(pending, &file.bytes);
        self.session.finish_reading(pending);
    }
}

/// The demo company's export files, for people who want to see what such files look like.
pub(super) async fn files_as_zip() -> Result<Answer, Failure> {
    let bytes = demo::fetched_archive().await.map_err(|error| match error {
        ArchiveError::PartMissing => Failure::PartMissing,
        other => Failure::Internal { detail: other.to_string() },
    })?;
    let response = Response::Bytes { name: ARCHIVE_NAME.to_owned() };
    Ok(Answer { response, bytes: Some(bytes) })
}

async fn fetched_files() -> Result<Vec<DemoFile>, Failure> {
    demo::fetched_files().await.map_err(|_missing| Failure::PartMissing)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
