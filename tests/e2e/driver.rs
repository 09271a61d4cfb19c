//! chromedriver as a child process, and the `WebDriver` protocol: JSON over HTTP.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;
use ureq::Agent;

/// Longer than any single command may take.
const TIMEOUT: Duration = Duration::from_secs(180);
const MOST_BYTES: u64 = 256 << 20;

/// What the driver says when a command cannot be carried out: `no such element: …`.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Fault(pub(crate) String);

/// A running chromedriver; ends when dropped.
pub(crate) struct Driver {
    child: Child,
    port: u16,
    agent: Agent,
}

impl Driver {
    pub(crate) fn start() -> Self {
        let program = env::var("CHROMEDRIVER").ok().filter(|path| !path.is_empty());
        let program = program.unwrap_or_else(|| "chromedriver".to_owned());
        let mut child = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let said = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut lines = said.lines().map_while(Result::ok);
        let port = lines.find_map(|line| port_in(&line)).expect("chromedriver names its port");
        // Else it blocks once the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .http_status_as_error(false)
            .proxy(None)
            .build();
        Self { child, port, agent: config.into() }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value, Fault> {
        value(self.agent.get(self.url(path)).call())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        value(self.agent.post(self.url(path)).send_json(body))
    }

    pub(crate) fn delete(&self, path: &str) -> Result<Value, Fault> {
        value(self.agent.delete(self.url(path)).call())
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn port_in(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim_end_matches('.').trim().parse().ok()
}

fn value(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Fault> {
    let unreachable = |error: ureq::Error| Fault(format!("no answer: {error}"));
    let mut answer = answer.map_err(unreachable)?;
    let is_success = answer.status().is_success();
    let mut body: Value =
        answer.body_mut().with_config().limit(MOST_BYTES).read_json().map_err(unreachable)?;
    let value = body["value"].take();
    if is_success {
        return Ok(value);
    }
    let text = |key: &str| value[key].as_str().unwrap_or_default();
    Err(Fault(format!("{}: {}", text("error"), text("message"))))
}
