//! Both languages of the page: keys are checked when the crate is compiled.
//!
//! Texts of one part stand in one namespace (`home.json`, `import.json`, …). With
//! `let i18n = use_i18n();` at the top of a component:
//!
//! - `t!(i18n, home.title)` in views, `t_string!(i18n, home.title)` in attributes and closures;
//! - `fill!(i18n, home.since, day = text)` gives a `String` with `{day}` filled in. Gaps have one
//!   pair of braces: `leptos_i18n` fills its own `{{ gaps }}` in views only.

#![expect(deprecated, reason = "the replacement is a build script, one more thing at the root")]

mod words;

use leptos::prelude::Signal;

leptos_i18n::load_locales!();

pub(crate) use self::i18n::t_string;
pub use self::i18n::{I18nContextProvider, I18nSubContextProvider, Locale, use_i18n};
pub(crate) use words::*;

/// A text of the page that follows the language. All have one type, so that the program holds the
/// code that shows one of them once.
pub(crate) type Live<T> = std::sync::Arc<dyn Fn() -> T + Send + Sync>;

/// Makes `read` a live value.
pub(crate) fn live<T>(read: impl Fn() -> T + Send + Sync + 'static) -> Live<T> {
    std::sync::Arc::new(read)
}

macro_rules! t {
    ($i18n:expr, $($key:ident).+) => {
        $crate::ui::i18n::live(move || $crate::ui::i18n::t_string!($i18n, $($key).+))
    };
}
pub(crate) use t;

/// Like `t!`, for components that take a signal.
macro_rules! label {
    ($i18n:expr, $($key:ident).+) => {
        $crate::ui::i18n::owned($crate::ui::i18n::t!($i18n, $($key).+))
    };
}
pub(crate) use label;

/// A live text as a signal.
pub(crate) fn owned(text: Live<&'static str>) -> Signal<String> {
    Signal::derive(move || text().to_owned())
}

/// A text with its gaps filled; reads the language, so call it where that is tracked.
macro_rules! fill {
    ($i18n:expr, $($key:ident).+, $($gap:ident = $value:expr),+ $(,)?) => {
        $crate::ui::i18n::filled(
            $crate::ui::i18n::t_string!($i18n, $($key).+),
            &[$((stringify!($gap), $value.to_string())),+],
        )
    };
}
pub(crate) use fill;

/// `text` with each `{name}` replaced by its value.
pub(crate) fn filled(text: &str, gaps: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((gap, behind)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            break;
        };
        match gaps.iter().find(|(name, _)| *name == gap) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{", gap, "}"]),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::Value;

    use super::filled;

    #[test]
    fn gaps_are_filled_once_and_unknown_ones_stay() {
        let gaps = [("a", "{b}".to_owned()), ("b", "2".to_owned())];
        assert_eq!(filled("{a} and {b}, {c} {", &gaps), "{b} and 2, {c} {");
    }

    /// Adds the gaps of every text, nested keys joined by dots.
    fn collect(key: &str, value: &Value, gaps: &mut BTreeMap<String, BTreeSet<String>>) {
        if let Value::Object(texts) = value {
            for (part, text) in texts {
                collect(&format!("{key}.{part}"), text, gaps);
            }
            return;
        }
        let text = value.to_string();
        let found = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
        gaps.insert(key.to_owned(), found.map(|(gap, _)| gap.trim().to_owned()).collect());
    }

    fn gaps_of(json: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut gaps = BTreeMap::new();
        collect("", &serde_json::from_str(json).unwrap(), &mut gaps);
        gaps
    }

    #[test]
    fn both_languages_have_the_same_keys_and_gaps() {
        macro_rules! check {
            ($($namespace:literal)+) => {$(
                assert_eq!(
                    gaps_of(include_str!(concat!("en/", $namespace, ".json"))),
                    gaps_of(include_str!(concat!("zh-CN/", $namespace, ".json"))),
                    $namespace
                );
            )+};
        }
        check!("shell" "first" "home" "kpi" "explore" "workbook" "words" "import" "data" "products" "reconciliation" "targets" "scorecards" "questionnaire" "skus" "what_if");
    }
}
