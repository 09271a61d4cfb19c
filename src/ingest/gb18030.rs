//! GB18030, in which Chinese programs write. Browsers have its table of 24 000 letters already: there
//! the engine's host lends their decoder, and the engine's first part is a tenth smaller.

use std::sync::OnceLock;

static LENT: OnceLock<fn(&[u8]) -> String> = OnceLock::new();

/// Lends a decoder, once for the program's life.
pub fn lend_gb18030(decoder: fn(&[u8]) -> String) {
    LENT.get_or_init(|| decoder);
}

/// `bytes` as text; what is none becomes U+FFFD.
pub(crate) fn gb18030(bytes: &[u8]) -> String {
    LENT.get().map_or_else(|| own(bytes), |decoder| decoder(bytes))
}

#[cfg(not(target_arch = "wasm32"))]
fn own(bytes: &[u8]) -> String {
    encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()
}

/// Chinese letters are unreadable until a decoder is lent.
#[cfg(target_arch = "wasm32")]
fn own(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
