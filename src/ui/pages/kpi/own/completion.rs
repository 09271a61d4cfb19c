//! A field for formulas that offers the names it can be made of.

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html,
    prelude::*,
};

use super::words::{Span, offered, text_of, with_word, word_at};
use crate::{
    ui::i18n::{I18n, name, t, use_i18n},
    worker::protocol::FormulaWord,
};

/// What is written, and what it could become.
#[derive(Clone, Copy)]
struct Completion {
    formula: RwSignal<String>,
    field: NodeRef<html::Textarea>,
    /// The word that is being written.
    word: RwSignal<Option<Span>>,
    /// Names that fit it; `None` when there is none.
    options: Memo<Option<Vec<FormulaWord>>>,
    /// Which of them is the chosen one.
    at: RwSignal<usize>,
}

impl Completion {
    fn new(formula: RwSignal<String>, words: Signal<Vec<FormulaWord>>) -> Self {
        let word: RwSignal<Option<Span>> = RwSignal::new(None);
        let options = Memo::new(move |_| {
            let span = word.get()?;
            let written = formula.with(|it| text_of(it, span));
            let found = words.with(|words| offered(words, &written));
            (!found.is_empty()).then_some(found)
        });
        Self { formula, field: NodeRef::new(), word, options, at: RwSignal::new(0) }
    }

    /// Looks where the cursor is.
    fn look(self) {
        let place = || self.field.get_untracked()?.selection_start().ok().flatten();
        let cursor = place().and_then(|place| usize::try_from(place).ok());
        let word = |cursor| self.formula.with_untracked(|it| word_at(it, cursor));
        self.word.set(cursor.and_then(word));
        self.at.set(0);
    }

    /// Puts a name in the place of what was written of it.
    fn take(self, id: &str) {
        let Some(span) = self.word.get_untracked() else { return };
        let (text, cursor) = self.formula.with_untracked(|it| with_word(it, span, id));
        self.formula.set(text.clone());
        self.word.set(None);
        if let Some(field) = self.field.get_untracked() {
            // The field has to hold the text before the cursor can be put behind the word.
            field.set_value(&text);
            let cursor = u32::try_from(cursor).unwrap_or(0);
            field.set_selection_range(cursor, cursor).ok();
            field.focus().ok();
        }
    }

    fn press(self, event: &KeyboardEvent) {
        let Some(found) = self.options.get_untracked() else { return };
        // While characters are put together the keys choose among these.
        if event.is_composing() || event.shift_key() {
            return;
        }
        let n = found.len();
        match event.key().as_str() {
            "ArrowDown" => self.at.update(|at| *at = (*at + 1) % n),
            "ArrowUp" => self.at.update(|at| *at = (*at + n - 1) % n),
            "Enter" | "Tab" => {
                if let Some(word) = found.get(self.at.get_untracked()) {
                    self.take(&word.id);
                }
            }
            "Escape" => self.word.set(None),
            _ => return,
        }
        event.prevent_default();
    }

    fn is_open(self) -> bool {
        self.options.with(Option::is_some)
    }
}

/// The formula, with names offered while a word is written.
#[component]
pub(super) fn FormulaField(
    /// What is written.
    formula: RwSignal<String>,
    /// What formulas can name.
    words: Signal<Vec<FormulaWord>>,
    /// Id of what says what is wrong with it; nothing while all is well.
    described_by: Signal<Option<&'static str>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let completion = Completion::new(formula, words);
    let active =
        move || completion.is_open().then(|| format!("formula-word-{}", completion.at.get()));
    view! {
        <div class="field formula-field">
            <label class="field__label" for="formula-text">{t!(i18n, kpi.formula)}</label>
            <textarea
                node_ref=completion.field
                id="formula-text"
                class="field__input"
                data-field="formula"
                rows="3"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                maxlength="1000"
                role="combobox"
                aria-autocomplete="list"
                aria-expanded=move || completion.is_open().to_string()
                aria-controls="formula-words"
                aria-activedescendant=active
                aria-describedby=move || described_by.get()
                aria-invalid=move || described_by.get().map(|_| "true")
                prop:value=formula
                on:input=move |event| {
                    formula.set(event_target_value(&event));
                    completion.look();
                }
                on:click=move |_| completion.look()
                on:blur=move |_| completion.word.set(None)
                on:keydown=move |event| completion.press(&event)
            />
            {move || completion.options.get().map(|found| list(i18n, completion, found))}
        </div>
    }
    .into_any()
}

fn list(i18n: I18n, completion: Completion, found: Vec<FormulaWord>) -> AnyView {
    let option = |(nth, offer): (usize, FormulaWord)| {
        let FormulaWord { id, names, .. } = offer;
        let taken = id.clone();
        let press = move |event: MouseEvent| {
            // The field keeps the focus.
            event.prevent_default();
            completion.take(&taken);
        };
        view! {
            <li
                id=format!("formula-word-{nth}")
                role="option"
                data-word=id.clone()
                aria-selected=move || (completion.at.get() == nth).to_string()
                on:mousedown=press
            >
                <code>{id.clone()}</code>
                <span>{move || name(i18n, &names)}</span>
            </li>
        }
    };
    view! {
        <ul
            class="formula-words"
            id="formula-words"
            role="listbox"
            aria-label=t!(i18n, kpi.formula_words)
        >
            {found.into_iter().enumerate().map(option).collect_view()}
        </ul>
    }
    .into_any()
}
