//! Every column of the file with its first values, and what it is read as.

use leptos::prelude::*;

use crate::{
    ui::{
        i18n::{fill, t, t_string, use_i18n},
        pages::import::words,
        state::{Mappings, use_mappings},
    },
    worker::protocol::{CellsView, MappedColumn, SignView, Target, TargetView},
};

/// Values of the choices that are no column of the table.
const UNUSED: &str = "-unused";
const PERSONAL: &str = "-personal";

fn value_of(target: &Target) -> String {
    match target {
        Target::Unused => UNUSED.to_owned(),
        Target::Personal => PERSONAL.to_owned(),
        Target::Column(column) => column.clone(),
    }
}

fn target_of(value: String) -> Target {
    match value.as_str() {
        UNUSED => Target::Unused,
        PERSONAL => Target::Personal,
        _ => Target::Column(value),
    }
}

/// Which sign the numbers of a target are written with.
fn sign_of(mappings: &Mappings, target: &Target) -> SignView {
    let Some(column) = target.column() else { return SignView::Plain };
    mappings.view.with(|view| {
        let mut targets = view.iter().flat_map(|view| &view.targets);
        targets.find(|it| it.column == column).map(|it| it.sign).unwrap_or_default()
    })
}

/// Whether the numbers of a column are probably written with the other sign.
fn is_turned(sign: SignView, cells: &CellsView) -> bool {
    match sign {
        SignView::Cost => cells.is_positive,
        SignView::Reduction => cells.is_negative,
        SignView::Plain => false,
    }
}

/// The columns, one a row.
#[component]
pub(super) fn Columns() -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let headers = Memo::new(move |_| {
        mappings.draft.with(|draft| {
            draft.columns.iter().map(|column| column.header.clone()).enumerate().collect::<Vec<_>>()
        })
    });
    view! {
        <table class="data-table mapping__columns" data-stack="true">
            <caption class="small muted">{t!(i18n, import.mapping.columns)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, import.mapping.column)}</th>
                    <th scope="col">{t!(i18n, import.mapping.samples)}</th>
                    <th scope="col">{t!(i18n, import.mapping.read_as)}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || headers.get() key=|it| it.clone() let((index, header))>
                    <Column index header/>
                </For>
            </tbody>
        </table>
    }
}

/// One column of the file.
#[component]
fn Column(
    /// Its place in the file.
    index: usize,
    /// Its name in the file.
    header: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let column = Memo::new(move |_| {
        mappings.draft.with(|draft| draft.columns.get(index).cloned().unwrap_or_default())
    });
    let cells = Memo::new(move |_| {
        mappings.view.with(|view| {
            let cells = view.as_ref().and_then(|view| view.cells.get(index));
            cells.cloned().unwrap_or_default()
        })
    });
    let shown = move || {
        let samples = cells.get().samples;
        if samples.is_empty() {
            t_string!(i18n, import.mapping.no_samples).to_owned()
        } else {
            samples.join(" · ")
        }
    };
    let can_be_read = Signal::derive(move || cells.with(|cells| cells.can_be_read));
    let is_unnamed = header.trim().is_empty();
    let title = header.clone();
    let shown_header = move || {
        if is_unnamed {
            t_string!(i18n, import.mapping.no_header).to_owned()
        } else {
            title.clone()
        }
    };
    let why_not = move || {
        if is_unnamed {
            t_string!(i18n, import.mapping.needs_name)
        } else {
            t_string!(i18n, import.mapping.same_name)
        }
    };
    let label = move || {
        let column = if is_unnamed { t_string!(i18n, import.mapping.no_header) } else { &header };
        fill!(i18n, import.mapping.read_as_named, column = column)
    };
    let is_unused = move || column.with(|it| it.target == Target::Unused);
    view! {
        <tr data-column=index.to_string() data-state=move || is_unused().then_some("unused")>
            <th scope="row"><code>{shown_header}</code></th>
            <td class="mapping__samples" data-wrap="true">{shown}</td>
            <td>
                <select
                    class="field__input"
                    aria-label=label
                    disabled=move || !can_be_read.get()
                    prop:value=move || column.with(|it| value_of(&it.target))
                    on:change=move |event| {
                        let target = target_of(event_target_value(&event));
                        // The sign matters for some targets only.
                        let is_negated = is_turned(sign_of(&mappings, &target), &cells.get_untracked());
                        mappings.change_column(index, |column| {
                            column.target = target;
                            column.is_negated = is_negated;
                        });
                    }
                >
                    <Targets column/>
                </select>
                <Show when=move || !can_be_read.get()>
                    <p class="field__hint">{why_not}</p>
                </Show>
                <Sign index column/>
            </td>
        </tr>
    }
}

/// What a column can be.
#[component]
fn Targets(
    /// The column of the file.
    column: Memo<MappedColumn>,
) -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let targets = Memo::new(move |_| {
        mappings.view.with(|view| {
            let view = view.as_ref();
            view.map(|view| (view.targets.clone(), view.words.clone())).unwrap_or_default()
        })
    });
    move || {
        let chosen = column.with_untracked(|it| value_of(&it.target));
        let (targets, words) = targets.get();
        let option = |it: TargetView| {
            let is_chosen = it.column == chosen;
            let text = words::column(i18n, &words, &it.column);
            view! { <option value=it.column selected=is_chosen>{text}</option> }
        };
        view! {
            <option value=UNUSED selected=chosen == UNUSED>{t!(i18n, import.mapping.unused)}</option>
            {targets.into_iter().map(option).collect_view()}
            <option value=PERSONAL selected=chosen == PERSONAL>
                {t!(i18n, import.mapping.personal)}
            </option>
        }
    }
}

/// Whether what the seller pays stands there as a positive number; only where it matters.
#[component]
fn Sign(
    /// Place of the column in the file.
    index: usize,
    /// The column of the file.
    column: Memo<MappedColumn>,
) -> impl IntoView {
    let i18n = use_i18n();
    let mappings = use_mappings();
    let sign = Memo::new(move |_| column.with(|it| sign_of(&mappings, &it.target)));
    let words = move || match sign.get() {
        SignView::Reduction => t_string!(i18n, import.mapping.negative),
        SignView::Cost | SignView::Plain => t_string!(i18n, import.mapping.negated),
    };
    view! {
        <Show when=move || sign.get() != SignView::Plain>
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || column.with(|it| it.is_negated)
                    on:change=move |event| {
                        let is_negated = event_target_checked(&event);
                        mappings.change_column(index, |column| column.is_negated = is_negated);
                    }
                />
                <span class="small">{words}</span>
            </label>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_goes_there_and_back() {
        for target in [Target::Unused, Target::Personal, Target::Column("sku".to_owned())] {
            assert_eq!(target_of(value_of(&target)), target);
        }
    }
}
