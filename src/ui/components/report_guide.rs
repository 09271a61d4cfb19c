//! A report kind that opens to say where to get it.

use leptos::prelude::*;

use crate::{
    ui::{
        components::{Glyph, Icon},
        i18n::{name, t, t_string, use_i18n},
    },
    worker::protocol::KnownReport,
};

/// The name with whether it is loaded; the menu path below, when it is opened.
#[component]
pub(crate) fn ReportGuide(
    /// The report kind.
    report: KnownReport,
    /// Stands under the name.
    #[prop(into, optional)]
    note: Option<Signal<String>>,
    /// Whether the platform's name stands above it already.
    #[prop(optional)]
    is_under_platform: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let KnownReport { report, names, how_to_get, is_loaded, .. } = report;
    let title = move || {
        let whole = name(i18n, &names);
        if is_under_platform { behind_platform(&whole).to_owned() } else { whole }
    };
    let state = move || {
        if is_loaded {
            t_string!(i18n, data.supported_loaded)
        } else {
            t_string!(i18n, data.supported_missing)
        }
    };
    view! {
        <details data-report=report>
            <summary>
                <Icon glyph=Glyph::Right/>
                <span>
                    {title}
                    {note.map(|note| view! { <small class="report-guides__note">{note}</small> })}
                </span>
                <span class="badge" data-state=is_loaded.then_some("signed")>
                    {is_loaded.then(|| view! { <Icon glyph=Glyph::Check/> })}
                    {state}
                </span>
            </summary>
            <p>
                <strong class="report-guides__how">{t!(i18n, data.guide_how)}</strong>
                {move || {
                    let how = name(i18n, &how_to_get);
                    // Of a report of their own only people can say.
                    if how.is_empty() { t_string!(i18n, data.guide_none).to_owned() } else { how }
                }}
            </p>
        </details>
    }
}

/// A report's name without its platform's, which stands above it.
fn behind_platform(name: &str) -> &str {
    name.split_once(" · ").map_or(name, |(_, own)| own)
}
