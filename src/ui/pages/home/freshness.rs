//! How far each report reaches; one line, read every morning.

use leptos::prelude::*;

use super::sight::{Home, part};
use crate::{
    ui::{
        components::{Glyph, Icon},
        format,
        i18n::{I18n, fill, language, name, t, t_string, use_i18n},
        routes::Page,
        state::use_location,
    },
    worker::protocol::{Freshness, SignedMonths},
};

/// Reports more than this many days behind the newest one are late.
const LATE_DAYS: i32 = 3;

/// How far the reports reach together; late ones stand out by icon and word, one by one.
#[component]
pub(super) fn FreshnessStrip(
    /// The newest answer.
    home: Home,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let items = move || {
        let reports = part(home, |sight| sight.home.freshness.clone())?;
        let newest = reports.iter().map(|report| report.last_day).max()?;
        let is_late = |report: &Freshness| {
            newest.days_since_epoch() - report.last_day.days_since_epoch() > LATE_DAYS
        };
        let (late, fresh): (Vec<_>, Vec<_>) = reports.into_iter().partition(is_late);
        let names: Vec<String> = fresh.iter().map(|report| name(i18n, &report.names)).collect();
        let which = match names.as_slice() {
            [only] => only.clone(),
            several => fill!(i18n, home.fresh_reports, count = several.len()),
        };
        Some(view! {
            <li title=names.join(t_string!(i18n, words.list_gap))>
                <Icon glyph=Glyph::Check/>
                <b>{format::day(newest, language(i18n))}</b>
                {which}
            </li>
            {late.into_iter().map(|report| late_item(i18n, &report)).collect_view()}
        })
    };
    let signed = move || {
        let signed = part(home, |sight| sight.home.signed.clone())?;
        let (text, is_late) = signed_text(i18n, &signed);
        Some(view! {
            <li data-state=is_late.then_some("late") data-signed=signed.n_signed>
                <Icon glyph=match (is_late, signed.n_signed) {
                    (true, _) => Glyph::Warning,
                    (_, 0) => Glyph::Info,
                    _ => Glyph::Check,
                }/>
                <a href=move || location.href(Page::Reconciliation)>{text}</a>
            </li>
        })
    };
    view! {
        <ul class="freshness-strip" aria-label=t!(i18n, home.freshness)>
            <li>{t!(i18n, home.data_up_to)}</li>
            {items}
            {signed}
        </ul>
    }
    .into_any()
}

/// Who stands for the months that are shown, and whether that should be looked at again.
fn signed_text(i18n: I18n, signed: &SignedMonths) -> (String, bool) {
    let SignedMonths { n_months, n_signed, n_changed, names } = signed;
    let names = names.join(t_string!(i18n, words.list_gap));
    if *n_changed > 0 {
        return (fill!(i18n, home.signed_changed, names = names), true);
    }
    let text = match n_signed {
        0 => t_string!(i18n, home.signed_none).to_owned(),
        _ if n_signed == n_months => fill!(i18n, home.signed_all, names = names),
        _ => fill!(i18n, home.signed_some, signed = n_signed, months = n_months),
    };
    (text, false)
}

fn late_item(i18n: I18n, report: &Freshness) -> impl IntoView + use<> {
    view! {
        <li data-state="late" title=t_string!(i18n, home.late)>
            <Icon glyph=Glyph::Clock/>
            {name(i18n, &report.names)}
            <b>{format::day_short(report.last_day, language(i18n))}</b>
        </li>
    }
}
