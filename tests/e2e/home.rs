//! Home and the KPI pages: figures.

use std::time::Duration;

use crate::{
    browser::Browser,
    figures::{Shown, difference},
    wait::{PATIENCE, wait, wait_for},
};

const CARD: &str = "main a[href^='#/kpi/'] [data-kpi]";

/// The figures of the shown page.
pub(crate) struct Home<'a>(pub(crate) &'a Browser);

impl Home<'_> {
    /// All figures once the page is at rest; `None` while it computes or has none.
    pub(crate) fn figures(&self) -> Option<Vec<Shown>> {
        self.settled("main [data-kpi]")
    }

    /// The figures of the KPI cards once the page is at rest.
    pub(crate) fn cards(&self) -> Option<Vec<Shown>> {
        self.settled(CARD)
    }

    /// Waits for the first KPI card to be there.
    #[track_caller]
    pub(crate) fn wait_for_first_card(&self, patience: Duration) {
        let is_there = || self.0.has(&format!("{CARD}[data-value]")).then_some(());
        wait_for("the first KPI card", patience, is_there);
    }

    #[track_caller]
    pub(crate) fn wait_for_figures(&self) -> Vec<Shown> {
        wait("figures", || self.figures())
    }

    #[track_caller]
    pub(crate) fn wait_for_cards(&self) -> Vec<Shown> {
        wait("KPI cards", || self.cards())
    }

    /// Waits until the page shows exactly these figures.
    #[track_caller]
    pub(crate) fn wait_to_show(&self, expected: &[Shown]) {
        let mut last = "no figures".to_owned();
        let clock = crate::wait::Clock::start();
        while clock.elapsed() < PATIENCE {
            if let Some(seen) = self.figures() {
                match difference(expected, &seen) {
                    None => return,
                    Some(difference) => last = difference,
                }
            }
            // Figures that differ for longer than this stay so.
            if last != "no figures" && clock.elapsed() > Duration::from_secs(10) {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{} shows other figures:\n{last}", self.0.hash());
    }

    fn settled(&self, css: &str) -> Option<Vec<Shown>> {
        let code = "
            const main = document.querySelector('main');
            if (!main || main.closest('[aria-busy=true]') || main.querySelector('[aria-busy=true]'))
                return null;
            return [...document.querySelectorAll(arguments[0])].map(({ dataset }) =>
                [dataset.kpi, dataset.scope, dataset.period, dataset.value]);";
        let seen = self.0.script_with(code, &serde_json::json!([css]));
        let seen: Vec<Shown> = seen.as_array()?.iter().map(Shown::from_json).collect();
        (!seen.is_empty()).then_some(seen)
    }
}
