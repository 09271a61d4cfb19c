//! `linkstar explain`: what a figure is made of.

use std::collections::BTreeMap;

use linkstar_kpi::{
    catalog::channel::OWN_CHANNEL,
    domain::{Day, Filters, Granularity, Names, Period},
    worker::{
        protocol::{
            Comparison, ContractView, DataView, FactRow, FactsRequest, FactsView, FormulaPart,
            HomeRequest, ImportView, KpiInFrame, KpiView, LineView, NoteView, RangeView, Request,
            Response, ValueView,
        },
        session::Session,
    },
};
use serde::Serialize;

use crate::{
    arguments::ExplainArguments,
    kpis::{session_of, told},
};

/// The form is documented in README and only ever extended.
#[derive(Serialize)]
struct Output {
    schema: u32,
    kpi: String,
    names: Names,
    meaning: Names,
    channel: String,
    period: Period,
    value: ValueOutput,
    /// Where a value of ads that has not settled will probably end; `null` where that is not known.
    likely_final: Option<RangeView>,
    /// As the catalogue writes it, under the contracts in force.
    formula: String,
    parts: Vec<PartOutput>,
    /// Of the parts that are measures: the facts that they add up from, largest first.
    facts: Vec<FactsOutput>,
    /// Contracts that change it, with their choices.
    contracts: BTreeMap<String, String>,
    files: Vec<FileOutput>,
    lines: Vec<LineView>,
    traps: Names,
}

#[derive(Serialize)]
struct ValueOutput {
    value: Option<String>,
    undefined: Option<String>,
    n: Option<String>,
    coverage: Option<String>,
    notes: Vec<NoteView>,
}

#[derive(Serialize)]
struct PartOutput {
    /// `whole(…)`: of the whole business.
    id: String,
    /// Earlier days where the formula looks back.
    period: Period,
    names: Names,
    #[serde(flatten)]
    value: ValueOutput,
}

#[derive(Serialize)]
struct FactsOutput {
    measure: String,
    value: Option<String>,
    /// Made of single facts; a level of stock is not.
    is_of_facts: bool,
    n_facts: u64,
    sum: String,
    rows: Vec<FactOutput>,
}

#[derive(Serialize)]
struct FactOutput {
    file: String,
    line: u64,
    day: Day,
    amount: String,
    fields: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct FileOutput {
    file: String,
    report: String,
    rows: u64,
    /// Facts that count, of all that it holds.
    in_force: u64,
    facts: u64,
    period: Option<Period>,
}

/// The text to print and whether any file could be read; `Err` is a fault of usage.
pub(crate) fn run(arguments: &ExplainArguments) -> Result<(String, bool), String> {
    let kpi = std::slice::from_ref(&arguments.kpi);
    let (mut session, is_read) = session_of(&arguments.books, kpi)?;
    // No clock: what is not covered is of no day.
    let today = arguments.books.period.map_or(Day::from_days_since_epoch(0), |period| period.to);
    let data = match session.handle(&Request::Data { today }, 0).response {
        Response::Data(data) => data.open(),
        _ => None,
    };
    let data = data.ok_or("the files could not be opened")?;
    let covered = session.state().and_then(|state| state.covered);
    let home = HomeRequest {
        filters: filters(&arguments.channel),
        period: arguments.books.period.or(covered),
        comparison: Comparison::None,
        granularity: Granularity::Month,
        trend_kpi: arguments.kpi.clone(),
        trend_by: None,
        today,
    };
    let request = Request::Kpi { kpi: arguments.kpi.clone(), home: home.clone() };
    match session.handle(&request, 0).response {
        Response::Kpi(view) => {
            let KpiInFrame { kpi: view, frame } = view.open().ok_or("the answer cannot be read")?;
            let period = frame.period;
            // KPIs have a point in their id; what has none is a measure.
            let is_measure = |part: &&FormulaPart| {
                !part.id.contains('.') && !part.is_whole && part.period == period
            };
            let measures = view.parts.iter().filter(is_measure);
            let facts = measures.filter_map(|part| facts(&mut session, &part.id, &home)).collect();
            let output = output(view, &data, &arguments.channel, period, facts);
            Ok((serde_json::to_string_pretty(&output).unwrap_or_default() + "\n", is_read))
        }
        Response::Failed(failure) => Err(told(&failure)),
        _ => Err("no answer".to_owned()),
    }
}

fn filters(channel: &str) -> Filters {
    let channels = Some(channel.to_owned()).filter(|channel| !channel.is_empty());
    Filters { channels: channels.into_iter().collect(), ..Filters::default() }
}

fn output(
    view: KpiView,
    data: &DataView,
    channel: &str,
    period: Period,
    facts: Vec<FactsOutput>,
) -> Output {
    let reports: Vec<&str> = view.fed_by.iter().map(|report| report.report.as_str()).collect();
    let is_meant = |it: &&ImportView| {
        let is_of_channel =
            channel.is_empty() || it.channel == channel || it.channel == OWN_CHANNEL;
        is_of_channel && reports.contains(&it.report.as_str())
    };
    let files = data.imports.iter().filter(is_meant);
    let contract = |it: ContractView| (it.id, it.choice);
    Output {
        schema: 1,
        kpi: view.card.figure.kpi.clone(),
        names: view.card.figure.names.clone(),
        meaning: view.card.meaning.clone(),
        channel: channel.to_owned(),
        period,
        value: value(view.card.figure.value),
        likely_final: view.likely.and_then(|likely| likely.value),
        formula: view.formula,
        parts: view.parts.into_iter().map(part).collect(),
        facts,
        contracts: view.contracts.into_iter().map(contract).collect(),
        files: files.map(file).collect(),
        lines: view.lines,
        traps: view.traps,
    }
}

/// The facts behind a measure; `None` for what the engine knows of no measure of that name.
fn facts(session: &mut Session, measure: &str, home: &HomeRequest) -> Option<FactsOutput> {
    let request = FactsRequest { measure: measure.to_owned(), import: None, home: home.clone() };
    let Response::Facts(view) = session.handle(&Request::Facts(request), 0).response else {
        return None;
    };
    let FactsView { measure, value, is_of_facts, n_facts, sum, facts, .. } = view.open()?;
    let row = |FactRow { file, line, day, amount, fields }: FactRow| {
        let fields = fields.into_iter().map(|field| (field.id, field.text)).collect();
        FactOutput { file, line, day, amount, fields }
    };
    let rows = facts.into_iter().map(row).collect();
    Some(FactsOutput { measure, value: value.value, is_of_facts, n_facts, sum, rows })
}

fn value(value: ValueView) -> ValueOutput {
    let ValueView { value, undefined, n, coverage, notes } = value;
    ValueOutput { value, undefined: undefined.map(|why| why.reason.clone()), n, coverage, notes }
}

fn part(part: FormulaPart) -> PartOutput {
    let FormulaPart { id, is_whole, period, names, value: of, .. } = part;
    let id = if is_whole { format!("whole({id})") } else { id };
    PartOutput { id, period, names, value: value(of) }
}

fn file(import: &ImportView) -> FileOutput {
    let ImportView { file, report, rows, in_force, facts, period, .. } = import;
    FileOutput {
        file: file.clone(),
        report: report.clone(),
        rows: *rows,
        in_force: *in_force,
        facts: *facts,
        period: *period,
    }
}
