//! `linkstar import`: what is in these files?

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use linkstar_kpi::{
    catalog::{Catalog, SourceError, own::OwnRecipe, report::Recipe},
    domain::{Day, Period},
    ingest::{FileReading, ReadOptions, ReadOutcome, Reading, Refusal, TotalCheck},
};
use serde::Serialize;
use serde_json::Value;

use crate::{
    arguments::ImportArguments,
    files::{self, Source},
};

#[derive(Serialize)]
struct Output {
    schema: u32,
    files: Vec<FileOutput>,
}

/// One file; the form is documented in README and only ever extended.
#[derive(Default, Serialize)]
struct FileOutput {
    file: String,
    report: Option<String>,
    /// `ok`, `partial`, `refused`, `needs_mapping`.
    status: &'static str,
    reason: Option<String>,
    detail: Option<Value>,
    rows: u64,
    facts: BTreeMap<String, u64>,
    n_problems: u64,
    problems: Vec<ProblemOutput>,
    period: Option<Period>,
    currencies: Vec<String>,
    timezone: Option<String>,
    sums: BTreeMap<String, String>,
    /// Totals of the file beside ours, and rows that do not add up.
    checks: Vec<TotalCheck>,
}

#[derive(Serialize)]
struct ProblemOutput {
    line: u64,
    column: String,
    kind: &'static str,
    value: String,
}

/// The text to print, and whether any file could be read. An error says which recipe is none.
pub(crate) fn run(arguments: &ImportArguments) -> Result<(String, bool), String> {
    let catalog = catalog(&arguments.recipes)?;
    let files: Vec<FileOutput> =
        arguments.files.iter().flat_map(|path| outputs(&catalog, path)).collect();
    let is_read = files.iter().any(|file| matches!(file.status, "ok" | "partial"));
    if arguments.is_json {
        let json = serde_json::to_string_pretty(&Output { schema: 1, files });
        return Ok((json.unwrap_or_default() + "\n", is_read));
    }
    Ok((table(&files), is_read))
}

fn catalog(paths: &[PathBuf]) -> Result<Arc<Catalog>, String> {
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).map_err(|error| error.to_string());
        let recipe = text.and_then(|it| recipe(&it).map_err(|error| error.to_string()));
        recipe.map_err(|error| format!("{}: {error}", path.display()))
    };
    let recipes: Result<Vec<Arc<Recipe>>, String> = paths.iter().map(read).collect();
    Ok(Arc::new(Catalog::built_in().with(recipes?)))
}

/// A recipe as somebody wrote it, or as the page shares it.
fn recipe(text: &str) -> Result<Arc<Recipe>, SourceError> {
    if text.trim_start().starts_with('{') {
        return Ok(Arc::clone(OwnRecipe::parse(text)?.recipe()));
    }
    Recipe::parse(text).map(Arc::new)
}

/// The exports in one file.
fn outputs(catalog: &Arc<Catalog>, path: &Path) -> Vec<FileOutput> {
    match files::sources(path) {
        Ok(sources) => sources.iter().flat_map(|source| read(catalog, source)).collect(),
        Err(error) => vec![unreadable(path.display().to_string(), &error)],
    }
}

/// What an export says; of a workbook each sheet that is a report.
fn read(catalog: &Arc<Catalog>, source: &Source) -> Vec<FileOutput> {
    let (outcome, further) = read_sheet(catalog, source, None);
    let of_sheet = |sheet| read_sheet(catalog, source, Some(sheet)).0;
    std::iter::once(outcome).chain(further.into_iter().map(of_sheet)).collect()
}

/// One sheet of a workbook, or another file; and further sheets that are reports.
fn read_sheet(
    catalog: &Arc<Catalog>,
    source: &Source,
    sheet: Option<String>,
) -> (FileOutput, Vec<String>) {
    let shown = match &sheet {
        Some(sheet) => format!("{}/{sheet}", source.shown()),
        None => source.shown(),
    };
    let packed = match source.packed() {
        Ok(packed) => packed,
        Err(refusal) => return (output(shown, Err(refusal)), Vec::new()),
    };
    let options = ReadOptions { sheet, ..ReadOptions::default() };
    let mut reading = FileReading::of_export(catalog, source.name(), options, packed);
    let read = files::read(source, |bytes| {
        reading.feed(bytes);
        !reading.is_refused()
    });
    match read {
        Ok(()) => {
            let outcome = reading.finish();
            let further = match &outcome {
                Ok(reading) => reading.sheets.further.clone(),
                Err(_) => Vec::new(),
            };
            (output(shown, outcome), further)
        }
        Err(error) => (unreadable(shown, &error), Vec::new()),
    }
}

fn unreadable(file: String, error: &std::io::Error) -> FileOutput {
    FileOutput {
        file,
        status: "refused",
        reason: Some("unreadable".to_owned()),
        detail: Some(error.to_string().into()),
        ..FileOutput::default()
    }
}

fn output(file: String, outcome: ReadOutcome) -> FileOutput {
    match outcome {
        Ok(reading) => of_reading(file, &reading),
        Err(refusal) => FileOutput {
            file,
            status: if refusal.id() == "unknown_report" { "needs_mapping" } else { "refused" },
            reason: Some(refusal.id().to_owned()),
            detail: Some(detail(&refusal)),
            ..FileOutput::default()
        },
    }
}

