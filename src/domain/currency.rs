//! ISO 4217 currency codes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A three-letter currency code such as `USD`. Amounts of two currencies are never added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    pub const USD: Self = Self(*b"USD");

    /// `None` unless `code` is three ASCII letters; case does not matter.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.trim().as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_alphabetic)
            .then(|| Self(bytes.map(|letter| letter.to_ascii_uppercase())))
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        Self::parse(&code).ok_or_else(|| format!("not a currency code: {code:?}"))
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Currency;

    #[test]
    fn is_three_letters_in_any_case() {
        assert_eq!(Currency::parse(" usd "), Some(Currency::USD));
        assert_eq!(Currency::parse("US$"), None);
        assert_eq!(Currency::parse("元人民"), None);
        assert_eq!(Currency::parse(""), None);
    }
}
