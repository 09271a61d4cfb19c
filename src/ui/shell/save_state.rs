//! Where the work is, in words.

use leptos::prelude::*;

use crate::{
    ui::{
        components::{Glyph, Icon},
        i18n::{failure_text, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::SaveState,
};

/// Saving, saved in this browser, failed (with the reason on hover), or read-only.
#[component]
pub(crate) fn SaveStateText() -> impl IntoView {
    let (i18n, saving) = (use_i18n(), use_workbook().saving);
    let state = move || match saving.get() {
        None | Some(SaveState::Saved) => "saved",
        Some(SaveState::Saving) => "saving",
        Some(SaveState::Failed { .. }) => "failed",
        Some(SaveState::ReadOnly) => "read-only",
    };
    let text = move || match saving.get() {
        None | Some(SaveState::Saved) => t_string!(i18n, shell.saved),
        Some(SaveState::Saving) => t_string!(i18n, shell.saving),
        Some(SaveState::Failed { .. }) => t_string!(i18n, shell.save_failed),
        Some(SaveState::ReadOnly) => t_string!(i18n, shell.read_only),
    };
    let why = move || match saving.get() {
        None | Some(SaveState::Saved) => t_string!(i18n, shell.saved_note).to_owned(),
        Some(SaveState::Saving) => t_string!(i18n, shell.saving_note).to_owned(),
        Some(SaveState::Failed { failure }) => failure_text(i18n, &failure),
        Some(SaveState::ReadOnly) => t_string!(i18n, shell.read_only_note).to_owned(),
    };
    let glyph = move || match state() {
        "saving" => Glyph::Clock,
        "saved" => Glyph::Disk,
        "failed" => Glyph::Warning,
        _ => Glyph::Lock,
    };
    view! {
        <span class="save-state" data-state=state title=why role="status">
            {move || view! { <Icon glyph=glyph()/> }}
            <span class="save-state__text">{text}</span>
        </span>
    }
    .into_any()
}
