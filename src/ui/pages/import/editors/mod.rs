//! Inline editors of the words in the recognised sentence. Each sends one `ReadingEdit`.

mod currency;
mod date_order;
mod frame;
mod period;
mod report;
mod shop;
mod zone;

use leptos::prelude::*;

use self::{
    currency::CurrencyEditor, date_order::DateOrderEditor, period::PeriodEditor,
    report::ReportEditor, shop::ShopEditor, zone::ZoneEditor,
};
use super::sheet::Shared;
use crate::ui::i18n::{I18n, t_string};

/// A word of the sentence that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Report,
    Shop,
    Period,
    Currency,
    Zone,
    Dates,
}

impl Part {
    /// Stable name, for tests.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Shop => "shop",
            Self::Period => "period",
            Self::Currency => "currency",
            Self::Zone => "zone",
            Self::Dates => "dates",
        }
    }

    /// Id of the word's button.
    pub(super) const fn word_id(self) -> &'static str {
        match self {
            Self::Report => "import-word-report",
            Self::Shop => "import-word-shop",
            Self::Period => "import-word-period",
            Self::Currency => "import-word-currency",
            Self::Zone => "import-word-zone",
            Self::Dates => "import-word-dates",
        }
    }

    /// Id of the editor.
    pub(super) const fn editor_id(self) -> &'static str {
        match self {
            Self::Report => "import-edit-report",
            Self::Shop => "import-edit-shop",
            Self::Period => "import-edit-period",
            Self::Currency => "import-edit-currency",
            Self::Zone => "import-edit-zone",
            Self::Dates => "import-edit-dates",
        }
    }

    /// What a press on the word changes.
    pub(super) fn name(self, i18n: I18n) -> &'static str {
        match self {
            Self::Report => t_string!(i18n, import.sentence.change_report),
            Self::Shop => t_string!(i18n, import.sentence.change_shop),
            Self::Period => t_string!(i18n, import.sentence.change_period),
            Self::Currency => t_string!(i18n, import.sentence.change_currency),
            Self::Zone => t_string!(i18n, import.sentence.change_zone),
            Self::Dates => t_string!(i18n, import.sentence.change_dates),
        }
    }
}

/// What every editor is given.
#[derive(Clone, Copy)]
pub(super) struct Edited {
    /// The engine's number of the file.
    pub(super) pending: u32,
    pub(super) part: Part,
    /// Whether the file cannot be taken in before this is answered.
    pub(super) is_asked: bool,
    pub(super) understood: Shared,
    /// To be called when the editor is done with.
    pub(super) on_close: Callback<Part>,
}

/// The editor of one word.
#[component]
pub(super) fn Editor(
    /// The word.
    part: Part,
    /// Whether the file cannot be taken in before this is answered.
    is_asked: bool,
    /// The engine's number of the file.
    pending: u32,
    /// The file as understood.
    understood: Shared,
    /// Called when the editor is done with.
    #[prop(into)]
    on_close: Callback<Part>,
) -> impl IntoView {
    let edited = Edited { pending, part, is_asked, understood, on_close };
    match part {
        Part::Report => view! { <ReportEditor edited/> }.into_any(),
        Part::Shop => view! { <ShopEditor edited/> }.into_any(),
        Part::Period => view! { <PeriodEditor edited/> }.into_any(),
        Part::Currency => view! { <CurrencyEditor edited/> }.into_any(),
        Part::Zone => view! { <ZoneEditor edited/> }.into_any(),
        Part::Dates => view! { <DateOrderEditor edited/> }.into_any(),
    }
}
