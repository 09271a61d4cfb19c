//! Line icons on a 16 px grid, in the colour of the text.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    Home,
    Data,
    Book,
    Upload,
    Download,
    File,
    Undo,
    Redo,
    Down,
    Left,
    Right,
    Close,
    Check,
    Calendar,
    Clock,
    Help,
    Lock,
    Plus,
    Settling,
    Theme,
    Sun,
    Moon,
    Trash,
    Warning,
    Info,
    Play,
    Disk,
    Star,
    Exchange,
    Table,
    Target,
    Card,
    Matrix,
}

impl Glyph {
    /// The drawing's path data.
    const fn path(self) -> &'static str {
        match self {
            Self::Table => "M2.5 3h11v10.5h-11zM2.5 6.5h11M6.5 3v10.5",
            Self::Target => {
                "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8"
            }
            Self::Card => "M2.5 2.5h11v11h-11zM5 6h2M5 10h2M9 6h2.5M9 10h2.5",
            Self::Matrix => "M2.5 2.5v11h11M6 10v.1M8 6.5v.1M11 8v.1M12 4v.1",
            Self::Exchange => "M2.5 5.5h10M10 3l2.5 2.5L10 8M13.5 10.5h-10M6 8l-2.5 2.5L6 13",
            Self::Home => "M2.5 7 8 2.5 13.5 7v6.5h-4v-4h-3v4h-4z",
            Self::Data => "M2.5 4.5h11v-2h-11zM2.5 9h11V7h-11zM2.5 13.5h11v-2h-11z",
            Self::Book => {
                "M3 3a1.5 1.5 0 0 1 1.5-1.5H13v10H4.5A1.5 1.5 0 0 0 3 13zM3 13a1.5 1.5 0 0 0 1.5 1.5H13v-3"
            }
            Self::Upload => "M8 10.5V2.5M4.8 5.5 8 2.3l3.2 3.2M2.5 10v3.5h11V10",
            Self::Download => "M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M2.5 10v3.5h11V10",
            Self::File => "M3.5 2h6l3 3v9h-9zM9.5 2v3h3",
            Self::Undo => "M3 6h6.5a3.5 3.5 0 0 1 0 7H6M3 6l3-3M3 6l3 3",
            Self::Redo => "M13 6H6.5a3.5 3.5 0 0 0 0 7H10M13 6l-3-3M13 6l-3 3",
            Self::Down => "m4 6 4 4 4-4",
            Self::Left => "m10 4-4 4 4 4",
            Self::Right => "m6 4 4 4-4 4",
            Self::Close => "m4 4 8 8M12 4l-8 8",
            Self::Check => "m3 8.5 3.5 3.5L13 4.5",
            Self::Calendar => "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3",
            Self::Clock => "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5v3l2 1.5",
            Self::Help => {
                "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2M6.3 6.4A1.75 1.75 0 1 1 8 8.5v.7M8 11.3v.1"
            }
            Self::Lock => "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Settling => {
                "M8 2.5a5.5 5.5 0 0 1 2.3.5m2 1.6a5.5 5.5 0 0 1 .8 1.6m.2 2.9a5.5 5.5 0 0 1-1.3 2.4M9.5 13.3a5.5 5.5 0 0 1-3 0M4 12a5.5 5.5 0 0 1-1.3-2.7m.2-3.1A5.5 5.5 0 0 1 5 3.4M8 5v3l2 1.5"
            }
            Self::Theme => "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
            Self::Sun => {
                "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.8.8M11.8 11.8l.8.8M3.4 12.6l.8-.8M11.8 4.2l.8-.8"
            }
            Self::Moon => "M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8",
            Self::Trash => "M2.5 4h11M6 4V2.5h4V4M4 4l.6 9.5h6.8L12 4M6.7 6.5v4.5M9.3 6.5v4.5",
            Self::Warning => "M8 2.2 14.3 13.5H1.7zM8 6.5v3M8 11.6v.1",
            Self::Info => "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 7.2V11M8 5v.1",
            Self::Play => "M4.5 2.8v10.4L13 8z",
            Self::Star => "m8 2 1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z",
            Self::Disk => "M2.5 2.5h8.5l2.5 2.5v8.5h-11zM5 2.5v3.5h5v-3.5M5 13.5v-4h6v4",
        }
    }
}

/// Decoration beside a word; never the only bearer of a meaning.
#[component]
pub(crate) fn Icon(
    /// What is drawn.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=glyph.path()></path>
        </svg>
    }
    .into_any()
}
