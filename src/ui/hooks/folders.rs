//! Files in folders, however deep.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

use crate::domain::sort_few_by;

/// More files are no exports: a whole disk was meant by nobody.
const MAX_FILES: usize = 2_000;

/// What was dropped, when there is a folder in it. It has to be asked for while the drop is handled.
pub(super) fn dropped_folders(transfer: Option<DataTransfer>) -> Option<Vec<FileSystemEntry>> {
    let items = transfer?.items();
    let entry = |index| items.get(index)?.webkit_get_as_entry().ok().flatten();
    let entries: Vec<FileSystemEntry> = (0..items.length()).filter_map(entry).collect();
    entries.iter().any(FileSystemEntry::is_directory).then_some(entries)
}

/// The files in them in the order of their paths, without those that only programs make. What cannot
/// be read is left out: its folder was moved meanwhile.
pub(super) async fn files_in(entries: Vec<FileSystemEntry>) -> Vec<File> {
    let mut waiting = entries;
    let mut found: Vec<(String, File)> = Vec::new();
    while let Some(entry) = waiting.pop() {
        if found.len() >= MAX_FILES {
            break;
        }
        if entry.is_directory() {
            let folder: FileSystemDirectoryEntry = entry.unchecked_into();
            waiting.extend(entries_of(&folder.create_reader()).await);
        } else if is_of_person(&entry.name()) {
            let path = entry.full_path();
            found.extend(file_of(&entry.unchecked_into()).await.map(|file| (path, file)));
        }
    }
    sort_few_by(&mut found, |one, other| one.0.cmp(&other.0));
    found.into_iter().map(|(_, file)| file).collect()
}

/// Whether a file is none that systems and Excel leave in folders.
pub(super) fn is_of_person(name: &str) -> bool {
    let is_left = name.starts_with('.') || name.starts_with("~$");
    !is_left && !["Thumbs.db", "desktop.ini"].contains(&name)
}

/// A reader gives some entries at a time, and none at the end.
async fn entries_of(reader: &FileSystemDirectoryReader) -> Vec<FileSystemEntry> {
    let mut entries = Vec::new();
    loop {
        let some = answered(|done, failed| {
            // A fault is told by the second function, too.
            reader.read_entries_with_callback_and_callback(done, failed).ok();
        });
        let Ok(some) = some.await else { return entries };
        let before = entries.len();
        entries.extend(Array::from(&some).iter().map(JsCast::unchecked_into::<FileSystemEntry>));
        if entries.len() == before {
            return entries;
        }
    }
}

async fn file_of(entry: &FileSystemFileEntry) -> Option<File> {
    let file = answered(|done, failed| entry.file_with_callback_and_callback(done, failed));
    file.await.ok()?.dyn_into().ok()
}

/// What a function of the browser gives that takes one for its answer and one for its failure.
fn answered(mut ask: impl FnMut(&Function, &Function)) -> JsFuture {
    JsFuture::from(Promise::new(&mut |done: Function, failed: Function| ask(&done, &failed)))
}

#[cfg(test)]
mod tests {
    use super::is_of_person;

    #[test]
    fn files_of_systems_are_left_out() {
        assert!(is_of_person("orders.csv"));
        for name in [".DS_Store", "~$orders.xlsx", "Thumbs.db", "desktop.ini"] {
            assert!(!is_of_person(name), "{name}");
        }
    }
}
