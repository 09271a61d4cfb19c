//! What of the app is visible on `<html>`: language, theme and title.

use leptos::prelude::*;

use crate::ui::{
    i18n::Locale,
    state::{Theme, tag},
};

/// Keeps `lang`, `data-theme` and the title of the document as the signals say.
pub(crate) fn use_document(language: Signal<Locale>, theme: Signal<Theme>, title: Signal<String>) {
    write_root("lang", move || tag(language.get()));
    write_root("data-theme", move || theme.get().id());
    #[expect(clippy::disallowed_methods, reason = "writes to the document, in hooks")]
    Effect::new(move || document().set_title(&title.get()));
}

/// Each attribute on its own: written again, even as it was, it makes the browser style the whole page anew.
fn write_root(attribute: &'static str, value: impl Fn() -> &'static str + 'static) {
    #[expect(clippy::disallowed_methods, reason = "writes to the document, in hooks")]
    Effect::new(move || {
        if let Some(root) = document().document_element() {
            // Refused only for names that are no attribute names.
            root.set_attribute(attribute, value()).ok();
        }
    });
}
