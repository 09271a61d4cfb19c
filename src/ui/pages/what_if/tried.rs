//! How far levers are moved, as the URL says it and while one is being moved.

use leptos::prelude::*;

use crate::{
    domain::Fixed,
    ui::{
        routes::{LEVER_KEY, Page, View},
        state::Location,
    },
    worker::protocol::{Lever, Levers},
};

/// The levers that a URL says; nonsense is left out.
fn levers_in(view: &View) -> Levers {
    let pairs = view.own_of(Page::WhatIf.keys()).filter_map(|(_, text)| text.split_once(':'));
    let known = pairs.filter_map(|(id, amount)| {
        let lever = Lever::ALL.into_iter().find(|lever| lever.id() == id)?;
        Some((lever, Fixed::parse(amount)?))
    });
    known.fold(Levers::default(), |levers, (lever, amount)| levers.with(lever, amount))
}

/// What `levers_in` reads: only those that are moved.
fn pairs(levers: &Levers) -> Vec<(&'static str, String)> {
    let moved = Lever::ALL.into_iter().map(|lever| (lever, levers.at(lever)));
    let moved = moved.filter(|(_, amount)| *amount != Fixed::ZERO);
    moved.map(|(lever, amount)| (LEVER_KEY, format!("{}:{amount}", lever.id()))).collect()
}

/// The levers that are tried. The URL keeps them once a handle is let go; while it is moved they are here alone,
/// so that each move is no step of its own on the way back.
#[derive(Clone, Copy)]
pub(super) struct Tried {
    location: Location,
    /// What the URL says, and how often that has changed.
    kept: Memo<(u32, Levers)>,
    /// What was moved since that change.
    moved: RwSignal<Option<(u32, Levers)>>,
    pub(super) levers: Memo<Levers>,
}

impl Tried {
    pub(super) fn of(location: Location) -> Self {
        let kept = Memo::new(move |before: Option<&(u32, Levers)>| {
            let levers = location.route.with(|route| levers_in(&route.view));
            match before {
                Some((count, same)) if *same == levers => (*count, levers),
                Some((count, _)) => (count.wrapping_add(1), levers),
                None => (0, levers),
            }
        });
        let moved = RwSignal::new(None::<(u32, Levers)>);
        let levers = Memo::new(move |_| {
            let (count, levers) = kept.get();
            moved.get().filter(|(since, _)| *since == count).map_or(levers, |(_, moved)| moved)
        });
        Self { location, kept, moved, levers }
    }

    /// A handle is on its way.
    pub(super) fn move_to(self, lever: Lever, amount: Fixed) {
        let (count, _) = self.kept.get_untracked();
        self.moved.set(Some((count, self.levers.get_untracked().with(lever, amount))));
    }

    /// It has arrived.
    pub(super) fn keep(self, lever: Lever, amount: Fixed) {
        self.move_to(lever, amount);
        let levers = self.levers.get_untracked();
        self.location.change(|view| view.set_own(&Page::WhatIf, pairs(&levers)));
    }

    /// All levers stand still again.
    pub(super) fn reset(self) {
        self.moved.set(None);
        self.location.change(|view| view.set_own(&Page::WhatIf, []));
    }

    /// Whether none is moved.
    pub(super) fn is_still(self) -> bool {
        self.levers.with(|levers| *levers == Levers::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::routes::Route;

    #[test]
    fn levers_are_read_and_written_alike() {
        for hash in [
            "#/what-if",
            "#/what-if?lever=price%3A0.05&lever=demand%3A-1.5&lever=tariff%3A0.2&channel=amazon",
        ] {
            let mut route = Route::parse(hash);
            let pairs = pairs(&levers_in(&route.view));
            route.view.set_own(&Page::WhatIf, pairs);
            assert_eq!(route.to_hash(), hash);
        }
    }

    #[test]
    fn nonsense_is_left_out_and_bounds_are_kept() {
        let levers = |hash: &str| levers_in(&Route::parse(hash).view);
        assert_eq!(levers("#/what-if?lever=price&lever=luck:1&lever=cpc:much"), Levers::default());
        let far = levers("#/what-if?lever=price:7");
        assert_eq!(far.at(Lever::Price), Lever::Price.range().most);
    }
}
