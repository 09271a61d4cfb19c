//! Files packed with gzip (RFC 1952).

use std::io::{self, Write};

use flate2::write::MultiGzDecoder;

/// Packed bytes unpacked together. Unpacked they are at most a thousand times as many.
const PACKED_AT_ONCE: usize = 16 * 1024;

/// Whether a file begins as a packed one. Two bytes tell.
pub(crate) fn is_packed(head: &[u8]) -> bool {
    head.starts_with(b"\x1f\x8b")
}

/// Unpacks a file that comes in pieces.
pub(crate) struct Unpacker(MultiGzDecoder<Vec<u8>>);

impl Default for Unpacker {
    fn default() -> Self {
        Self(MultiGzDecoder::new(Vec::new()))
    }
}

impl Unpacker {
    /// Gives what the next bytes unpack to, some at a time. An error: the file is damaged.
    pub(crate) fn feed(&mut self, bytes: &[u8], mut take: impl FnMut(&[u8])) -> io::Result<()> {
        for packed in bytes.chunks(PACKED_AT_ONCE) {
            self.0.write_all(packed)?;
            self.give(&mut take);
        }
        Ok(())
    }

    /// Gives the rest. An error: the file is damaged, or ends too early.
    pub(crate) fn finish(&mut self, mut take: impl FnMut(&[u8])) -> io::Result<()> {
        self.0.try_finish()?;
        self.give(&mut take);
        Ok(())
    }

    fn give(&mut self, take: &mut impl FnMut(&[u8])) {
        take(self.0.get_ref());
        self.0.get_mut().clear();
    }
}
