//! Language and theme.

use leptos::prelude::*;

use crate::ui::{
    components::{Glyph, Icon},
    i18n::{Locale, t_string, use_i18n},
    state::{Theme, tag, use_preferences},
};

/// Goes to the other language, named in itself.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let preferences = use_preferences();
    let language = preferences.language();
    let other = move || match language.get() {
        Locale::en => Locale::zh_CN,
        Locale::zh_CN => Locale::en,
    };
    let text = move || match other() {
        Locale::en => "English",
        Locale::zh_CN => "中文",
    };
    view! {
        <button
            type="button"
            class="button"
            data-kind="quiet"
            lang=move || tag(other())
            on:click=move |_| preferences.set_language(other())
        >
            {text}
        </button>
    }
    .into_any()
}

/// Goes round system, light and dark.
#[component]
pub(crate) fn ThemeSwitch() -> impl IntoView {
    let (i18n, preferences) = (use_i18n(), use_preferences());
    let theme = preferences.theme();
    let next = move || match theme.get() {
        Theme::System => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::System,
    };
    let label = move || match theme.get() {
        Theme::System => t_string!(i18n, shell.theme_system),
        Theme::Light => t_string!(i18n, shell.theme_light),
        Theme::Dark => t_string!(i18n, shell.theme_dark),
    };
    let glyph = move || match theme.get() {
        Theme::System => Glyph::Theme,
        Theme::Light => Glyph::Sun,
        Theme::Dark => Glyph::Moon,
    };
    view! {
        <button
            type="button"
            class="button"
            data-kind="icon"
            aria-label=label
            title=label
            on:click=move |_| preferences.set_theme(next())
        >
            {move || view! { <Icon glyph=glyph()/> }}
        </button>
    }
    .into_any()
}
