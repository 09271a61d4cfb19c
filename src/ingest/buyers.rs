//! Buyers without who they are: what a report calls a buyer becomes a salted hash.

use siphasher::sip128::SipHasher24;
use xxhash_rust::xxh3::xxh3_128;

/// Makes the same text of the same buyer, as long as the secret is the same. Without the secret
/// nobody can try names or addresses out: `SipHash-2-4` is a pseudorandom function under its key.
#[derive(Debug, Clone)]
pub(crate) struct BuyerHash(SipHasher24);

impl BuyerHash {
    /// The key is made of all letters of `secret`, which should hold 128 random bits.
    pub(crate) fn new(secret: &str) -> Self {
        Self(SipHasher24::new_with_key(&xxh3_128(secret.as_bytes()).to_le_bytes()))
    }

    /// 32 hexadecimal digits; empty for a buyer of whom nothing is said. Spaces around a text, and
    /// upper or lower case, make no other buyer of it: mail addresses are written either way.
    pub(crate) fn of(&self, buyer: &str) -> String {
        let buyer = buyer.trim().to_lowercase();
        if buyer.is_empty() {
            return String::new();
        }
        format!("{:032x}", self.0.hash(buyer.as_bytes()).as_u128())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_buyer_is_one_hash_under_one_secret() {
        let hash = BuyerHash::new("0011");
        let buyer = hash.of("Ann@example.com");
        assert_eq!(buyer.len(), 32);
        assert_eq!(hash.of(" ann@EXAMPLE.com "), buyer);
        assert_ne!(hash.of("anne@example.com"), buyer);
        assert_ne!(BuyerHash::new("0012").of("Ann@example.com"), buyer);
        assert!(!buyer.contains("ann"));
    }

    #[test]
    fn nobody_stays_nobody() {
        assert_eq!(BuyerHash::new("0011").of("  "), "");
    }
}
