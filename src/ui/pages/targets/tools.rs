//! What is shown, and what can be done with what is chosen.

use leptos::{prelude::*, task::spawn_local};

use super::{
    chosen::{Chosen, chosen},
    row::Shared,
    scope::{ScopeChips, by_name},
    url::{PlanUrl, SPANS, span_id},
};
use crate::{
    domain::{Day, Fixed, TargetChange, TargetLevel},
    ui::{
        components::{
            ChosenKpis, Glyph, Icon, KpiChooser, Popover, Segmented, hide_popover, typed_value,
        },
        format,
        hooks::today,
        i18n::{I18n, fill, language, t, t_string, use_i18n},
        state::{use_announcer, use_engine, use_location, use_workbook},
    },
    worker::protocol::{
        Change, KpiChoice, PlanAction, PlanAnswer, PlanBy, PlanDrafts, PlanRequest, PlanRow,
        PlanSpan, Request, Response, Sealed, SpreadWay, UnitView,
    },
};

const MENU: &str = "plan-actions";

/// The two rows above the grid.
#[component]
pub(super) fn Tools(
    /// What rows share.
    shared: Shared,
    /// The rows whose terms are looked at.
    terms_of: RwSignal<Option<Vec<PlanRow>>>,
) -> impl IntoView {
    let (i18n, location, engine) = (use_i18n(), use_location(), use_engine());
    let plan = Memo::new(move |_| location.route.with(|route| PlanUrl::of(&route.view)));
    // They come with the first rows alone.
    let choices = Memo::new(move |before: Option<&Vec<KpiChoice>>| {
        let told = shared.shown.with(|it| it.as_ref().map(|it| it.view.choices.clone()));
        let told = told.filter(|it| !it.is_empty());
        told.or_else(|| before.cloned()).unwrap_or_default()
    });
    let goals = Signal::derive(move || ChosenKpis {
        kpis: plan.with(|plan| plan.goals.clone()),
        is_one: false,
    });
    let choose = move |kpis: Vec<String>| PlanUrl::change(location, |plan| plan.goals = kpis);
    let open_terms = move |_| {
        spawn_local(async move {
            terms_of.set(chosen(engine, shared).await.map(|chosen| chosen.view.rows));
        });
    };
    let levels =
        move || TargetLevel::ALL.map(|level| (level, level_name(i18n, level).to_owned())).to_vec();
    view! {
        <div class="row targets__tools">
            <SpanChoice plan/>
            <KpiChooser choices chosen=goals on_choose=choose/>
            <ByChoice plan/>
            <ScopeChips/>
            <Segmented
                label=Signal::derive(move || t_string!(i18n, targets.level).to_owned())
                choices=Signal::derive(levels)
                chosen=Signal::derive(move || plan.with(|plan| plan.level))
                on_choose=move |level| PlanUrl::change(location, |plan| plan.level = level)
            />
            <Actions shared/>
            <button
                type="button"
                class="button"
                data-action="terms"
                on:click=open_terms
            >
                {t!(i18n, targets.terms)}
            </button>
        </div>
    }
    .into_any()
}

pub(super) fn level_name(i18n: I18n, level: TargetLevel) -> &'static str {
    match level {
        TargetLevel::Floor => t_string!(i18n, targets.floor),
        TargetLevel::Commit => t_string!(i18n, targets.commit),
        TargetLevel::Stretch => t_string!(i18n, targets.stretch),
    }
}

fn span_name(i18n: I18n, span: PlanSpan) -> &'static str {
    match span {
        PlanSpan::Months => t_string!(i18n, targets.span_months),
        PlanSpan::TwoYears => t_string!(i18n, targets.span_years),
        PlanSpan::Weeks => t_string!(i18n, targets.span_weeks),
        PlanSpan::Days => t_string!(i18n, targets.span_days),
    }
}

