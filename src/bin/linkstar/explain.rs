//! `linkstar explain`: what a figure is made of.

use std::collections::BTreeMap;

use linkstar_kpi::{
    catalog::channel::OWN_CHANNEL,
    domain::{Day, Filters, Granularity, Names, Period},
    kpis::Dictionary,
    worker::protocol::{
        Comparison, ContractView, DataView, FormulaPart, HomeRequest, HomeView, ImportView,
        KpiView, LineView, NoteView, Request, Response, ValueView,
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
    /// As the catalogue writes it, under the contracts in force.
    formula: String,
    parts: Vec<PartOutput>,
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
    id: String,
    names: Names,
    #[serde(flatten)]
    value: ValueOutput,
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
    if Dictionary::built_in().get(&arguments.kpi).is_none() {
        return Err(format!("unknown KPI {:?}", arguments.kpi));
    }
    let (mut session, is_read) = session_of(&arguments.books)?;
    // No clock: what is not covered is of no day.
    let today = arguments.books.period.map_or(Day::from_days_since_epoch(0), |period| period.to);
    let Response::Data(data) = session.handle(&Request::Data { today }, 0).response else {
        return Err("the files could not be opened".to_owned());
    };
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
    let period = period_of(&mut session, &home)?;
    let request = Request::Kpi { kpi: arguments.kpi.clone(), home };
    match session.handle(&request, 0).response {
        Response::Kpi(view) => {
            let output = output(*view, &data, &arguments.channel, period);
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

fn period_of(
    session: &mut linkstar_kpi::worker::session::Session,
    home: &HomeRequest,
) -> Result<Period, String> {
    match session.handle(&Request::Home(home.clone()), 0).response {
        Response::Home(view) => {
            let HomeView { period, .. } = *view;
            Ok(period)
        }
        _ => Err("no answer".to_owned()),
    }
}

fn output(view: KpiView, data: &DataView, channel: &str, period: Period) -> Output {
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
        formula: view.formula,
        parts: view.parts.into_iter().map(part).collect(),
        contracts: view.contracts.into_iter().map(contract).collect(),
        files: files.map(file).collect(),
        lines: view.lines,
        traps: view.traps,
    }
}

fn value(value: ValueView) -> ValueOutput {
    let ValueView { value, undefined, n, coverage, notes } = value;
    ValueOutput { value, undefined: undefined.map(|why| why.reason), n, coverage, notes }
}

fn part(part: FormulaPart) -> PartOutput {
    PartOutput { id: part.id, names: part.names, value: value(part.value) }
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
