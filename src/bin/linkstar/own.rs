//! Own KPIs from files: texts by which the page shares them.

use std::{fs, path::PathBuf};

use linkstar_kpi::{
    catalog::kpi::Unit,
    domain::KpiDefinition,
    worker::{
        protocol::{Change, Failure, FormulaProblem, Request, Response},
        session::Session,
    },
};

use crate::kpis::told;

/// A file with an own KPI.
struct OwnFile<'a> {
    path: &'a PathBuf,
    text: String,
}

/// Takes over the KPIs of all files, whichever order they name each other in. An error says what is wrong
/// with one of them, where, and what to do.
pub(crate) fn add(session: &mut Session, paths: &[PathBuf]) -> Result<(), String> {
    let read = |path| match fs::read_to_string(path) {
        Ok(text) => Ok(OwnFile { path, text }),
        Err(error) => Err(format!("{}: {error}", path.display())),
    };
    let mut left = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    loop {
        let n_before = left.len();
        left.retain(|file| {
            let change = Change::AddKpi { text: file.text.clone() };
            changed(session, change).is_err()
        });
        let Some(first) = left.first() else { return Ok(()) };
        if left.len() == n_before {
            return Err(first.fault(session));
        }
    }
}

fn changed(session: &mut Session, change: Change) -> Result<(), Failure> {
    match session.handle(&Request::Change(change), 0).response {
        Response::Failed(failure) => Err(failure),
        _ => Ok(()),
    }
}

impl OwnFile<'_> {
    /// What is wrong with a file that was not taken over.
    fn fault(&self, session: &mut Session) -> String {
        let versions: Vec<KpiDefinition> = match serde_json::from_str(&self.text) {
            Ok(versions) => versions,
            Err(error) => {
                let what = format!("{error}: give the text by which the page shares an own KPI");
                return self.pointing((error.line(), error.column()), &what);
            }
        };
        let whole = changed(session, Change::AddKpi { text: self.text.clone() });
        if let Err(Failure::InvalidFormula(FormulaProblem { kind, .. })) = &whole {
            let what = match kind.as_str() {
                "taken" => "another file says something else of this KPI: give one of them",
                "no_shared_kpi" => "not one KPI: give a file for each, with all its versions",
                _ => "",
            };
            if !what.is_empty() {
                return self.pointing(self.place("id", 0, 0), what);
            }
        }
        // Which of the versions it is: those before it make a KPI.
        for (nth, version) in versions.into_iter().enumerate() {
            let definition = version.clone();
            if let Err(failure) = changed(session, Change::DefineKpi { definition }) {
                return self.fault_of(nth, &version, &failure);
            }
        }
        whole.err().map_or_else(String::new, |failure| told(&failure))
    }

    fn fault_of(&self, nth: usize, version: &KpiDefinition, failure: &Failure) -> String {
        match failure {
            Failure::InvalidFormula(problem) => {
                let at = usize::try_from(problem.at).unwrap_or(0);
                self.pointing(self.place("formula", nth, at), &problem_text(problem))
            }
            Failure::InvalidValue { .. } => {
                let (key, what) = invalid_value(version);
                self.pointing(self.place(key, nth, 0), &what)
            }
            other => told(other),
        }
    }

    /// The message with the line it is about, and a mark under its place. Lines and columns count from 1.
    fn pointing(&self, (line, column): (usize, usize), what: &str) -> String {
        let place = format!("{}:{line}:{column}: {what}", self.path.display());
        let Some(text) = self.text.lines().nth(line.saturating_sub(1)) else { return place };
        let mark = " ".repeat(column.saturating_sub(1));
        format!("{place}\n  {text}\n  {mark}^")
    }

    /// Line and column of the value of a key that every version has: of the nth version, and of the
    /// letter `at` of a text, counted from 1; 0 for the value as a whole.
    fn place(&self, key: &str, nth: usize, at: usize) -> (usize, usize) {
        let quoted = format!("\"{key}\"");
        let values = self.text.match_indices(&quoted).filter_map(|(found, _)| {
            let behind = self.text.get(found + quoted.len()..)?.trim_start().strip_prefix(':')?;
            Some(self.text.len() - behind.trim_start().len())
        });
        let mut place = values.skip(nth).take(1).last().unwrap_or(0);
        if at > 0 {
            // Behind the quote.
            place += 1;
        }
        for _ in 1..at {
            place += letter_len(self.text.get(place..).unwrap_or_default());
        }
        let before = self.text.get(..place).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        (before.matches('\n').count() + 1, column)
    }
}

/// How many bytes JSON writes the first letter of a text with.
fn letter_len(text: &str) -> usize {
    let is_upper_half = |code: &str| matches!(u16::from_str_radix(code, 16), Ok(0xD800..=0xDBFF));
    match text.strip_prefix("\\u").and_then(|it| it.get(..4)) {
        Some(code) if is_upper_half(code) => 12,
        Some(_) => 6,
        None if text.starts_with('\\') => 2,
        None => text.chars().next().map_or(0, char::len_utf8),
    }
}

/// What the engine does not take beside a formula: the key, and what to do.
fn invalid_value(version: &KpiDefinition) -> (&'static str, String) {
    let is_unit = |unit: &&Unit| unit.id() == version.unit;
    if !version.has_own_id() {
        let what = "an id is \"own.\" and a word of at most 36 small letters, digits and \"_\"";
        return ("id", what.to_owned());
    }
    if version.names.en.trim().is_empty() && version.names.zh.trim().is_empty() {
        return ("names", "give a name in at least one language".to_owned());
    }
    if Unit::ALL.iter().any(|unit| is_unit(&unit)) {
        return ("direction", "write up, down, band or none".to_owned());
    }
    let units: Vec<&str> = Unit::ALL.iter().map(|unit| unit.id()).collect();
    ("unit", format!("write one of {}", units.join(", ")))
}

/// What is wrong with a formula, and what to do.
fn problem_text(problem: &FormulaProblem) -> String {
    let about = |nth: usize| problem.about.get(nth).map_or("", String::as_str);
    let (first, second) = (about(0), about(1));
    let expected = first.replace('_', " ");
    match problem.kind.as_str() {
        "unexpected" if second.is_empty() => {
            format!("the formula breaks off: write what is missing ({expected})")
        }
        "unexpected" => format!("write what is missing before {second:?} ({expected})"),
        "too_long" => "the number has too many digits: round it".to_owned(),
        "too_deep" => "too many parentheses inside each other: take some away".to_owned(),
        "unknown_name" => {
            let like: Vec<&str> = problem.about.iter().skip(1).map(String::as_str).collect();
            let like = like.join(", ");
            let advice = if like.is_empty() { String::new() } else { format!("; like {like}") };
            format!("there is no measure or KPI {first:?}: write the id of one{advice}")
        }
        "optional_kpi" => format!("{first:?} is a KPI: take the question mark away"),
        "no_form" => {
            let possible: Vec<&str> = problem.about.iter().skip(1).map(String::as_str).collect();
            format!("nothing tells {first}: write one of {}", possible.join(", "))
        }
        "circle" => "it would be made of itself: name other KPIs".to_owned(),
        "mismatch" => format!("{expected} and {second} do not add up: divide one of them first"),
        "formula_too_long" => {
            "the formula is too long: put a part of it into another KPI".to_owned()
        }
        _ => "the unit does not fit the formula, or an earlier version: write one that does"
            .to_owned(),
    }
}
