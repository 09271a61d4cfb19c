//! The grid by keyboard and clipboard, as in a sheet.

use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};

use super::{
    cells::{pasted, typed_number, typing_text},
    chosen::{Chosen, chosen, chosen_here, rows_of},
    row::Shared,
    selection::Spot,
};
use crate::{
    domain::{Fixed, Period, TargetKey, TargetLevel},
    ui::{
        hooks::{copied_text, copy_text, pasted_text},
        i18n::{I18n, fill, t_string},
        spreadsheet::tabbed,
        state::Engine,
    },
    worker::protocol::{PlanCell, PlanColumn, PlanRow, PlanView, UnitView},
};

/// Rows that the keys for pages move by.
const PAGE: usize = 10;

/// What a key does in the grid.
pub(super) fn on_key(i18n: I18n, shared: Shared, engine: Engine, event: &KeyboardEvent) {
    let selection = shared.selection;
    let is_typing = selection.typed.with_untracked(Option::is_some);
    let key = event.key();
    if event.alt_key() || event.is_composing() {
        return;
    }
    if event.ctrl_key() || event.meta_key() {
        if !is_typing && goes_back(shared, &key, event.shift_key()) {
            event.prevent_default();
            event.stop_propagation();
        }
        return;
    }
    match key.as_str() {
        "Escape" if is_typing => {
            selection.typed.set(None);
            selection.problem.set(String::new());
            selection.focus();
        }
        "Enter" | "Tab" if is_typing => {
            event.prevent_default();
            if shared.commit(i18n) {
                let back = event.shift_key();
                let by = if back { -1 } else { 1 };
                step(shared, if key == "Tab" { (0, by) } else { (by, 0) }, false);
            }
        }
        _ if is_typing => {}
        "Enter" | "F2" => {
            event.prevent_default();
            shared.type_into(None);
        }
        "Delete" | "Backspace" => {
            event.prevent_default();
            clear(shared, engine);
        }
        _ => match direction(&key) {
            Some(by) => {
                event.prevent_default();
                step(shared, by, event.shift_key());
            }
            None if key.chars().count() == 1 && key != " " => {
                event.prevent_default();
                shared.type_into(Some(key));
            }
            None => {}
        },
    }
}

/// Takes a step of what is typed back or again; whether the key is one for that. It never reaches the
/// workbook's own steps: nobody expects an import to be undone from within a sheet.
fn goes_back(shared: Shared, key: &str, is_shifted: bool) -> bool {
    match (key.to_ascii_lowercase().as_str(), is_shifted) {
        ("z", false) => shared.drafts.undo(),
        ("z", true) | ("y", false) => shared.drafts.redo(),
        _ => return false,
    }
    true
}

/// Rows and columns that a key moves by.
fn direction(key: &str) -> Option<(isize, isize)> {
    let far = isize::MAX / 2;
    Some(match key {
        "ArrowUp" => (-1, 0),
        "ArrowDown" => (1, 0),
        "ArrowLeft" => (0, -1),
        "ArrowRight" => (0, 1),
        "PageUp" => (-PAGE.cast_signed(), 0),
        "PageDown" => (PAGE.cast_signed(), 0),
        "Home" => (0, -far),
        "End" => (0, far),
        _ => return None,
    })
}

fn step(shared: Shared, (rows, columns): (isize, isize), extends: bool) {
    let size = shared.shown.with_untracked(|sight| {
        let view = &sight.as_ref()?.view;
        Some((usize::try_from(view.n_rows).ok()?, view.columns.len()))
    });
    let Some((n_rows, n_columns)) = size else { return };
    let Spot { row, column } = shared.selection.cursor.get_untracked();
    let moved =
        |at: usize, by: isize, n: usize| at.saturating_add_signed(by).min(n.saturating_sub(1));
    let spot = Spot { row: moved(row, rows, n_rows), column: moved(column, columns, n_columns) };
    shared.selection.go(spot, extends);
}

/// Takes the numbers of what is chosen away, but for those that are locked.
fn clear(shared: Shared, engine: Engine) {
    spawn_local(async move {
        let Some(chosen) = chosen(engine, shared).await else { return };
        shared.drafts.set(chosen.cleared());
    });
}

/// What is chosen as a sheet takes it.
pub(super) fn copy(i18n: I18n, shared: Shared, engine: Engine, event: &web_sys::Event) {
    if shared.selection.typed.with_untracked(Option::is_some) {
        return;
    }
    if let Some(chosen) = chosen_here(shared) {
        let text = sheet_text(&chosen);
        copied_text(event, &text);
        shared.selection.copied.set_value(text);
        return;
    }
    event.prevent_default();
    spawn_local(async move {
        let Some(chosen) = chosen(engine, shared).await else { return };
        let text = sheet_text(&chosen);
        if copy_text(&text).await {
            shared.selection.copied.set_value(text);
        } else {
            shared.selection.problem.set(t_string!(i18n, scorecards.copy_failed).to_owned());
        }
    });
}

