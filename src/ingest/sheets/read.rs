//! Reading a workbook of sheets: the packed bytes are in memory as a whole, its rows one after the
//! other.

use super::WorkbookFile;
use crate::{
    catalog::Catalog,
    ingest::{
        FileName, ReadOptions, ReadOutcome, Reading, Refusal, Sheets, UnknownTable,
        conclusion::{Described, conclude},
        container::{
            Cut, ROWS_AT_ONCE, Rows,
            sheet::{Format, SheetRows, Unreadable, Workbook},
        },
        encoding::CellEncoding,
        plan::{FileHead, Plan},
        post::Poster,
        posted::Posted,
        recognise::Match,
        text::{N_HEADER_ROWS, N_SAMPLE_ROWS, filled, recognise_row, trimmed_end, unknown},
    },
};

/// The rows of a sheet in which a header is looked for, and what follows.
struct Head {
    sheet: String,
    /// Of a workbook.
    is_sheet: bool,
    /// Lines and cells.
    rows: Vec<(u64, Vec<String>)>,
}

/// A header that fits a recipe.
struct Found<'a> {
    matched: Match<'a>,
    sheet: String,
    line: u64,
    headers: Vec<String>,
    preamble: Vec<String>,
    sample: Vec<Vec<String>>,
}

/// Reads the sheet and header that fit a recipe best.
pub(super) fn read_workbook(file: WorkbookFile<'_>) -> ReadOutcome {
    let WorkbookFile { catalog, bytes, name, options } = file;
    let format = Format::of(bytes).unwrap_or(Format::Xlsx);
    let is_other_zip = format == Format::Xlsx && memchr::memmem::find(bytes, b"xl/").is_none();
    let damaged = |why: Unreadable| match why {
        Unreadable::TooLarge { limit } => Refusal::TooLarge { bytes: bytes.len() as u64, limit },
        Unreadable::Damaged(_) if is_other_zip => {
            Refusal::UnsupportedContainer { container: "zip".to_owned() }
        }
        Unreadable::Damaged(detail) => Refusal::DamagedSheet { detail },
        Unreadable::Locked => Refusal::PasswordProtected,
        Unreadable::Foreign(container) => {
            Refusal::UnsupportedContainer { container: container.to_owned() }
        }
    };
    let mut workbook = Workbook::open(bytes, format).map_err(damaged)?;
    let all = heads(&mut workbook, format.has_sheets()).map_err(damaged)?;
    let is_wanted = |head: &Head| options.sheet.as_ref().is_none_or(|name| *name == head.sheet);
    let (heads, others): (Vec<Head>, Vec<Head>) = all.into_iter().partition(is_wanted);
    let Some(found) = best_of(catalog, heads.iter(), options) else {
        return Err(if is_empty(&mut workbook).map_err(damaged)? {
            Refusal::EmptySheet
        } else {
            unknown(catalog, likeliest(&heads, format))
        });
    };
    let rows = workbook.rows(&found.sheet).map_err(damaged)?;
    let posted = read_sheet(&found, rows, name, options).map_err(damaged)?;
    let text = Described {
        container: format.name(),
        encoding: String::new(),
        delimiter: String::new(),
        preamble_lines: u32::try_from(found.line - 1).unwrap_or(u32::MAX),
    };
    let reading = conclude(posted, text, options)?;
    let sheets = if others.is_empty() {
        sheets(catalog, &heads, &found.sheet)
    } else {
        // The others were spoken of when the first one was read.
        Sheets { read: found.sheet, ..Sheets::default() }
    };
    Ok(Reading { sheets, ..reading })
}

/// What the sheets of a workbook are beside the one that is read. Lists of JSON are none: one inside
/// another says the same once more.
fn sheets(catalog: &Catalog, heads: &[Head], read: &str) -> Sheets {
    if heads.len() < 2 || heads.iter().any(|head| !head.is_sheet) {
        return Sheets::default();
    }
    let mut sheets = Sheets { read: read.to_owned(), ..Sheets::default() };
    for head in heads.iter().filter(|head| head.sheet != read && !head.rows.is_empty()) {
        match best_of(catalog, std::iter::once(head), &ReadOptions::default()) {
            Some(found) if found.sample.is_empty() => {}
            Some(_) => sheets.further.push(head.sheet.clone()),
            None => sheets.unknown.push(head.sheet.clone()),
        }
    }
    sheets
}

