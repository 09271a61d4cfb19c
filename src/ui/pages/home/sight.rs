//! What home shows.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    ui::components::TrendInView,
    worker::protocol::{HomeRequest, HomeView, Request, Response},
};

/// Figures with what they are of. While newer ones are awaited the page shows these: what is said
/// about them must not come from the URL.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sight {
    pub(super) asked: HomeRequest,
    pub(super) home: HomeView,
}

/// The newest answer; `None` before the first one.
pub(super) type Home = Signal<Option<Arc<Sight>>>;

impl Sight {
    pub(super) fn of(request: Request, response: Response) -> Option<Self> {
        match (request, response) {
            (Request::Home(asked), Response::Home(home)) => Some(Self { asked, home: *home }),
            _ => None,
        }
    }

    pub(super) fn trend(&self) -> TrendInView {
        TrendInView {
            trend: self.home.trend.clone(),
            currency: self.home.currency,
            asked: self.asked.clone(),
            ranges: Vec::new(),
        }
    }
}

/// A part of the newest answer.
pub(super) fn part<T>(home: Home, pick: impl FnOnce(&Sight) -> T) -> Option<T> {
    home.with(|sight| sight.as_deref().map(pick))
}
