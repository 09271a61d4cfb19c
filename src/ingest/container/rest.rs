//! Rows across the borders of the pieces in which a file comes.

/// Bytes read together with the rest of the piece before: most rows are shorter.
const STEP_BYTES: usize = 64 * 1024;

/// The bytes of a row that has not ended. All other rows are read where they stand in a piece.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rest(Vec<u8>);

impl Rest {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Hands on all bytes at once, together with what is left of the ones before. `read` gives the
    /// place of the first one that it did not read.
    pub(crate) fn extend(&mut self, piece: &[u8], read: impl FnOnce(&[u8]) -> usize) {
        self.0.extend_from_slice(piece);
        let at = read(&self.0);
        self.0.drain(..at.min(self.0.len()));
    }

    /// Hands on the next bytes of the file behind what is left of the ones before. `read` gets bytes
    /// that begin with a row, and gives the place of the first one that it did not read, which a row
    /// begins at too.
    pub(crate) fn feed(&mut self, piece: &[u8], mut read: impl FnMut(&[u8]) -> usize) {
        let mut piece = piece;
        let mut step = STEP_BYTES;
        while !self.0.is_empty() && !piece.is_empty() {
            let n_before = self.0.len();
            let (next, behind) = piece.split_at(step.min(piece.len()));
            self.0.extend_from_slice(next);
            let at = read(&self.0);
            match at.checked_sub(n_before).and_then(|at| piece.get(at..)) {
                Some(unread) => {
                    self.0.clear();
                    piece = unread;
                }
                None => {
                    self.0.drain(..at.min(n_before));
                    piece = behind;
                    // However long the row is, it is not begun anew too often.
                    step *= 2;
                }
            }
        }
        if !piece.is_empty() {
            let at = read(piece);
            self.0.extend_from_slice(piece.get(at..).unwrap_or(&[]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines are rows.
    fn lines(bytes: &[u8], into: &mut Vec<usize>) -> usize {
        let mut from = 0;
        for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
            into.push(at - from);
            from = at + 1;
        }
        from
    }

    #[test]
    fn every_row_is_read_once_whatever_the_pieces() {
        let lengths = [3, 0, 200_000, 1, 70_000, 65_535, 2, 500_000, 4];
        let text: Vec<u8> =
            lengths.iter().flat_map(|n| [vec![b'x'; *n], vec![b'\n']].concat()).collect();
        for size in [1_000, 65_536, 100_001, text.len()] {
            let (mut rest, mut found) = (Rest::default(), Vec::new());
            for piece in [&text[..], b"open"].concat().chunks(size) {
                rest.feed(piece, |bytes| lines(bytes, &mut found));
            }
            assert_eq!(found, lengths, "{size}");
            assert_eq!(rest.bytes(), b"open");
        }
    }
}
