//! What comes of a mapping: what is missing, and the first rows as understood.

use leptos::prelude::*;

use crate::{
    ui::{
        components::{Glyph, Icon},
        format,
        i18n::{I18n, fill, t, t_string, use_i18n},
        pages::import::{facts_preview::fact_tables, refusal_words, words},
        state::use_mappings,
    },
    worker::protocol::{MappingPreview, MappingView, Words},
};

/// Missing columns and the first rows, anew with every change.
#[component]
pub(super) fn Outcome() -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    view! {
        <div class="mapping__outcome" aria-live="polite">
            {move || mappings.view.with(|view| view.as_ref().map(|view| notes(i18n, view)))}
        </div>
        {move || mappings.view.with(|view| view.as_ref().map(|view| preview(i18n, view)))}
    }
}

/// What has to be said first, and what figures will lack.
fn notes(i18n: I18n, view: &MappingView) -> impl IntoView + use<> {
    let warning = |text: String| {
        view! { <p class="mapping__warning"><Icon glyph=Glyph::Warning/> <span>{text}</span></p> }
    };
    let needs = view.needs.iter().map(|need| {
        let columns = any_of(i18n, &view.words, need);
        warning(fill!(i18n, import.mapping.needs, columns = columns))
    });
    let doubled = view.doubled.iter().map(|column| {
        let column = words::column(i18n, &view.words, column);
        warning(fill!(i18n, import.mapping.doubled, column = column))
    });
    let unsaid = view.mapping.kinds.iter().filter(|kind| kind.category.is_empty());
    let unsaid: Vec<String> = unsaid.map(|kind| kind.text.clone()).collect();
    let unsaid = (!unsaid.is_empty()).then(|| {
        warning(fill!(i18n, import.mapping.kinds_open, kinds = words::list(i18n, &unsaid)))
    });
    let wants: Vec<String> =
        view.wants.iter().map(|want| any_of(i18n, &view.words, want)).collect();
    let wants = (!wants.is_empty()).then(|| {
        let columns = words::list(i18n, &wants);
        view! { <p class="small muted">{fill!(i18n, import.mapping.wants, columns = columns)}</p> }
    });
    view! {
        {needs.collect_view()}
        {doubled.collect_view()}
        {unsaid}
        {wants}
    }
}

/// `sales or price of one unit`.
fn any_of(i18n: I18n, words: &Words, columns: &[String]) -> String {
    let names: Vec<String> = columns.iter().map(|it| words::column(i18n, words, it)).collect();
    names.join(t_string!(i18n, import.mapping.or))
}

fn preview(i18n: I18n, view: &MappingView) -> AnyView {
    match &view.preview {
        MappingPreview::Incomplete => ().into_any(),
        MappingPreview::Refused(refusal) => {
            let words = refusal_words::refusal(i18n, refusal);
            view! {
                <p class="mapping__warning">
                    <Icon glyph=Glyph::Warning/>
                    <span><strong>{words.title}</strong> " " {words.why}</span>
                </p>
            }
            .into_any()
        }
        MappingPreview::Read { rows, facts, n_problems, problems, sums } => {
            let counts = fill!(
                i18n,
                import.mapping.preview_counts,
                rows = words::rows(i18n, *rows),
                problems = format::count(*n_problems)
            );
            let problem = |problem: &crate::domain::Problem| {
                let text = fill!(
                    i18n,
                    import.mapping.problem,
                    line = format::count(problem.line),
                    column = problem.column,
                    value = words::or_empty(i18n, &problem.value),
                    expected = words::expected(i18n, problem.kind)
                );
                view! { <li>{text}</li> }
            };
            let sum = |(id, value): (&String, &String)| {
                let (_, column) = words::split(id);
                let column_name = words::column(i18n, &view.words, column);
                view! {
                    <div>
                        <dt>{column_name}</dt>
                        <dd data-sum=id.clone() data-value=value.clone()>{words::decimal(value)}</dd>
                    </div>
                }
            };
            view! {
                <h3>{t_string!(i18n, import.mapping.preview)}</h3>
                <p class="small muted">{counts}</p>
                {fact_tables(i18n, facts, &view.words, usize::MAX)}
                <ul class="mapping__problems">{problems.iter().map(problem).collect_view()}</ul>
                <dl class="import-sheet__figures">{sums.iter().map(sum).collect_view()}</dl>
            }
            .into_any()
        }
    }
}

/// The button that opens the sheet.
#[component]
pub(in crate::ui::pages::import) fn MapButton(
    /// The engine's number of the file.
    pending: u32,
    /// Whether it is the first thing to do.
    is_primary: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    view! {
        <button
            type="button"
            class="button"
            data-kind=is_primary.then_some("primary")
            data-action="map"
            on:click=move |_| mappings.open(pending)
        >
            {t!(i18n, import.mapping.open)}
        </button>
    }
}
