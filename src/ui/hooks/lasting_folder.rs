//! A folder that a person lets the page read again at later visits. Only Chromium's browsers give one:
//! [File System Access], WICG.

use std::collections::BTreeSet;

use js_sys::{Array, AsyncIterator, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::folders::is_of_person;
use crate::{
    domain::{set_of_few, sort_few_by},
    storage::folders,
};

/// Endings of files that can be exports: a person's folder holds others, too.
const ENDINGS: &[&str] = &["csv", "tsv", "txt", "xlsx", "xls", "json", "zip", "gz"];

#[wasm_bindgen]
extern "C" {
    /// The window, where it can give folders.
    type Chooser;

    #[wasm_bindgen(method, getter, js_name = showDirectoryPicker)]
    fn function(this: &Chooser) -> JsValue;

    #[wasm_bindgen(method, catch, js_name = showDirectoryPicker)]
    fn choose(this: &Chooser) -> Result<Promise, JsValue>;

    /// The browser's handle of a folder or a file.
    #[derive(Debug, Clone)]
    type Handle;

    #[wasm_bindgen(method, getter)]
    fn name(this: &Handle) -> String;

    #[wasm_bindgen(method, getter)]
    fn kind(this: &Handle) -> String;

    #[wasm_bindgen(method, catch, js_name = queryPermission)]
    fn permission(this: &Handle) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = requestPermission)]
    fn ask_permission(this: &Handle) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn values(this: &Handle) -> Result<AsyncIterator, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn file(this: &Handle) -> Result<Promise, JsValue>;
}

/// More of them are no exports: a whole disk was meant by nobody. Each is looked at by itself.
const MAX_FILES: usize = 20_000;
const MAX_FOLDERS: usize = 2_000;

/// A folder, and which files in it the person never wants to be asked about again.
#[derive(Debug, Clone)]
pub(crate) struct LastingFolder {
    handle: Handle,
    pub(crate) left_out: BTreeSet<String>,
}

/// A file in it.
#[derive(Debug, Clone)]
pub(crate) struct FolderFile {
    /// Its path in the folder, size and time: another one after every change.
    pub(crate) mark: String,
    pub(crate) file: File,
}

impl FolderFile {
    fn new(path: &str, file: File) -> Self {
        Self { mark: format!("{path}|{}|{}", file.size(), file.last_modified()), file }
    }
}

/// Whether this browser gives folders that last.
pub(crate) fn gives_lasting_folders() -> bool {
    window().unchecked_into::<Chooser>().function().is_function()
}

impl LastingFolder {
    /// Lets the person choose one; `None` when they chose none. Has to be called while a click is handled.
    pub(crate) async fn chosen() -> Option<Self> {
        let chosen = window().unchecked_into::<Chooser>().choose().ok()?;
        let handle = JsFuture::from(chosen).await.ok()?;
        Some(Self { handle: handle.unchecked_into(), left_out: BTreeSet::new() })
    }

    /// The one that is kept for a workbook.
    pub(crate) async fn of(workbook: &str) -> Option<Self> {
        let kept = folders::get(workbook).await.ok()??;
        let handle = Reflect::get(&kept, &"handle".into()).ok().filter(JsValue::is_object)?;
        let left_out = Reflect::get(&kept, &"leftOut".into()).ok()?;
        let left_out = Array::from(&left_out);
        let left_out = set_of_few(left_out.iter().filter_map(|mark| mark.as_string()));
        Some(Self { handle: handle.unchecked_into(), left_out })
    }

    /// Keeps it for a workbook. A browser that keeps nothing just forgets it.
    pub(crate) async fn keep(&self, workbook: &str) {
        let kept = Object::new();
        let left_out: Array = self.left_out.iter().map(|mark| JsValue::from_str(mark)).collect();
        let fields = [("handle", self.handle.as_ref()), ("leftOut", left_out.as_ref())];
        let is_made =
            fields.iter().all(|(key, value)| Reflect::set(&kept, &(*key).into(), value).is_ok());
        if is_made {
            folders::put(workbook, &kept).await.ok();
        }
    }

    pub(crate) fn name(&self) -> String {
        self.handle.name()
    }

    /// Whether it may be read without asking.
    pub(crate) async fn may_be_read(&self) -> bool {
        is_granted(self.handle.permission()).await
    }

    /// Has the browser ask the person. Has to be called while a click is handled.
    pub(crate) async fn ask_to_read(&self) -> bool {
        is_granted(self.handle.ask_permission()).await
    }

    /// The files in it that can be exports and were not left out, those in folders inside, too, in the order
    /// of their paths; `None` when it is no longer there.
    pub(crate) async fn files(&self) -> Option<Vec<FolderFile>> {
        let mut waiting = vec![(String::new(), self.handle.clone())];
        let mut found: Vec<(String, FolderFile)> = Vec::new();
        let mut n_folders = 0;
        while let Some((path, folder)) = waiting.pop() {
            let handles = handles_in(&folder).await;
            // A folder inside may be gone meanwhile.
            let handles = if path.is_empty() { handles? } else { handles.unwrap_or_default() };
            for handle in handles {
                let path = format!("{path}/{}", handle.name());
                let is_folder = handle.kind() == "directory";
                if is_folder && is_of_person(&handle.name()) && n_folders < MAX_FOLDERS {
                    n_folders += 1;
                    waiting.push((path, handle));
                } else if !is_folder && can_be_export(&handle.name()) && found.len() < MAX_FILES {
                    let file = file_of(&handle).await.map(|file| FolderFile::new(&path, file));
                    let offered = file.filter(|file| !self.left_out.contains(&file.mark));
                    found.extend(offered.map(|file| (path, file)));
                }
            }
        }
        sort_few_by(&mut found, |one, other| one.0.cmp(&other.0));
        Some(found.into_iter().map(|(_, file)| file).collect())
    }
}

/// Forgets the folder of a workbook.
pub(crate) async fn forget_folder(workbook: &str) {
    // Where nothing is kept, nothing is to be forgotten.
    folders::remove(workbook).await.ok();
}

async fn is_granted(asked: Result<Promise, JsValue>) -> bool {
    let Ok(asked) = asked else { return false };
    JsFuture::from(asked).await.is_ok_and(|answer| answer.as_string().as_deref() == Some("granted"))
}

async fn handles_in(folder: &Handle) -> Option<Vec<Handle>> {
    let handles = folder.values().ok()?;
    let mut all = Vec::new();
    loop {
        let next = JsFuture::from(handles.next().ok()?).await.ok()?;
        let is_done = Reflect::get(&next, &"done".into()).ok()?.is_truthy();
        if is_done {
            return Some(all);
        }
        all.push(Reflect::get(&next, &"value".into()).ok()?.unchecked_into());
    }
}

async fn file_of(handle: &Handle) -> Option<File> {
    JsFuture::from(handle.file().ok()?).await.ok()?.dyn_into().ok()
}

fn can_be_export(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    is_of_person(name) && ENDINGS.contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::can_be_export;

    #[test]
    fn pictures_and_files_of_systems_are_no_exports() {
        assert!(can_be_export("Orders.CSV") && can_be_export("a.b.xlsx"));
        for name in ["cat.jpg", "notes", "~$orders.xlsx", ".csv"] {
            assert!(!can_be_export(name), "{name}");
        }
    }
}
