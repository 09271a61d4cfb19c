//! Small words kept in `localStorage`. A browser that gives none just forgets them.

use leptos::prelude::window;

fn store() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

pub(crate) fn get(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

/// Whether it is kept: the browser's storage may be full or blocked. A preference is not worth a message.
pub(crate) fn set(key: &str, value: &str) -> bool {
    store().is_some_and(|store| store.set_item(key, value).is_ok())
}

pub(crate) fn remove(key: &str) {
    if let Some(store) = store() {
        store.remove_item(key).ok();
    }
}
