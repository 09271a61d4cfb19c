//! One window of a headless Chromium.

use std::{
    path::{Path, PathBuf},
    rc::Rc,
    time::Duration,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::{
    driver::{Driver, Fault},
    wait::{Clock, PATIENCE},
};

/// The key under which `WebDriver` hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Where the browser keeps its things, and what it notes down.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// Outlives the browser, so that it can be closed and opened again.
    pub(crate) profile: PathBuf,
    /// Everything that the browser does on the network.
    pub(crate) net_log: PathBuf,
}

/// A running browser; closed by `close` or when dropped.
pub(crate) struct Browser {
    driver: Rc<Driver>,
    session: String,
    is_open: bool,
}

impl Browser {
    pub(crate) fn open(driver: Rc<Driver>, place: &Place) -> Self {
        let answer = driver.post("/session", &capabilities(place)).expect("a browser");
        let session = answer["sessionId"].as_str().expect("a session").to_owned();
        let browser = Self { driver, session, is_open: true };
        browser.resize(1280, 900);
        browser
    }

    /// Closes it as a person would: it writes down what it still has to.
    pub(crate) fn close(mut self) {
        self.is_open = false;
        self.driver.delete(&format!("/session/{}", self.session)).expect("the browser closes");
    }

    // --- Where it is ---------------------------------------------------------------------------

    pub(crate) fn go(&self, url: &str) {
        self.command("url", &json!({ "url": url })).expect("a page");
    }

    pub(crate) fn reload(&self) {
        self.command("refresh", &json!({})).expect("a reload");
    }

    /// Opens another tab and goes to it; gives the tab that was left.
    pub(crate) fn open_tab(&self) -> String {
        let left = self.tab();
        let tab = self.command("window/new", &json!({ "type": "tab" })).expect("another tab");
        self.enter_tab(tab["handle"].as_str().unwrap_or_default());
        left
    }

    /// The tab that is seen.
    pub(crate) fn tab(&self) -> String {
        let place = format!("/session/{}/window", self.session);
        let tab = self.driver.get(&place).expect("the tab's name");
        tab.as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn enter_tab(&self, tab: &str) {
        self.command("window", &json!({ "handle": tab })).expect("a tab to go to");
    }

    /// Closes the tab that is seen and goes to `next`.
    pub(crate) fn close_tab(&self, next: &str) {
        self.driver.delete(&format!("/session/{}/window", self.session)).expect("a closed tab");
        self.enter_tab(next);
    }

    /// Sets the size of the viewport, below what a window may have too.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let parameters = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", &parameters);
    }

    /// A command of the browser's developer tools.
    pub(crate) fn devtools(&self, method: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": method, "params": parameters });
        self.command("goog/cdp/execute", &body).expect("developer tools")
    }

    // --- What is seen --------------------------------------------------------------------------

    /// The value of a function body run in the page.
    pub(crate) fn script(&self, code: &str) -> Value {
        self.script_with(code, &json!([]))
    }

    pub(crate) fn script_with(&self, code: &str, arguments: &Value) -> Value {
        let body = json!({ "script": code, "args": arguments });
        self.command("execute/sync", &body).unwrap_or_else(|fault| panic!("{fault:?}: {code}"))
    }

    /// What the promise gives that the function body returns.
    pub(crate) fn promise(&self, code: &str) -> Value {
        let wrapped = format!("return (async () => {{ {code} }})()");
        self.script(&wrapped)
    }

    /// The text that a person reads, of the first element.
    pub(crate) fn text(&self, css: &str) -> Option<String> {
        let code = "return document.querySelector(arguments[0])?.innerText ?? null";
        self.script_with(code, &json!([css])).as_str().map(str::to_owned)
    }

