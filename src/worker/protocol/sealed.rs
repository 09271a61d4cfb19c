//! Answers that the page need not understand before it shows them.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A value as bytes. What reads it is part of the page that opens it, and not of the program that every
/// page needs first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed<T> {
    bytes: Vec<u8>,
    of: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Sealed<T> {
    pub fn of(value: &T) -> Self {
        Self { bytes: postcard::to_allocvec(value).unwrap_or_default(), of: PhantomData }
    }

    /// `None` for bytes of another version.
    pub fn open(&self) -> Option<T> {
        postcard::from_bytes(&self.bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Sealed;

    #[test]
    fn a_value_comes_out_as_it_went_in() {
        let value = vec![("a".to_owned(), Some(7_u32)), (String::new(), None)];
        assert_eq!(Sealed::of(&value).open(), Some(value));
    }
}
