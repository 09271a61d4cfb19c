//! The page's side of the engine worker: asks, gets answers, and starts the engine again when it
//! breaks. Knows nothing of how the page shows anything.

use std::{cell::RefCell, collections::BTreeMap, mem, rc::Rc};

use futures_channel::oneshot;
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array, global};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, File, MessageEvent, Worker, WorkerOptions, WorkerType, console};

use crate::worker::{
    protocol::{Envelope, Event, Failure, Request, Response},
    wire::{self, Told, Unreadable},
};

/// Written by Trunk beside the page: loads the worker's wasm and runs it. `public/engine.js` names it, too.
const LOADER: &str = "./worker_loader.js";

/// A way to the engine. Clones share the engine.
///
/// Answers come in the order of the asks. When the engine breaks (a defect of ours), every ask that
/// waits is answered `Failed(Internal)`, a new engine is started, and it opens the same workbook as
/// it was stored last; pending files are lost. `Event::Ready` then comes a second time: asks from
/// then on see the workbook open.
#[derive(Clone)]
pub struct WorkerClient {
    inner: Rc<Inner>,
}

struct Inner {
    state: RefCell<State>,
    handlers: RefCell<Vec<Handler>>,
}

type Handler = Rc<dyn Fn(Event)>;

#[derive(Default)]
struct State {
    stage: Stage,
    worker: Option<RunningWorker>,
    newest_id: u64,
    /// Asked before the engine was ready, in order.
    unsent: Vec<Ask>,
    /// Who waits for which answer.
    waiting: BTreeMap<u64, oneshot::Sender<Answer>>,
    /// The workbook that a new engine has to open.
    workbook: Option<String>,
    /// The ask by which a new engine opens it.
    reopening: Option<u64>,
}

#[derive(Default)]
enum Stage {
    #[default]
    Loading,
    Ready,
    /// It cannot even be loaded.
    Broken {
        detail: String,
    },
}

struct Ask {
    request: Envelope<Request>,
    files: Vec<File>,
}

struct Answer {
    response: Response,
    bytes: Option<Uint8Array>,
}

impl WorkerClient {
    /// Starts the engine. What is asked before it is ready waits.
    pub fn start() -> Self {
        let state = RefCell::new(State::default());
        let inner = Rc::new(Inner { state, handlers: RefCell::default() });
        inner.start_worker();
        Self { inner }
    }

    /// Asks the engine at once, before the answer is awaited. An ask may be dropped while it waits; its
    /// answer is then ignored, but what it asks for is done.
    pub fn ask(&self, request: Request) -> impl Future<Output = Response> + use<> {
        self.ask_with_files(request, Vec::new())
    }

    /// Asks with the files that `Request::ReadFiles` is about, in the same order.
    pub fn ask_with_files(
        &self,
        request: Request,
        files: Vec<File>,
    ) -> impl Future<Output = Response> + use<> {
        let answer = self.inner.ask(request, files);
        async { answer.await.response }
    }

    /// Asks for a file: its name and bytes.
    pub fn ask_for_bytes(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<(String, Uint8Array), Failure>> + use<> {
        let answer = self.inner.ask(request, Vec::new());
        async {
            let Answer { response, bytes } = answer.await;
            match (response, bytes) {
                (Response::Bytes { name }, Some(bytes)) => Ok((name, bytes)),
                (Response::Failed(failure), _) => Err(failure),
                // Without the answer itself: to write it out would bring code for every view.
                _ => Err(defect("no bytes came".to_owned())),
            }
        }
    }

    /// Calls the handler with every event from now on, as long as the client lives.
    pub fn on_event(&self, handler: impl Fn(Event) + 'static) {
        self.inner.handlers.borrow_mut().push(Rc::new(handler));
    }
}

impl Inner {
    fn start_worker(self: &Rc<Self>) {
        match started_engine().map_or_else(start_engine, Ok) {
            Ok(engine) => {
                self.state.borrow_mut().worker = Some(RunningWorker::listen_to(engine, self));
            }
            Err(error) => self.on_broken(&format!("{error:?}")),
        }
    }

    fn ask(&self, request: Request, files: Vec<File>) -> impl Future<Output = Answer> + use<> {
        let (sender, receiver) = oneshot::channel();
        self.state.borrow_mut().ask(request, files, sender);
        async { receiver.await.unwrap_or_else(|_| failed("the client is gone".to_owned())) }
    }

    fn on_message(self: &Rc<Self>, data: &JsValue) {
        let part = |name: &str| Reflect::get(data, &name.into()).unwrap_or_default();
        let message = part("message").dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec());
        match wire::told_from_bytes(&message.unwrap_or_default()) {
            Ok(Told::Reply(Envelope { id, body })) => {
                let bytes = part("bytes").dyn_into::<ArrayBuffer>().ok();
                let bytes = bytes.map(|buffer| Uint8Array::new(&buffer));
                self.state.borrow_mut().on_answer(id, Answer { response: body, bytes });
            }
            Ok(Told::Event(event)) => self.on_event(event),
            Err(error @ Unreadable::OtherVersion) => self.on_broken(&error.to_string()),
            Err(error @ Unreadable::Damaged { id, .. }) => {
                console::error_1(&error.to_string().into());
                if let Some(id) = id {
                    self.state.borrow_mut().on_answer(id, failed(error.to_string()));
                }
            }
        }
    }

    fn on_event(&self, event: Event) {
        if event == Event::Ready {
            self.state.borrow_mut().on_ready();
        }
        // A handler may ask, or add handlers.
        let handlers = self.handlers.borrow().clone();
        for handler in handlers {
            handler(event.clone());
        }
    }

