//! After a removal: what is gone, and the way back.

use leptos::prelude::*;

use crate::ui::{
    components::{Glyph, Icon},
    i18n::{fill, t, use_i18n},
    state::use_workbook,
};

/// The kind of change that a removal is.
const REMOVE_IMPORT: &str = "remove_import";

/// One line while the newest change is a removal, until it is closed.
#[component]
pub(super) fn RemovedLine() -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let closed_at = RwSignal::new(None::<u64>);
    let removed = Memo::new(move |_| {
        workbook.state.with(|state| {
            let open = state.as_ref().filter(|open| Some(open.revision) != closed_at.get())?;
            let newest = open.undo.as_ref().filter(|newest| newest.kind == REMOVE_IMPORT)?;
            Some((newest.subject.clone(), open.revision))
        })
    });
    let line = move |(file, revision): (String, u64)| {
        let words = move || fill!(i18n, data.removed, file = file.clone());
        view! {
            <div class="notice">
                <Icon glyph=Glyph::Trash/>
                <div class="stack" data-gap="small">
                <p>{words}</p>
                <span class="row">
                    <button type="button" class="button" on:click=move |_| workbook.undo()>
                        <Icon glyph=Glyph::Undo/> {t!(i18n, data.undo)}
                    </button>
                    <button
                        type="button"
                        class="button"
                        data-kind="icon"
                        aria-label=t!(i18n, data.close)
                        on:click=move |_| closed_at.set(Some(revision))
                    >
                        <Icon glyph=Glyph::Close/>
                    </button>
                </span>
                </div>
            </div>
        }
    };
    view! { <div class="live-line" role="status">{move || removed.get().map(line)}</div> }
}
