//! Small words kept in `localStorage`. A browser that gives none just forgets them.

use leptos::prelude::window;

fn store() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

pub(crate) fn get(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

pub(crate) fn set(key: &str, value: &str) {
    if let Some(store) = store() {
        // Full or blocked: a preference is not worth a message.
        store.set_item(key, value).ok();
    }
}

pub(crate) fn remove(key: &str) {
    if let Some(store) = store() {
        store.remove_item(key).ok();
    }
}
