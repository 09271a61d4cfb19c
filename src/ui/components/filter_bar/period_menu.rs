//! The period: presets, two dates, and one step back or forth.

use leptos::{ev::SubmitEvent, prelude::*};

use super::presets::{Preset, shifted};
use crate::{
    domain::{Day, Period},
    ui::{
        components::{Glyph, Icon, Popover, hide_popover},
        format,
        i18n::{I18n, language, t, t_string, use_i18n},
        state::{use_location, use_workbook},
    },
};

const MENU: &str = "period-menu";

/// Three buttons: the period before, the period itself with its menu, the period after.
#[component]
pub(super) fn PeriodMenu(
    /// The period shown, after defaults.
    period: Signal<Option<Period>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let text = move || {
        let period = period.get()?;
        Some(format::period(period, language(i18n)))
    };
    let step = move |steps: i32| {
        if let Some(period) = period.get_untracked() {
            location.change(|view| view.period = Some(shifted(period, steps)));
        }
    };
    view! {
        <span class="filter-bar__period">
            <button
                type="button"
                class="button"
                data-kind="icon"
                aria-label=t!(i18n, home.period_before)
                on:click=move |_| step(-1)
            >
                <Icon glyph=Glyph::Left/>
            </button>
            <button type="button" class="chip" popovertarget=MENU>
                <Icon glyph=Glyph::Calendar/>
                <span>{text}</span>
            </button>
            <button
                type="button"
                class="button"
                data-kind="icon"
                aria-label=t!(i18n, home.period_after)
                on:click=move |_| step(1)
            >
                <Icon glyph=Glyph::Right/>
            </button>
        </span>
        <Popover id=MENU>
            <Presets/>
            <CustomPeriod period/>
        </Popover>
    }
    .into_any()
}

fn preset_name(i18n: I18n, preset: Preset) -> &'static str {
    match preset {
        Preset::Last7Days => t_string!(i18n, home.preset_7),
        Preset::Last30Days => t_string!(i18n, home.preset_30),
        Preset::Last90Days => t_string!(i18n, home.preset_90),
        Preset::MonthToDate => t_string!(i18n, home.preset_month_to_date),
        Preset::LastMonth => t_string!(i18n, home.preset_last_month),
        Preset::YearToDate => t_string!(i18n, home.preset_year_to_date),
        Preset::All => t_string!(i18n, home.preset_all),
    }
}

/// Periods by name, each with its days.
#[component]
fn Presets() -> impl IntoView {
    let (i18n, location, workbook) = (use_i18n(), use_location(), use_workbook());
    let covered = Memo::new(move |_| {
        workbook.state.with(|state| state.as_ref().and_then(|open| open.covered))
    });
    let chosen = move || location.route.with(|route| route.view.period);
    let item = move |preset: Preset| {
        let period = Memo::new(move |_| covered.get().map(|covered| preset.period(covered)));
        let days = move || {
            let period = period.get()?;
            Some(format::period_short(period, language(i18n)))
        };
        view! {
            <button
                type="button"
                class="menu__item"
                aria-current=move || (chosen() == period.get() && period.get().is_some()).then_some("true")
                on:click=move |_| {
                    hide_popover(MENU);
                    location.change(|view| view.period = period.get_untracked());
                }
            >
                <span>{move || preset_name(i18n, preset)}</span>
                <small>{days}</small>
            </button>
        }
    };
    view! { <div class="menu">{Preset::ALL.map(item).collect_view()}</div> }.into_any()
}

/// Two dates of the person's own.
#[component]
fn CustomPeriod(
    /// What the dates are before the person changes them.
    period: Signal<Option<Period>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let (from, to) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let from_text = move || from.get().or_else(|| Some(period.get()?.from.to_string()));
    let to_text = move || to.get().or_else(|| Some(period.get()?.to.to_string()));
    let apply = move |event: SubmitEvent| {
        event.prevent_default();
        let day = |text: Option<String>| text.and_then(|text| Day::parse(&text));
        if let Some((from, to)) = day(from_text()).zip(day(to_text())) {
            hide_popover(MENU);
            location.change(|view| view.period = Some(Period::between(from, to)));
        }
        from.set(None);
        to.set(None);
    };
    view! {
        <form class="menu__form" on:submit=apply>
            <label class="field">
                <span class="field__label">{t!(i18n, home.period_from)}</span>
                <input
                    type="date"
                    class="field__input"
                    prop:value=move || from_text().unwrap_or_default()
                    on:input=move |event| from.set(Some(event_target_value(&event)))
                />
            </label>
            <label class="field">
                <span class="field__label">{t!(i18n, home.period_to)}</span>
                <input
                    type="date"
                    class="field__input"
                    prop:value=move || to_text().unwrap_or_default()
                    on:input=move |event| to.set(Some(event_target_value(&event)))
                />
            </label>
            <button type="submit" class="button" data-kind="primary">
                {t!(i18n, home.period_apply)}
            </button>
        </form>
    }
    .into_any()
}
