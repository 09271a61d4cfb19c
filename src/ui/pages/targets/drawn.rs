//! What of the grid is there: rows near to what is seen, and of many columns those near to what is seen.

use std::{ops::Range, time::Duration};

use leptos::{html, leptos_dom::helpers::debounce, prelude::*, task::tick};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::ui::hooks::use_width;

/// Height of a row in pixels, as the sheet of style has it.
const ROW_HEIGHT: i32 = 40;
/// Rows that are there, and of them those above what is seen.
pub(super) const N_ROWS: usize = 48;
const N_ABOVE: usize = 12;
/// The first row changes in such steps: few rows are made at once, so that no frame is late.
const STEP: usize = 2;
/// Who has not scrolled for so long rests.
const REST: Duration = Duration::from_millis(120);
/// So many columns are all there: a year with its quarters and months.
const FEW_COLUMNS: usize = 18;
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

    /// The columns that are there, of `n_columns`.
    pub(super) fn columns(self, n_columns: Memo<usize>) -> Memo<Range<usize>> {
        let width = use_width(self.scrolled);
        Memo::new(move |_| {
            width.track();
            let n_seen = self.scrolled.get_untracked().map_or(0, |it| n_seen(&it));
            near(self.first_column.get(), n_seen, n_columns.get())
        })
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
        set_changed(self.first_row, row.saturating_sub(N_ABOVE) / STEP * STEP);
        let column = scrolled.scroll_left() / column_width(scrolled);
        set_changed(self.first_column, usize::try_from(column).unwrap_or(0));
    }

    /// Has a column drawn that may not be there yet; what is to be done with it comes after that.
    pub(super) async fn show_column(self, column: usize) {
        self.first_column.set(column);
        tick().await;
    }
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
