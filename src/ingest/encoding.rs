//! Bytes as text.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the cells of a file are decoded. Delimiters, quotes and line ends are the same bytes in all
/// of these encodings, so that a file is cut before it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CellEncoding {
    /// For cells that are no UTF-8.
    fallback: &'static Encoding,
    has_fallback: bool,
}

impl CellEncoding {
    /// Chooses by the beginning of a file: UTF-8 where it is UTF-8, else GB18030 where the first
    /// lines then hold Chinese, else Windows-1252.
    pub(crate) fn of(head: &[u8]) -> Self {
        // The last letter may be cut.
        let is_utf8 = match std::str::from_utf8(head) {
            Ok(_) => true,
            Err(error) => error.error_len().is_none(),
        };
        let is_chinese = !is_utf8 && looks_chinese(head);
        let fallback = if is_chinese { GB18030 } else { WINDOWS_1252 };
        Self { fallback, has_fallback: !is_utf8 }
    }

    pub(crate) fn name(&self) -> String {
        let encoding = if self.has_fallback { self.fallback } else { UTF_8 };
        encoding.name().to_lowercase()
    }

    pub(crate) fn text<'a>(&self, cell: &'a [u8]) -> Cow<'a, str> {
        match std::str::from_utf8(cell) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => self.fallback.decode_without_bom_handling(cell).0,
        }
    }
}

/// Whether the first line, read as GB18030, holds Chinese words. An accented letter and the one behind
/// it look like a Chinese letter, too, but one alone: words have two or more.
fn looks_chinese(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or(head);
    let (text, had_errors) = GB18030.decode_without_bom_handling(line);
    let is_han = |letter: &char| ('\u{4e00}'..='\u{9fff}').contains(letter);
    let words = text.split(|letter| !is_han(&letter)).map(|word| word.chars().count());
    let n_han: usize = words.filter(|length| *length >= 2).sum();
    let n_other = text.chars().filter(|letter| !letter.is_ascii()).count();
    !had_errors && n_han >= 4 && n_han * 4 >= n_other * 3
}

/// The 16-bit encoding that a file begins with, if any.
pub(crate) fn wide_encoding(head: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(head) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => Some(encoding),
        Some(_) => None,
        // Without a mark: ASCII text has a zero in every other byte.
        None => {
            let sample = head.get(..64.min(head.len()) & !1).unwrap_or(&[]);
            let zeros =
                |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
            let most = sample.len() / 2 * 3 / 4;
            match (sample.len() >= 8, zeros(1) > most, zeros(0) > most) {
                (true, true, false) => Some(UTF_16LE),
                (true, false, true) => Some(UTF_16BE),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_stays_utf8_even_cut_in_a_letter() {
        let head = "sku,品名".as_bytes();
        assert_eq!(CellEncoding::of(&head[..head.len() - 1]).name(), "utf-8");
    }

    #[test]
    fn western_and_chinese_cells_are_told_apart() {
        let western = b"sku,product-name\nA,Caf\xe9 \x96 Set\n";
        assert_eq!(CellEncoding::of(western).name(), "windows-1252");
        assert_eq!(CellEncoding::of(western).text(b"Caf\xe9 \x96"), "Café –");
        let spanish = "Fecha de inicio,Nombre de la campa\u{f1}a,Segmentaci\u{f3}n,T\u{e9}rmino de b\u{fa}squeda,Divisi\u{f3}n de campa\u{f1}as\n";
        let (spanish, _, _) = WINDOWS_1252.encode(spanish);
        assert_eq!(CellEncoding::of(&spanish).name(), "windows-1252");
        let (chinese, _, _) = GB18030.encode("产品编号,采购成本,头程成本\n");
        assert_eq!(CellEncoding::of(&chinese).name(), "gb18030");
    }

    #[test]
    fn wide_text_is_seen_with_and_without_its_mark() {
        assert_eq!(wide_encoding(b"\xff\xfeD\0a\0"), Some(UTF_16LE));
        assert_eq!(wide_encoding(b"D\0a\0y\0\t\0C\0"), Some(UTF_16LE));
        assert_eq!(wide_encoding(b"Day,Campaign"), None);
        assert_eq!(wide_encoding(&[0; 64]), None);
    }
}
