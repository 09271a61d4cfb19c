//! Rows that could not be read.

use serde::{Deserialize, Serialize};

use crate::domain::{Problem, ProblemKind};

/// Most problems that are kept; more are only counted.
const MAX_PROBLEMS: usize = 1_000;
/// Most kinds that are kept: nobody says the meaning of more.
const MAX_KINDS: usize = 200;
/// Letters kept of one: no kind is longer.
const MAX_KIND_LETTERS: usize = 1_000;

/// The first problems of a file, and how many there are.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Problems {
    pub(crate) n: u64,
    /// Rows that have some.
    pub(crate) n_rows: u64,
    /// The last one of them.
    last_line: u64,
    pub(crate) first: Vec<Problem>,
    pub(crate) n_destroyed: u64,
    /// Rows whose only fault is a kind that nobody has said the meaning of: they can be read as soon as
    /// somebody does.
    pub(crate) n_unknown_kinds: u64,
    /// Whether the row of `last_line` is one of them.
    is_of_unknown_kind: bool,
    /// These kinds, each once, with their columns.
    pub(crate) unknown_kinds: Vec<(String, String)>,
    pub(crate) first_destroyed: Option<Problem>,
    pub(crate) n_shifted: u64,
    /// Line and width of the first row with a filled cell behind the last column.
    pub(crate) first_shifted: Option<(u64, usize)>,
}

impl Problems {
    /// Counts a problem of a row, whose problems come one after the other; `problem` is only asked for
    /// what is to be kept.
    pub(crate) fn add(&mut self, line: u64, kind: ProblemKind, problem: impl FnOnce() -> Problem) {
        self.n += 1;
        let is_new = line != self.last_line;
        self.n_rows += u64::from(is_new);
        self.last_line = line;
        let is_destroyed = kind == ProblemKind::DestroyedId;
        self.n_destroyed += u64::from(is_destroyed);
        let is_unknown_kind = kind == ProblemKind::UnknownKind;
        self.n_unknown_kinds += u64::from(is_new && is_unknown_kind);
        self.n_unknown_kinds -= u64::from(!is_new && self.is_of_unknown_kind && !is_unknown_kind);
        self.is_of_unknown_kind = is_unknown_kind && (is_new || self.is_of_unknown_kind);
        let is_first_destroyed = is_destroyed && self.first_destroyed.is_none();
        if self.first.len() >= MAX_PROBLEMS && !is_first_destroyed {
            return;
        }
        let problem = problem();
        if is_first_destroyed {
            self.first_destroyed = Some(problem.clone());
        }
        if self.first.len() < MAX_PROBLEMS {
            self.first.push(problem);
        }
    }

    /// Keeps a kind that nobody has said the meaning of.
    pub(crate) fn note_kind(&mut self, column: &str, text: &str) {
        let is_known = |(of, known): &(String, String)| of == column && known == text;
        let is_long = text.chars().nth(MAX_KIND_LETTERS).is_some();
        if self.unknown_kinds.len() < MAX_KINDS
            && !is_long
            && !self.unknown_kinds.iter().any(is_known)
        {
            self.unknown_kinds.push((column.to_owned(), text.to_owned()));
        }
    }

    /// Adds the problems of the rows behind, which begin `n_lines` below.
    pub(crate) fn append(&mut self, mut next: Self, n_lines: u64) {
        let below = |mut problem: Problem| {
            problem.line += n_lines;
            problem
        };
        self.n += next.n;
        self.n_rows += next.n_rows;
        self.n_destroyed += next.n_destroyed;
        self.n_unknown_kinds += next.n_unknown_kinds;
        for (column, text) in &next.unknown_kinds {
            self.note_kind(column, text);
        }
        self.n_shifted += next.n_shifted;
        let room = MAX_PROBLEMS.saturating_sub(self.first.len());
        next.first.truncate(room);
        self.first.extend(next.first.into_iter().map(below));
        self.first_destroyed = self.first_destroyed.take().or(next.first_destroyed.map(below));
        let shifted = next.first_shifted.map(|(line, width)| (line + n_lines, width));
        self.first_shifted = self.first_shifted.or(shifted);
    }
}