fn sheet_text(chosen: &Chosen) -> String {
    let kpis = &chosen.view.kpis;
    let text_of = |row: &PlanRow| -> Vec<String> {
        let kpi = usize::try_from(row.kpi).ok().and_then(|kpi| kpis.get(kpi));
        let unit = kpi.map_or(UnitView::Count, |kpi| kpi.unit);
        let text = |cell: &PlanCell| {
            let number = cell.number.as_ref().or(cell.sum.as_ref());
            number.map(|number| typing_text(number, unit)).unwrap_or_default()
        };
        let cells = row.cells.iter().enumerate();
        cells.filter(|(at, _)| chosen.columns.contains(at)).map(|(_, cell)| text(cell)).collect()
    };
    tabbed(&chosen.view.rows.iter().map(text_of).collect::<Vec<_>>())
}

/// Puts a block of a sheet where the cursor is; one number goes into all that is chosen.
pub(super) fn paste(i18n: I18n, shared: Shared, engine: Engine, event: &web_sys::Event) {
    if shared.selection.typed.with_untracked(Option::is_some) {
        return;
    }
    let Some(text) = pasted_text(event) else { return };
    event.prevent_default();
    let mut block = pasted(&text);
    let mut is_as_shown = shared.selection.copied.with_value(|it| lines(it).eq(lines(&text)));
    let (rows, columns) = untrack(|| shared.selection.ranges());
    if let [one] = block.as_slice()
        && let [cell] = one.as_slice()
    {
        let width = columns.end() - columns.start() + 1;
        block = vec![vec![cell.clone(); width]; rows.end() - rows.start() + 1];
        is_as_shown = true;
    }
    let Some(asked) = shared.shown.with_untracked(|it| it.as_ref().map(|it| it.asked.clone()))
    else {
        return;
    };
    let at = Spot { row: *rows.start(), column: *columns.start() };
    spawn_local(async move {
        let Some(view) = rows_of(engine, asked.clone(), shared, (at.row, block.len())).await else {
            return;
        };
        let columns = columns_from(&view.columns, at.column, is_as_shown);
        match placed(i18n, &view, &block, (&columns, asked.level)) {
            Ok(cells) => {
                shared.selection.problem.set(String::new());
                shared.drafts.set(cells);
            }
            Err(problem) => shared.selection.problem.set(problem),
        }
    });
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_end().lines()
}

/// The columns that a pasted block fills from one on. Twelve months of a sheet are twelve months: quarters
/// between them are filled only where the block begins with one, or was copied here.
fn columns_from(columns: &[PlanColumn], first: usize, is_as_shown: bool) -> Vec<usize> {
    let takes_all = is_as_shown || columns.get(first).is_some_and(|column| column.has_parts);
    let on = columns.iter().enumerate().skip(first);
    on.filter(|(_, column)| takes_all || !column.has_parts).map(|(at, _)| at).collect()
}

/// A number and where it goes.
pub(super) type Placed = (TargetLevel, TargetKey, Period, Option<Fixed>);

/// All numbers of a block with their places, or what is wrong with it: then nothing of it is taken.
fn placed(
    i18n: I18n,
    view: &PlanView,
    block: &[Vec<String>],
    (columns, level): (&[usize], TargetLevel),
) -> Result<Vec<Placed>, String> {
    let width = block.iter().map(Vec::len).max().unwrap_or(0);
    let room = columns.len();
    if block.len() > view.rows.len() || width > room {
        let has = fill!(i18n, targets.block_size, rows = block.len(), columns = width);
        let left = fill!(i18n, targets.block_size, rows = view.rows.len(), columns = room);
        return Err(fill!(i18n, targets.block_too_large, has = has, room = left));
    }
    let mut cells = Vec::new();
    for (nth, (texts, row)) in block.iter().zip(&view.rows).enumerate() {
        let kpi = usize::try_from(row.kpi).ok().and_then(|kpi| view.kpis.get(kpi));
        let unit = kpi.map_or(UnitView::Count, |kpi| kpi.unit);
        let place = |at: &usize| view.columns.get(*at).zip(row.cells.get(*at));
        let places = columns.iter().filter_map(place);
        for (column, (text, (place, cell))) in texts.iter().zip(places).enumerate() {
            let Ok(number) = typed_number(text, unit) else {
                return Err(fill!(
                    i18n,
                    targets.block_no_number,
                    row = nth + 1,
                    column = column + 1,
                    text = text
                ));
            };
            if cell.is_locked {
                return Err(t_string!(i18n, targets.block_locked).to_owned());
            }
            cells.push((level, row.key.clone(), place.period, number));
        }
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    /// A quarter with its two months, twice.
    fn columns() -> Vec<PlanColumn> {
        let day = Day::parse("2026-01-01").unwrap();
        let column = |has_parts| PlanColumn {
            period: Period { from: day, to: day },
            parent: None,
            has_parts,
        };
        [true, false, false, true, false, false].map(column).to_vec()
    }

    #[test]
    fn months_of_another_sheet_leave_quarters_out() {
        assert_eq!(columns_from(&columns(), 1, false), [1, 2, 4, 5]);
        // What begins with a quarter, and what was copied here, has them.
        assert_eq!(columns_from(&columns(), 0, false), [0, 1, 2, 3, 4, 5]);
        assert_eq!(columns_from(&columns(), 1, true), [1, 2, 3, 4, 5]);
        assert!(columns_from(&columns(), 9, false).is_empty());
    }
}
