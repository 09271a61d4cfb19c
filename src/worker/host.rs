//! The engine inside its web worker: one `Session` with files, storage and messages around it.
//!
//! # Messages and their order
//!
//! The page posts `{message, files?}`: an `Envelope<Request>` as bytes, and for `ReadFiles` the
//! `File` objects. The worker posts `{message, bytes?}`: a `Told` as bytes, and for `Bytes` the
//! transferred `ArrayBuffer`. The message is made and read by `worker::wire` on both sides.
//!
//! - The first message is `Event::Ready`. What the page posts before it is lost.
//! - Requests are carried out one after the other, in the order of their arrival, each to its end:
//!   a request sees all that the ones before it did, in memory and in storage.
//! - `CancelReading` is the exception: on arrival it stops every `ReadFiles` and `EditPending`
//!   that arrived before it, the running one at its next piece of the file. Its own answer keeps
//!   its place in the order, after the answers of what it stopped.
//! - Every request that can be read gets exactly one reply. Of what cannot be read, the id is
//!   looked for, to answer `Failed`.
//! - `Event::Reading` and `Event::Demo` come before the reply of their request, `Reading` at most
//!   every 100 ms.
//! - What a request changed is stored after its reply: `Saving`, then `Saved` or `Failed`; whoever
//!   closes the page before that loses it. Segments are stored one by one, and requests that come
//!   meanwhile are carried out in between. Only the requests that open a workbook are replied to
//!   when all is stored: whoever reads `Opened` may close the page. They are also answered so when
//!   storing failed, for the figures are there; the event before says that they are in memory only.
//! - Writes that failed are kept and tried again, oldest first, together with the next change, and
//!   before the workbook is left for another one: that is refused while they cannot be stored.
//! - A workbook that another tab holds opens for reading: `Event::Saving(ReadOnly)` is told before
//!   `Opened`, and what would change it is answered `Failed(ReadOnly)`. Once the other one is
//!   gone, `Event::Free` is told; opening the workbook again then makes this tab the writer.
//!
//! A panic ends the worker, as wasm cannot unwind. The page's `WorkerClient` notices and starts
//! another one.

use std::{
    collections::BTreeMap,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
};

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use gloo_timers::future::TimeoutFuture;
use js_sys::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::DedicatedWorkerGlobalScope;

use crate::{
    facts::load_ipc,
    ingest::{lend_gb18030, load_sheets},
    storage::Store,
    worker::{
        host::{
            chinese::chinese_text,
            files::Buffers,
            inbox::{Arrivals, Message},
            open_workbook::OpenWorkbook,
            outbox::Outbox,
            sources::Source,
            turns::let_messages_in,
            workbooks::random_id,
        },
        protocol::{Change, Event, Failure, Request, Response, SaveState},
        session::{self, Session},
    },
};

mod chinese;
mod demo;
mod files;
mod helper;
mod helpers;
mod inbox;
mod lock;
mod open_workbook;
mod outbox;
mod part_message;
mod ranges;
mod reading;
mod sources;
mod turns;
mod workbooks;

pub use files::each_piece;

/// Starts the engine in this worker, or one of its helpers. Returns at once; they live on in the
/// event loop.
pub fn start() {
    console_error_panic_hook::set_once();
    lend_gb18030(chinese_text);
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        web_sys::console::error_1(&"the engine runs in a dedicated worker only".into());
        return;
    };
    if scope.name() == helper::NAME {
        helper::start(scope);
        return;
    }
    let outbox = Outbox::new(scope.clone());
    let (sender, receiver) = unbounded();
    let arrivals = inbox::listen(&scope, sender, outbox.clone());
    let host = Host::new(outbox.clone(), arrivals);
    spawn_local(host.run(receiver));
    outbox.tell(Event::Ready);
    spawn_local(async {
        // Now, for later there may be no network. What fails is tried again with the first workbook.
        load_sheets().await.ok();
        load_ipc().await.ok();
        session::load_later().await.ok();
        // What every workbook needs is understood while the person looks for a file.
        session::understand();
    });
}

/// More rows are left out when the person says so.
const MAX_LEFT_OUT_PERCENT: u32 = 1;

/// The session and what it needs of the browser.
struct Host {
    session: Session,
    open: Option<OpenWorkbook>,
    /// The pending files as objects of the browser, to be read again after an edit.
    files: BTreeMap<u32, Source>,
    buffers: Buffers,
    outbox: Outbox,
    arrivals: Arrivals,
    /// `Saving` was told, and not yet how it went.
    is_saving: bool,
}