    /// The engine ended with an error, or never began.
    fn on_broken(self: &Rc<Self>, detail: &str) {
        let (worker, can_restart) = self.state.borrow_mut().on_broken(detail);
        let inner = Rc::clone(self);
        // Later, for now a function of the old worker may be running.
        spawn_local(async move {
            drop(worker);
            if can_restart {
                inner.start_worker();
            }
        });
    }
}

impl State {
    fn ask(&mut self, request: Request, files: Vec<File>, sender: oneshot::Sender<Answer>) {
        self.newest_id += 1;
        let id = self.newest_id;
        self.waiting.insert(id, sender);
        let ask = Ask { request: Envelope { id, body: request }, files };
        match &self.stage {
            Stage::Loading => self.unsent.push(ask),
            Stage::Ready => self.send(&ask),
            Stage::Broken { detail } => {
                let answer = failed(detail.clone());
                self.on_answer(id, answer);
            }
        }
    }

    fn send(&mut self, ask: &Ask) {
        let sent = match &self.worker {
            Some(worker) => worker.post(ask).map_err(|error| format!("{error:?}")),
            None => Err("no worker is running".to_owned()),
        };
        if let Err(detail) = sent {
            self.on_answer(ask.request.id, failed(detail));
        }
    }

    fn on_answer(&mut self, id: u64, answer: Answer) {
        let is_reopening = self.reopening.take_if(|reopening| *reopening == id).is_some();
        match &answer.response {
            Response::Opened(state) => self.workbook = Some(state.id.clone()),
            // It was deleted.
            Response::Workbooks { workbooks } => {
                self.workbook.take_if(|open| workbooks.iter().all(|entry| entry.id != *open));
            }
            Response::Failed(_) if is_reopening => self.workbook = None,
            _ => {}
        }
        if let Some(sender) = self.waiting.remove(&id) {
            // Who asked may be gone.
            sender.send(answer).unwrap_or_default();
        }
    }

    fn on_ready(&mut self) {
        self.stage = Stage::Ready;
        if let Some(workbook) = self.workbook.clone() {
            let (sender, _) = oneshot::channel();
            self.reopening = Some(self.newest_id + 1);
            self.ask(Request::OpenWorkbook { workbook }, Vec::new(), sender);
        }
        for ask in mem::take(&mut self.unsent) {
            self.send(&ask);
        }
    }

    /// Answers what waits, and says whether another engine should be started. One that broke while
    /// loading would break again.
    fn on_broken(&mut self, detail: &str) -> (Option<RunningWorker>, bool) {
        let detail = format!("the engine has stopped: {detail}");
        let can_restart = matches!(self.stage, Stage::Ready);
        self.stage =
            if can_restart { Stage::Loading } else { Stage::Broken { detail: detail.clone() } };
        // A workbook that breaks the engine must not do so again and again.
        if self.reopening.take().is_some() {
            self.workbook = None;
        }
        self.unsent.clear();
        for (_, sender) in mem::take(&mut self.waiting) {
            sender.send(failed(detail.clone())).unwrap_or_default();
        }
        (self.worker.take(), can_restart)
    }
}

/// A worker that runs the engine, and the events that nobody has listened to yet.
struct Engine {
    worker: Worker,
    told: Array,
}

/// The engine that `public/engine.js` has started before this program was there. Taken once.
fn started_engine() -> Option<Engine> {
    let name = JsValue::from("startedEngine");
    let started = Reflect::get(&global(), &name).ok()?;
    let part = |name: &str| Reflect::get(&started, &name.into()).ok();
    let engine =
        Engine { worker: part("worker")?.dyn_into().ok()?, told: part("told")?.dyn_into().ok()? };
    Reflect::delete_property(&global(), &name).ok()?;
    Some(engine)
}

fn start_engine() -> Result<Engine, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Ok(Engine { worker: Worker::new_with_options(LOADER, &options)?, told: Array::new() })
}

/// A worker and the functions that it calls; ended when dropped.
struct RunningWorker {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl RunningWorker {
    fn listen_to(engine: Engine, inner: &Rc<Inner>) -> Self {
        let Engine { worker, told } = engine;
        let client = Rc::downgrade(inner);
        let on_message = Closure::new(move |event: MessageEvent| {
            if let Some(inner) = client.upgrade() {
                inner.on_message(&event.data());
            }
        });
        let client = Rc::downgrade(inner);
        let on_error = Closure::new(move |event: ErrorEvent| {
            if let Some(inner) = client.upgrade() {
                inner.on_broken(&message_of(&event));
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let again = worker.clone();
        // Later, for who starts the client adds its handlers first.
        spawn_local(async move {
            for event in told.iter() {
                // Fails only for what is no event.
                again.dispatch_event(event.unchecked_ref()).unwrap_or_default();
            }
        });
        Self { worker, _on_message: on_message, _on_error: on_error }
    }

    fn post(&self, ask: &Ask) -> Result<(), JsValue> {
        let request = wire::bytes_from_request(&ask.request).map_err(|error| error.to_string())?;
        let message = Object::new();
        Reflect::set(&message, &"message".into(), &Uint8Array::from(request.as_slice()))?;
        if !ask.files.is_empty() {
            Reflect::set(&message, &"files".into(), &ask.files.iter().collect::<Array>())?;
        }
        self.worker.post_message(&message)
    }
}

impl Drop for RunningWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// A script that cannot be loaded gives an event without a message.
fn message_of(event: &ErrorEvent) -> String {
    let message = Reflect::get(event, &"message".into()).unwrap_or_default();
    message.as_string().unwrap_or_else(|| "its program cannot be loaded".to_owned())
}

fn failed(detail: String) -> Answer {
    Answer { response: Response::Failed(defect(detail)), bytes: None }
}

fn defect(detail: String) -> Failure {
    Failure::Internal { detail }
}
