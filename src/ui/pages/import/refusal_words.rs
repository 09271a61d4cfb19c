//! Every refusal as words: what happened, why, and what to do.

use super::words;
use crate::{
    ui::{
        format,
        i18n::{I18n, fill, t_string},
    },
    worker::protocol::Refusal,
};

/// A refusal in the reader's language.
pub(super) struct RefusalWords {
    pub(super) title: String,
    pub(super) why: String,
    /// What to do, in this order.
    pub(super) next: Vec<String>,
}

impl RefusalWords {
    fn plain(title: &str, why: &str, next: &str) -> Self {
        Self { title: title.to_owned(), why: why.to_owned(), next: vec![next.to_owned()] }
    }
}

/// What happened, why, and what to do.
pub(super) fn refusal(i18n: I18n, refusal: &Refusal) -> RefusalWords {
    match refusal {
        Refusal::Empty => RefusalWords::plain(
            t_string!(i18n, import.refusal.empty_title),
            t_string!(i18n, import.refusal.empty_why),
            t_string!(i18n, import.refusal.empty_next),
        ),
        Refusal::NotText => RefusalWords::plain(
            t_string!(i18n, import.refusal.not_text_title),
            t_string!(i18n, import.refusal.not_text_why),
            t_string!(i18n, import.refusal.not_text_next),
        ),
        Refusal::WebPage => RefusalWords::plain(
            t_string!(i18n, import.refusal.web_page_title),
            t_string!(i18n, import.refusal.web_page_why),
            t_string!(i18n, import.refusal.web_page_next),
        ),
        Refusal::NoRows { .. } => RefusalWords::plain(
            t_string!(i18n, import.refusal.no_rows_title),
            t_string!(i18n, import.refusal.no_rows_why),
            t_string!(i18n, import.refusal.no_rows_next),
        ),
        Refusal::Cancelled => RefusalWords::plain(
            t_string!(i18n, import.refusal.cancelled_title),
            t_string!(i18n, import.refusal.cancelled_why),
            t_string!(i18n, import.refusal.cancelled_next),
        ),
        Refusal::Gone => RefusalWords::plain(
            t_string!(i18n, import.refusal.gone_title),
            t_string!(i18n, import.refusal.gone_why),
            t_string!(i18n, import.refusal.gone_next),
        ),
        Refusal::PartMissing => RefusalWords::plain(
            t_string!(i18n, import.refusal.part_title),
            t_string!(i18n, import.refusal.part_why),
            t_string!(i18n, import.refusal.part_next),
        ),
        Refusal::EmptyArchive | Refusal::TooManyFiles { .. } | Refusal::TooLarge { .. } => {
            archive(i18n, refusal)
        }
        Refusal::DamagedSheet { .. }
        | Refusal::DamagedArchive { .. }
        | Refusal::PasswordProtected
        | Refusal::EmptySheet
        | Refusal::UnsupportedContainer { .. } => container(i18n, refusal),
        Refusal::UnknownReport { table, .. } => unknown(i18n, table.header.is_empty()),
        Refusal::DestroyedIds { .. }
        | Refusal::ShiftedColumns { .. }
        | Refusal::CutShort { .. }
        | Refusal::TooManyProblems { .. } => content(i18n, refusal),
    }
}

fn unknown(i18n: I18n, is_without_header: bool) -> RefusalWords {
    let why = if is_without_header {
        t_string!(i18n, import.refusal.unknown_why_none)
    } else {
        t_string!(i18n, import.refusal.unknown_why)
    };
    RefusalWords::plain(
        t_string!(i18n, import.refusal.unknown_title),
        why,
        t_string!(i18n, import.refusal.unknown_next),
    )
}

/// Refusals of sheets and of file types.
fn container(i18n: I18n, refusal: &Refusal) -> RefusalWords {
    match refusal {
        Refusal::UnsupportedContainer { container } => RefusalWords {
            title: fill!(
                i18n,
                import.refusal.container_title,
                container = container.to_ascii_uppercase()
            ),
            why: t_string!(i18n, import.refusal.container_why).to_owned(),
            next: vec![container_next(i18n, container).to_owned()],
        },
        Refusal::DamagedArchive { .. } => RefusalWords::plain(
            t_string!(i18n, import.refusal.archive_title),
            t_string!(i18n, import.refusal.archive_why),
            t_string!(i18n, import.refusal.archive_next),
        ),
        Refusal::PasswordProtected => RefusalWords::plain(
            t_string!(i18n, import.refusal.password_title),
            t_string!(i18n, import.refusal.password_why),
            t_string!(i18n, import.refusal.password_next),
        ),
        Refusal::EmptySheet => RefusalWords::plain(
            t_string!(i18n, import.refusal.empty_sheet_title),
            t_string!(i18n, import.refusal.empty_sheet_why),
            t_string!(i18n, import.refusal.empty_sheet_next),
        ),
        _ => RefusalWords::plain(
            t_string!(i18n, import.refusal.damaged_title),
            t_string!(i18n, import.refusal.damaged_why),
            t_string!(i18n, import.refusal.damaged_next),
        ),
    }
}

