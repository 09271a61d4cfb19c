//! The number explains itself: formula in words and values, contracts, sources, traps.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    domain::Dimension,
    ui::{
        components::{Place, Precision, ReportGuide, kpi_figure},
        format,
        i18n::{channel_name, dimension_name, fill, language, name, t, t_string, use_i18n},
        routes::{Page, Route},
        state::use_location,
    },
    worker::protocol::{ContractView, FormulaPart, KnownReport, KpiView},
};

/// All that stands behind the figure, in two columns.
#[component]
pub(super) fn Explain(
    /// The KPI in full.
    kpi: Arc<KpiView>,
    /// Scope, period and currency of the parts.
    place: Place,
) -> impl IntoView {
    let i18n = use_i18n();
    let traps = kpi.traps.clone();
    let has_traps = !traps.en.is_empty();
    view! {
        <div class="columns">
            <Formula kpi=kpi.clone() place/>
            <div class="stack">
                {has_traps.then(|| view! {
                    <section class="panel" aria-labelledby="traps">
                        <div class="panel__head"><h2 id="traps">{t!(i18n, kpi.traps)}</h2></div>
                        <p class="explain-panel__trap">{move || name(i18n, &traps)}</p>
                    </section>
                })}
                <Contracts contracts=kpi.contracts.clone()/>
                <FedBy reports=kpi.fed_by.clone()/>
            </div>
        </div>
    }
    .into_any()
}

/// The formula as written, then its parts with their values.
#[component]
fn Formula(
    /// The KPI in full.
    kpi: Arc<KpiView>,
    /// Scope, period and currency of the parts.
    place: Place,
) -> impl IntoView {
    let i18n = use_i18n();
    if kpi.stated.is_some() {
        return view! {
            <section class="panel" aria-labelledby="formula">
                <div class="panel__head"><h2 id="formula">{t!(i18n, kpi.formula)}</h2></div>
                <p>{t!(i18n, kpi.stated_formula)}</p>
            </section>
        }
        .into_any();
    }
    let location = use_location();
    let row = move |part: FormulaPart| {
        let (names, id) = (part.names.clone(), part.id.clone());
        // A KPI has a page of its own; a measure is made of facts.
        let page = if id.contains('.') { Page::Kpi(id.clone()) } else { Page::Facts(id.clone()) };
        let (is_whole, has_page, days) = (part.is_whole, part.has_page, part.period);
        let is_earlier = days != place.period;
        let members = part.members.clone();
        let alone: Vec<String> = members.iter().map(|(_, member)| member.clone()).collect();
        let href = move || {
            let mut view = location.view().get();
            if is_whole {
                (view.filters.channels, view.filters.shops) = (Vec::new(), Vec::new());
            }
            view.period = if is_earlier { Some(days) } else { view.period };
            view.filters = members.iter().fold(view.filters, |filters, (dimension, member)| {
                filters.narrowed(*dimension, member)
            });
            Route { page: page.clone(), view }.to_hash()
        };
        let of = move || {
            let whole = is_whole.then(|| t_string!(i18n, kpi.of_whole).to_owned());
            let days = is_earlier.then(|| format::period(days, language(i18n)));
            let alone = alone.iter().map(|member| channel_name(i18n, member));
            let parts: Vec<String> = whole.into_iter().chain(days).chain(alone).collect();
            parts.join(" · ")
        };
        let shown_id = id.clone();
        let title = move || {
            let title = name(i18n, &names);
            if has_page {
                view! { <a href=href() data-part=shown_id.clone()>{title}</a> }.into_any()
            } else {
                title.into_any()
            }
        };
        let place = place.clone();
        let value =
            move || kpi_figure(i18n, &part.id, (&part.value, part.unit), &place, Precision::Full);
        view! {
            <tr>
                <th scope="row">
                    {title}
                    " "
                    <span class="data-table__sub">{of}</span>
                    " "
                    <code class="data-table__sub">{id}</code>
                </th>
                <td data-align="end">{value}</td>
            </tr>
        }
    };
    let shown = Arc::clone(&kpi);
    let in_words = move || {
        let words = formula_in_words(&shown.formula, |id| {
            let part = shown.parts.iter().find(|part| part.id == id)?;
            Some(name(i18n, &part.names))
        });
        let words = with_calls(&words, "whole", |what| fill!(i18n, kpi.formula_whole, what = what));
        let words = with_calls(&words, "window", |inner| {
            let (what, days) = inner.rsplit_once(", ").unwrap_or((inner, ""));
            fill!(i18n, kpi.formula_window, what = what, days = days)
        });
        let words = with_calls(&words, "points", |inner| {
            let mut parts = inner.rsplitn(3, ", ");
            let mut part = || parts.next().unwrap_or_default().to_owned();
            let (full, none, what) = (part(), part(), part());
            fill!(i18n, kpi.formula_points, what = what, none = none, full = full)
        });
        let words = with_calls(&words, "count_distinct", |inner| {
            let (by, what) = inner.split_once(", ").unwrap_or(("", inner));
            let by = Dimension::of_id(by).map_or(by, |by| dimension_name(i18n, by));
            fill!(i18n, kpi.formula_count_distinct, what = what, by = by)
        });
        with_calls(&words, "lag", |inner| {
            let (what, days) = inner.rsplit_once(", ").unwrap_or((inner, ""));
            fill!(i18n, kpi.formula_lag, what = what, days = days)
        })
    };
    view! {
        <section class="panel" aria-labelledby="formula">
            <div class="panel__head"><h2 id="formula">{t!(i18n, kpi.formula)}</h2></div>
            <p class="formula">{in_words}</p>
            <p class="small muted"><code>{kpi.formula.clone()}</code></p>
            <table class="data-table" data-stack="true">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, kpi.part)}</th>
                        <th scope="col" data-align="end">{t!(i18n, kpi.value)}</th>
                    </tr>
                </thead>
                <tbody>{kpi.parts.iter().cloned().map(row).collect_view()}</tbody>
            </table>
            <p class="panel__foot">{t!(i18n, kpi.sums_first)}</p>
        </section>
    }
    .into_any()
}