/// A reply: the response, and bytes that travel beside it.
struct Answer {
    response: Response,
    bytes: Option<Vec<u8>>,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self { response, bytes: None }
    }
}

impl Host {
    fn new(outbox: Outbox, arrivals: Arrivals) -> Self {
        let mut session = Session::new();
        session.ask_before_leaving_out(MAX_LEFT_OUT_PERCENT);
        Self {
            session,
            open: None,
            files: BTreeMap::new(),
            buffers: Buffers::default(),
            outbox,
            arrivals,
            is_saving: false,
        }
    }

    /// Carries out the messages one after the other.
    async fn run(mut self, mut messages: UnboundedReceiver<Message>) {
        while let Some(message) = self.next(&mut messages).await {
            let answer = self.answer(&message).await;
            let answer = answer.unwrap_or_else(|failure| Response::Failed(failure).into());
            if is_answered_when_stored(&message.request) {
                self.keep().await;
            }
            self.outbox.reply(message.id, answer);
            self.await_lock();
        }
    }

    /// The next message; while there is none, what is not stored yet is stored, and what will be asked for
    /// is made.
    async fn next(&mut self, messages: &mut UnboundedReceiver<Message>) -> Option<Message> {
        let (mut has_stored, mut is_quiet) = (false, false);
        loop {
            if let Ok(message) = messages.try_recv() {
                return Some(message);
            }
            if !self.is_due() {
                if self.session.has_to_foresee() {
                    self.foresee_some().await;
                    continue;
                }
                if !self.session.has_to_make_ready() {
                    return messages.recv().await.ok();
                }
                if is_quiet {
                    self.make_some_ready().await;
                } else {
                    let quiet = TimeoutFuture::new(MILLIS_OF_QUIET);
                    match next_before(messages, pin!(quiet)).await {
                        Some(message) => return message,
                        None => is_quiet = true,
                    }
                }
                continue;
            }
            let has_segments = self.open.as_ref().is_some_and(OpenWorkbook::has_segments);
            self.tell_saving();
            let is_first = has_segments && !has_stored;
            if is_first {
                // Whoever confirmed an import wants to see its figures first: they are made while
                // the page turns to them.
                self.session.prepare();
            }
            let pause = if is_first { MILLIS_BEFORE_SEGMENTS } else { 0 };
            match next_before(messages, pin!(TimeoutFuture::new(pause))).await {
                Some(message) => return message,
                None => self.keep_some().await,
            }
            has_stored = true;
        }
    }

    /// Goes on with the figures of files that the person still looks at, until messages may have come.
    async fn foresee_some(&mut self) {
        let until = now_millis() + MILLIS_FORESEEN;
        while self.session.has_to_foresee() && now_millis() < until {
            self.session.foresee();
        }
        // Without that, they come at the end.
        let_messages_in().await.ok();
    }

    /// Goes on with what will be asked for, until messages may have come.
    async fn make_some_ready(&mut self) {
        let until = now_millis() + MILLIS_FORESEEN;
        while self.session.has_to_make_ready() && now_millis() < until {
            self.session.make_ready();
        }
        // Without that, they come at the end.
        let_messages_in().await.ok();
    }

    async fn answer(&mut self, message: &Message) -> Result<Answer, Failure> {
        let response = match &message.request {
            Request::Workbooks => self.workbooks().await?,
            Request::CreateWorkbook { name } => self.create_workbook(name).await?,
            Request::OpenWorkbook { workbook } => self.open_workbook(workbook).await?,
            Request::DeleteWorkbook { workbook } => self.delete_workbook(workbook).await?,
            Request::OpenDemo => self.open_demo().await?,
            Request::DemoFiles => return demo::files_as_zip().await,
            Request::ReadFiles { files } => self.read_files(message, files).await?,
            Request::EditPending { pending, edit } => {
                self.read_again(message, *pending, edit.clone()).await?
            }
            // What it is about happened when it arrived.
            Request::CancelReading => self.pending(),
            request => self.ask_session(request).await?,
        };
        Ok(response.into())
    }