/// Refusals of archives that are whole.
fn archive(i18n: I18n, refusal: &Refusal) -> RefusalWords {
    match refusal {
        Refusal::TooManyFiles { limit } => RefusalWords {
            title: t_string!(i18n, import.refusal.many_title).to_owned(),
            why: fill!(i18n, import.refusal.many_why, limit = format::count(*limit)),
            next: vec![t_string!(i18n, import.refusal.many_next).to_owned()],
        },
        Refusal::TooLarge { limit, .. } => RefusalWords {
            title: t_string!(i18n, import.refusal.large_title).to_owned(),
            why: fill!(i18n, import.refusal.large_why, limit = format::bytes(*limit)),
            next: vec![t_string!(i18n, import.refusal.large_next).to_owned()],
        },
        _ => RefusalWords::plain(
            t_string!(i18n, import.refusal.empty_archive_title),
            t_string!(i18n, import.refusal.empty_archive_why),
            t_string!(i18n, import.refusal.empty_archive_next),
        ),
    }
}

fn container_next(i18n: I18n, container: &str) -> &'static str {
    match container.to_ascii_lowercase().as_str() {
        "pdf" => t_string!(i18n, import.refusal.container_next_pdf),
        "excel 95" | "xlsb" | "ods" | "numbers" => {
            t_string!(i18n, import.refusal.container_next_xls)
        }
        "zip" | "gz" | "rar" | "7z" | "tar" => {
            t_string!(i18n, import.refusal.container_next_archive)
        }
        _ => t_string!(i18n, import.refusal.container_next),
    }
}

/// Refusals because of what stands in the file.
fn content(i18n: I18n, refusal: &Refusal) -> RefusalWords {
    match refusal {
        Refusal::DestroyedIds { n_rows, .. } => RefusalWords {
            title: t_string!(i18n, import.refusal.ids_title).to_owned(),
            why: format!(
                "{} {}",
                t_string!(i18n, import.refusal.ids_why),
                fill!(i18n, import.refusal.ids_rows, rows = words::rows(i18n, *n_rows))
            ),
            next: vec![
                t_string!(i18n, import.refusal.ids_next_again).to_owned(),
                t_string!(i18n, import.refusal.ids_next_text).to_owned(),
            ],
        },
        Refusal::ShiftedColumns { line, expected, found, n_rows } => RefusalWords {
            title: t_string!(i18n, import.refusal.shifted_title).to_owned(),
            why: format!(
                "{} {}",
                fill!(
                    i18n,
                    import.refusal.shifted_why,
                    line = format::count(*line),
                    found = *found,
                    expected = *expected
                ),
                fill!(i18n, import.refusal.ids_rows, rows = words::rows(i18n, *n_rows))
            ),
            next: vec![t_string!(i18n, import.refusal.shifted_next).to_owned()],
        },
        Refusal::TooManyProblems { problems, rows, .. } => RefusalWords {
            title: t_string!(i18n, import.refusal.problems_title).to_owned(),
            why: fill!(
                i18n,
                import.refusal.problems_why,
                problems = format::count(*problems),
                rows = words::rows(i18n, *rows)
            ),
            next: vec![t_string!(i18n, import.refusal.problems_next).to_owned()],
        },
        other => cut_short(i18n, other),
    }
}

fn cut_short(i18n: I18n, refusal: &Refusal) -> RefusalWords {
    let line = if let Refusal::CutShort { line } = refusal { *line } else { 0 };
    RefusalWords {
        title: t_string!(i18n, import.refusal.cut_title).to_owned(),
        why: fill!(i18n, import.refusal.cut_why, line = format::count(line)),
        next: vec![t_string!(i18n, import.refusal.cut_next).to_owned()],
    }
}
