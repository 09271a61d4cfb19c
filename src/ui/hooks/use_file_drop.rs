//! The whole window takes files.

use std::rc::Rc;

use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::{DragEvent, File};

use super::{
    files_of,
    folders::{dropped_folders, files_in},
};

/// Calls `on_files` with files dropped anywhere, those of dropped folders, too; the signal is true while files hover.
pub(crate) fn use_file_drop(on_files: impl Fn(Vec<File>) + 'static) -> Signal<bool> {
    let is_over = RwSignal::new(false);
    let on_files = Rc::new(on_files);
    let over = window_event_listener(ev::dragover, move |event: DragEvent| {
        if carries_files(&event) {
            // Without it the browser opens the file in place of the page.
            event.prevent_default();
            is_over.set(true);
        }
    });
    let leave = window_event_listener(ev::dragleave, move |event: DragEvent| {
        // Leaving the window itself has no element that is entered.
        if event.related_target().is_none() {
            is_over.set(false);
        }
    });
    let drop = window_event_listener(ev::drop, move |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
            is_over.set(false);
            let Some(folders) = dropped_folders(event.data_transfer()) else {
                return on_files(files_of(event.data_transfer().and_then(|it| it.files())));
            };
            let on_files = Rc::clone(&on_files);
            spawn_local(async move { on_files(files_in(folders).await) });
        }
    });
    on_cleanup(move || {
        over.remove();
        leave.remove();
        drop.remove();
    });
    is_over.into()
}

fn carries_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|transfer| {
        transfer.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"))
    })
}
