//! Texts as bytes.

/// Whether two texts are the same, some bytes at a time: WebAssembly has no instruction for it, and
/// what the compiler takes for `==` there goes byte by byte.
#[inline]
pub fn are_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len()
        && same_words(one, other, u64::from_ne_bytes)
            .or_else(|| same_words(one, other, u32::from_ne_bytes))
            .unwrap_or_else(|| one.iter().zip(other).all(|(one, other)| one == other))
}

/// The same for texts of one length; `None` where they are shorter than a word. The last word overlaps
/// with those before.
#[inline]
fn same_words<const N: usize, Word: PartialEq>(
    one: &[u8],
    other: &[u8],
    word: impl Fn([u8; N]) -> Word,
) -> Option<bool> {
    let is_same = |one: &[u8; N], other: &[u8; N]| word(*one) == word(*other);
    let ends_same = is_same(one.last_chunk()?, other.last_chunk()?);
    let mut words = one.as_chunks().0.iter().zip(other.as_chunks().0);
    Some(ends_same && words.all(|(one, other)| is_same(one, other)))
}

#[cfg(test)]
mod tests {
    use super::are_same;

    #[test]
    fn one_other_byte_is_another_text() {
        let text: Vec<u8> = (0..40).collect();
        for n in 0..=text.len() {
            let one = &text[..n];
            assert!(are_same(one, &text.clone()[..n]), "{n} bytes");
            assert!(!are_same(one, &text[..n.max(1) - 1]) || n == 0, "{n} bytes");
            for at in 0..n {
                let mut other = one.to_vec();
                other[at] ^= 0x80;
                assert!(!are_same(one, &other), "{n} bytes, byte {at}");
            }
        }
    }
}
