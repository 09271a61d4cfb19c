//! Bytes as text.

use std::borrow::Cow;

use crate::ingest::gb18030::gb18030;

/// How the cells of a file are decoded. Delimiters, quotes and line ends are the same bytes in all
/// of these encodings, so that a file is cut before it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellEncoding {
    Utf8,
    /// For cells that are no UTF-8.
    Gb18030,
    /// The same.
    Windows1252,
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
        if is_utf8 {
            Self::Utf8
        } else if looks_chinese(head) {
            Self::Gb18030
        } else {
            Self::Windows1252
        }
    }

    pub(crate) fn name(self) -> String {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
            Self::Windows1252 => "windows-1252",
        }
        .to_owned()
    }

    pub(crate) fn text(self, cell: &[u8]) -> Cow<'_, str> {
        match std::str::from_utf8(cell) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) if self == Self::Gb18030 => gb18030(cell).into(),
            Err(_) => cell.iter().copied().map(windows_1252).collect::<String>().into(),
        }
    }
}

/// Windows-1252 is Latin-1 but for these letters, from byte 0x80 on
/// (<https://encoding.spec.whatwg.org/index-windows-1252.txt>).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    let special = byte.checked_sub(0x80).and_then(|at| WINDOWS_1252.get(usize::from(at)));
    special.copied().unwrap_or_else(|| char::from(byte))
}

/// Whether the first line, read as GB18030, holds Chinese words. An accented letter and the one behind
/// it look like a Chinese letter, too, but one alone: words have two or more.
fn looks_chinese(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or(head);
    let text = gb18030(line);
    let is_han = |letter: &char| ('\u{4e00}'..='\u{9fff}').contains(letter);
    let words = text.split(|letter| !is_han(&letter)).map(|word| word.chars().count());
    let n_han: usize = words.filter(|length| *length >= 2).sum();
    let n_other = text.chars().filter(|letter| !letter.is_ascii()).count();
    !text.contains(char::REPLACEMENT_CHARACTER) && n_han >= 4 && n_han * 4 >= n_other * 3
}

/// An encoding of 16 bits a letter, and which byte comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WideEncoding {
    LittleEndian,
    BigEndian,
}

/// The 16-bit encoding that a file begins with, if any.
pub(crate) fn wide_encoding(head: &[u8]) -> Option<WideEncoding> {
    match head {
        [0xff, 0xfe, ..] => return Some(WideEncoding::LittleEndian),
        [0xfe, 0xff, ..] => return Some(WideEncoding::BigEndian),
        _ => (),
    }
    // Without a mark: ASCII text has a zero in every other byte.
    let sample = head.get(..64.min(head.len()) & !1).unwrap_or(&[]);
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let most = sample.len() / 2 * 3 / 4;
    match (sample.len() >= 8, zeros(1) > most, zeros(0) > most) {
        (true, true, false) => Some(WideEncoding::LittleEndian),
        (true, false, true) => Some(WideEncoding::BigEndian),
        _ => None,
    }
}

/// Makes UTF-8 of a text of 16 bits a letter that comes in pieces of any size.
#[derive(Debug)]
pub(crate) struct WideDecoder {
    encoding: WideEncoding,
    /// Bytes that are no whole letter yet.
    rest: Vec<u8>,
}

impl WideDecoder {
    pub(crate) fn new(encoding: WideEncoding) -> Self {
        Self { encoding, rest: Vec::new() }
    }

    /// The letters that end in `bytes`; what is no letter becomes U+FFFD.
    pub(crate) fn decode(&mut self, bytes: &[u8], is_last: bool) -> Vec<u8> {
        let mut all = std::mem::take(&mut self.rest);
        all.extend_from_slice(bytes);
        let unit = |pair: &[u8; 2]| match self.encoding {
            WideEncoding::LittleEndian => u16::from_le_bytes(*pair),
            WideEncoding::BigEndian => u16::from_be_bytes(*pair),
        };
        let (pairs, odd) = all.as_chunks::<2>();
        // The other half of a letter of two units is still to come.
        let is_half = |pair: &[u8; 2]| (0xd800..0xdc00).contains(&unit(pair));
        let is_cut = !is_last && pairs.last().is_some_and(is_half);
        let pairs = pairs.get(..pairs.len() - usize::from(is_cut)).unwrap_or(&[]);
        let letters = char::decode_utf16(pairs.iter().map(unit));
        let letters = letters.map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER));
        let mut text: String = letters.collect();
        if is_last && !odd.is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
        self.rest = all.get(pairs.len() * 2..).filter(|_| !is_last).unwrap_or(&[]).to_vec();
        text.into_bytes()
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
        let (spanish, _, _) = encoding_rs::WINDOWS_1252.encode(spanish);
        assert_eq!(CellEncoding::of(&spanish).name(), "windows-1252");
        let (chinese, _, _) = encoding_rs::GB18030.encode("产品编号,采购成本,头程成本\n");
        assert_eq!(CellEncoding::of(&chinese).name(), "gb18030");
    }

    #[test]
    fn every_western_byte_is_read_as_the_standard_has_it() {
        for byte in 0x80..=0xff {
            let cell = [byte];
            let (standard, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&cell);
            assert_eq!(CellEncoding::Windows1252.text(&cell), standard, "{byte:x}");
        }
    }

    #[test]
    fn wide_text_is_the_same_wherever_it_is_cut() {
        let text = "\u{feff}Tag,Käufe,订单,\u{1f4e6}\n";
        let units = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
        let little: Vec<u8> = units(u16::to_le_bytes);
        let big: Vec<u8> = units(u16::to_be_bytes);
        for (bytes, encoding) in
            [(little, WideEncoding::LittleEndian), (big, WideEncoding::BigEndian)]
        {
            for cut in 0..=bytes.len() {
                let (before, behind) = bytes.split_at(cut);
                let mut decoder = WideDecoder::new(encoding);
                let mut decoded = decoder.decode(before, false);
                decoded.extend(decoder.decode(behind, true));
                assert_eq!(String::from_utf8(decoded).unwrap(), text, "cut at {cut}");
            }
        }
        let mut decoder = WideDecoder::new(WideEncoding::LittleEndian);
        assert_eq!(decoder.decode(b"\0\xd8A", true), "\u{fffd}\u{fffd}".as_bytes());
    }

    #[test]
    fn wide_text_is_seen_with_and_without_its_mark() {
        assert_eq!(wide_encoding(b"\xff\xfeD\0a\0"), Some(WideEncoding::LittleEndian));
        assert_eq!(wide_encoding(b"D\0a\0y\0\t\0C\0"), Some(WideEncoding::LittleEndian));
        assert_eq!(wide_encoding(b"Day,Campaign"), None);
        assert_eq!(wide_encoding(&[0; 64]), None);
    }
}
