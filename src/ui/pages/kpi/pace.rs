//! How far the month is along its plan, and where it will probably end.

use leptos::prelude::*;

use crate::{
    domain::{Currency, Period},
    ui::{
        format::{self, Style},
        hooks::use_worker_query,
        i18n::{I18n, fill, language, t, t_string, use_i18n},
        routes::Page,
        state::use_location,
    },
    worker::protocol::{
        ForecastView, PacePlan, PaceView, PlanAnswer, PlanRequest, Request, Response, Sealed,
        UnitView,
    },
};

/// Plan, pace and forecast of the month with the newest day; nothing for KPIs whose days do not add up.
#[component]
pub(super) fn PacePanel(
    /// The KPI's id.
    kpi: String,
    /// Of its values.
    unit: UnitView,
    /// Of money.
    currency: Signal<Currency>,
) -> impl IntoView {
    let (i18n, view) = (use_i18n(), use_location().view());
    let filters = Memo::new(move |_| view.with(|view| view.filters.clone()));
    let answer = use_worker_query(
        move || {
            let request = PlanRequest::Pace { kpi: kpi.clone(), filters: filters.get() };
            Some(Request::Plan(Sealed::of(&request)))
        },
        |_, response| match response {
            Response::Plan(answer) => match answer.open()? {
                PlanAnswer::Pace(pace) => pace.map(|it| *it),
                _ => None,
            },
            _ => None,
        },
    );
    let panel = move || {
        let pace = answer.value.get()?;
        let style = Style { unit, currency: currency.get(), language: language(i18n) };
        Some(told(i18n, &pace, style))
    };
    move || panel().into_any()
}

fn told(i18n: I18n, pace: &PaceView, style: Style) -> AnyView {
    let month = format::month(pace.period.from, style.language);
    let so_far = pace.to_date.as_ref().map(|to_date| {
        let days = Period { from: pace.period.from, to: pace.last };
        let days = format::period(days, style.language);
        fill!(i18n, kpi.pace_to_date, days = days, value = style.whole(to_date))
    });
    let so_far = so_far.unwrap_or_else(|| t_string!(i18n, kpi.pace_not_begun).to_owned());
    let plan = pace.plan.as_ref().map(|plan| planned(i18n, (pace, plan), style));
    let plan = plan.unwrap_or_else(|| without_plan(i18n));
    let end = match &pace.forecast {
        Some(end) => ends(i18n, end, style),
        None => view! { <p class="muted">{t!(i18n, kpi.forecast_unknown)}</p> }.into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="pace" data-part="pace">
            <div class="panel__head">
                <h2 id="pace">{fill!(i18n, kpi.pace_title, month = month)}</h2>
                <span class="panel__note">{so_far}</span>
            </div>
            {plan}
            {end}
        </section>
    }
    .into_any()
}

/// To date against the plan, and what each day that is left has to bring.
fn planned(i18n: I18n, (pace, plan): (&PaceView, &PacePlan), style: Style) -> AnyView {
    let is_behind = plan.ahead.starts_with('-');
    let gap = style.whole(plan.ahead.trim_start_matches('-'));
    let planned = style.whole(&plan.planned);
    let target = style.whole(&plan.target);
    let against = if is_behind {
        fill!(i18n, kpi.pace_behind, planned = planned, gap = gap, target = target)
    } else {
        fill!(i18n, kpi.pace_ahead, planned = planned, gap = gap, target = target)
    };
    let needed = plan.needed_per_day.as_ref().map(|needed| {
        let best = pace.best_day.as_ref().map(|(day, value)| {
            let day = format::day(*day, style.language);
            fill!(i18n, kpi.pace_best, day = day, value = style.whole(value))
        });
        let needed = fill!(i18n, kpi.pace_needed, days = plan.n_left, value = style.whole(needed));
        let warns = plan.needs_more_than_best.then(|| t_string!(i18n, kpi.pace_more_than_best));
        view! {
            <p>
                {needed} " " {best} " "
                {warns.map(|text| view! { <strong class="standing" data-standing="behind">{text}</strong> })}
            </p>
        }
    });
    let stands = if is_behind { "behind" } else { "ahead" };
    let mark = if is_behind { "▼" } else { "▲" };
    // Before its first day a month is neither ahead nor behind.
    let against = pace.to_date.as_ref().map(|_| {
        view! {
            <p data-part="pace-plan" data-value=plan.ahead.clone()>
                <span class="standing" data-standing=stands aria-hidden="true">{mark}</span>
                {against}
            </p>
        }
    });
    view! {
        {against}
        {needed}
    }
    .into_any()
}

fn without_plan(i18n: I18n) -> AnyView {
    let href = use_location().href_now(Page::Targets);
    view! {
        <p class="muted">
            {t!(i18n, kpi.pace_no_target)} " " <a href=href>{t!(i18n, kpi.pace_set_target)}</a>
        </p>
    }
    .into_any()
}

/// The total that is expected, how sure that is, and how it was found.
fn ends(i18n: I18n, end: &ForecastView, style: Style) -> AnyView {
    let expected = fill!(
        i18n,
        kpi.forecast,
        value = style.whole(&end.total),
        low = style.whole(&end.lower),
        high = style.whole(&end.upper)
    );
    let probable = end.probability.as_ref().map(|share| {
        // Its tries make it no surer than by whole per cents.
        let percent = format::parse(share).map(|share| format!("{:.0}%", share * 100.0));
        fill!(i18n, kpi.forecast_probability, share = percent.unwrap_or_default())
    });
    let method = match end.method.as_str() {
        "weeks" => t_string!(i18n, kpi.forecast_weeks),
        "last_year" => t_string!(i18n, kpi.forecast_last_year),
        "parts" => t_string!(i18n, kpi.forecast_parts),
        _ => t_string!(i18n, kpi.forecast_yearly_parts),
    };
    let tried = fill!(
        i18n,
        kpi.forecast_tried,
        method = method,
        tries = end.n_tries,
        error = format::percent(&end.error),
        naive = format::percent(&end.naive_error)
    );
    view! {
        <p data-part="forecast" data-value=end.total.clone()>{expected} " " {probable}</p>
        <p class="small muted">{tried}</p>
    }
    .into_any()
}