    pub(crate) fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let code = "return document.querySelector(arguments[0])?.getAttribute(arguments[1])";
        self.script_with(code, &json!([css, name])).as_str().map(str::to_owned)
    }

    pub(crate) fn has(&self, css: &str) -> bool {
        self.count(css) > 0
    }

    pub(crate) fn count(&self, css: &str) -> usize {
        let code = "return document.querySelectorAll(arguments[0]).length";
        let count = self.script_with(code, &json!([css])).as_u64().unwrap_or_default();
        usize::try_from(count).unwrap_or(usize::MAX)
    }

    /// The part of the URL after its path.
    pub(crate) fn hash(&self) -> String {
        self.script("return location.hash").as_str().unwrap_or_default().to_owned()
    }

    /// All text of the page.
    pub(crate) fn page_text(&self) -> String {
        let text = self.script("return document.body?.innerText ?? ''");
        text.as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn screenshot(&self) -> Option<Vec<u8>> {
        let path = format!("/session/{}/screenshot", self.session);
        BASE64_STANDARD.decode(self.driver.get(&path).ok()?.as_str()?).ok()
    }

    /// A picture of the whole page, however long.
    pub(crate) fn long_screenshot(&self) -> Option<Vec<u8>> {
        let parameters = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.devtools("Page.captureScreenshot", &parameters);
        BASE64_STANDARD.decode(answer["data"].as_str()?).ok()
    }

    /// What the page and its worker wrote to the console since the last look: level and text.
    pub(crate) fn console(&self) -> Vec<(String, String)> {
        let answer = self.command("se/log", &json!({ "type": "browser" })).unwrap_or_default();
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let entries = answer.as_array().cloned().unwrap_or_default();
        entries.iter().map(|entry| (text(entry, "level"), text(entry, "message"))).collect()
    }

    // --- What a person does --------------------------------------------------------------------

    /// Clicks as soon as that is possible. A path that begins with `/` or `(` is an `XPath`.
    #[track_caller]
    pub(crate) fn click(&self, path: &str) {
        let mut last = String::new();
        let clicked = patiently(|| {
            let outcome = self.try_click(path);
            last = outcome.as_ref().err().map(ToString::to_string).unwrap_or_default();
            outcome.ok()
        });
        assert!(clicked.is_some(), "{path} cannot be clicked: {last}");
    }

    fn try_click(&self, path: &str) -> Result<(), Fault> {
        let element = self.find(path)?;
        let enabled = format!("/session/{}/element/{element}/enabled", self.session);
        if self.driver.get(&enabled)? == Value::Bool(false) {
            return Err(Fault("it is disabled".to_owned()));
        }
        // To the middle: at the window's foot a bar may lie over it.
        let body = json!({
            "script": "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })",
            "args": [{ (ELEMENT): element }],
        });
        self.command("execute/sync", &body)?;
        self.command(&format!("element/{element}/click"), &json!({})).map(drop)
    }

    /// Writes into a field in place of what it holds.
    #[track_caller]
    pub(crate) fn fill(&self, path: &str, text: &str) {
        let filled = patiently(|| {
            let element = self.find(path).ok()?;
            self.command(&format!("element/{element}/clear"), &json!({})).ok()?;
            let body = json!({ "text": text });
            self.command(&format!("element/{element}/value"), &body).ok()
        });
        assert!(filled.is_some(), "{path} cannot be written into");
    }

    /// Chooses files in the file input `css`, seen or not.
    #[track_caller]
    pub(crate) fn choose_files(&self, css: &str, files: &[PathBuf]) {
        let names: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
        let body = json!({ "text": names.join("\n") });
        let chosen = patiently(|| {
            let element = self.find(css).ok()?;
            self.command(&format!("element/{element}/value"), &body).ok()
        });
        assert!(chosen.is_some(), "files cannot be chosen in {css}");
    }

    fn find(&self, path: &str) -> Result<String, Fault> {
        let using = if path.starts_with(['/', '(']) { "xpath" } else { "css selector" };
        let found = self.command("element", &json!({ "using": using, "value": path }))?;
        Ok(found[ELEMENT].as_str().unwrap_or_default().to_owned())
    }

    fn command(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        self.driver.post(&format!("/session/{}/{path}", self.session), body)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if self.is_open {
            self.driver.delete(&format!("/session/{}", self.session)).ok();
        }
    }
}

fn capabilities(place: &Place) -> Value {
    let with_path = |name: &str, path: &Path| format!("--{name}={}", path.display());
    let args = [
        "--headless".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--lang=en-US".to_owned(),
        "--accept-lang=en-US".to_owned(),
        "--window-size=1280,1000".to_owned(),
        with_path("user-data-dir", &place.profile),
        with_path("log-net-log", &place.net_log),
    ];
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": { "args": args },
        "timeouts": { "script": 120_000, "pageLoad": 60_000, "implicit": 0 },
    } } })
}

/// Tries until something is done, or patience ends.
fn patiently<T>(mut act: impl FnMut() -> Option<T>) -> Option<T> {
    let clock = Clock::start();
    let mut done = act();
    while done.is_none() && clock.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(20));
        done = act();
    }
    done
}
