//! GB18030, in which Chinese programs write. Browsers have its table of 24 000 letters already: there
//! the engine's host lends their decoder, and the program is an eighth smaller.

#[cfg(target_arch = "wasm32")]
mod lent {
    use std::sync::OnceLock;

    static DECODER: OnceLock<fn(&[u8]) -> String> = OnceLock::new();

    /// Lends the engine a decoder, once for its life. Until then Chinese letters are unreadable.
    pub fn lend_gb18030(decoder: fn(&[u8]) -> String) {
        DECODER.get_or_init(|| decoder);
    }

    /// `bytes` as text; what is none becomes U+FFFD.
    pub(crate) fn gb18030(bytes: &[u8]) -> String {
        match DECODER.get() {
            Some(decoder) => decoder(bytes),
            None => String::from_utf8_lossy(bytes).into_owned(),
        }
    }
}

#[cfg(target_arch = "wasm32")]
pub(crate) use lent::gb18030;
#[cfg(target_arch = "wasm32")]
pub use lent::lend_gb18030;

/// `bytes` as text; what is none becomes U+FFFD.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn gb18030(bytes: &[u8]) -> String {
    encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()
}
