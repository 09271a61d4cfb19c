//! The import page: files in, how they were understood, and taking them in.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::Value;

use crate::{
    browser::Browser,
    wait::{PATIENCE, wait, wait_for},
};

const CONFIRM: &str = "main button[data-kind=primary][data-size=large]";
const INPUT: &str = "#import-input";
const FOLDER_INPUT: &str = "#import-folder";

/// The import page.
pub(crate) struct Import<'a>(pub(crate) &'a Browser);

/// What the sheet of the shown file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// Sentence in which it was recognised.
    Understood(String),
    /// Why it cannot be taken in, as a stable id.
    Refused(String),
}

impl Import<'_> {
    /// Chooses files in the file dialog.
    #[track_caller]
    pub(crate) fn choose(&self, files: &[PathBuf]) {
        self.0.choose_files(INPUT, files);
    }

    /// Chooses a folder in the dialog for folders.
    #[track_caller]
    pub(crate) fn choose_folder(&self, folder: &Path) {
        self.0.choose_files(FOLDER_INPUT, &[folder.to_path_buf()]);
    }

    /// Drops a file with this content onto the window.
    pub(crate) fn drop_file(&self, name: &str, text: &str) {
        let code = "
            const transfer = new DataTransfer();
            transfer.items.add(new File([arguments[1]], arguments[0]));
            for (const kind of ['dragenter', 'dragover', 'drop']) {
                document.body.dispatchEvent(new DragEvent(kind,
                    { bubbles: true, cancelable: true, dataTransfer: transfer }));
            }";
        self.0.script_with(code, &serde_json::json!([name, text]));
    }

    /// Waits until `n` files are read and wait; gives the state of each by its name: `ready`,
    /// `asking`, `already`, `refused`. With a single file there is no list: its name is empty.
    #[track_caller]
    pub(crate) fn wait_read(&self, n: usize) -> BTreeMap<String, String> {
        self.wait_read_long(n, PATIENCE)
    }

    #[track_caller]
    pub(crate) fn wait_read_long(&self, n: usize, patience: Duration) -> BTreeMap<String, String> {
        wait_for(&format!("{n} files to be read"), patience, || {
            let files = self.waiting()?;
            (files.len() == n).then_some(files)
        })
    }

    fn waiting(&self) -> Option<BTreeMap<String, String>> {
        let code = "
            if (document.querySelector('main progress')) return null;
            const chosen = [...document.querySelectorAll('main nav li > button[data-state]')];
            if (chosen.length)
                return chosen.map(one => [one.querySelector('span').innerText, one.dataset.state]);
            const reason = document.querySelector('main [data-reason]')?.dataset.reason;
            if (reason) return [['', reason === 'already_loaded' ? 'already' : 'refused']];
            if (document.querySelector('main [data-asks=true]')) return [['', 'asking']];
            return document.querySelector('main [data-part=report]') ? [['', 'ready']] : [];";
        let files = self.0.script(code);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Some(files.as_array()?.iter().map(|file| (text(&file[0]), text(&file[1]))).collect())
    }

    /// Looks at one of several files.
    #[track_caller]
    pub(crate) fn look_at(&self, name: &str) -> Sheet {
        self.0.click(&format!("//main//nav//button[@data-state][span[text()='{name}']]"));
        wait("the file's sheet", || {
            let shown = self.0.attribute("main section[aria-label][aria-busy]", "aria-label");
            (shown.as_deref() == Some(name)).then(|| self.sheet()).flatten()
        })
    }

    /// What is said about the shown file.
    pub(crate) fn sheet(&self) -> Option<Sheet> {
        if let Some(reason) = self.0.attribute("main [data-reason]", "data-reason") {
            return Some(Sheet::Refused(reason));
        }
        let code = "
            const word = document.querySelector('main [data-part=report]');
            return word?.closest('p')?.innerText.replace(/\\s+/g, ' ') ?? null";
        self.0.script(code).as_str().map(|sentence| Sheet::Understood(sentence.to_owned()))
    }

    /// What confirming the shown file would do: `new`, `replaced`, `same`, `outdated`.
    pub(crate) fn effect(&self) -> BTreeMap<String, u64> {
        let code =
            "return [...document.querySelectorAll('main [data-effect]')].map(({ dataset }) =>
            [dataset.effect, Number(dataset.value)])";
        let parts = self.0.script(code);
        let parts = parts.as_array().cloned().unwrap_or_default();
        parts
            .iter()
            .filter_map(|part| Some((part[0].as_str()?.to_owned(), part[1].as_u64()?)))
            .collect()
    }

    pub(crate) fn can_confirm(&self) -> bool {
        self.0.has(&format!("{CONFIRM}:not([disabled])"))
    }

    /// Takes the files in and waits until that is said.
    #[track_caller]
    pub(crate) fn confirm(&self) {
        self.confirm_long(PATIENCE);
    }

    #[track_caller]
    pub(crate) fn confirm_long(&self, patience: Duration) {
        self.0.click(CONFIRM);
        let is_told = || self.0.has("main [role=status] a[href^='#/home']").then_some(());
        wait_for("the confirmation", patience, is_told);
    }

    /// Leaves the shown file out.
    #[track_caller]
    pub(crate) fn discard(&self) {
        self.0.click("main section[aria-label][aria-busy] > button");
    }
}
