//! Where cells can end: delimiters, line ends and quotes of a buffer, found 64 bytes at a time.

use wide::u8x16;

/// Bytes looked at together: one bit each in a `u64`.
pub(crate) const BLOCK: usize = 64;

/// Walks over the marks of one buffer. Cheap while it is asked for places that grow.
#[derive(Debug)]
pub(crate) struct Marks<'a> {
    bytes: &'a [u8],
    wanted: Wanted,
    /// Where the block begins that the bits are about.
    block: usize,
    found: Found,
}

/// What is looked for beside line feeds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) delimiter: u8,
    pub(crate) quotes: bool,
}

/// The marks of one block, a bit for each byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Found {
    delimiters: u64,
    feeds: u64,
    quotes: u64,
}

impl<'a> Marks<'a> {
    /// The first block begins at `from`.
    pub(crate) fn new(bytes: &'a [u8], wanted: Wanted, from: usize) -> Self {
        let mut marks = Self { bytes, wanted, block: from, found: Found::default() };
        marks.look();
        marks
    }

    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Goes to the next block; `false` when there is none.
    fn go_on(&mut self) -> bool {
        if self.block + BLOCK >= self.bytes.len() {
            return false;
        }
        self.block += BLOCK;
        self.look();
        true
    }

    /// The first delimiter or line feed at `from` or behind it; `None` when there is none.
    pub(crate) fn next_end(&mut self, from: usize) -> Option<usize> {
        self.next(from, |found| found.delimiters | found.feeds)
    }

    /// The first quote at `from` or behind it; `None` when there is none.
    pub(crate) fn next_quote(&mut self, from: usize) -> Option<usize> {
        self.next(from, |found| found.quotes)
    }

    fn next(&mut self, from: usize, wanted: impl Fn(&Found) -> u64) -> Option<usize> {
        if from < self.block || from >= self.block + BLOCK {
            if from >= self.bytes.len() {
                return None;
            }
            self.block = from;
            self.look();
        }
        let mut bits = wanted(&self.found) & (u64::MAX << (from - self.block));
        while bits == 0 {
            if !self.go_on() {
                return None;
            }
            bits = wanted(&self.found);
        }
        Some(self.block + bits.trailing_zeros() as usize)
    }

    fn look(&mut self) {
        let wanted = self.wanted;
        let found = block_at(self.bytes, self.block, |bytes| found_in(bytes, wanted));
        self.found = found.unwrap_or_else(|(bytes, in_buffer)| {
            let found = found_in(&bytes, wanted);
            Found {
                delimiters: found.delimiters & in_buffer,
                feeds: found.feeds & in_buffer,
                quotes: found.quotes & in_buffer,
            }
        });
    }
}

/// The ends of cells in one block of a text without quotes, a bit for each byte.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ends {
    /// Delimiters and line feeds.
    pub(crate) all: u64,
    pub(crate) feeds: u64,
}

/// The ends in the block that begins at `from`.
#[inline]
pub(crate) fn ends_at(bytes: &[u8], from: usize, delimiter: u8) -> Ends {
    let found = block_at(bytes, from, |bytes| ends_in(bytes, delimiter));
    found.unwrap_or_else(|(bytes, in_buffer)| {
        let Ends { all, feeds } = ends_in(&bytes, delimiter);
        Ends { all: all & in_buffer, feeds: feeds & in_buffer }
    })
}

#[inline]
fn ends_in(bytes: &[u8; BLOCK], delimiter: u8) -> Ends {
    let feeds = equal_to(bytes, b'\n');
    Ends { all: equal_to(bytes, delimiter) | feeds, feeds }
}

/// What `look` finds in the block at `from`. An error at the end of the buffer: the block filled up with
/// zeros, and a bit for each byte that is of the buffer.
#[inline]
fn block_at<T>(
    bytes: &[u8],
    from: usize,
    look: impl FnOnce(&[u8; BLOCK]) -> T,
) -> Result<T, ([u8; BLOCK], u64)> {
    let rest = bytes.get(from..).unwrap_or(&[]);
    match rest.first_chunk::<BLOCK>() {
        Some(block) => Ok(look(block)),
        None => Err(last_block(rest)),
    }
}

