//! What so many depend on that one frame is too short for a change of it.

use std::array;

use leptos::prelude::*;

/// `value` for each of `N` groups: the first is told of a change at once, each other one a frame after the one before.
/// A change from the first to the second of which `is_jump` says that it is one is told to all at once.
pub(crate) fn use_in_turns<T: Clone + PartialEq + Send + Sync + 'static, const N: usize>(
    value: Memo<T>,
    is_jump: fn(&T, &T) -> bool,
) -> [ReadSignal<T>; N] {
    let groups: [_; N] = array::from_fn(|_| RwSignal::new(value.get_untracked()));
    #[expect(clippy::disallowed_methods, reason = "tells one group a frame, in hooks")]
    Effect::new(move |before: Option<T>| {
        let next = value.get();
        if before.is_none_or(|before| is_jump(&before, &next)) {
            for group in groups {
                tell(group, &next);
            }
        } else {
            take_turns(groups.into_iter(), value);
        }
        next
    });
    groups.map(|group| group.read_only())
}

/// A value that is gone ends it.
fn take_turns<T: Clone + PartialEq + Send + Sync + 'static>(
    mut groups: impl Iterator<Item = RwSignal<T>> + 'static,
    value: Memo<T>,
) {
    if let (Some(group), Some(value_now)) = (groups.next(), value.try_get_untracked()) {
        tell(group, &value_now);
        request_animation_frame(move || take_turns(groups, value));
    }
}

fn tell<T: Clone + PartialEq + Send + Sync + 'static>(group: RwSignal<T>, value: &T) {
    group.try_maybe_update(|told| {
        let is_other = told != value;
        if is_other {
            told.clone_from(value);
        }
        (is_other, ())
    });
}
