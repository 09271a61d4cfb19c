//! Reading a workbook of sheets, which is in memory as a whole.

use crate::{
    catalog::{Catalog, header::HeaderName, report::Recipe},
    ingest::{
        FileName, ReadOptions, ReadOutcome, Refusal,
        conclusion::{Described, conclude},
        container::{
            Cut, ROWS_AT_ONCE, Rows,
            sheet::{Sheet, SheetError, read_sheets},
        },
        encoding::CellEncoding,
        plan::{FileHead, Plan},
        post::Poster,
        posted::Posted,
        recognise::{Match, nearest},
        text::{N_HEADER_ROWS, N_SAMPLE_ROWS, filled, recognise_row, trimmed_end},
    },
};

/// Reads the sheet and header that fit a recipe best.
pub(super) fn read_workbook(
    catalog: &Catalog,
    bytes: &[u8],
    name: &FileName,
    options: &ReadOptions,
) -> ReadOutcome {
    let is_workbook = memchr::memmem::find(bytes, b"xl/").is_some();
    let sheets = read_sheets(bytes).map_err(|error| match error {
        SheetError::Damaged { detail } if is_workbook => Refusal::DamagedSheet { detail },
        SheetError::Damaged { .. } => Refusal::UnsupportedContainer { container: "zip".to_owned() },
        SheetError::Empty => Refusal::EmptySheet,
    })?;
    if sheets.iter().all(|sheet| sheet.rows.iter().all(|row| filled(row) == 0)) {
        return Err(Refusal::EmptySheet);
    }
    let mut best: Option<(Match<'_>, &Sheet, usize)> = None;
    for sheet in &sheets {
        for (index, row) in sheet.rows.iter().take(N_HEADER_ROWS).enumerate() {
            let Some(matched) = recognise_row(catalog, row, options) else { continue };
            if best.as_ref().is_none_or(|(it, ..)| it.strength() < matched.strength()) {
                best = Some((matched, sheet, index));
            }
        }
    }
    let Some((matched, sheet, index)) = best else {
        let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(N_HEADER_ROWS));
        let mut header = rows.max_by_key(|row| filled(row)).cloned().unwrap_or_default();
        header.truncate(60);
        let names: Vec<HeaderName> = header.iter().map(|cell| HeaderName::new(cell)).collect();
        return Err(Refusal::UnknownReport { header, nearest: nearest(catalog, &names) });
    };
    let posted = read_sheet(matched.recipe, sheet, index, name, options);
    let text = Described {
        container: "xlsx",
        encoding: String::new(),
        delimiter: String::new(),
        preamble_lines: u32::try_from(index).unwrap_or(u32::MAX),
    };
    conclude(posted, text, options)
}

fn read_sheet<'a>(
    recipe: &'a Recipe,
    sheet: &Sheet,
    header: usize,
    name: &FileName,
    options: &ReadOptions,
) -> Posted<'a> {
    let preamble: Vec<String> = sheet.rows.iter().take(header).map(|row| row.join(",")).collect();
    let rows = sheet.rows.get(header + 1..).unwrap_or(&[]);
    let file = FileHead {
        headers: trimmed_end(sheet.rows.get(header).cloned().unwrap_or_default()),
        sample: rows.get(..N_SAMPLE_ROWS.min(rows.len())).unwrap_or(&[]),
        preamble: &preamble,
        options,
        snapshot_day: name.day(),
    };
    let mut poster = Poster::new(Plan::new(recipe, &file), CellEncoding::of(b""), true);
    let (mut bytes, mut cut) = (Vec::new(), Cut::default());
    let mut line = header as u64 + 2;
    for rows in rows.chunks(ROWS_AT_ONCE) {
        bytes.clear();
        cut.clear();
        for texts in rows {
            cut.push_texts(&mut bytes, line, texts);
            line += 1;
        }
        poster.take(Rows::new(&bytes, &cut, false));
    }
    let tally = poster.end();
    Posted::new(poster.plan, tally)
}
