//! "Nothing leaves this machine", and how to check it.

use leptos::prelude::*;

use crate::ui::{
    components::{Glyph, Icon},
    i18n::{t, use_i18n},
};

/// The claim, with the proof folded under it.
#[component]
pub(crate) fn PrivacyProof() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <details class="privacy">
            <summary class="privacy__claim">
                <Icon glyph=Glyph::Lock/>
                <strong>{t!(i18n, first.private)}</strong>
                <span class="privacy__more">{t!(i18n, first.private_how)}</span>
            </summary>
            <ol class="privacy__steps">
                <li>{t!(i18n, first.private_step_1)}</li>
                <li>{t!(i18n, first.private_step_2)}</li>
                <li>{t!(i18n, first.private_step_3)}</li>
                <li>{t!(i18n, first.private_step_4)}</li>
            </ol>
            <p>{t!(i18n, first.private_limits)}</p>
        </details>
    }
    .into_any()
}
