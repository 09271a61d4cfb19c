//! The folder that is remembered for the open workbook, and what is new in it.

use leptos::{prelude::*, task::spawn_local};

use super::{Engine, Workbook, imports::meta, use_engine, use_workbook};
use crate::{
    ui::hooks::{FolderFile, LastingFolder, forget_folder, use_each},
    worker::protocol::{FileMeta, Request, Response},
};

/// The folder as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FolderView {
    pub(crate) name: String,
    pub(crate) look: Look,
}

/// What a look into the folder gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// The browser asks the person once more before it may be read.
    Locked,
    /// Files that are not in the workbook.
    Seen { n_new: usize },
    /// It was moved, renamed or deleted.
    Gone,
}

/// The open workbook's folder.
#[derive(Clone, Copy)]
pub(crate) struct Folder {
    /// `None` while none is remembered.
    pub(crate) view: RwSignal<Option<FolderView>>,
    /// The person does not want to be asked until the next visit.
    pub(crate) is_put_off: RwSignal<bool>,
    held: StoredValue<Option<Held>, LocalStorage>,
    engine: Engine,
    workbook: Workbook,
}

struct Held {
    workbook: String,
    folder: LastingFolder,
    new: Vec<FolderFile>,
}

impl Folder {
    /// Looks up the folder of the workbook that was opened.
    fn enter(self, workbook: Option<String>) {
        self.view.set(None);
        self.is_put_off.set(false);
        self.held.set_value(None);
        let Some(workbook) = workbook else { return };
        spawn_local(async move {
            let Some(folder) = LastingFolder::of(&workbook).await else { return };
            let may_be_read = folder.may_be_read().await;
            self.hold(workbook, folder);
            if may_be_read {
                self.look().await;
            }
        });
    }

    /// Lets the person choose a folder for the open workbook. To be called while a click is handled.
    pub(crate) fn choose(self) {
        let Some(workbook) = self.open_workbook() else { return };
        spawn_local(async move {
            let Some(folder) = LastingFolder::chosen().await else { return };
            folder.keep(&workbook).await;
            self.hold(workbook, folder);
            self.look().await;
        });
    }

    /// Looks for new files, after the browser has asked the person. To be called while a click is handled.
    pub(crate) fn unlock(self) {
        let Some(folder) = self.held.with_value(|held| Some(held.as_ref()?.folder.clone())) else {
            return;
        };
        spawn_local(async move {
            if folder.ask_to_read().await {
                self.look().await;
            }
        });
    }

    /// The new files, to be read; they are no longer offered.
    pub(crate) fn take(self) -> Vec<web_sys::File> {
        self.show(Look::Seen { n_new: 0 });
        let files = self.held.try_update_value(|held| {
            let new = held.as_mut().map(|held| std::mem::take(&mut held.new)).unwrap_or_default();
            new.into_iter().map(|new| new.file).collect()
        });
        files.unwrap_or_default()
    }

    /// Never offers the new files again, unless they change.
    pub(crate) fn leave_out(self) {
        self.show(Look::Seen { n_new: 0 });
        let left = self.held.try_update_value(|held| {
            let held = held.as_mut()?;
            let marks = std::mem::take(&mut held.new).into_iter().map(|new| new.mark);
            held.folder.left_out.extend(marks);
            Some((held.workbook.clone(), held.folder.clone()))
        });
        if let Some((workbook, folder)) = left.flatten() {
            spawn_local(async move { folder.keep(&workbook).await });
        }
    }

    pub(crate) fn forget(self) {
        self.view.set(None);
        self.held.set_value(None);
        if let Some(workbook) = self.open_workbook() {
            spawn_local(async move { forget_folder(&workbook).await });
        }
    }

    fn open_workbook(self) -> Option<String> {
        self.workbook.state.with_untracked(|state| Some(state.as_ref()?.id.clone()))
    }

    fn hold(self, workbook: String, folder: LastingFolder) {
        if self.open_workbook().as_ref() != Some(&workbook) {
            // Another one was opened meanwhile.
            return;
        }
        self.is_put_off.set(false);
        self.view.set(Some(FolderView { name: folder.name(), look: Look::Locked }));
        self.held.set_value(Some(Held { workbook, folder, new: Vec::new() }));
    }

    fn show(self, look: Look) {
        self.view.update(|view| {
            if let Some(view) = view {
                view.look = look;
            }
        });
    }

    async fn look(self) {
        let held = |held: &Option<Held>| {
            held.as_ref().map(|held| (held.workbook.clone(), held.folder.clone()))
        };
        let Some((workbook, folder)) = self.held.with_value(held) else { return };
        let Some(mut files) = folder.files().await else { return self.show(Look::Gone) };
        files.retain(|file| !folder.left_out.contains(&file.mark));
        let metas: Vec<FileMeta> = files.iter().map(|file| meta(&file.file)).collect();
        let answer = self.engine.ask(Request::NewFiles { files: metas }).await;
        let Response::NewFiles { places } = answer else { return };
        let place = |place: u32| files.get(usize::try_from(place).ok()?).cloned();
        let new: Vec<FolderFile> = places.into_iter().filter_map(place).collect();
        let n_new = new.len();
        let is_open = self.held.try_update_value(|held| {
            let held = held.as_mut().filter(|held| held.workbook == workbook)?;
            held.new = new;
            Some(())
        });
        if is_open.flatten().is_some() {
            self.show(Look::Seen { n_new });
        }
    }
}

pub(crate) fn provide_folder() -> Folder {
    let folder = Folder {
        view: RwSignal::new(None),
        is_put_off: RwSignal::new(false),
        held: StoredValue::new_local(None),
        engine: use_engine(),
        workbook: use_workbook(),
    };
    let state = folder.workbook.state;
    let open = Memo::new(move |_| {
        state.with(|state| {
            let own = state.as_ref().filter(|open| !open.is_demo)?;
            Some(own.id.clone())
        })
    });
    use_each(open, move |workbook| folder.enter(workbook));
    provide_context(folder);
    folder
}

pub(crate) fn use_folder() -> Folder {
    expect_context()
}
