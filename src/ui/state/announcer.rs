//! What is told to screen readers: one polite live region for the whole page.

use leptos::prelude::*;

/// Says a sentence in the page's live region.
#[derive(Clone, Copy)]
pub(crate) struct Announcer(RwSignal<String>);

impl Announcer {
    /// Replaces what was said before.
    pub(crate) fn say(self, sentence: impl Into<String>) {
        self.0.set(sentence.into());
    }

    /// The newest sentence, for the live region.
    pub(crate) fn sentence(self) -> Signal<String> {
        self.0.into()
    }
}

pub(crate) fn provide_announcer() -> Announcer {
    let announcer = Announcer(RwSignal::new(String::new()));
    provide_context(announcer);
    announcer
}

pub(crate) fn use_announcer() -> Announcer {
    expect_context()
}
