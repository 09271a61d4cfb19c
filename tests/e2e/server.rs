//! A static host with the site in a sub-path, as careless as any: it knows files and types only.

use std::{
    fs,
    path::{Component, Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use tiny_http::{Header, Method, Request, Response, StatusCode};

/// Where the site lies on the host.
const BASE: &str = "/some/shop/kpi/";
const N_THREADS: usize = 4;

/// The running host; ends when dropped.
pub(crate) struct Server {
    http: Arc<tiny_http::Server>,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    folder: PathBuf,
    is_off: AtomicBool,
    /// Method and path of every request, with what was answered.
    requests: Mutex<Vec<(String, u16)>>,
}

impl Server {
    /// Serves `folder` on a free port.
    pub(crate) fn start(folder: &Path) -> Self {
        let http = Arc::new(tiny_http::Server::http("127.0.0.1:0").expect("a free port"));
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            is_off: AtomicBool::new(false),
            requests: Mutex::default(),
        });
        let thread = || {
            let (http, shared) = (Arc::clone(&http), Arc::clone(&shared));
            thread::spawn(move || {
                while let Ok(request) = http.recv() {
                    shared.answer(request);
                }
            })
        };
        let threads = std::iter::repeat_with(thread).take(N_THREADS).collect();
        Self { http, shared, threads }
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.http.server_addr().to_ip().expect("a TCP address"))
    }

    /// Address of the site's first page, without a hash.
    pub(crate) fn site(&self) -> String {
        format!("{}{BASE}", self.origin())
    }

    /// From now on every request is refused, as without a network.
    pub(crate) fn go_off(&self) {
        self.shared.is_off.store(true, Ordering::SeqCst);
    }

    /// How many requests there were.
    pub(crate) fn n_requests(&self) -> usize {
        self.shared.requests.lock().unwrap().len()
    }

    /// The requests that were not met, as `GET /path: 404`.
    pub(crate) fn refused(&self) -> Vec<String> {
        let requests = self.shared.requests.lock().unwrap();
        let refused = requests.iter().filter(|(_, status)| *status != 200);
        refused.map(|(request, status)| format!("{request}: {status}")).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for _ in &self.threads {
            self.http.unblock();
        }
        for thread in self.threads.drain(..) {
            thread.join().ok();
        }
    }
}

impl Shared {
    fn answer(&self, mut request: Request) {
        let what = format!("{} {}", request.method(), request.url());
        let mut sent = Vec::new();
        request.as_reader().read_to_end(&mut sent).ok();
        let is_plain_get = *request.method() == Method::Get && sent.is_empty();
        let path = request.url().split(['?', '#']).next().unwrap_or_default();
        let found = if self.is_off.load(Ordering::SeqCst) {
            Err(503)
        } else if is_plain_get {
            self.file(path).ok_or(404)
        } else {
            Err(405)
        };
        let status = found.as_ref().map_or_else(|status| *status, |_| 200);
        self.requests.lock().unwrap().push((what, status));
        // The browser may have gone.
        match found {
            Ok((bytes, kind)) => {
                let header = Header::from_bytes("Content-Type", kind).expect("a plain header");
                request.respond(Response::from_data(bytes).with_header(header)).ok();
            }
            Err(status) => {
                request.respond(Response::empty(StatusCode(status))).ok();
            }
        }
    }

    fn file(&self, path: &str) -> Option<(Vec<u8>, &'static str)> {
        let inside = path.strip_prefix(BASE)?;
        let inside = if inside.is_empty() { "index.html" } else { inside };
        let is_plain =
            Path::new(inside).components().all(|part| matches!(part, Component::Normal(_)));
        let bytes = fs::read(self.folder.join(inside)).ok().filter(|_| is_plain)?;
        Some((bytes, media_type(inside)?))
    }
}

/// `None`: no file of a site.
fn media_type(name: &str) -> Option<&'static str> {
    Some(match Path::new(name).extension()?.to_str()? {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "png" => "image/png",
        _ => return None,
    })
}
