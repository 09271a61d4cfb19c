//! Which cells are chosen.

use std::ops::RangeInclusive;

use leptos::{leptos_dom::helpers::queue_microtask, prelude::*};

use super::drawn::Drawn;
use crate::ui::hooks::focus_on;

/// A place in the grid: row among all rows, and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Spot {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// The rectangle between the cursor and where the choice began.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    pub(super) cursor: RwSignal<Spot>,
    anchor: RwSignal<Spot>,
    /// The text of the cell that is being typed into, at the cursor.
    pub(super) typed: RwSignal<Option<String>>,
    /// What is wrong with what was typed or pasted; empty while nothing is.
    pub(super) problem: RwSignal<String>,
    /// What was copied here last.
    pub(super) copied: StoredValue<String>,
    /// Whether the cursor's cell is to have the focus as soon as it is there.
    is_awaited: StoredValue<bool>,
    /// The part of the grid that is there.
    pub(super) drawn: Drawn,
}

impl Selection {
    pub(super) fn new(drawn: Drawn) -> Self {
        Self {
            cursor: RwSignal::default(),
            anchor: RwSignal::default(),
            typed: RwSignal::default(),
            problem: RwSignal::default(),
            copied: StoredValue::default(),
            is_awaited: StoredValue::new(false),
            drawn,
        }
    }

    /// Moves the cursor; `extends`: what was chosen stays chosen up to there.
    pub(super) fn go(self, spot: Spot, extends: bool) {
        self.cursor.set(spot);
        if !extends {
            self.anchor.set(spot);
        }
        self.typed.set(None);
        self.problem.set(String::new());
        self.focus();
    }

    /// Gives the cursor's cell the focus; a cell that is not there is scrolled to and has it once it is there.
    pub(super) fn focus(self) {
        let id = self.cursor_id();
        if document().get_element_by_id(&id).is_some() {
            focus_on(&id);
            return;
        }
        // The cell that had the focus may go meanwhile: keys stay with the grid.
        self.drawn.focus();
        self.is_awaited.set_value(true);
        self.drawn.reveal(self.cursor.get_untracked());
    }

    /// Whether the cursor's cell is to have the focus as soon as it is there.
    pub(super) fn is_awaited(self) -> bool {
        self.is_awaited.get_value()
    }

    /// Gives the cursor's cell the focus it is to have, unless the focus went elsewhere meanwhile.
    pub(super) fn focus_awaited(self) {
        let id = self.cursor_id();
        if document().get_element_by_id(&id).is_none() {
            return;
        }
        self.is_awaited.set_value(false);
        if self.drawn.has_focus() {
            focus_on(&id);
        }
    }

    /// Keeps keys with the grid when the cell that has the focus is scrolled out of sight, where it is taken away.
    pub(super) fn keep_keys(self) {
        if self.has_focus() && !self.drawn.is_near(self.cursor.get_untracked()) {
            self.drawn.focus();
        }
    }

    /// To be called before rows are put elsewhere in the document: the cell that has the focus loses it by that, and
    /// is given it back.
    pub(super) fn keep_focus(self) {
        if self.has_focus() {
            queue_microtask(move || {
                let document = document();
                if document.active_element() == document.body().map(Into::into) {
                    focus_on(&self.cursor_id());
                }
            });
        }
    }

    /// Whether the cursor's cell has the focus, or what is typed into there.
    fn has_focus(self) -> bool {
        let focused = document().active_element();
        let cell = focused.and_then(|it| it.closest("[role=gridcell]").ok().flatten());
        cell.is_some_and(|cell| cell.id() == self.cursor_id())
    }

    fn cursor_id(self) -> String {
        // The page may be gone when a microtask asks.
        let Spot { row, column } = self.cursor.try_get_untracked().unwrap_or_default();
        cell_id(row, column)
    }

    /// Rows and columns that are chosen.
    pub(super) fn ranges(self) -> (RangeInclusive<usize>, RangeInclusive<usize>) {
        let (one, other) = (self.cursor.get(), self.anchor.get());
        (between(one.row, other.row), between(one.column, other.column))
    }

    /// The chosen columns of a row.
    pub(super) fn columns_of(self, row: usize) -> Option<RangeInclusive<usize>> {
        let (rows, columns) = self.ranges();
        rows.contains(&row).then_some(columns)
    }
}

fn between(one: usize, other: usize) -> RangeInclusive<usize> {
    one.min(other)..=one.max(other)
}

/// The id of a cell's element.
pub(super) fn cell_id(row: usize, column: usize) -> String {
    format!("plan-{row}-{column}")
}