    /// Requests that the session answers from what it has in memory, and from segments.
    async fn ask_session(&mut self, request: &Request) -> Result<Response, Failure> {
        self.check_access(request)?;
        self.supply(request).await?;
        let needs_secret = matches!(
            request,
            Request::Change(Change::KeepBuyers { keeps: true }) | Request::Case(_)
        );
        if needs_secret {
            self.session.give_secret(random_id()?);
        }
        if session::is_later(request) {
            session::load_later().await?;
        }
        let outcome = self.session.handle(request, now_millis());
        if let Some(open) = &mut self.open {
            open.add(outcome.unstored);
        }
        self.forget_files(request);
        Ok(outcome.response)
    }

    fn check_access(&self, request: &Request) -> Result<(), Failure> {
        let is_change = matches!(
            request,
            Request::Change(_) | Request::Undo | Request::Redo | Request::ConfirmPending
        );
        let is_reader = self.open.as_ref().is_some_and(|open| !open.is_writer());
        if is_change && is_reader { Err(Failure::ReadOnly) } else { Ok(()) }
    }

    /// Gives the session the segments that it needs for the request.
    async fn supply(&mut self, request: &Request) -> Result<(), Failure> {
        let needs = self.session.needs(request);
        if needs.is_empty() {
            return Ok(());
        }
        let open = self.open.as_ref().ok_or(Failure::NoWorkbook)?;
        load_ipc().await.map_err(|_missing| Failure::PartMissing)?;
        for segment in needs {
            let bytes = open.get(Store::Segments, &segment).await?.ok_or_else(|| {
                Failure::Internal { detail: format!("segment {segment:?} is not stored") }
            })?;
            self.session.supply(&segment, &bytes)?;
        }
        Ok(())
    }

    /// Lets go of the files that are no longer pending.
    fn forget_files(&mut self, request: &Request) {
        match request {
            Request::DiscardPending { pending } => {
                self.files.remove(pending);
            }
            Request::ConfirmPending => {
                let pending = self.session.pending();
                self.files.retain(|id, _| pending.iter().any(|file| file.pending == *id));
            }
            _ => {}
        }
    }

    fn pending(&self) -> Response {
        Response::Pending { files: self.session.pending() }
    }

    fn is_due(&self) -> bool {
        self.open.as_ref().is_some_and(OpenWorkbook::is_due)
    }

    fn tell_saving(&mut self) {
        if !self.is_saving {
            self.is_saving = true;
            self.outbox.tell(Event::Saving(SaveState::Saving));
        }
    }

    /// Stores all that the requests changed, and says how that went. Nothing to do mostly.
    async fn keep(&mut self) {
        while self.is_due() {
            self.tell_saving();
            self.keep_some().await;
        }
    }

    /// Stores one segment, or the writes after the last one, and says how that ended.
    async fn keep_some(&mut self) {
        let Some(open) = self.open.as_mut() else { return };
        let state = match open.commit(&mut self.session).await {
            Ok(()) if open.has_unstored() => return,
            Ok(()) => {
                self.register().await;
                SaveState::Saved
            }
            Err(failure) => SaveState::Failed { failure },
        };
        self.is_saving = false;
        self.outbox.tell(Event::Saving(state));
    }
}

/// How long messages wait while figures are foreseen.
const MILLIS_FORESEEN: i64 = 10;

/// Nobody has asked for so long before something is made that nobody has asked for yet.
const MILLIS_OF_QUIET: u32 = 150;

/// Time for the page to ask for more, before the next segment is stored.
const MILLIS_BEFORE_SEGMENTS: u32 = 500;

/// The next message, `None` after the last one; no answer when none comes in time.
async fn next_before<T>(
    messages: &mut UnboundedReceiver<T>,
    mut timer: Pin<&mut TimeoutFuture>,
) -> Option<Option<T>> {
    let mut message = pin!(messages.recv());
    poll_fn(|context| match message.as_mut().poll(context) {
        Poll::Ready(message) => Poll::Ready(Some(message.ok())),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// Of the others, the reply comes first.
fn is_answered_when_stored(request: &Request) -> bool {
    matches!(
        request,
        Request::OpenDemo | Request::CreateWorkbook { .. } | Request::OpenWorkbook { .. }
    )
}

/// Milliseconds since the epoch: the engine's only look at the clock.
#[expect(clippy::disallowed_methods, reason = "the one place of the worker that reads the clock")]
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
fn now_millis() -> i64 {
    Date::now() as i64
}
