//! What the value is held against: the own history, comparable sellers, published figures.

use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    bullet::{Bullet, Scale, bullet},
    channel_field::ChannelField,
};
use crate::{
    domain::{Currency, Day, Fixed, Peers},
    ui::{
        components::{FieldKind, SubmitField, TextField, bin_button, typed_value, value_label},
        format::{self, Style},
        hooks::today,
        i18n::{I18n, channel_name, fill, language, name, t, t_string, use_i18n},
        state::{use_announcer, use_workbook},
    },
    worker::protocol::{
        BenchmarkView, Change, HistoryView, Member, PeersView, ReferencesView, UnitView,
    },
};

/// One reference as it is shown.
struct Row {
    title: String,
    about: String,
    figures: String,
    bullet: Bullet,
    /// The peers that can be taken away.
    typed: Option<PeersView>,
}

/// The panel; nothing while the answer is awaited.
#[component]
pub(super) fn References(
    /// The newest answer.
    references: Signal<Option<ReferencesView>>,
    /// Channels with data.
    channels: Signal<Vec<Member>>,
    /// Of money.
    currency: Signal<Currency>,
) -> impl IntoView {
    let i18n = use_i18n();
    // The form stays while values come and go.
    let asked =
        Memo::new(move |_| references.with(|it| it.as_ref().map(|it| (it.kpi.clone(), it.unit))));
    let rows = move || references.get().map(|it| rows(i18n, it, currency.get()));
    move || {
        let (kpi, unit) = asked.get()?;
        Some(view! {
            <section class="panel" aria-labelledby="references">
                <div class="panel__head">
                    <h2 id="references">{t!(i18n, kpi.references)}</h2>
                    <span class="panel__note">{t!(i18n, kpi.references_note)}</span>
                </div>
                {rows}
                <details class="references__form">
                    <summary>{t!(i18n, kpi.peers_enter)}</summary>
                    <p class="small muted">{t!(i18n, kpi.peers_hint)}</p>
                    <EnterPeers kpi unit channels currency/>
                </details>
            </section>
        })
    }
}

fn rows(i18n: I18n, references: ReferencesView, currency: Currency) -> AnyView {
    let ReferencesView { unit, value, history, peers, benchmarks, .. } = references;
    let style = Style { unit, currency, language: language(i18n) };
    let own = history.iter().map(|it| history_row(i18n, it, style));
    let own: Vec<Row> = own.chain(peers.into_iter().map(|it| peers_row(i18n, it, style))).collect();
    // What is printed of money is in US dollars.
    let is_comparable = unit != UnitView::Money || currency == Currency::USD;
    let printed = Style { currency: Currency::USD, ..style };
    let published: Vec<Row> =
        benchmarks.iter().map(|it| benchmark_row(i18n, it, printed)).collect();
    let n_published = published.len();
    let at = value.as_deref().and_then(number);
    let bullets = |rows: &[Row]| rows.iter().map(|row| row.bullet).collect::<Vec<_>>();
    let of_own = Scale::of(&bullets(&own), at);
    let of_published = Scale::of(&bullets(&published), at.filter(|_| is_comparable));
    let value = value.map(|value| {
        let text = fill!(i18n, kpi.references_value, value = style.full(&value));
        view! { <p class="references__value">{text}</p> }
    });
    let has_own = !own.is_empty();
    let own = own.into_iter().map(|row| row_view(row, at, of_own));
    let own = view! { <ul class="references">{own.collect_view()}</ul> };
    let none = view! { <p class="small muted">{t!(i18n, kpi.references_none)}</p> };
    let value_beside = at.filter(|_| is_comparable);
    let published = published.into_iter().map(|row| row_view(row, value_beside, of_published));
    let published = (n_published > 0).then(|| {
        let title = fill!(i18n, kpi.published, count = n_published);
        view! {
            <details class="references__published" open=!has_own>
                <summary>{title}</summary>
                <p class="small muted">{t!(i18n, kpi.published_note)}</p>
                {(!is_comparable).then(|| view! { <p class="small muted">{t!(i18n, kpi.published_usd)}</p> })}
                <ul class="references">{published.collect_view()}</ul>
            </details>
        }
    });
    view! {
        {value}
        {if has_own { own.into_any() } else { none.into_any() }}
        {published}
    }
    .into_any()
}