/// The year or month, one back, one on, and how it is cut.
#[component]
fn SpanChoice(
    /// What is shown.
    plan: Memo<PlanUrl>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let text = move || {
        let plan = plan.get();
        let day = plan.of.unwrap_or_else(today);
        match plan.span {
            PlanSpan::Months => day.year().to_string(),
            PlanSpan::TwoYears => format!("{} – {}", day.year(), day.year() + 1),
            _ => format::month(day, language(i18n)),
        }
    };
    let go = move |by: i32| {
        PlanUrl::change(location, |plan| {
            let day = plan.of.unwrap_or_else(today);
            plan.of = moved(day, plan.span, by);
        });
    };
    let choose = move |event| {
        let id = event_target_value(&event);
        if let Some(span) = SPANS.into_iter().find(|it| span_id(*it) == id) {
            PlanUrl::change(location, |plan| plan.span = span);
        }
    };
    let option = move |span: PlanSpan| {
        view! {
            <option value=span_id(span) selected=move || plan.with(|plan| plan.span == span)>
                {move || span_name(i18n, span)}
            </option>
        }
    };
    view! {
        <span class="filter-bar__period">
            <button
                type="button"
                class="button"
                data-kind="quiet"
                data-action="before"
                aria-label=t!(i18n, targets.before)
                on:click=move |_| go(-1)
            >
                <Icon glyph=Glyph::Left/>
            </button>
            <span class="chip" data-part="span">{text}</span>
            <button
                type="button"
                class="button"
                data-kind="quiet"
                data-action="after"
                aria-label=t!(i18n, targets.after)
                on:click=move |_| go(1)
            >
                <Icon glyph=Glyph::Right/>
            </button>
        </span>
        <label class="chip" data-kind="select">
            <span class="chip__name">{t!(i18n, targets.span)}</span>
            <select
                class="chip__select"
                data-field="span"
                prop:value=move || plan.with(|plan| span_id(plan.span))
                on:change=choose
            >
                {SPANS.map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// The first day of the year or month that is `by` on.
fn moved(day: Day, span: PlanSpan, by: i32) -> Option<Day> {
    match span {
        PlanSpan::Months | PlanSpan::TwoYears => Day::from_ymd(day.year() + by, 1, 1),
        PlanSpan::Weeks | PlanSpan::Days => {
            let text = day.to_string();
            let month: i32 = text.get(5..7)?.parse().ok()?;
            let months = day.year() * 12 + month - 1 + by;
            let month = u32::try_from(months.rem_euclid(12)).ok()? + 1;
            Day::from_ymd(months.div_euclid(12), month, 1)
        }
    }
}

/// What the scope is broken down by.
#[component]
fn ByChoice(
    /// What is shown.
    plan: Memo<PlanUrl>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let choose = move |event| {
        let id = event_target_value(&event);
        if let Some(by) = PlanBy::ALL.into_iter().find(|it| it.id() == id) {
            PlanUrl::change(location, |plan| plan.by = by);
        }
    };
    let option = move |by: PlanBy| {
        view! {
            <option value=by.id() selected=move || plan.with(|plan| plan.by == by)>
                {move || by_name(i18n, by)}
            </option>
        }
    };
    view! {
        <label class="chip" data-kind="select">
            <span class="chip__name">{t!(i18n, targets.by)}</span>
            <select
                class="chip__select"
                data-field="by"
                prop:value=move || plan.with(|plan| plan.by.id())
                on:change=choose
            >
                {PlanBy::ALL.map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// What a person does with the chosen cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Suggest,
    FillSeasonal,
    FillAlike,
    SpreadRows(SpreadWay),
    SpreadColumns(SpreadWay),
    Lock(bool),
}

const ACTS: [Act; 9] = [
    Act::Suggest,
    Act::FillSeasonal,
    Act::FillAlike,
    Act::SpreadRows(SpreadWay::LastYear),
    Act::SpreadRows(SpreadWay::Equally),
    Act::SpreadColumns(SpreadWay::LastYear),
    Act::SpreadColumns(SpreadWay::Equally),
    Act::Lock(true),
    Act::Lock(false),
];

impl Act {
    const fn id(self) -> &'static str {
        match self {
            Self::Suggest => "suggest",
            Self::FillSeasonal => "fill-seasonal",
            Self::FillAlike => "fill-alike",
            Self::SpreadRows(SpreadWay::LastYear) => "spread-rows",
            Self::SpreadRows(SpreadWay::Equally) => "spread-rows-equally",
            Self::SpreadColumns(SpreadWay::LastYear) => "spread-columns",
            Self::SpreadColumns(SpreadWay::Equally) => "spread-columns-equally",
            Self::Lock(true) => "lock",
            Self::Lock(false) => "unlock",
        }
    }

    fn name(self, i18n: I18n) -> &'static str {
        match self {
            Self::Suggest => t_string!(i18n, targets.suggest),
            Self::FillSeasonal => t_string!(i18n, targets.fill_seasonal),
            Self::FillAlike => t_string!(i18n, targets.fill_alike),
            Self::SpreadRows(SpreadWay::LastYear) => t_string!(i18n, targets.spread_rows),
            Self::SpreadRows(SpreadWay::Equally) => t_string!(i18n, targets.spread_rows_equally),
            Self::SpreadColumns(SpreadWay::LastYear) => t_string!(i18n, targets.spread_columns),
            Self::SpreadColumns(SpreadWay::Equally) => {
                t_string!(i18n, targets.spread_columns_equally)
            }
            Self::Lock(true) => t_string!(i18n, targets.lock),
            Self::Lock(false) => t_string!(i18n, targets.unlock),
        }
    }

    /// The engine's question; `None`: a change of its own, or nothing is chosen.
    fn action(self, chosen: &Chosen, uplift: Fixed) -> Option<PlanAction> {
        let (keys, periods) = (chosen.keys(), chosen.periods());
        Some(match self {
            Self::Suggest => PlanAction::Suggest { keys, periods, uplift },
            Self::FillSeasonal => PlanAction::FillRight { keys, periods, is_seasonal: true },
            Self::FillAlike => PlanAction::FillRight { keys, periods, is_seasonal: false },
            Self::SpreadRows(way) => {
                let kpi = keys.first()?.kpi.clone();
                PlanAction::SpreadRows { kpi, periods, way }
            }
            Self::SpreadColumns(way) => PlanAction::SpreadColumns { keys, way },
            Self::Lock(_) => return None,
        })
    }
}

/// A menu of what can be done.
#[component]
fn Actions(
    /// What rows share.
    shared: Shared,
) -> impl IntoView {
    let (i18n, engine, announcer) = (use_i18n(), use_engine(), use_announcer());
    let workbook = use_workbook();
    let uplift = RwSignal::new("0".to_owned());
    let is_wrong = Memo::new(move |_| uplift.with(|text| typed_uplift(text).is_none()));
    let run = move |act: Act| {
        if act == Act::Suggest && is_wrong.get_untracked() {
            return announcer.say(t_string!(i18n, targets.uplift_problem).to_owned());
        }
        hide_popover(MENU);
        let uplift = typed_uplift(&uplift.get_untracked()).unwrap_or_default();
        let asked = shared.shown.with_untracked(|it| it.as_ref().map(|it| it.asked.clone()));
        spawn_local(async move {
            let Some(chosen) = chosen(engine, shared).await else { return };
            if let Act::Lock(is_locked) = act {
                let (keys, periods) = (chosen.keys(), chosen.periods());
                let lock = TargetChange::Lock { keys, periods, is_locked };
                return workbook.change(Change::Targets(Sealed::of(&lock)));
            }
            let Some((plan, action)) = asked.zip(act.action(&chosen, uplift)) else { return };
            let drafts = untrack(|| shared.drafts.blocks());
            let request = PlanRequest::Draft { plan, drafts, action };
            let answer = engine.ask(Request::Plan(Sealed::of(&request))).await;
            let Response::Plan(answer) = answer else { return };
            let Some(PlanAnswer::Drafts(found)) = answer.open() else { return };
            let text = outcome(i18n, &found);
            shared.drafts.take_over(&found.blocks);
            announcer.say(text.clone());
            shared.selection.problem.set(if found.n_without > 0 { text } else { String::new() });
        });
    };
    let item = move |act: Act| {
        view! {
            <button type="button" class="menu__item" data-action=act.id() on:click=move |_| run(act)>
                {move || act.name(i18n)}
            </button>
        }
    };
    view! {
        <button type="button" class="button" popovertarget=MENU data-action="actions">
            {t!(i18n, targets.actions)}
            <Icon glyph=Glyph::Down/>
        </button>
        <Popover id=MENU>
            <p class="menu__note">{t!(i18n, targets.actions_note)}</p>
            <label class="menu__check">
                <span>{t!(i18n, targets.uplift)}</span>
                <input
                    class="field__input targets__uplift"
                    data-field="uplift"
                    inputmode="decimal"
                    aria-invalid=move || is_wrong.get().then_some("true")
                    aria-describedby="plan-uplift-problem"
                    prop:value=uplift
                    on:input=move |event| uplift.set(event_target_value(&event))
                />
            </label>
            <p class="field__problem targets__slip" id="plan-uplift-problem">
                {move || is_wrong.get().then(|| t_string!(i18n, targets.uplift_problem))}
            </p>
            <div class="menu">{ACTS.map(item).collect_view()}</div>
        </Popover>
    }
    .into_any()
}

/// By how much more a suggestion promises than is usual, typed in percent; nothing typed is none. From 90 % less to
/// ten times as much: beyond it is a slip.
fn typed_uplift(text: &str) -> Option<Fixed> {
    if text.trim().is_empty() {
        return Some(Fixed::ZERO);
    }
    let uplift = typed_value(text, UnitView::Share).and_then(|it| Fixed::parse(&it))?;
    let [least, most] = [-9_000, 90_000].map(Fixed::from_ten_thousandths);
    (least..=most).contains(&uplift).then_some(uplift)
}

/// What came of an action, and why there is nothing for some.
fn outcome(i18n: I18n, found: &PlanDrafts) -> String {
    let done = fill!(i18n, targets.drafted, count = found.blocks.len());
    if found.n_without == 0 {
        return done;
    }
    let why = match found.why.as_str() {
        "too_little_history" => t_string!(i18n, targets.too_little_history),
        "nothing_reached" => t_string!(i18n, targets.nothing_reached),
        "no_past" => t_string!(i18n, targets.no_past),
        "all_locked" => t_string!(i18n, targets.all_locked),
        _ => t_string!(i18n, targets.no_number_here),
    };
    let without = fill!(i18n, targets.without, count = found.n_without, why = why);
    format!("{done} {without}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_uplift_is_a_sensible_percentage() {
        let of = |text| typed_uplift(text).map(|it| it.to_string());
        let some = |text: &str| Some(text.to_owned());
        assert_eq!([of(" "), of("10"), of("12.5 %")], [some("0"), some("0.1"), some("0.125")]);
        assert_eq!([of("-90"), of("900")], [some("-0.9"), some("9")]);
        for text in ["abc", "99999", "-100", "901"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn a_plan_moves_by_years_or_months() {
        let day = Day::parse("2026-12-15").unwrap();
        let text = |span, by| moved(day, span, by).unwrap().to_string();
        assert_eq!(text(PlanSpan::Months, 1), "2027-01-01");
        assert_eq!(text(PlanSpan::Weeks, 1), "2027-01-01");
        assert_eq!(text(PlanSpan::Days, -12), "2025-12-01");
    }
}