#[cold]
fn last_block(rest: &[u8]) -> ([u8; BLOCK], u64) {
    let mut bytes = [0; BLOCK];
    bytes.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
    (bytes, (1_u64 << rest.len()) - 1)
}

fn found_in(bytes: &[u8; BLOCK], wanted: Wanted) -> Found {
    Found {
        delimiters: equal_to(bytes, wanted.delimiter),
        feeds: equal_to(bytes, b'\n'),
        quotes: if wanted.quotes { equal_to(bytes, b'"') } else { 0 },
    }
}

/// A bit for each byte that is `wanted`.
#[inline]
fn equal_to(bytes: &[u8; BLOCK], wanted: u8) -> u64 {
    let wanted = u8x16::splat(wanted);
    let bits = |part: &[u8; 16]| u64::from(u8x16::new(*part).simd_eq(wanted).to_bitmask());
    // Written out: a loop over four would stay one in a small program.
    let ([first, second, third, fourth], _) = bytes.as_chunks::<16>() else { return 0 };
    bits(first) | bits(second) << 16 | bits(third) << 32 | bits(fourth) << 48
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `equal_to`, byte by byte.
    fn equal_one_by_one(bytes: &[u8; BLOCK], wanted: u8) -> u64 {
        let bit = |(at, byte): (usize, &u8)| u64::from(*byte == wanted) << at;
        bytes.iter().enumerate().map(bit).sum()
    }

    proptest! {
        #[test]
        fn vectors_and_single_bytes_agree(
            bytes in prop::collection::vec(any::<u8>(), BLOCK),
            wanted: u8,
        ) {
            let bytes: [u8; BLOCK] = bytes.try_into().unwrap();
            prop_assert_eq!(equal_to(&bytes, wanted), equal_one_by_one(&bytes, wanted));
        }

        #[test]
        fn vectors_and_single_bytes_agree_on_texts(text in "[,\"\n a]{64}") {
            let bytes: [u8; BLOCK] = text.as_bytes().try_into().unwrap();
            for wanted in *b",\n\"" {
                prop_assert_eq!(equal_to(&bytes, wanted), equal_one_by_one(&bytes, wanted));
            }
        }
    }

    const WANTED: Wanted = Wanted { delimiter: b',', quotes: true };

    type Next = fn(&mut Marks<'_>, usize) -> Option<usize>;

    /// All marks, as a loop over the bytes finds them.
    #[track_caller]
    fn check(bytes: &[u8]) {
        let places = |wanted: &[u8]| -> Vec<usize> {
            (0..bytes.len()).filter(|at| wanted.contains(&bytes[*at])).collect()
        };
        let kinds: [(&[u8], Next); 2] = [
            (b",\n", |marks, from| marks.next_end(from)),
            (b"\"", |marks, from| marks.next_quote(from)),
        ];
        for (wanted, next) in kinds {
            for start in [0, 1, 63].into_iter().filter(|start| *start <= bytes.len()) {
                let mut marks = Marks::new(bytes, WANTED, start);
                let (mut found, mut from) = (Vec::new(), 0);
                while let Some(at) = next(&mut marks, from) {
                    found.push(at);
                    from = at + 1;
                }
                assert_eq!(found, places(wanted), "{} bytes from {start}", bytes.len());
            }
        }
    }

    #[test]
    fn every_mark_is_found_wherever_blocks_end() {
        check(b"");
        check(b"a,b\"\n");
        for length in 60..200 {
            let text: Vec<u8> =
                (0..length).map(|at| *b"abc,de\nf\"hij,k".get(at * 7 % 14).unwrap()).collect();
            check(&text);
        }
        check(&[b'x'; 129]);
        check(&[b','; 128]);
    }

    #[test]
    fn places_may_be_asked_for_again() {
        let text = [b"aaaa,".repeat(40), b"\n".to_vec()].concat();
        let mut marks = Marks::new(&text, WANTED, 0);
        assert_eq!(marks.next_end(150), Some(154));
        assert_eq!(marks.next_end(3), Some(4));
        assert_eq!(marks.next_end(200), Some(200));
        assert_eq!(marks.next_end(201), None);
    }
}
