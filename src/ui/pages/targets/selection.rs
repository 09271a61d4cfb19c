//! Which cells are chosen.

use std::ops::RangeInclusive;

use leptos::{prelude::*, task::spawn_local};

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
    drawn: Drawn,
}

impl Selection {
    pub(super) fn new(drawn: Drawn) -> Self {
        Self {
            cursor: RwSignal::default(),
            anchor: RwSignal::default(),
            typed: RwSignal::default(),
            problem: RwSignal::default(),
            copied: StoredValue::default(),
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

    /// Gives the cursor's cell the focus; a column that is not there is drawn for it.
    pub(super) fn focus(self) {
        let Spot { row, column } = self.cursor.get_untracked();
        let id = cell_id(row, column);
        if document().get_element_by_id(&id).is_some() {
            focus_on(&id);
            return;
        }
        spawn_local(async move {
            self.drawn.show_column(column).await;
            focus_on(&id);
        });
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
