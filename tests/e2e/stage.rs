//! What every journey is played on: a host, a browser with a fresh profile, and watchful eyes.

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    rc::Rc,
    sync::{PoisonError, RwLock},
};

use crate::{
    browser::{Browser, Place},
    driver::Driver,
    net_log,
    server::Server,
    wait::wait_for,
};

/// Journeys that measure time play alone.
static TURN: RwLock<()> = RwLock::new(());

/// Host and browser of one journey.
pub(crate) struct Stage {
    /// `target/e2e/<journey>`
    folder: PathBuf,
    server: Server,
    driver: Rc<Driver>,
    browser: Option<Browser>,
    n_opened: usize,
    /// What went wrong beside the journey itself.
    faults: Vec<String>,
}

/// Plays a journey, perhaps beside others. It fails when its body does, when the console shows an
/// error, or when anything is asked of another host.
pub(crate) fn journey(name: &str, body: impl FnOnce(&mut Stage)) {
    let turn = TURN.read().unwrap_or_else(PoisonError::into_inner);
    let outcome = Stage::new(name, &dist()).play(body);
    drop(turn);
    end(name, outcome);
}

/// Plays a journey while no other is played.
pub(crate) fn journey_alone(name: &str, body: impl FnOnce(&mut Stage)) {
    let turn = TURN.write().unwrap_or_else(PoisonError::into_inner);
    let outcome = Stage::new(name, &dist()).play(body);
    drop(turn);
    end(name, outcome);
}

fn end(name: &str, outcome: std::thread::Result<Vec<String>>) {
    match outcome {
        Ok(faults) => assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n")),
        Err(panic) => resume_unwind(panic),
    }
}

/// The release build.
pub(crate) fn dist() -> PathBuf {
    let given = env::var_os("DIST").filter(|path| !path.is_empty());
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    let dist = given.map_or_else(own, PathBuf::from);
    assert!(dist.join("index.html").is_file(), "{} holds no release build", dist.display());
    dist
}

/// `target/e2e`
pub(crate) fn output_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("e2e")
}

impl Stage {
    /// Serves `site` instead of the release build when that is another folder.
    pub(crate) fn new(name: &str, site: &Path) -> Self {
        let folder = output_folder().join(name);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).expect("a folder for what the journey leaves");
        let mut stage = Self {
            folder,
            server: Server::start(site),
            driver: Rc::new(Driver::start()),
            browser: None,
            n_opened: 0,
            faults: Vec::new(),
        };
        stage.open_browser();
        stage
    }

    /// The faults seen beside the journey; `Err` when the journey itself failed.
    pub(crate) fn play(mut self, body: impl FnOnce(&mut Self)) -> std::thread::Result<Vec<String>> {
        let outcome = catch_unwind(AssertUnwindSafe(|| body(&mut self)));
        if outcome.is_err() {
            catch_unwind(AssertUnwindSafe(|| self.save_last_sight())).ok();
        }
        let closed = catch_unwind(AssertUnwindSafe(|| self.close_browser()));
        let refused = self.server.refused();
        self.faults.extend(refused.into_iter().map(|what| format!("refused: {what}")));
        if let Err(panic) = outcome.and(closed) {
            for fault in &self.faults {
                eprintln!("    {fault}");
            }
            eprintln!("    last seen: {}", self.folder.display());
            return Err(panic);
        }
        // Profiles are large; what a passed journey leaves interests nobody.
        fs::remove_dir_all(self.place().profile).ok();
        Ok(self.faults)
    }

    pub(crate) fn browser(&self) -> &Browser {
        self.browser.as_ref().expect("the browser is open")
    }

    pub(crate) fn server(&self) -> &Server {
        &self.server
    }

    /// The process under which the browser runs.
    pub(crate) fn driver_id(&self) -> u32 {
        self.driver.id()
    }

    /// Opens the page at the route `hash`; empty: as its plain address.
    pub(crate) fn go(&self, hash: &str) {
        self.browser().go(&format!("{}{hash}", self.server.site()));
    }

    /// Closes the browser and opens it again with the same profile, at the page's plain address.
    pub(crate) fn reopen_browser(&mut self) {
        self.close_browser();
        self.open_browser();
        self.go("");
    }

    /// Writes a file for the page to import.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.join("files").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn place(&self) -> Place {
        Place {
            profile: self.folder.join("profile"),
            net_log: self.folder.join(format!("net-{}.json", self.n_opened)),
        }
    }

    fn open_browser(&mut self) {
        self.n_opened += 1;
        self.browser = Some(Browser::open(Rc::clone(&self.driver), &self.place()));
    }

    fn close_browser(&mut self) {
        let Some(browser) = self.browser.take() else { return };
        let console = errors(browser.console());
        self.faults.extend(console.into_iter().map(|text| format!("console: {text}")));
        browser.close();
        let log = self.place().net_log;
        let what = "the log of the network";
        let asked = wait_for(what, crate::wait::PATIENCE, || net_log::requests(&log));
        let (origin, site) = (self.server.origin(), self.server.site());
        if !asked.iter().any(|one| one.url.starts_with(&site)) {
            self.faults.push("the log of the network does not show the page".to_owned());
        }
        let foreign = asked.iter().filter(|one| {
            let is_ours = one.initiator == origin || one.initiator == "null";
            is_ours && !one.url.starts_with(&site)
        });
        self.faults.extend(foreign.map(|one| format!("the page asked for {}", one.url)));
        fs::remove_file(log).ok();
    }

    fn save_last_sight(&self) {
        let Some(browser) = &self.browser else { return };
        if let Some(picture) = browser.screenshot() {
            fs::write(self.folder.join("last.png"), picture).ok();
        }
        let text = format!("{}\n\n{}\n", browser.hash(), browser.page_text());
        fs::write(self.folder.join("last.txt"), text).ok();
    }
}

fn errors(console: Vec<(String, String)>) -> Vec<String> {
    console.into_iter().filter(|(level, _)| level == "SEVERE").map(|(_, text)| text).collect()
}
