//! How far each report reaches; one line, read every morning.

use std::sync::Arc;

use leptos::prelude::*;

use super::page::part;
use crate::{
    ui::{
        components::{Glyph, Icon},
        format,
        i18n::{language, name, t, t_string, use_i18n},
    },
    worker::protocol::{Freshness, HomeView},
};

/// Reports more than this many days behind the newest one are late.
const LATE_DAYS: i32 = 3;

/// The last day of each report kind; late ones stand out by icon and word.
#[component]
pub(super) fn FreshnessStrip(
    /// The newest answer.
    home: Signal<Option<Arc<HomeView>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let item = move |report: Freshness, newest: i32| {
        let is_late = newest - report.last_day.days_since_epoch() > LATE_DAYS;
        let state = if is_late { "late" } else { "fresh" };
        let glyph = if is_late { Glyph::Clock } else { Glyph::Check };
        let (names, day) = (report.names, report.last_day);
        view! {
            <li data-state=state title=move || is_late.then(|| t_string!(i18n, home.late))>
                <Icon glyph/>
                {move || name(i18n, &names)}
                <b>{move || format::day_short(day, language(i18n))}</b>
            </li>
        }
    };
    let items = move || {
        let reports = part(home, |home| home.freshness.clone())?;
        let newest = reports.iter().map(|report| report.last_day.days_since_epoch()).max()?;
        Some(reports.into_iter().map(|report| item(report, newest)).collect_view())
    };
    view! {
        <ul class="freshness-strip" aria-label=move || t_string!(i18n, home.freshness)>
            <li>{t!(i18n, home.data_up_to)}</li>
            {items}
        </ul>
    }
}
