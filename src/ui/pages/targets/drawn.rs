//! What of the grid is there: rows near to what is seen, and of many columns those near to what is seen.

use std::{ops::Range, time::Duration};

use leptos::{html, leptos_dom::helpers::debounce, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

use super::selection::Spot;
use crate::ui::hooks::{use_in_turns, use_size};

/// Height of a row in pixels, as the sheet of style has it.
const ROW_HEIGHT: i32 = 40;
/// Rows that are there besides those that are seen, on either side: each one is painted again with each change.
const N_ROWS_BESIDE: usize = 10;
/// What stands above and below the grid on the screen, in pixels, and the least height of the grid, as the sheet of
/// style has it.
const REST_OF_SCREEN: i32 = 352;
const LEAST_HEIGHT: i32 = 320;
/// The first row changes in such steps: few rows are made at once, so that no frame is late.
const STEP: usize = 2;
/// Who has not scrolled for so long rests.
const REST: Duration = Duration::from_millis(120);
/// So many columns are all there: a year with its quarters and months.
const FEW_COLUMNS: usize = 18;
/// Rows change their columns in so many frames, each a part of them.
const N_TURNS: usize = 6;
/// Of more, those that are seen and so many on either side.
const N_BESIDE: usize = 3;
/// Width of a column before it can be measured.
const COLUMN_WIDTH: i32 = 136;

/// The part of the grid that is drawn.
#[derive(Clone, Copy)]
pub(super) struct Drawn {
    /// The scrolled element.
    pub(super) scrolled: NodeRef<html::Div>,
    /// The first row that is asked for.
    pub(super) first_row: RwSignal<usize>,
    /// The same once nobody scrolls.
    pub(super) rested_row: RwSignal<usize>,
    /// The first column that is seen.
    first_column: RwSignal<usize>,
}

impl Drawn {
    pub(super) fn new() -> Self {
        Self {
            scrolled: NodeRef::new(),
            first_row: RwSignal::new(0),
            rested_row: RwSignal::new(0),
            first_column: RwSignal::new(0),
        }
    }

    /// How many rows are there: more once the grid turns out to be higher than it was taken for.
    pub(super) fn n_rows(self) -> Memo<usize> {
        let height = use_size(self.scrolled).height;
        let screen = document().document_element().map_or(0, |it| it.client_height());
        let taken_for = (screen - REST_OF_SCREEN).max(LEAST_HEIGHT);
        Memo::new(move |before: Option<&usize>| {
            height.track();
            let height = self.scrolled.get_untracked().map_or(0, |it| it.client_height());
            n_rows(height.max(taken_for)).max(before.copied().unwrap_or(0))
        })
    }

    /// The columns that are there, of `n_columns`.
    pub(super) fn columns(self, n_columns: Memo<usize>) -> Memo<Range<usize>> {
        let width = use_size(self.scrolled).width;
        Memo::new(move |_| {
            width.track();
            let n_seen = self.scrolled.get_untracked().map_or(0, |it| n_seen(&it));
            near(self.first_column.get(), n_seen, n_columns.get())
        })
    }

    /// The same for each row, given its place among all rows: not all change at once.
    pub(super) fn columns_by_row(
        columns: Memo<Range<usize>>,
    ) -> impl Fn(usize) -> ReadSignal<Range<usize>> + Copy + Send + Sync + 'static {
        let is_jump =
            |from: &Range<usize>, to: &Range<usize>| from.end <= to.start || to.end <= from.start;
        let [first, rest @ ..]: [_; N_TURNS] = use_in_turns(columns, is_jump);
        move |row| {
            (row % N_TURNS).checked_sub(1).and_then(|at| rest.get(at)).copied().unwrap_or(first)
        }
    }

    /// What follows the scrolling, and what follows when it rests.
    pub(super) fn following(self) -> impl FnMut(web_sys::Event) + 'static {
        let mut rest = debounce(REST, move |at| set_changed(self.rested_row, at));
        move |_| {
            if let Some(scrolled) = self.scrolled.get_untracked() {
                self.follow(&scrolled);
            }
            rest(self.first_row.get_untracked());
        }
    }

    fn follow(self, scrolled: &Element) {
        let row = usize::try_from(scrolled.scroll_top() / ROW_HEIGHT).unwrap_or(0);
        set_changed(self.first_row, row.saturating_sub(N_ROWS_BESIDE) / STEP * STEP);
        let column = scrolled.scroll_left() / column_width(scrolled);
        set_changed(self.first_column, usize::try_from(column).unwrap_or(0));
    }

    /// Scrolls to a cell that is not there: it will be.
    pub(super) fn reveal(self, Spot { row, column }: Spot) {
        let Some(scrolled) = self.scrolled.get_untracked() else { return };
        scrolled.set_scroll_left(pixels(column, column_width(&scrolled)));
        let (top, height) = (pixels(row, ROW_HEIGHT), scrolled.client_height());
        // The head of the grid takes a row's room.
        let lowest = top - height + 2 * ROW_HEIGHT;
        scrolled.set_scroll_top(scrolled.scroll_top().clamp(lowest.min(top), top));
        self.follow(&scrolled);
    }

    /// Whether a cell is in sight, or about to be.
    pub(super) fn is_near(self, Spot { row, column }: Spot) -> bool {
        let Some(scrolled) = self.scrolled.get_untracked() else { return false };
        let is_in =
            |at: i32, from: i32, seen: i32, each: i32| (from - each..from + seen).contains(&at);
        let width = column_width(&scrolled);
        is_in(pixels(row, ROW_HEIGHT), scrolled.scroll_top(), scrolled.client_height(), ROW_HEIGHT)
            && is_in(pixels(column, width), scrolled.scroll_left(), scrolled.client_width(), width)
    }

    /// Whether the grid itself has the focus, and none of its cells.
    pub(super) fn has_focus(self) -> bool {
        let focused = document().active_element();
        self.scrolled.get_untracked().is_some_and(|it| focused.as_ref() == Some(it.as_ref()))
    }

    /// Gives the grid itself the focus; nothing scrolls for it.
    pub(super) fn focus(self) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        if let Some(scrolled) = self.scrolled.get_untracked() {
            // An element that cannot take the focus leaves it where it is.
            scrolled.focus_with_options(&options).ok();
        }
    }
}