/// `reason` and the refusal's particulars in one object, as README documents it.
fn detail(refusal: &Refusal) -> Value {
    let particulars = match serde_json::to_value(refusal) {
        Ok(Value::Object(of_variant)) => of_variant.into_iter().next().map(|(_, inner)| inner),
        _ => None,
    };
    let mut detail = match particulars {
        Some(Value::Object(inner)) => inner,
        _ => serde_json::Map::new(),
    };
    // The header says which report it is; the rows are nobody's business.
    if let Some(Value::Object(table)) = detail.remove("table") {
        detail.extend(table.into_iter().filter(|(field, _)| field == "header"));
    }
    detail.insert("reason".to_owned(), refusal.id().into());
    Value::Object(detail)
}

fn of_reading(file: String, reading: &Reading) -> FileOutput {
    let question = reading.questions.first();
    let is_whole = question.is_none() && reading.n_problems == 0;
    let problems = (reading.n_problems > 0).then(|| "problem_rows".to_owned());
    let mut facts = BTreeMap::new();
    for segment in &reading.segments {
        *facts.entry(segment.table().name().to_owned()).or_insert(0) += segment.len() as u64;
    }
    let problem = |problem: &linkstar_kpi::domain::Problem| ProblemOutput {
        line: problem.line,
        column: problem.column.clone(),
        kind: problem.kind.id(),
        value: problem.value.clone(),
    };
    FileOutput {
        file,
        report: Some(reading.report.clone()),
        status: if is_whole { "ok" } else { "partial" },
        reason: question.map(|question| question.id().to_owned()).or(problems),
        detail: None,
        rows: reading.rows,
        facts,
        n_problems: reading.n_problems,
        problems: reading.problems.iter().map(problem).collect(),
        // Only what the file itself says.
        period: reading.period.filter(|_| !reading.period_is_guessed),
        currencies: reading.currencies.iter().map(ToString::to_string).collect(),
        timezone: Some(reading.zone.clone()),
        sums: reading.sums.iter().map(|(column, sum)| (column.clone(), sum.to_string())).collect(),
        checks: reading.checks.clone(),
    }
}

/// A table for people: one row for each file, below it what its sums and checks are.
fn table(files: &[FileOutput]) -> String {
    let head = ["file", "report", "status", "rows", "from", "to", "currency"].map(str::to_owned);
    let rows: Vec<[String; 7]> = std::iter::once(head).chain(files.iter().map(cells)).collect();
    let mut widths = [0; 7];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = width_of(cell).max(*width);
        }
    }
    let line = |row: &[String; 7]| {
        let padded = row.iter().zip(widths).map(|(cell, width)| {
            let gap = " ".repeat(width.saturating_sub(width_of(cell)));
            // Numbers stand to the right.
            if cell.parse::<u64>().is_ok() { gap + cell } else { cell.clone() + &gap }
        });
        padded.collect::<Vec<String>>().join("  ").trim_end().to_owned() + "\n"
    };
    let mut rows = rows.iter();
    let head = rows.next().map(line).unwrap_or_default();
    let body: String = rows.zip(files).map(|(row, file)| line(row) + &details(file)).collect();
    let count = |status: &str| files.iter().filter(|file| file.status == status).count();
    let counts = ["ok", "partial", "needs_mapping", "refused"]
        .map(|status| format!("{} {status}", count(status)))
        .join(", ");
    format!("{head}{body}{} files: {counts}\n", files.len())
}

fn cells(file: &FileOutput) -> [String; 7] {
    let status = match &file.reason {
        Some(reason) => format!("{} ({reason})", file.status),
        None => file.status.to_owned(),
    };
    let day = |pick: fn(&Period) -> Day| file.period.as_ref().map(pick).map(|day| day.to_string());
    [
        file.file.clone(),
        file.report.clone().unwrap_or_else(|| "–".to_owned()),
        status,
        file.rows.to_string(),
        day(|period| period.from).unwrap_or_default(),
        day(|period| period.to).unwrap_or_default(),
        file.currencies.join(" "),
    ]
}

/// Columns of a terminal: letters of Chinese take two.
fn width_of(text: &str) -> usize {
    text.chars().map(|letter| if letter >= '\u{2e80}' { 2 } else { 1 }).sum()
}

fn details(file: &FileOutput) -> String {
    let mut text = String::new();
    for (column, sum) in &file.sums {
        text += &format!("    {column:<32} {sum:>18}\n");
    }
    for check in &file.checks {
        let verdict = if check.stated == check.ours { "ties" } else { "DIFFERS" };
        let place = check.line.map_or(check.label.clone(), |line| format!("line {line}"));
        text += &format!(
            "    {verdict}: {} of {place}: stated {}, ours {}\n",
            check.column, check.stated, check.ours
        );
    }
    for problem in file.problems.iter().take(10) {
        text += &format!(
            "    line {}: {} {}: {:?}\n",
            problem.line, problem.column, problem.kind, problem.value
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_detail_is_one_object_with_its_reason() {
        let cut = detail(&Refusal::CutShort { line: 9 });
        assert_eq!(cut, json!({ "reason": "cut_short", "line": 9 }));
        assert_eq!(detail(&Refusal::Empty), json!({ "reason": "empty" }));
    }
}
