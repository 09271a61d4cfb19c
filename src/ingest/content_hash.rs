//! The hash that tells files apart.

use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_64_with_seed};

use super::Reading;

/// Bytes hashed by themselves, so that parts of a file that begin at a multiple of them can be
/// hashed apart from each other.
pub(super) const BLOCK_BYTES: usize = 1 << 20;

/// The hashes of a file's blocks, while its bytes come in.
#[derive(Clone, Default)]
pub(super) struct BlockHashes {
    closed: Vec<u64>,
    open: Xxh3,
    n_in_open: usize,
}

impl BlockHashes {
    /// The next bytes, any number of them.
    pub(super) fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = BLOCK_BYTES - self.n_in_open;
            let (own, behind) = bytes.split_at(room.min(bytes.len()));
            self.open.update(own);
            self.n_in_open += own.len();
            if self.n_in_open == BLOCK_BYTES {
                self.close();
            }
            bytes = behind;
        }
    }

    /// The hashes of all blocks; the last one may be shorter than the others.
    pub(super) fn finish(mut self) -> Vec<u64> {
        if self.n_in_open > 0 {
            self.close();
        }
        self.closed
    }

    fn close(&mut self) {
        self.closed.push(self.open.digest());
        self.open.reset();
        self.n_in_open = 0;
    }
}

/// The hash of a file whose blocks have these hashes: that of its only block, else a hash of all.
pub(super) fn content_hash(blocks: &[u64]) -> u64 {
    match blocks {
        [block] => *block,
        blocks => xxh3_64(&blocks.iter().flat_map(|hash| hash.to_le_bytes()).collect::<Vec<u8>>()),
    }
}

/// The reading with its hash, made of the hash of its file: several sheets of one file are several
/// readings, and so is one in which buyers are kept.
pub(super) fn with_hash(reading: Reading, file: u64) -> Reading {
    let of_sheet = match reading.sheets.read.as_str() {
        "" => file,
        sheet => xxh3_64_with_seed(sheet.as_bytes(), file),
    };
    let content_hash = if reading.hashed_columns.is_empty() {
        of_sheet
    } else {
        xxh3_64_with_seed(b"buyers", of_sheet)
    };
    Reading { content_hash, ..reading }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashed(bytes: &[u8], size: usize) -> Vec<u64> {
        let mut hashes = BlockHashes::default();
        bytes.chunks(size).for_each(|piece| hashes.update(piece));
        hashes.finish()
    }

    #[test]
    fn pieces_do_not_matter_and_parts_of_whole_blocks_join() {
        let bytes: Vec<u8> = (0..251).cycle().take(BLOCK_BYTES * 5 / 2).collect();
        let all = hashed(&bytes, bytes.len());
        assert_eq!(all.len(), 3);
        assert_eq!(hashed(&bytes, 1_000_003), all);
        let (first, second) = bytes.split_at(BLOCK_BYTES * 2);
        let joined = [hashed(first, 9_999), hashed(second, 77_777)].concat();
        assert_eq!(content_hash(&joined), content_hash(&all));
        assert_ne!(content_hash(&all), content_hash(&all[..2]));
    }

    #[test]
    fn a_small_file_has_the_hash_of_its_bytes() {
        assert_eq!(content_hash(&hashed(b"a,b\n", 1)), xxh3_64(b"a,b\n"));
    }
}
