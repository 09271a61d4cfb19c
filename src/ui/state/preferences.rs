//! What a person likes, kept in this browser: language and theme.

use leptos::prelude::*;

use crate::ui::{hooks::storage, i18n::Locale};

const LANGUAGE: &str = "linkstar.language";
/// Also read by `public/theme.js`, which sets the theme before the first paint.
const THEME: &str = "linkstar.theme";

/// How light the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn parse(id: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.id() == id).unwrap_or_default()
    }
}

/// Language and theme; setting one keeps it.
#[derive(Clone, Copy)]
pub(crate) struct Preferences {
    language: RwSignal<Locale>,
    theme: RwSignal<Theme>,
}

impl Preferences {
    pub(crate) fn language(self) -> Signal<Locale> {
        self.language.into()
    }

    pub(crate) fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    pub(crate) fn set_language(self, language: Locale) {
        storage::set(LANGUAGE, tag(language));
        self.language.set(language);
    }

    pub(crate) fn set_theme(self, theme: Theme) {
        storage::set(THEME, theme.id());
        self.theme.set(theme);
    }
}

/// The language's tag for `lang` attributes.
pub(crate) const fn tag(language: Locale) -> &'static str {
    match language {
        Locale::en => "en",
        Locale::zh_CN => "zh-CN",
    }
}

fn language_of_tag(tag: &str) -> Locale {
    if tag.to_ascii_lowercase().starts_with("zh") { Locale::zh_CN } else { Locale::en }
}

pub(crate) fn provide_preferences() -> Preferences {
    let language = storage::get(LANGUAGE)
        .or_else(|| window().navigator().language())
        .map_or(Locale::en, |tag| language_of_tag(&tag));
    let theme = storage::get(THEME).map_or(Theme::System, |id| Theme::parse(&id));
    let preferences =
        Preferences { language: RwSignal::new(language), theme: RwSignal::new(theme) };
    provide_context(preferences);
    preferences
}

pub(crate) fn use_preferences() -> Preferences {
    expect_context()
}
