//! What of the app is visible on `<html>`: language, theme and title.

use leptos::prelude::*;

use crate::ui::{
    i18n::Locale,
    state::{Theme, tag},
};

/// Keeps `lang`, `data-theme` and the title of the document as the signals say.
pub(crate) fn use_document(language: Signal<Locale>, theme: Signal<Theme>, title: Signal<String>) {
    #[expect(clippy::disallowed_methods, reason = "writes to the document, in hooks")]
    Effect::new(move || {
        if let Some(root) = document().document_element() {
            // Refused only for names that are no attribute names.
            root.set_attribute("lang", tag(language.get())).ok();
            root.set_attribute("data-theme", theme.get().id()).ok();
        }
        document().set_title(&title.get());
    });
}
