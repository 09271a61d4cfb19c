//! Attributes that change while their element has the focus.

use leptos::prelude::*;

/// A name with its value.
pub(crate) type Named = (&'static str, &'static str);

/// Sets the attributes of elements, which were made with the first of them, one by one as they change. An element that
/// is given all its attributes anew loses the focus meanwhile. An element that is not there is left out.
pub(crate) fn use_attributes<const N: usize>(
    id: impl Fn(usize) -> String + Send + Sync + 'static,
    attributes: impl Fn() -> Vec<[Named; N]> + Send + Sync + 'static,
) {
    let first = untrack(&attributes);
    #[expect(clippy::disallowed_methods, reason = "sets attributes, in hooks")]
    Effect::new(move |before: Option<Vec<[Named; N]>>| {
        let now = attributes();
        let before = before.as_ref().unwrap_or(&first);
        for (at, now) in now.iter().enumerate() {
            if before.get(at) != Some(now) {
                set(&id(at), now);
            }
        }
        now
    });
}

fn set(id: &str, attributes: &[Named]) {
    if let Some(element) = document().get_element_by_id(id) {
        for (name, value) in attributes {
            // The names are names of attributes.
            element.set_attribute(name, value).ok();
        }
    }
}
