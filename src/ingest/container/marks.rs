//! Where cells can end: the delimiters and line ends of a buffer, found 64 bytes at a time.

use wide::u8x16;

/// Bytes looked at together: one bit each in a `u64`.
const BLOCK: usize = 64;

/// Walks over the marks of one buffer. Cheap while it is asked for places that grow.
#[derive(Debug)]
pub(crate) struct Marks<'a> {
    buffer: &'a [u8],
    delimiter: u8,
    /// Where the block begins that `bits` are about.
    block: usize,
    bits: u64,
}

impl<'a> Marks<'a> {
    pub(crate) fn new(buffer: &'a [u8], delimiter: u8) -> Self {
        let mut marks = Self { buffer, delimiter, block: 0, bits: 0 };
        marks.look_at(0);
        marks
    }

    pub(crate) fn buffer(&self) -> &'a [u8] {
        self.buffer
    }

    /// The first delimiter or line feed at `from` or behind it; `None` when there is none.
    pub(crate) fn next(&mut self, from: usize) -> Option<usize> {
        let block = from - from % BLOCK;
        if block != self.block {
            self.look_at(block);
        }
        let mut bits = self.bits & (u64::MAX << (from % BLOCK));
        while bits == 0 {
            let next = self.block + BLOCK;
            if next >= self.buffer.len() {
                return None;
            }
            self.look_at(next);
            bits = self.bits;
        }
        Some(self.block + bits.trailing_zeros() as usize)
    }

    fn look_at(&mut self, block: usize) {
        let rest = self.buffer.get(block..).unwrap_or(&[]);
        self.block = block;
        self.bits = match rest.first_chunk::<BLOCK>() {
            Some(bytes) => self.marks_of(bytes),
            // The end of the buffer: what fills the block up is masked out.
            None => {
                let mut bytes = [0; BLOCK];
                bytes.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
                let in_buffer = (1_u64 << rest.len()) - 1;
                self.marks_of(&bytes) & in_buffer
            }
        };
    }

    fn marks_of(&self, bytes: &[u8; BLOCK]) -> u64 {
        let (delimiter, line_feed) = (u8x16::splat(self.delimiter), u8x16::splat(b'\n'));
        let (parts, _) = bytes.as_chunks::<16>();
        let mut bits = 0;
        for (part, shift) in parts.iter().zip([0, 16, 32, 48]) {
            let part = u8x16::new(*part);
            let marks = part.simd_eq(delimiter) | part.simd_eq(line_feed);
            bits |= u64::from(marks.to_bitmask()) << shift;
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All marks, as a loop over the bytes finds them.
    #[track_caller]
    fn check(buffer: &[u8]) {
        let is_mark = |at: &usize| matches!(buffer[*at], b',' | b'\n');
        let expected: Vec<usize> = (0..buffer.len()).filter(is_mark).collect();
        let mut marks = Marks::new(buffer, b',');
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(at) = marks.next(from) {
            found.push(at);
            from = at + 1;
        }
        assert_eq!(found, expected, "{} bytes", buffer.len());
    }

    #[test]
    fn every_mark_is_found_wherever_blocks_end() {
        check(b"");
        check(b"a,b\n");
        for length in 60..200 {
            let text: Vec<u8> =
                (0..length).map(|at| *b"abc,de\nfghij,k".get(at * 7 % 14).unwrap()).collect();
            check(&text);
        }
        check(&[b'x'; 129]);
        check(&[b','; 128]);
    }

    #[test]
    fn places_may_be_asked_for_again() {
        let text = [b"aaaa,".repeat(40), b"\n".to_vec()].concat();
        let mut marks = Marks::new(&text, b',');
        assert_eq!(marks.next(150), Some(154));
        assert_eq!(marks.next(3), Some(4));
        assert_eq!(marks.next(200), Some(200));
        assert_eq!(marks.next(201), None);
    }
}
