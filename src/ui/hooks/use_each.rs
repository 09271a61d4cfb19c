//! Something that is to be done with every value of a signal.

use leptos::prelude::*;

/// Calls `act` with the value as it is now, and with every other one that comes.
pub(crate) fn use_each<T: Clone + PartialEq + Send + Sync + 'static>(
    value: Memo<T>,
    act: impl Fn(T) + 'static,
) {
    #[expect(clippy::disallowed_methods, reason = "hands values on to a state, in hooks")]
    Effect::new(move || act(value.get()));
}