/// Rows that a grid of such a height has.
fn n_rows(height: i32) -> usize {
    let n_seen = usize::try_from((height + ROW_HEIGHT - 1) / ROW_HEIGHT).unwrap_or(0);
    n_seen + STEP + 2 * N_ROWS_BESIDE
}

fn pixels(n: usize, each: i32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX).saturating_mul(each)
}

/// Columns near to those that are seen; all where there are few.
fn near(first: usize, n_seen: usize, n_columns: usize) -> Range<usize> {
    if n_columns <= FEW_COLUMNS {
        return 0..n_columns;
    }
    let n_seen = if n_seen == 0 { FEW_COLUMNS } else { n_seen };
    let first = first.min(n_columns.saturating_sub(n_seen));
    first.saturating_sub(N_BESIDE)..(first + n_seen + N_BESIDE).min(n_columns)
}

/// Columns that have room at once; 0 before the element is laid out.
fn n_seen(scrolled: &Element) -> usize {
    usize::try_from((scrolled.client_width() + column_width(scrolled) - 1) / column_width(scrolled))
        .unwrap_or(0)
}

/// Width of a column in pixels.
fn column_width(scrolled: &Element) -> i32 {
    let head = scrolled.query_selector("thead [data-level]").ok().flatten();
    let width = head.and_then(|it| it.dyn_into::<HtmlElement>().ok()).map(|it| it.offset_width());
    width.filter(|width| *width > 0).unwrap_or(COLUMN_WIDTH)
}

fn set_changed(signal: RwSignal<usize>, at: usize) {
    if signal.get_untracked() != at {
        signal.set(at);
    }
}

/// The height of so many rows, as a style has it.
pub(super) fn height(n_rows: usize) -> String {
    format!("{}px", n_rows * usize::try_from(ROW_HEIGHT).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_there_for_what_is_seen_and_either_side_of_it() {
        assert_eq!(n_rows(320), 8 + 2 + 20);
        assert_eq!(n_rows(321), 9 + 2 + 20);
        assert_eq!(n_rows(0), 22);
    }

    #[test]
    fn few_columns_are_all_there() {
        assert_eq!(near(0, 9, 17), 0..17);
        assert_eq!(near(5, 9, 18), 0..18);
        assert_eq!(near(0, 0, 0), 0..0);
    }

    #[test]
    fn of_many_columns_those_near_to_what_is_seen_are_there() {
        assert_eq!(near(0, 9, 34), 0..12);
        assert_eq!(near(10, 9, 34), 7..22);
        assert_eq!(near(25, 9, 34), 22..34);
        // A column that was gone to need not be the first that is seen.
        assert_eq!(near(33, 9, 34), 22..34);
        // Before anything is laid out.
        assert_eq!(near(0, 0, 34), 0..21);
    }
}
