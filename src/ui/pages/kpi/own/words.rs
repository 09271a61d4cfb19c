//! The word of a formula that is being written, and words that it could become.

use crate::worker::protocol::FormulaWord;

/// Words that are offered at once: more cannot be looked over.
const N_OFFERED: usize = 8;

/// Where a word of a formula stands, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The word that ends at the cursor or goes on behind it; `None` where none is. A browser counts the cursor
/// in UTF-16 units.
pub(super) fn word_at(formula: &str, cursor: usize) -> Option<Span> {
    let letters: Vec<char> = formula.chars().collect();
    let cursor = characters_before(&letters, cursor);
    let is_of_word = |at: usize| letters.get(at).is_some_and(|it| is_of_word(*it));
    let from = (0..cursor).rev().take_while(|at| is_of_word(*at)).last().unwrap_or(cursor);
    let to =
        (cursor..letters.len()).take_while(|at| is_of_word(*at)).last().map_or(cursor, |at| at + 1);
    (from < cursor).then_some(Span { from, to })
}

/// The formula with a word in the place of another one, and the cursor behind it in UTF-16 units.
pub(super) fn with_word(formula: &str, span: Span, word: &str) -> (String, usize) {
    let letters: Vec<char> = formula.chars().collect();
    let before: String = letters.iter().take(span.from).collect();
    let behind: String = letters.iter().skip(span.to).collect();
    let begun = format!("{before}{word}");
    let cursor = begun.encode_utf16().count();
    (format!("{begun}{behind}"), cursor)
}

/// What a formula says in a span.
pub(super) fn text_of(formula: &str, span: Span) -> String {
    formula.chars().skip(span.from).take(span.to - span.from).collect()
}

/// Words whose id or name has what is written: ids that begin with it first. None for what is a whole word.
pub(super) fn offered(words: &[FormulaWord], written: &str) -> Vec<FormulaWord> {
    let written = written.to_lowercase();
    if words.iter().any(|word| word.id == written) {
        return Vec::new();
    }
    let rank = |word: &FormulaWord| {
        let names = [&word.names.en, &word.names.zh].map(|name| name.to_lowercase());
        let last = word.id.rsplit('.').next().unwrap_or_default();
        if word.id.starts_with(&written) || last.starts_with(&written) {
            Some(0)
        } else if word.id.contains(&written) || names.iter().any(|name| name.contains(&written)) {
            Some(1)
        } else {
            None
        }
    };
    let mut found: Vec<(i32, &FormulaWord)> =
        words.iter().filter_map(|word| Some((rank(word)?, word))).collect();
    crate::domain::sort_few_by_key(&mut found, |(rank, word)| (*rank, word.id.len()));
    found.into_iter().take(N_OFFERED).map(|(_, word)| word.clone()).collect()
}

fn characters_before(letters: &[char], utf16: usize) -> usize {
    let mut units = 0;
    let is_before = |letter: &&char| {
        units += letter.len_utf16();
        units <= utf16
    };
    letters.iter().take_while(is_before).count()
}

/// Letters of ids, and those of Chinese names, by which ids are found.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Names, worker::protocol::UnitView};

    #[test]
    fn a_word_is_what_the_cursor_stands_in() {
        let at = |formula, cursor| word_at(formula, cursor).map(|span| text_of(formula, span));
        assert_eq!(at("gmv / ord", 9).as_deref(), Some("ord"));
        assert_eq!(at("gmv / ord", 2).as_deref(), Some("gmv"));
        assert_eq!(at("gmv / ", 6), None);
        assert_eq!(at("sales.net-1", 9).as_deref(), Some("sales.net"));
        assert_eq!(at("净销", 2).as_deref(), Some("净销"));
        assert_eq!(at("", 0), None);
    }

    #[test]
    fn a_word_takes_the_place_of_what_was_written() {
        let span = word_at("a / ord + 1", 7).unwrap();
        assert_eq!(with_word("a / ord + 1", span, "orders"), ("a / orders + 1".to_owned(), 10));
        let span = word_at("净销", 2).unwrap();
        assert_eq!(with_word("净销", span, "sales.net"), ("sales.net".to_owned(), 9));
    }

    #[test]
    fn ids_that_begin_so_stand_first() {
        let word = |id: &str, zh: &str| FormulaWord {
            id: id.to_owned(),
            names: Names { en: id.to_uppercase(), zh: zh.to_owned() },
            unit: UnitView::Count,
        };
        let words = [
            word("ad_orders", "广告订单"),
            word("orders", "订单量"),
            word("sales.orders", "订单量"),
            word("gmv", "成交总额"),
        ];
        let ids =
            |written| offered(&words, written).into_iter().map(|it| it.id).collect::<Vec<_>>();
        assert_eq!(ids("ord"), ["orders", "sales.orders", "ad_orders"]);
        assert_eq!(ids("订单"), ["orders", "ad_orders", "sales.orders"]);
        assert!(ids("orders").is_empty(), "it is written already");
    }
}