fn heads(workbook: &mut Workbook<'_>, is_sheet: bool) -> Result<Vec<Head>, Unreadable> {
    let mut heads = Vec::new();
    for sheet in workbook.sheet_names() {
        let (mut all, mut row, mut rows) = (workbook.rows(&sheet)?, Vec::new(), Vec::new());
        while rows.len() < N_HEADER_ROWS + N_SAMPLE_ROWS
            && let Some(line) = all.read(&mut row)?
        {
            rows.push((line, std::mem::take(&mut row)));
        }
        heads.push(Head { sheet, is_sheet, rows });
    }
    Ok(heads)
}

/// The header that fits best, of a sheet with rows below it if there is one.
fn best_of<'a, 'h>(
    catalog: &'a Catalog,
    heads: impl Iterator<Item = &'h Head>,
    options: &ReadOptions,
) -> Option<Found<'a>> {
    let mut best: Option<(Match<'a>, &Head, usize)> = None;
    let merit = |matched: &Match<'_>, head: &Head, index: usize| {
        (head.rows.len() > index + 1, matched.strength())
    };
    for head in heads {
        for (index, (_, row)) in head.rows.iter().take(N_HEADER_ROWS).enumerate() {
            let Some(matched) = recognise_row(catalog, row, options) else { continue };
            let is_better = best.as_ref().is_none_or(|(it, its_head, at)| {
                merit(it, its_head, *at) < merit(&matched, head, index)
            });
            if is_better {
                best = Some((matched, head, index));
            }
        }
    }
    let (matched, head, index) = best?;
    let (above, below) = head.rows.split_at(index);
    let ((line, headers), sample) = below.split_first()?;
    let sample = sample.iter().take(N_SAMPLE_ROWS);
    Some(Found {
        matched,
        sheet: head.sheet.clone(),
        line: *line,
        headers: trimmed_end(headers.clone()),
        preamble: above.iter().map(|(_, row)| row.join(",")).collect(),
        sample: sample.map(|(_, row)| row.clone()).collect(),
    })
}

fn is_empty(workbook: &mut Workbook<'_>) -> Result<bool, Unreadable> {
    let mut row = Vec::new();
    for sheet in workbook.sheet_names() {
        let mut rows = workbook.rows(&sheet)?;
        while rows.read(&mut row)?.is_some() {
            if filled(&row) > 0 {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// The likeliest of the sheets' tables.
fn likeliest(heads: &[Head], format: Format) -> UnknownTable {
    let rows = |head: &Head| head.rows.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>();
    let tables = heads.iter().map(|head| UnknownTable::in_rows(&rows(head), format.has_sheets()));
    // The first one of equals.
    let wider = |best: UnknownTable, it: UnknownTable| {
        if it.likelihood() > best.likelihood() { it } else { best }
    };
    tables.reduce(wider).unwrap_or_default()
}

fn read_sheet(
    found: &Found<'_>,
    mut rows: SheetRows<'_, '_>,
    name: &FileName,
    options: &ReadOptions,
) -> Result<Posted, Unreadable> {
    let file = FileHead {
        headers: found.headers.clone(),
        sample: &found.sample,
        preamble: &found.preamble,
        options,
        snapshot_day: name.day(),
    };
    let mut poster =
        Poster::new(Plan::new(found.matched.recipe, &file), CellEncoding::of(b""), true);
    let (mut row, mut bytes, mut cut) = (Vec::new(), Vec::new(), Cut::default());
    let mut n_waiting = 0;
    while let Some(line) = rows.read(&mut row)? {
        if line <= found.line {
            continue;
        }
        if row.len() < found.headers.len() {
            row.resize(found.headers.len(), String::new());
        }
        cut.push_texts(&mut bytes, line, &row);
        n_waiting += 1;
        if n_waiting == ROWS_AT_ONCE {
            poster.take(Rows::new(&bytes, &cut, false));
            bytes.clear();
            cut.clear();
            n_waiting = 0;
        }
    }
    poster.take(Rows::new(&bytes, &cut, false));
    let tally = poster.end();
    Ok(Posted::new(poster.plan, tally))
}
