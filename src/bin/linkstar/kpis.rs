//! `linkstar kpis`: the same figures as on the page.

use std::{collections::BTreeMap, path::PathBuf};

use linkstar_kpi::{
    domain::Period,
    storage::Stored,
    worker::{
        protocol::{Change, Failure, Reading, Refusal, Request, Response, UnitView},
        session::{Session, Table},
        views::{TableRequest, TableRow},
    },
};
use serde::Serialize;

use crate::{
    arguments::{Books, KpisArguments},
    complain,
    files::{self, Source},
    own,
};

#[derive(Serialize)]
struct Output<'a> {
    schema: u32,
    contracts: &'a BTreeMap<&'static str, &'static str>,
    values: Vec<ValueOutput>,
}

/// One value; the form is documented in README and only ever extended.
#[derive(Serialize)]
struct ValueOutput {
    kpi: String,
    scope: BTreeMap<&'static str, String>,
    period: Period,
    value: Option<String>,
    unit: String,
    n: Option<String>,
    undefined: Option<String>,
    coverage: Option<String>,
    notes: Vec<String>,
}

/// The text to print and whether any file could be read; `Err` is a fault of usage.
pub(crate) fn run(arguments: &KpisArguments) -> Result<(String, bool), String> {
    let (mut session, is_read) = session_of(&arguments.books, &arguments.kpis)?;
    let request = TableRequest {
        by: arguments.by,
        kpis: arguments.kpis.clone(),
        period: arguments.books.period,
    };
    let table = session.table(&request).map_err(|failure| told(&failure))?;
    let text = if arguments.is_csv { csv(&table) } else { json(&table) };
    Ok((text, is_read))
}

/// A session with all files, under the contracts asked for, and whether any file could be taken in; nothing is
/// read when one of `kpis` is not known.
pub(crate) fn session_of(books: &Books, kpis: &[String]) -> Result<(Session, bool), String> {
    let mut session = Session::new();
    let opened = session.open("files", "files", false, &Stored::default(), 0);
    opened.map_err(|failure| told(&failure))?;
    for (contract, choice) in &books.contracts {
        let (contract, choice) = (contract.clone(), choice.clone());
        let (contract, reason) = (contract.clone(), String::new());
        let change = Change::ChooseContract { contract: contract.clone(), choice, reason };
        let change = Request::Change(change);
        if let Response::Failed(_) = session.handle(&change, 0).response {
            return Err(format!("contract {contract:?} has no such choice"));
        }
    }
    own::add(&mut session, &books.own)?;
    let known = kpi_ids(&mut session);
    if let Some(kpi) = kpis.iter().find(|kpi| !known.contains(kpi)) {
        return Err(format!("unknown KPI {kpi:?}"));
    }
    let is_read = read(&mut session, &books.files);
    Ok((session, is_read))
}

/// What has a point in its id is no measure.
fn kpi_ids(session: &mut Session) -> Vec<String> {
    let Response::FormulaWords(words) = session.handle(&Request::FormulaWords, 0).response else {
        return Vec::new();
    };
    let ids = words.open().into_iter().flatten().map(|word| word.id);
    ids.filter(|id| id.contains('.')).collect()
}

pub(crate) fn told(failure: &Failure) -> String {
    format!("{failure:?}")
}

/// Reads all files into the session; whether any could be taken in.
fn read(session: &mut Session, files: &[PathBuf]) -> bool {
    for path in files {
        match files::sources(path) {
            Ok(sources) => sources.iter().for_each(|source| read_source(session, source)),
            Err(error) => complain(&format!("linkstar: {}: {error}", path.display())),
        }
    }
    for file in session.pending() {
        match file.reading {
            Reading::Ready(_) => (),
            Reading::Asking(understood) => complain(&format!(
                "linkstar: {} left out: {}",
                file.name,
                understood.questions.first().map_or("", |question| question.id())
            )),
            Reading::AlreadyLoaded { .. } => {
                complain(&format!("linkstar: {} is the same file again", file.name));
            }
            Reading::Refused(refusal) => {
                complain(&format!("linkstar: {} refused: {}", file.name, refusal.id()));
            }
        }
    }
    match session.handle(&Request::ConfirmPending, 0).response {
        Response::Confirmed { imports, .. } => !imports.is_empty(),
        _ => false,
    }
}

fn read_source(session: &mut Session, source: &Source) {
    let packed = source.packed();
    let pending = session.begin_reading(source.meta(), packed.clone().unwrap_or_default());
    if let Err(refusal) = packed {
        session.refuse_reading(pending, refusal);
        return;
    }
    feed(session, source, pending);
    for sheet in session.further_sheets(pending) {
        if let Some(further) = session.begin_sheet(pending, &sheet) {
            feed(session, source, further);
        }
    }
}

fn feed(session: &mut Session, source: &Source, pending: u32) {
    match files::read(source, |bytes| !session.feed(pending, bytes).is_settled) {
        Ok(()) => session.finish_reading(pending),
        Err(error) => {
            complain(&format!("linkstar: {}: {error}", source.shown()));
            session.refuse_reading(pending, Refusal::Gone);
        }
    }
}

fn values(table: &Table) -> Vec<ValueOutput> {
    let value = |row: &TableRow| ValueOutput {
        kpi: row.kpi.clone(),
        scope: row.scope.iter().map(|(by, member)| (by.id(), member.clone())).collect(),
        period: row.period,
        value: row.value.value.clone(),
        unit: match row.unit {
            UnitView::Money => table.currency.to_string(),
            UnitView::Count => "count".to_owned(),
            UnitView::Share => "share".to_owned(),
            UnitView::Ratio => "ratio".to_owned(),
            UnitView::Days => "days".to_owned(),
            UnitView::TurnsPerYear => "turns_per_year".to_owned(),
            UnitView::Score => "score".to_owned(),
            UnitView::Hours => "hours".to_owned(),
            UnitView::Weeks => "weeks".to_owned(),
            UnitView::Months => "months".to_owned(),
            UnitView::Seconds => "seconds".to_owned(),
            UnitView::Milliseconds => "milliseconds".to_owned(),
        },
        n: row.value.n.clone(),
        undefined: row.value.undefined.as_ref().map(|undefined| undefined.reason.clone()),
        coverage: row.value.coverage.clone(),
        notes: row.value.notes.iter().map(|note| note.note.clone()).collect(),
    };
    table.rows.iter().map(value).collect()
}

fn json(table: &Table) -> String {
    let contracts = table.contracts.choices();
    let output = Output { schema: 1, contracts, values: values(table) };
    serde_json::to_string_pretty(&output).unwrap_or_default() + "\n"
}

fn csv(table: &Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["kpi", "scope", "from", "to", "value", "unit", "n", "undefined"];
    let mut is_written = writer.write_record(header).is_ok();
    for value in values(table) {
        let scope: Vec<String> =
            value.scope.iter().map(|(by, member)| format!("{by}={member}")).collect();
        let record = [
            value.kpi,
            scope.join(";"),
            value.period.from.to_string(),
            value.period.to.to_string(),
            value.value.unwrap_or_default(),
            value.unit,
            value.n.unwrap_or_default(),
            value.undefined.unwrap_or_default(),
        ];
        is_written &= writer.write_record(record).is_ok();
    }
    let bytes = writer.into_inner().unwrap_or_default();
    if is_written { String::from_utf8(bytes).unwrap_or_default() } else { String::new() }
}
