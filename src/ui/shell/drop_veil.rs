//! What is seen while files hover over the window.

use leptos::prelude::*;

use crate::ui::{
    components::{Glyph, Icon},
    i18n::{t, use_i18n},
};

/// Covers the window and says what letting go does.
#[component]
pub(crate) fn DropVeil(
    /// Whether files hover.
    is_over: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="drop-veil" hidden=move || !is_over.get()>
            <p class="drop-veil__text">
                <Icon glyph=Glyph::Upload/>
                {t!(i18n, shell.drop_here)}
            </p>
        </div>
    }
    .into_any()
}