fn row_view(row: Row, value: Option<f64>, scale: Scale) -> AnyView {
    let Row { title, about, figures, bullet: of, typed } = row;
    view! {
        <li class="reference">
            <div class="reference__what">
                <strong>{title}</strong>
                <span class="small muted">{about}</span>
            </div>
            {bullet(of, value, scale)}
            <span class="reference__figures">{figures}</span>
            {typed.map(|peers| view! { <RemovePeers peers/> })}
        </li>
    }
    .into_any()
}

fn history_row(i18n: I18n, history: &HistoryView, style: Style) -> Row {
    let month = |day: Day| format::month(day, style.language);
    Row {
        title: fill!(i18n, kpi.history, count = history.n_months),
        about: fill!(
            i18n,
            kpi.line_between,
            from = month(history.months.from),
            to = month(history.months.to)
        ),
        figures: quartiles_text(i18n, &history.quartiles.clone().map(Some), style),
        bullet: middle_half(&history.quartiles.clone().map(Some)),
        typed: None,
    }
}

fn peers_row(i18n: I18n, peers: PeersView, style: Style) -> Row {
    let channel = channel_name(i18n, &peers.channel);
    let of = if peers.group.is_empty() { channel } else { format!("{channel} · {}", peers.group) };
    let quartiles = peers.quartiles.clone().map(Some);
    Row {
        title: fill!(i18n, kpi.peers_of, group = of),
        about: fill!(i18n, kpi.peers_day, day = format::day(peers.day, style.language)),
        figures: quartiles_text(i18n, &quartiles, style),
        bullet: middle_half(&quartiles),
        typed: peers.is_typed.then_some(peers),
    }
}

fn benchmark_row(i18n: I18n, it: &BenchmarkView, style: Style) -> Row {
    let group = name(i18n, &it.group);
    let title = match it.platform.as_str() {
        "all" => group,
        platform => format!("{} · {group}", channel_name(i18n, platform)),
    };
    let grade = fill!(i18n, kpi.published_grade, grade = it.grade.to_uppercase());
    let mut about = vec![grade, it.year.clone(), it.source.clone()];
    about.extend(Some(it.sample.clone()).filter(|sample| !sample.is_empty()));
    about.extend((!it.is_read).then(|| t_string!(i18n, kpi.published_not_read).to_owned()));
    about.extend(it.note.as_ref().map(|note| name(i18n, note)));
    let has_quartiles = it.quartiles.iter().any(Option::is_some);
    let range = match &it.range {
        [Some(low), Some(high)] => {
            Some(fill!(i18n, kpi.published_range, low = style.full(low), high = style.full(high)))
        }
        [Some(low), None] => Some(fill!(i18n, kpi.published_from, low = style.full(low))),
        [None, Some(high)] => Some(fill!(i18n, kpi.published_to, high = style.full(high))),
        [None, None] => None,
    };
    let mut figures: Vec<String> = Vec::new();
    figures.extend(has_quartiles.then(|| quartiles_text(i18n, &it.quartiles, style)));
    figures.extend(
        it.mean.as_ref().map(|mean| fill!(i18n, kpi.published_mean, value = style.full(mean))),
    );
    figures.extend(range);
    let bullet = if has_quartiles {
        middle_half(&it.quartiles)
    } else {
        let bar = it.range.clone().map(|it| it.as_deref().and_then(number));
        Bullet { bar, is_middle_half: false, middle: it.mean.as_deref().and_then(number) }
    };
    Row { title, about: about.join(" · "), figures: figures.join(" · "), bullet, typed: None }
}

fn middle_half(quartiles: &[Option<String>; 3]) -> Bullet {
    let [first, second, third] = quartiles.clone().map(|it| it.as_deref().and_then(number));
    Bullet { bar: [first, third], is_middle_half: true, middle: second }
}

