//! A place in the document to mount a component, in English or Chinese.

use leptos::{mount::mount_to, prelude::*, task::tick};
use linkstar_kpi::{
    domain::{Currency, Day, Names, Period},
    ui::{
        components::Place,
        i18n::{I18nSubContextProvider, Locale},
        state::provide_location,
    },
    worker::protocol::{DirectionView, Figure, UnitView, ValueView},
};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// A mounted component; it goes with the value.
pub(crate) struct Stage {
    pub host: Element,
    _mounted: Box<dyn std::any::Any>,
}

/// Mounts what `view` gives and waits until it is there.
pub(crate) async fn mount<V: IntoView + 'static>(
    language: Locale,
    view: impl Fn() -> V + Clone + Send + 'static,
) -> Stage {
    let host = document().create_element("section").unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let mounted = mount_to(host.clone().unchecked_into(), move || {
        provide_location();
        let language: Signal<Locale> = Signal::stored(language);
        view! {
            <I18nSubContextProvider initial_locale=language>{view.clone()}</I18nSubContextProvider>
        }
    });
    for _ in 0..3 {
        tick().await;
    }
    Stage { host, _mounted: Box::new(mounted) }
}

impl Stage {
    pub(crate) fn text(&self) -> String {
        self.host.text_content().unwrap()
    }

    pub(crate) fn find(&self, selector: &str) -> Element {
        self.host.query_selector(selector).unwrap().expect(selector)
    }
}

pub(crate) fn names(en: &str, zh: &str) -> Names {
    Names { en: en.to_owned(), zh: zh.to_owned() }
}

pub(crate) fn value(text: &str) -> ValueView {
    ValueView { value: Some(text.to_owned()), ..ValueView::default() }
}

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(crate) fn september() -> Place {
    Place {
        scope: "channel=amazon".to_owned(),
        period: Period { from: day("2026-09-01"), to: day("2026-09-30") },
        currency: Currency::USD,
    }
}

pub(crate) fn figure(
    kpi: &str,
    unit: UnitView,
    now: ValueView,
    before: Option<ValueView>,
) -> Figure {
    Figure {
        kpi: kpi.to_owned(),
        names: names("Net sales", "净销售额"),
        unit,
        direction: DirectionView::Up,
        value: now,
        previous: before,
    }
}
