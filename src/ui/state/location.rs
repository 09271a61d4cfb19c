//! Where the person is: the URL's hash as a typed route.

use leptos::{ev, prelude::*};

use crate::ui::routes::{Page, Route, View};

/// The route of the URL and the ways to change it.
#[derive(Clone, Copy)]
pub struct Location {
    pub(crate) route: Memo<Route>,
    /// The next route is of another workbook: nothing of the one before is remembered.
    is_afresh: StoredValue<bool>,
}

impl Location {
    /// The page, tracked by itself: it does not change with the filters.
    pub(crate) fn page(self) -> Memo<Page> {
        Memo::new(move |_| self.route.with(|route| route.page.clone()))
    }

    /// The filters, period and so on.
    pub(crate) fn view(self) -> Memo<View> {
        Memo::new(move |_| self.route.with(|route| route.view.clone()))
    }

    /// Link to another page that keeps period and filters.
    pub(crate) fn href(self, page: Page) -> String {
        self.route.with(|route| Route { page, view: route.view.clone() }.to_hash())
    }

    /// The same link, not tracked: for what is written anew with every change of period and filters.
    pub(crate) fn href_now(self, page: Page) -> String {
        self.route_now(page).to_hash()
    }

    /// Goes to another page and keeps period and filters.
    pub(crate) fn go(self, page: Page) {
        set_hash(&self.route_now(page));
    }

    /// The same, with a change of what is to be seen there.
    pub(crate) fn go_seeing(self, page: Page, change: impl FnOnce(&mut View)) {
        let mut route = self.route_now(page);
        change(&mut route.view);
        set_hash(&route);
    }

    /// Goes to a page of another workbook: period and filters of this one mean nothing there.
    pub(crate) fn go_afresh(self, page: Page) {
        self.is_afresh.set_value(true);
        set_hash(&Route { page, view: View::default() });
    }

    /// Changes period, filters and so on; the page stays. Back undoes it.
    pub(crate) fn change(self, change: impl FnOnce(&mut View)) {
        let mut route = self.route.get_untracked();
        change(&mut route.view);
        set_hash(&route);
    }

    fn route_now(self, page: Page) -> Route {
        Route { page, view: self.route.with_untracked(|route| route.view.clone()) }
    }
}

fn set_hash(route: &Route) {
    // Fails only on a URL that is no URL; a hash always is.
    window().location().set_hash(&route.to_hash()).ok();
}

fn read_hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Follows the URL's hash from here on.
pub fn provide_location() -> Location {
    let hash = RwSignal::new(read_hash());
    let listener = window_event_listener(ev::hashchange, move |_| hash.set(read_hash()));
    on_cleanup(move || listener.remove());
    let is_afresh = StoredValue::new(false);
    let route = Memo::new(move |before: Option<&Route>| {
        let mut route = hash.with(|hash| Route::parse(hash));
        // The person finds their table, plan, answers and levers as they left them.
        let forgets = is_afresh.try_update_value(std::mem::take).unwrap_or_default();
        if let Some(before) = before.filter(|_| !forgets) {
            let keys = route.page.keys();
            route.view.own.retain(|(key, _)| keys.contains(key));
            let others = before.view.own.iter().filter(|(key, _)| !keys.contains(key));
            route.view.own.extend(others.cloned());
        }
        route
    });
    let location = Location { route, is_afresh };
    provide_context(location);
    location
}

pub(crate) fn use_location() -> Location {
    expect_context()
}