/// For drawing only.
fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// “P25 1.2% · median 1.5% · P75 2%”, of those that are known.
fn quartiles_text(i18n: I18n, quartiles: &[Option<String>; 3], style: Style) -> String {
    let names = ["P25", t_string!(i18n, kpi.median), "P75"];
    let known = names.iter().zip(quartiles).filter_map(|(name, value)| {
        value.as_ref().map(|value| format!("{name} {}", style.full(value)))
    });
    known.collect::<Vec<_>>().join(" · ")
}

/// Taking them away can be undone.
#[component]
fn RemovePeers(
    /// What was typed.
    peers: PeersView,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let PeersView { id, day, .. } = peers;
    let remove = move |_| workbook.change(Change::RemovePeers { peers: id.clone() });
    let label = move || fill!(i18n, kpi.peers_remove, day = format::day(day, language(i18n)));
    bin_button(label, remove)
}

/// Channel, category, three values and their day.
#[component]
fn EnterPeers(
    /// Of which KPI.
    kpi: String,
    /// Of its values.
    unit: UnitView,
    /// Channels with data.
    channels: Signal<Vec<Member>>,
    /// Of money.
    currency: Signal<Currency>,
) -> impl IntoView {
    let (i18n, workbook, announcer) = (use_i18n(), use_workbook(), use_announcer());
    let (channel, group) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let day = RwSignal::new(today().to_string());
    let values: [RwSignal<String>; 3] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let has_problem = RwSignal::new(false);
    let chosen = move || {
        let chosen = channel.get();
        let first = || channels.with(|all| all.first().map(|it| it.id.clone()));
        if chosen.is_empty() { first().unwrap_or_default() } else { chosen }
    };
    let enter = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = values.map(|value| value.with(|text| typed_value(text, unit)));
        let figures = typed.map(|text| text.and_then(|text| Fixed::parse(&text)));
        let quartiles = match figures {
            [Some(first), Some(second), Some(third)] => Some([first, second, third]),
            _ => None,
        };
        let entered = quartiles.filter(|it| it.is_sorted()).zip(day.with(|text| Day::parse(text)));
        has_problem.set(entered.is_none());
        let Some((quartiles, day)) = entered else { return };
        let (kpi, channel, group) = (kpi.clone(), chosen(), group.get());
        let peers = Peers { kpi, channel, group, quartiles, currency: currency.get(), day };
        workbook.change(Change::EnterPeers { peers });
        for value in values {
            value.set(String::new());
        }
        announcer.say(t_string!(i18n, kpi.peers_entered).to_owned());
    };
    let problem_id = "peers-problem";
    let described = move || has_problem.get().then_some(problem_id);
    let [first, second, third] = values;
    let median = move || t_string!(i18n, kpi.median).to_owned();
    let field = move |what: Signal<String>, value: RwSignal<String>, field: &'static str| {
        view! {
            <TextField
                label=Signal::derive(move || value_label(i18n, &what.get(), unit))
                value
                kind=FieldKind::Amount
                field
                described_by=described
            />
        }
    };
    view! {
        <form class="fields" novalidate on:submit=enter>
            <ChannelField channels chosen=channel all=None/>
            <TextField
                label=Signal::derive(move || t_string!(i18n, kpi.peers_group).to_owned())
                value=group
                field="group"
            />
            {field(Signal::stored("P25".to_owned()), first, "p25")}
            {field(Signal::derive(median), second, "p50")}
            {field(Signal::stored("P75".to_owned()), third, "p75")}
            <TextField
                label=Signal::derive(move || t_string!(i18n, kpi.stated_day).to_owned())
                value=day
                kind=FieldKind::Day
                field="day"
                described_by=described
            />
            <SubmitField label=Signal::derive(move || t_string!(i18n, kpi.stated_enter).to_owned())/>
        </form>
        <p class="field__problem" role="alert" id=problem_id>
            {move || has_problem.get().then(|| t_string!(i18n, kpi.peers_problem))}
        </p>
    }
    .into_any()
}
