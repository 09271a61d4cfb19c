//! The page: the definition, what is wrong with it or what it gives, and keeping it.

use std::sync::Arc;

use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    completion::FormulaField,
    form::{Form, unit_id},
    problem::problem_view,
};
use crate::{
    domain::{Currency, Names, Period},
    ui::{
        components::{
            ChoiceField, FieldKind, FilterBar, Glyph, Icon, Place, TextField, TrendInView,
            TrendPanel, kpi_card,
        },
        hooks::{today, use_each, use_worker_query},
        i18n::{I18n, t, t_string, unit_name, use_i18n},
        pages::kpi::{explain::Explain, likely::ranges},
        routes::{Page, scope_text},
        state::{use_announcer, use_location, use_workbook},
    },
    worker::protocol::{
        Change, FormulaWord, HomeRequest, KpiView, Request, Response, TrialRequest, TrialView,
        UnitView, ViewFrame,
    },
};

/// A trial with what it was of.
#[derive(Debug, Clone, PartialEq)]
struct Tried {
    formula: String,
    home: HomeRequest,
    view: TrialView,
}

/// What the figures of the trial are of.
#[derive(Clone, PartialEq)]
struct Shown {
    kpi: Arc<KpiView>,
    home: HomeRequest,
    period: Period,
    currency: Currency,
}

/// Asks home for what is said around a KPI, which is there whatever the formula.
fn use_frame() -> Memo<Option<ViewFrame>> {
    let (view, workbook) = (use_location().view(), use_workbook());
    let answer = use_worker_query(
        move || {
            let is_open = workbook.state.with(Option::is_some);
            is_open.then(|| Request::Home(view.get().request(today())))
        },
        |_, response| match response {
            Response::Home(home) => Some(ViewFrame {
                members: home.members.clone(),
                period: home.period,
                currency: home.currency,
            }),
            _ => None,
        },
    );
    Memo::new(move |_| answer.value.get().map(|frame| (*frame).clone()))
}

/// A new KPI, or a new version of the one of that id.
#[component]
pub(crate) fn OwnKpiPage(
    /// Empty: a new one.
    id: String,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let form = Form::new();
    let is_new = id.is_empty();
    let frame = use_frame();
    use_version(id, form);
    let view = location.view();
    let trial = use_worker_query(
        move || {
            let home = view.with(|view| view.request(today()));
            let definition = form.trial()?;
            Some(Request::TryFormula(Box::new(TrialRequest { definition, home })))
        },
        |request, response| match (request, response) {
            (Request::TryFormula(asked), Response::Trial(view)) => Some(Tried {
                formula: asked.definition.formula,
                home: asked.home,
                view: view.open()?,
            }),
            _ => None,
        },
    );
    let tried = trial.value;
    let shown = Memo::new(move |_| {
        let (tried, frame) = (tried.get()?, frame.get()?);
        let kpi = Arc::new((**tried.view.kpi.as_ref()?).clone());
        let (home, period, currency) = (tried.home.clone(), frame.period, frame.currency);
        Some(Shown { kpi, home, period, currency })
    });
    let units = Memo::new(move |_| {
        tried.with(|it| it.as_ref().map(|it| it.view.units.clone()).unwrap_or_default())
    });
    let title = move || {
        if is_new { t_string!(i18n, kpi.own_new) } else { t_string!(i18n, kpi.own_change) }
    };
    view! {
        <FilterBar
            members=Signal::derive(move || frame.get().map(|frame| frame.members).unwrap_or_default())
            period=Signal::derive(move || frame.get().map(|frame| frame.period))
        />
        <div class="page" aria-busy=move || trial.is_pending.get().to_string()>
            <div class="page__head">
                <a class="page__back" href=move || location.href(Page::Kpis)>
                    <Icon glyph=Glyph::Left/>
                    {t!(i18n, kpi.back)}
                </a>
                <h1>{title}</h1>
                <p class="page__lead">{t!(i18n, kpi.own_lead)}</p>
            </div>
            <Definition form units tried/>
            <Preview shown/>
            {is_new.then(|| view! { <Shared/> })}
        </div>
    }
    .into_any()
}

