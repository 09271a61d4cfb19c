//! The pages with few parts: first open, data, workbook.

use serde_json::Value;

use crate::{
    browser::Browser,
    wait::{wait, wait_until},
    words::{word, word_in},
};

/// The screen without a workbook.
pub(crate) struct FirstOpen<'a>(pub(crate) &'a Browser);

impl FirstOpen<'_> {
    /// Waits until so many doors stand open: the third one comes when the workbooks are known.
    #[track_caller]
    pub(crate) fn wait_for_doors(&self, n_doors: usize) {
        wait_until("the doors", || self.0.count(".doors section h2") == n_doors);
    }

    #[track_caller]
    pub(crate) fn open_demo(&self) {
        self.0.click("main section[data-kind=demo] button[data-size=large]");
    }

    /// Opens one of the workbooks of this browser.
    #[track_caller]
    pub(crate) fn open_workbook(&self, name: &str) {
        self.0.click(&format!("//main//section//li//button[strong[text()='{name}']]"));
    }
}

/// What is loaded.
pub(crate) struct Data<'a>(pub(crate) &'a Browser);

impl Data<'_> {
    /// Names of the loaded files, newest first; waits until there are `n`.
    #[track_caller]
    pub(crate) fn wait_for_files(&self, n: usize) -> Vec<String> {
        wait(&format!("{n} loaded files"), || {
            if !self.0.has("main h2") || self.0.has("main [aria-busy=true]") {
                return None;
            }
            let files = self.files();
            (files.len() == n).then_some(files)
        })
    }

    fn files(&self) -> Vec<String> {
        let code =
            "return [...document.querySelectorAll('main tr[data-import] th span:first-child')]
            .map(one => one.innerText.trim())";
        let names = self.0.script(code);
        let names = names.as_array().cloned().unwrap_or_default();
        names.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    #[track_caller]
    pub(crate) fn remove(&self, file: &str) {
        let label = word("data.remove_named").replace("{file}", file);
        self.0.click(&format!("//main//button[@aria-label='{label}']"));
    }
}

/// What is set for the whole workbook, and all workbooks.
pub(crate) struct WorkbookPage<'a>(pub(crate) &'a Browser);

impl WorkbookPage<'_> {
    #[track_caller]
    pub(crate) fn rename(&self, name: &str) {
        self.0.fill("main form input[aria-labelledby=rename]", name);
        self.0.click("main form:has(input[aria-labelledby=rename]) button");
    }

    /// Whether another name that is typed can be given.
    #[track_caller]
    pub(crate) fn can_rename(&self, name: &str) -> bool {
        self.0.fill("main form input[aria-labelledby=rename]", name);
        self.0.has("main form:has(input[aria-labelledby=rename]) button:not([disabled])")
    }

    #[track_caller]
    pub(crate) fn create(&self) {
        let label = word("workbook.new");
        self.0.click(&format!("//main//button[contains(., '{label}')]"));
    }

    /// Deletes the workbook `name`, typing its name as asked.
    #[track_caller]
    pub(crate) fn delete(&self, name: &str) {
        let label = word("workbook.delete_named").replace("{name}", name);
        self.0.click(&format!("//main//button[@aria-label='{label}']"));
        let delete = "dialog[open] button[data-kind=danger]";
        wait_until("the question", || self.0.has(delete));
        assert!(self.0.has(&format!("{delete}[disabled]")), "deleting needs no name");
        self.0.fill("dialog[open] input", name);
        self.0.click(delete);
    }
}

/// Names of all `IndexedDB` databases of the page.
pub(crate) fn databases(browser: &Browser) -> Vec<String> {
    let code = "return (await indexedDB.databases()).map(database => database.name)";
    let names = browser.promise(code);
    let names = names.as_array().cloned().unwrap_or_default();
    names.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Waits until the heading says the text in the language of the folder.
#[track_caller]
pub(crate) fn wait_for_heading(browser: &Browser, language: &str, path: &str) {
    let expected = word_in(language, path);
    wait_until(&format!("the heading {expected:?}"), || {
        browser.text("main h1").is_some_and(|text| text.trim() == expected)
    });
}
