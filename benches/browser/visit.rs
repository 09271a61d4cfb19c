//! A browser of its own for one measurement.

use std::{
    fs,
    path::{Path, PathBuf},
    rc::Rc,
};

use serde_json::{Value, json};

use crate::{
    browser::{Browser, Place},
    driver::Driver,
    renderer,
};

/// Noted in the product's page from its first moment on.
const PROBE: &str = include_str!("probe.js");

/// A browser process with a fresh profile; both are gone when dropped.
pub(crate) struct Visit {
    folder: PathBuf,
    driver: Rc<Driver>,
    browser: Option<Browser>,
}

impl Visit {
    /// Keeps its profile in `folder` as long as it lasts.
    pub(crate) fn begin(folder: PathBuf) -> Self {
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).expect("a folder for the profile");
        let mut visit = Self { folder, driver: Rc::new(Driver::start()), browser: None };
        visit.open_browser();
        visit
    }

    pub(crate) fn browser(&self) -> &Browser {
        self.browser.as_ref().expect("the browser is open")
    }

    /// Ends the browser and starts another one with the same profile.
    pub(crate) fn begin_again(&mut self) {
        if let Some(browser) = self.browser.take() {
            browser.close();
        }
        self.driver = Rc::new(Driver::start());
        self.open_browser();
    }

    /// Opens a page with `window.probe` in it.
    pub(crate) fn go_with_probe(&self, url: &str) {
        let source = json!({ "source": PROBE });
        self.browser().devtools("Page.addScriptToEvaluateOnNewDocument", &source);
        self.browser().go(url);
    }

    pub(crate) fn choose_file(&self, css: &str, file: &Path) {
        self.browser().choose_files(css, &[file.to_owned()]);
    }

    /// What the promise `expression` gives.
    pub(crate) fn awaited(&self, expression: &str) -> Value {
        self.browser().promise(&format!("return await {expression}"))
    }

    /// The most memory that the page's process took so far.
    pub(crate) fn peak_bytes(&self) -> u64 {
        renderer::peak_bytes(self.driver.id())
    }

    fn open_browser(&mut self) {
        let place =
            Place { profile: self.folder.join("profile"), net_log: self.folder.join("net.json") };
        self.browser = Some(Browser::open(Rc::clone(&self.driver), &place));
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        drop(self.browser.take());
        fs::remove_dir_all(&self.folder).ok();
    }
}
