//! The browser's decoder of GB18030, lent to the engine.

use web_sys::TextDecoder;

thread_local! {
    static DECODER: Option<TextDecoder> = TextDecoder::new_with_label("gb18030").ok();
}

/// `bytes` as text; what is none becomes U+FFFD.
pub(super) fn chinese_text(bytes: &[u8]) -> String {
    let decoded = DECODER.with(|decoder| {
        // The array is read only; the binding asks for more than it needs.
        decoder.as_ref().and_then(|it| it.decode_with_u8_array(bytes).ok())
    });
    decoded.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}
