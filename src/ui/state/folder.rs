//! The folder that is remembered for the open workbook, and what is new in it.

use leptos::{prelude::*, task::spawn_local};

use super::{Engine, Workbook, imports::meta, use_engine, use_imports, use_workbook};
use crate::{
    ui::hooks::{FolderFile, LastingFolder, forget_folder, use_each},
    worker::protocol::{FileMeta, PendingFile, Reading, Request, Response},
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
    /// It is being looked into.
    Looking,
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
    /// The person does not want to be asked until the workbook is opened again.
    pub(crate) is_put_off: RwSignal<bool>,
    held: StoredValue<Option<Held>, LocalStorage>,
    engine: Engine,
    workbook: Workbook,
}

struct Held {
    workbook: String,
    folder: LastingFolder,
    new: Vec<FolderFile>,
    /// Given to the engine, and not yet what became of them.
    taken: Vec<FolderFile>,
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
            if !folder.may_be_read().await {
                self.hold(workbook, folder, Look::Locked);
            } else if self.hold(workbook, folder, Look::Looking) {
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
            if self.hold(workbook, folder, Look::Looking) {
                self.look().await;
            }
        });
    }

    /// Looks for new files, after the browser has asked the person. To be called while a click is handled.
    pub(crate) fn unlock(self) {
        let Some(folder) = self.held.with_value(|held| Some(held.as_ref()?.folder.clone())) else {
            return;
        };
        self.is_put_off.set(false);
        spawn_local(async move {
            if folder.ask_to_read().await {
                self.look().await;
            }
        });
    }

    /// The new files, to be read. They are offered again at the next visit unless they are imported, left
    /// out by the person, or loaded already.
    pub(crate) fn take(self) -> Vec<web_sys::File> {
        self.show(Look::Seen { n_new: 0 });
        let files = self.held.try_update_value(|held| {
            let Some(held) = held.as_mut() else { return Vec::new() };
            held.taken = std::mem::take(&mut held.new);
            held.taken.iter().map(|taken| taken.file.clone()).collect()
        });
        files.unwrap_or_default()
    }

    /// Notes which of the taken files need not be offered any more: those that were confirmed or left out,
    /// and those whose content is in the workbook already.
    fn settle(self, waiting: &[PendingFile], is_confirmed: bool) {
        let is_done = |taken: &FolderFile| {
            let name = taken.file.name();
            let inside = format!("{name}/");
            let mut own =
                waiting.iter().filter(|it| it.name == name || it.name.starts_with(&inside));
            let is_waiting = own.clone().next().is_some();
            let is_loaded = |it: &PendingFile| matches!(it.reading, Reading::AlreadyLoaded { .. });
            if is_waiting { own.all(is_loaded) } else { is_confirmed }
        };
        self.leave_out_of(|held| held.taken.extract_if(.., |taken| is_done(taken)).collect());
    }

    /// Never offers the new files again, unless they change.
    pub(crate) fn leave_out(self) {
        self.show(Look::Seen { n_new: 0 });
        self.leave_out_of(|held| std::mem::take(&mut held.new));
    }

    /// Keeps the marks of these files, so that they are not offered again unless they change.
    fn leave_out_of(self, files: impl FnOnce(&mut Held) -> Vec<FolderFile>) {
        let left = self.held.try_update_value(|held| {
            let held = held.as_mut()?;
            let marks: Vec<String> = files(held).into_iter().map(|file| file.mark).collect();
            let is_any = !marks.is_empty();
            held.folder.left_out.extend(marks);
            is_any.then(|| (held.workbook.clone(), held.folder.clone()))
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

    /// `false`: another workbook was opened meanwhile.
    fn hold(self, workbook: String, folder: LastingFolder, look: Look) -> bool {
        if self.open_workbook().as_ref() != Some(&workbook) {
            return false;
        }
        self.is_put_off.set(false);
        self.view.set(Some(FolderView { name: folder.name(), look }));
        self.held.set_value(Some(Held { workbook, folder, new: Vec::new(), taken: Vec::new() }));
        true
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
        let files = folder.files().await;
        if self.open_workbook().as_ref() != Some(&workbook) {
            return;
        }
        let Some(files) = files else { return self.show(Look::Gone) };
        let metas: Vec<FileMeta> = files.iter().map(|file| meta(&file.file)).collect();
        let answer = self.engine.ask(Request::NewFiles { files: metas }).await;
        let Response::NewFiles { places } = answer else { return self.show(Look::Locked) };
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
    let imports = use_imports();
    let waiting = Memo::new(move |_| {
        (imports.pending.get(), imports.confirmed.with(|imports| !imports.is_empty()))
    });
    use_each(waiting, move |(waiting, is_confirmed)| folder.settle(&waiting, is_confirmed));
    provide_context(folder);
    folder
}

pub(crate) fn use_folder() -> Folder {
    expect_context()
}
