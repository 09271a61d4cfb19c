//! A static host with the site in a sub-path, as careless as any: it knows files and types only.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

/// Where the site lies on the host.
const BASE: &str = "/some/shop/kpi/";

/// The running host; ends when dropped.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    listening: Option<JoinHandle<()>>,
}

struct Shared {
    folder: PathBuf,
    is_off: AtomicBool,
    is_ending: AtomicBool,
    /// Method and path of every request, with what was answered.
    requests: Mutex<Vec<(String, u16)>>,
}

impl Server {
    /// Serves `folder` on a free port, each connection in a thread of its own: a browser keeps some
    /// open without asking anything.
    pub(crate) fn start(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            is_off: AtomicBool::new(false),
            is_ending: AtomicBool::new(false),
            requests: Mutex::default(),
        });
        let host = Arc::clone(&shared);
        let listen = move || {
            for stream in listener.incoming().flatten() {
                if host.is_ending.load(Ordering::SeqCst) {
                    return;
                }
                let host = Arc::clone(&host);
                // A browser that goes away in the middle is no fault.
                thread::spawn(move || host.answer(&stream).ok());
            }
        };
        Self { address, shared, listening: Some(thread::spawn(listen)) }
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
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
        self.shared.is_ending.store(true, Ordering::SeqCst);
        // Wakes the listener.
        TcpStream::connect(self.address).ok();
        if let Some(thread) = self.listening.take() {
            thread.join().ok();
        }
    }
}

impl Shared {
    /// Answers the one request of a connection.
    fn answer(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream).lines();
        let Some(first) = lines.next().transpose()? else { return Ok(()) };
        while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
        let what = first.rsplit_once(' ').map_or("", |(what, _protocol)| what);
        let found = self.found(what);
        let status = found.as_ref().map_or_else(|status| *status, |_| 200);
        self.requests.lock().unwrap().push((what.to_owned(), status));
        let (bytes, kind) = found.unwrap_or((Vec::new(), "text/plain"));
        let head = format!(
            "HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            bytes.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(&bytes)
    }

    /// The file that `what` asks for (`GET /path`), with its type; else the status to answer.
    fn found(&self, what: &str) -> Result<(Vec<u8>, &'static str), u16> {
        if self.is_off.load(Ordering::SeqCst) {
            return Err(503);
        }
        let url = what.strip_prefix("GET ").ok_or(405_u16)?;
        let path = url.split(['?', '#']).next().unwrap_or_default();
        self.file(path).ok_or(404)
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
