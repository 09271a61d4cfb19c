//! Something happened: what, why, what to do.

use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::{
    ui::i18n::{failure_text, use_i18n},
    worker::protocol::Failure,
};

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Severity {
    #[default]
    Info,
    /// Something failed or is at risk: red.
    Critical,
}

impl Severity {
    const fn rating(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Critical => "breach",
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Info => Glyph::Info,
            Self::Critical => Glyph::Warning,
        }
    }
}

/// A framed sentence with an icon; its children are the text.
#[component]
pub(crate) fn Notice(
    /// Colour and icon; information when left out.
    #[prop(optional)]
    severity: Severity,
    children: Children,
) -> impl IntoView {
    let role = if severity == Severity::Info { "status" } else { "alert" };
    view! {
        <div class="notice" data-rating=severity.rating() role=role>
            <Icon glyph=severity.glyph()/>
            <div>{children()}</div>
        </div>
    }
    .into_any()
}

/// Why the last request was not met; nothing while there is no failure.
#[component]
pub(crate) fn FailureNotice(
    /// `None`: shows nothing.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        failure.get().map(|failure| {
            view! {
                <Notice severity=Severity::Critical>
                    <p>{move || failure_text(i18n, &failure)}</p>
                </Notice>
            }
        })
    }
}
