//! Header names, compared as people mean them.

use unicode_normalization::UnicodeNormalization;

use crate::domain::Currency;

/// A header cell ready to be compared: NFKD, lower case, one kind of dash, single spaces, no
/// guards at the ends, without a currency in brackets at the end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HeaderName {
    pub(crate) text: String,
    /// From a trailing `(USD)` or `(₹)`.
    pub(crate) currency: Option<Currency>,
}

/// Symbols that stand for one currency on the platforms read here; `¥` stands for two.
const SYMBOLS: &[(&str, [u8; 3])] = &[
    ("us$", *b"USD"),
    ("mx$", *b"MXN"),
    ("ca$", *b"CAD"),
    ("c$", *b"CAD"),
    ("a$", *b"AUD"),
    ("r$", *b"BRL"),
    ("s$", *b"SGD"),
    ("$", *b"USD"),
    ("£", *b"GBP"),
    ("€", *b"EUR"),
    ("₹", *b"INR"),
    ("rs.", *b"INR"),
    ("元", *b"CNY"),
    ("rmb", *b"CNY"),
];

impl HeaderName {
    pub(crate) fn new(cell: &str) -> Self {
        let text = normalised(cell);
        if let Some((base, inside)) = bracketed_end(&text)
            && let Some(currency) = currency_of(inside)
        {
            return Self { text: base.to_owned(), currency: Some(currency) };
        }
        Self { text, currency: None }
    }

    /// `7` for `7 day total sales` and `7天总销售额`.
    pub(crate) fn window_days(&self) -> Option<u32> {
        let digits: String = self.text.chars().take_while(char::is_ascii_digit).collect();
        let rest = self.text.get(digits.len()..)?.trim_start();
        let is_window = rest.starts_with("day") || rest.starts_with('天');
        if is_window { digits.parse().ok() } else { None }
    }
}

/// Text as it is compared everywhere: NFKD, lower case, dashes and spaces unified, trimmed. Composed
/// again it would compare the same, with more tables in the program.
pub(crate) fn normalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfkd().flat_map(char::to_lowercase) {
        match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => out.push('-'),
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '\u{feff}' | '\u{200b}' => (),
            _ if letter.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(letter),
        }
    }
    out.trim().to_owned()
}

/// The currency that a code or symbol stands for.
pub(crate) fn currency_of(text: &str) -> Option<Currency> {
    let text = text.trim().to_lowercase();
    let symbol = SYMBOLS.iter().find(|(symbol, _)| *symbol == text);
    if let Some((_, code)) = symbol {
        return std::str::from_utf8(code).ok().and_then(Currency::parse);
    }
    Currency::parse(&text).filter(|code| KNOWN_CODES.contains(&code.code()))
}

/// The currency that an amount such as `US$5,000.00` or `Rs.201.68` is written in.
pub(crate) fn currency_of_amount(cell: &str) -> Option<Currency> {
    let cell = cell.trim().trim_start_matches(['-', '(', '+']).to_lowercase();
    let end = cell.find(|letter: char| letter.is_ascii_digit())?;
    let mark = cell.get(..end)?.trim().trim_end_matches('-').trim();
    if mark.is_empty() {
        let tail = cell.trim_end_matches(')');
        let from = tail.rfind(|letter: char| letter.is_ascii_digit())? + 1;
        return currency_of(tail.get(from..)?);
    }
    currency_of(mark)
}

/// Codes in use on the platforms read here; other three-letter words are no currencies.
const KNOWN_CODES: &[&str] = &[
    "USD", "CNY", "EUR", "GBP", "CAD", "MXN", "BRL", "JPY", "INR", "AUD", "SGD", "AED", "SAR",
    "SEK", "PLN", "TRY", "HKD", "TWD", "KRW", "THB", "VND", "PHP", "MYR", "IDR", "CHF", "NZD",
    "ZAR", "DKK", "NOK", "CZK", "HUF", "EGP", "ILS", "CLP", "COP",
];

/// `name (inside)` in its two parts.
fn bracketed_end(text: &str) -> Option<(&str, &str)> {
    let open = text.rfind('(')?;
    let inside = text.get(open + 1..)?.strip_suffix(')')?;
    Some((text.get(..open)?.trim_end(), inside))
}

/// Whether `name` fits `pattern`, where `*` at an end of the pattern stands for any text.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let starts_open = pattern.starts_with('*');
    let ends_open = pattern.ends_with('*');
    let core = pattern.trim_matches('*');
    match (starts_open, ends_open) {
        (true, true) => name.contains(core),
        (true, false) => name.ends_with(core),
        (false, true) => name.starts_with(core),
        (false, false) => name == core,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        let name = |cell| HeaderName::new(cell).text;
        assert_eq!(name("7 Day Total Sales "), name("7 day  total sales"));
        assert_eq!(name("Sessions – Total"), name("sessions - total"));
        assert_eq!(name("（父）ASIN"), "(父)asin");
        assert_eq!(name("\u{feff}Date"), "date");
    }

    #[test]
    fn a_currency_in_brackets_is_taken_off() {
        let name = HeaderName::new("Amount spent (USD)");
        assert_eq!((name.text.as_str(), name.currency), ("amount spent", Currency::parse("usd")));
        let name = HeaderName::new("14 Day Total Sales (₹)");
        assert_eq!(
            (name.text.as_str(), name.currency),
            ("14 day total sales", Currency::parse("inr"))
        );
        assert_eq!(name.window_days(), Some(14));
        assert_eq!(HeaderName::new("Cost Per Click (CPC)").text, "cost per click (cpc)");
    }

    #[test]
    fn amounts_tell_their_currency() {
        let code = |cell| currency_of_amount(cell).map(|it| it.code().to_owned());
        assert_eq!(code("$12,905.25").as_deref(), Some("USD"));
        assert_eq!(code("-$1.08").as_deref(), Some("USD"));
        assert_eq!(code("Rs.201.68").as_deref(), Some("INR"));
        assert_eq!(code("MX$2,000.00").as_deref(), Some("MXN"));
        assert_eq!(code("BRL 1.234,56").as_deref(), Some("BRL"));
        assert_eq!(code("12,50 €").as_deref(), Some("EUR"));
        assert_eq!(code("12.50"), None);
        assert_eq!(code("B07 12"), None);
    }

    #[test]
    fn patterns_are_open_where_the_star_stands() {
        assert!(fits("ship-*", "ship-city"));
        assert!(fits("*-city", "ship-city"));
        assert!(fits("*wrap*", "gift-wrap-tax"));
        assert!(!fits("ship", "ship-city"));
    }
}