/// Shows the newest version of a KPI in the form, once it is known.
fn use_version(id: String, form: Form) {
    let view = use_location().view();
    let known = use_worker_query(
        move || {
            let home = view.with(|view| view.request(today()));
            (!id.is_empty()).then(|| Request::Kpi { kpi: id.clone(), home })
        },
        |_, response| match response {
            Response::Kpi(kpi) => kpi.open()?.kpi.own?.versions.last().cloned(),
            _ => None,
        },
    );
    let version = Memo::new(move |_| known.value.get().map(|version| (*version).clone()));
    // What was typed since is not taken back by a newer answer.
    let is_shown = StoredValue::new(false);
    use_each(version, move |version| {
        if let Some(version) = version.filter(|_| !is_shown.get_value()) {
            is_shown.set_value(true);
            form.show(&version);
        }
    });
}

/// The fields, and the problem of the formula under them.
#[component]
fn Definition(
    /// What was typed.
    form: Form,
    /// Units that fit the formula.
    units: Memo<Vec<UnitView>>,
    /// The newest trial.
    tried: Signal<Option<Arc<Tried>>>,
) -> impl IntoView {
    let (i18n, location, workbook, announcer) =
        (use_i18n(), use_location(), use_workbook(), use_announcer());
    let words = use_worker_query(
        move || workbook.state.with(Option::is_some).then_some(Request::FormulaWords),
        |_, response| match response {
            Response::FormulaWords(words) => words.open(),
            _ => None,
        },
    );
    let words: Signal<Vec<FormulaWord>> =
        Signal::derive(move || words.value.get().map(|it| (*it).clone()).unwrap_or_default());
    let offered = Signal::derive(move || [language_words(i18n), words.get()].concat());
    let problem_id = "formula-problem";
    let has_problem =
        move || tried.with(|it| it.as_ref().is_some_and(|it| it.view.problem.is_some()));
    let is_empty = move || form.formula.with(|it| it.trim().is_empty());
    let problem = move || {
        let tried = tried.get().filter(|_| !is_empty())?;
        let problem = tried.view.problem.as_ref()?;
        Some(problem_view(i18n, &tried.formula, problem))
    };
    let described = Signal::derive(move || (has_problem() && !is_empty()).then_some(problem_id));
    let lacks_name = RwSignal::new(false);
    let unit = move || {
        let chosen = form.unit.get();
        let fitting = units.get();
        let ids = fitting.iter().map(|unit| unit_id(*unit));
        let mut ids = ids.collect::<Vec<_>>().into_iter();
        ids.clone().find(|id| *id == chosen).or_else(|| ids.next())
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(unit) = unit() else { return };
        let definition = words.with_untracked(|words| form.definition(unit, words));
        lacks_name.set(definition.is_none());
        let Some(definition) = definition else { return };
        let id = definition.id.clone();
        workbook.change(Change::DefineKpi { definition });
        announcer.say(t_string!(i18n, kpi.own_saved).to_owned());
        location.go(Page::Kpi(id));
    };
    let cannot = move || !workbook.is_writable() || is_empty() || has_problem() || unit().is_none();
    view! {
        <section class="panel" aria-labelledby="definition">
            <div class="panel__head"><h2 id="definition">{t!(i18n, kpi.own_definition)}</h2></div>
            <form novalidate on:submit=save>
                <div class="fields">
                    {text(i18n, form.name_zh, "name-zh", |i18n| t_string!(i18n, kpi.own_name_zh))}
                    {text(i18n, form.name_en, "name-en", |i18n| t_string!(i18n, kpi.own_name_en))}
                    {text(i18n, form.meaning, "meaning", |i18n| t_string!(i18n, kpi.own_meaning))}
                </div>
                <FormulaField formula=form.formula words=offered described_by=described/>
                <div id=problem_id aria-live="polite">{problem}</div>
                <details class="formula-help">
                    <summary>{t!(i18n, kpi.own_help)}</summary>
                    <Help/>
                </details>
                <div class="fields">
                    <UnitField form units/>
                    <DirectionField form/>
                    <TextField
                        label=Signal::derive(move || t_string!(i18n, kpi.own_minimum).to_owned())
                        value=form.min_denominator
                        kind=FieldKind::Amount
                        field="minimum"
                    />
                    <TextField
                        label=Signal::derive(move || t_string!(i18n, kpi.own_from).to_owned())
                        value=form.valid_from
                        kind=FieldKind::Day
                        field="valid-from"
                    />
                    {text(i18n, form.reason, "reason", |i18n| t_string!(i18n, kpi.own_reason))}
                    <div class="field">
                        <span class="field__label" aria-hidden="true">" "</span>
                        <button type="submit" class="button" data-kind="primary" disabled=cannot>
                            {t!(i18n, kpi.own_save)}
                        </button>
                    </div>
                </div>
                <p class="field__problem" role="alert">
                    {move || lacks_name.get().then(|| t_string!(i18n, kpi.own_lacks_name))}
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn text(
    i18n: I18n,
    value: RwSignal<String>,
    field: &'static str,
    label: fn(I18n) -> &'static str,
) -> AnyView {
    view! {
        <TextField label=Signal::derive(move || label(i18n).to_owned()) value field/>
    }
    .into_any()
}

/// The language by examples.
#[component]
fn Help() -> impl IntoView {
    let i18n = use_i18n();
    let example =
        |code: &'static str, text: AnyView| view! { <dt><code>{code}</code></dt><dd>{text}</dd> };
    view! {
        <dl class="facts">
            {example("(sales.net - spend) / sales.orders", t!(i18n, kpi.help_sums).into_any())}
            {example("refunds?", t!(i18n, kpi.help_optional).into_any())}
            {example("share(sales.net)", t!(i18n, kpi.help_share).into_any())}
            {example("lag(sales.net, 364)", t!(i18n, kpi.help_lag).into_any())}
            {example("window(units, 90)", t!(i18n, kpi.help_window).into_any())}
            {example("count_distinct(sku, units)", t!(i18n, kpi.help_count_distinct).into_any())}
            {example("points(inv.dos, 0, 30)", t!(i18n, kpi.help_points).into_any())}
            {example("cohort(returned_units)", t!(i18n, kpi.help_cohort).into_any())}
            {example("spend[channel = google_ads]", t!(i18n, kpi.help_filter).into_any())}
            {example("sales.net[brand = \"Kestro\"]", t!(i18n, kpi.help_quotes).into_any())}
        </dl>
    }
    .into_any()
}

/// The words of the language itself, with what they mean.
fn language_words(i18n: I18n) -> Vec<FormulaWord> {
    let words = [
        ("whole", t_string!(i18n, kpi.word_whole)),
        ("share", t_string!(i18n, kpi.word_share)),
        ("lag", t_string!(i18n, kpi.word_lag)),
        ("window", t_string!(i18n, kpi.word_window)),
        ("count_distinct", t_string!(i18n, kpi.word_count_distinct)),
        ("cohort", t_string!(i18n, kpi.word_cohort)),
        ("points", t_string!(i18n, kpi.word_points)),
    ];
    let word = |(id, meaning): (&str, &str)| FormulaWord {
        id: id.to_owned(),
        names: Names { en: meaning.to_owned(), zh: meaning.to_owned() },
        unit: UnitView::Count,
    };
    words.map(word).to_vec()
}

/// In which of the units that fit values are shown.
#[component]
fn UnitField(
    /// What was typed.
    form: Form,
    /// Units that fit the formula.
    units: Memo<Vec<UnitView>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let option = move |unit: UnitView| {
        let is_chosen = move || form.unit.with(|it| it == unit_id(unit));
        view! {
            <option value=unit_id(unit) selected=is_chosen>{move || unit_name(i18n, unit)}</option>
        }
    };
    view! {
        <label class="field">
            <span class="field__label">{t!(i18n, kpi.own_unit)}</span>
            <select
                class="field__input"
                data-field="unit"
                disabled=move || units.with(|it| it.len() < 2)
                on:change=move |event| form.unit.set(event_target_value(&event))
            >
                {move || units.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// Which way is good.
#[component]
fn DirectionField(
    /// What was typed.
    form: Form,
) -> impl IntoView {
    let i18n = use_i18n();
    let directions = move || {
        let texts = [
            ("up", t_string!(i18n, kpi.direction_up)),
            ("down", t_string!(i18n, kpi.direction_down)),
            ("band", t_string!(i18n, kpi.direction_band)),
            ("none", t_string!(i18n, kpi.direction_none)),
        ];
        texts.map(|(id, text)| (id.to_owned(), text.to_owned())).to_vec()
    };
    view! {
        <ChoiceField
            label=Signal::derive(move || t_string!(i18n, kpi.own_direction).to_owned())
            value=form.direction
            field="direction"
            choices=Signal::derive(directions)
        />
    }
    .into_any()
}

/// Value, trend and parts of the trial; nothing while there is none.
#[component]
fn Preview(
    /// The newest trial that is a KPI.
    shown: Memo<Option<Shown>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let trend = Memo::new(move |_| {
        let Shown { kpi, home, currency, .. } = shown.get()?;
        let ranges = ranges(i18n, &kpi, currency);
        Some(TrendInView { trend: kpi.trend.clone(), currency, asked: home, ranges })
    });
    let place = |shown: &Shown| Place {
        scope: scope_text(&shown.home.filters),
        period: shown.period,
        currency: shown.currency,
    };
    let card = move || {
        let shown = shown.get()?;
        let href = location.href_now(Page::OwnKpi(String::new()));
        Some(kpi_card(i18n, &shown.kpi.card, &place(&shown), shown.home.comparison, href))
    };
    let has_trial = Memo::new(move |_| shown.with(Option::is_some));
    move || {
        has_trial.get().then(|| {
            view! {
                <div class="split" data-side="card">
                    <TrendPanel trend=trend.into() choices=Signal::derive(Vec::new)/>
                    <div class="kpi-cards" data-size="single">{card}</div>
                </div>
                {move || shown.get().map(|it| {
                    view! { <Explain kpi=it.kpi.clone() place=place(&it)/> }
                })}
            }
        })
    }
}

/// A KPI that somebody shared as text.
#[component]
fn Shared() -> impl IntoView {
    let (i18n, workbook, location) = (use_i18n(), use_workbook(), use_location());
    let pasted = RwSignal::new(String::new());
    let take = move |event: SubmitEvent| {
        event.prevent_default();
        workbook.change(Change::AddKpi { text: pasted.get() });
        location.go(Page::Kpis);
    };
    view! {
        <details class="panel formula-help">
            <summary>{t!(i18n, kpi.own_paste)}</summary>
            <form on:submit=take>
                <label class="field">
                    <span class="field__label">{t!(i18n, kpi.own_paste_label)}</span>
                    <textarea
                        class="field__input"
                        data-field="pasted"
                        rows="6"
                        spellcheck="false"
                        prop:value=pasted
                        on:input=move |event| pasted.set(event_target_value(&event))
                    />
                </label>
                <button
                    type="submit"
                    class="button"
                    disabled=move || !workbook.is_writable() || pasted.with(|it| it.trim().is_empty())
                >
                    {t!(i18n, kpi.own_paste_take)}
                </button>
            </form>
        </details>
    }
    .into_any()
}