/// `ads.spend / ads.sales` as `Ad spend ÷ Ad sales`. What has no name stays as it is written; the
/// mark of a part that may be missing (`refunds?`) is left to the line below.
fn formula_in_words(formula: &str, name_of: impl Fn(&str) -> Option<String>) -> String {
    let is_id = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.');
    let mut words = String::new();
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|letter| is_id(letter) != is_id(first)).unwrap_or(rest.len());
        let (token, behind) = rest.split_at(end);
        match name_of(token) {
            Some(name) => words += &name,
            None => {
                let signs = token.replace('*', "×").replace('/', "÷").replace('-', "−");
                words += &signs.replace('?', "");
            }
        }
        rest = behind;
    }
    words
}

/// The text with each `name(…)` written by `write`, which is given what stands between.
fn with_calls(text: &str, name: &str, write: impl Fn(&str) -> String) -> String {
    let begin = format!("{name}(");
    let mut words = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(&begin) {
        let mut depth = 1;
        let end = behind.find(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth == 0
        });
        let Some((inner, after)) = end.and_then(|end| behind.split_at_checked(end)) else { break };
        words += before;
        words += &write(inner);
        rest = after.get(1..).unwrap_or_default();
    }
    words + rest
}

/// The choices that change what the KPI's parts mean.
#[component]
fn Contracts(
    /// In the catalogue's order.
    contracts: Vec<ContractView>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let is_empty = contracts.is_empty();
    let row = move |contract: ContractView| {
        let chosen = contract.choices.iter().find(|choice| choice.id == contract.choice);
        let chosen = chosen.map(|choice| choice.names.clone()).unwrap_or_default();
        let (names, why) = (contract.names, contract.explanation);
        view! {
            <dt title=move || name(i18n, &why)>{move || name(i18n, &names)}</dt>
            <dd>{move || name(i18n, &chosen)}</dd>
        }
    };
    view! {
        <section class="panel" aria-labelledby="in-force">
            <div class="panel__head">
                <h2 id="in-force">{t!(i18n, kpi.contracts)}</h2>
                <span class="row">
                    <a href=move || location.href(Page::Workbook)>{t!(i18n, kpi.change_contracts)}</a>
                </span>
            </div>
            {is_empty.then(|| view! { <p class="muted">{t!(i18n, kpi.no_contracts)}</p> })}
            <dl class="facts">{contracts.into_iter().map(row).collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// Report kinds that feed the KPI, each with where to get it.
#[component]
fn FedBy(
    /// In the catalogue's order.
    reports: Vec<KnownReport>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    // What only a person can know is fed by no file.
    if reports.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="panel" aria-labelledby="fed-by">
            <div class="panel__head">
                <h2 id="fed-by">{t!(i18n, kpi.fed_by)}</h2>
                <span class="row">
                    <a
                        href=move || location.href(Page::Data)
                        title=t!(i18n, kpi.see_data_note)
                    >
                        {t!(i18n, kpi.see_data)}
                    </a>
                </span>
            </div>
            <div class="report-guides" data-dense="true">
                {reports.into_iter().map(|report| view! { <ReportGuide report/> }).collect_view()}
            </div>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_written_out() {
        let text = |text: &str| with_calls(text, "lag", |inner| format!("<{inner}>"));
        assert_eq!(text("(a − lag(a, 7)) ÷ lag((a + b), 7)"), "(a − <a, 7>) ÷ <(a + b), 7>");
        assert_eq!(text("a ÷ b"), "a ÷ b");
        assert_eq!(text("lag(a, 7"), "lag(a, 7", "what is no call stays");
    }
}
