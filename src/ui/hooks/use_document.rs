//! What of the app is visible on `<html>`: language, theme and title.

use leptos::prelude::*;

use crate::ui::{
    i18n::Locale,
    state::{Theme, tag},
};

/// Keeps `lang`, `data-theme` and the title of the document as the signals say.
pub(crate) fn use_document(language: Signal<Locale>, theme: Signal<Theme>, title: Signal<String>) {
    #[expect(clippy::disallowed_methods, reason = "writes to the document, in hooks")]
    Effect::new(move |before: Option<(Locale, Theme)>| {
        let now = (language.get(), theme.get());
        // Written again, even as they were, they make the browser style the whole page anew.
        if before != Some(now)
            && let Some(root) = document().document_element()
        {
            // Refused only for names that are no attribute names.
            root.set_attribute("lang", tag(now.0)).ok();
            root.set_attribute("data-theme", now.1.id()).ok();
        }
        document().set_title(&title.get());
        now
    });
}
