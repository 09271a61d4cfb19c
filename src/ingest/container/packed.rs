//! Packed files: gzip (RFC 1952), and files of an archive.

use std::io::{self, Write};

use flate2::{
    Crc,
    write::{DeflateDecoder, MultiGzDecoder},
};

/// Packed bytes unpacked together. Unpacked they are at most a thousand times as many.
const PACKED_AT_ONCE: usize = 16 * 1024;

/// What unpacks to more is no export, but made to fill the memory.
pub(crate) const MAX_UNPACKED_BYTES: u64 = 4 << 30;

/// Whether a file begins as a gzip file. Two bytes tell.
pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(b"\x1f\x8b")
}

/// How a file of an archive is packed, and what it has to be when it is unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    pub packing: Packing,
    /// Its length.
    pub n_bytes: u64,
    /// The checksum of APPNOTE 4.4.7.
    pub crc: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not packed at all.
    Stored,
    Deflate,
}

/// Why a packed file cannot be unpacked.
#[derive(Debug)]
pub(crate) enum Unpacking {
    /// Damaged, or half a download.
    Damaged(String),
    /// It is longer than anything that is read.
    TooLarge,
}

impl From<io::Error> for Unpacking {
    fn from(error: io::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// Unpacks a file that comes in pieces.
pub(crate) struct Unpacker {
    decoder: Decoder,
    n_bytes: u64,
    /// What has to come out, where the archive says so.
    checked: Option<(Packed, Crc)>,
}

enum Decoder {
    Stored(Vec<u8>),
    Deflate(DeflateDecoder<Vec<u8>>),
    Gzip(MultiGzDecoder<Vec<u8>>),
}

impl Unpacker {
    pub(crate) fn of_gzip() -> Self {
        let decoder = Decoder::Gzip(MultiGzDecoder::new(Vec::new()));
        Self { decoder, n_bytes: 0, checked: None }
    }

    pub(crate) fn of_archived(packed: Packed) -> Self {
        let decoder = match packed.packing {
            Packing::Stored => Decoder::Stored(Vec::new()),
            Packing::Deflate => Decoder::Deflate(DeflateDecoder::new(Vec::new())),
        };
        Self { decoder, n_bytes: 0, checked: Some((packed, Crc::new())) }
    }

    /// Gives what the next bytes unpack to, some at a time.
    pub(crate) fn feed(
        &mut self,
        bytes: &[u8],
        mut take: impl FnMut(&[u8]),
    ) -> Result<(), Unpacking> {
        for packed in bytes.chunks(PACKED_AT_ONCE) {
            match &mut self.decoder {
                Decoder::Stored(bytes) => bytes.extend_from_slice(packed),
                Decoder::Deflate(decoder) => decoder.write_all(packed)?,
                Decoder::Gzip(decoder) => decoder.write_all(packed)?,
            }
            self.give(&mut take)?;
        }
        Ok(())
    }

    /// Gives the rest, and compares the whole with what it has to be.
    pub(crate) fn finish(&mut self, mut take: impl FnMut(&[u8])) -> Result<(), Unpacking> {
        match &mut self.decoder {
            Decoder::Stored(_) => (),
            Decoder::Deflate(decoder) => decoder.try_finish()?,
            Decoder::Gzip(decoder) => decoder.try_finish()?,
        }
        self.give(&mut take)?;
        match &self.checked {
            Some((packed, crc)) if (packed.n_bytes, packed.crc) != (self.n_bytes, crc.sum()) => {
                Err(Unpacking::Damaged("its checksum does not fit".to_owned()))
            }
            _ => Ok(()),
        }
    }

    fn give(&mut self, take: &mut impl FnMut(&[u8])) -> Result<(), Unpacking> {
        let bytes = match &mut self.decoder {
            Decoder::Stored(bytes) => bytes,
            Decoder::Deflate(decoder) => decoder.get_mut(),
            Decoder::Gzip(decoder) => decoder.get_mut(),
        };
        self.n_bytes += bytes.len() as u64;
        if let Some((_, crc)) = &mut self.checked {
            crc.update(bytes);
        }
        take(bytes);
        bytes.clear();
        // An archive that states less than comes out is made to deceive.
        let limit = self.checked.as_ref().map_or(MAX_UNPACKED_BYTES, |(packed, _)| packed.n_bytes);
        if self.n_bytes > limit { Err(Unpacking::TooLarge) } else { Ok(()) }
    }
}
