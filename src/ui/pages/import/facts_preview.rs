//! The first rows as facts: one table per kind of fact.

use leptos::prelude::*;

use super::{sheet::Shared, words};
use crate::{
    ui::i18n::{I18n, channel_name, code_text, t, t_string, use_i18n},
    worker::protocol::{FactPreview, Words},
};

/// Facts of one table, with all their columns in the order of first sight.
struct FactGroup {
    table: String,
    columns: Vec<String>,
    facts: Vec<FactPreview>,
}

fn groups(facts: &[FactPreview]) -> Vec<FactGroup> {
    let mut groups: Vec<FactGroup> = Vec::new();
    for fact in facts {
        let index = groups.iter().position(|group| group.table == fact.table);
        let index = index.unwrap_or_else(|| {
            groups.push(FactGroup {
                table: fact.table.clone(),
                columns: Vec::new(),
                facts: Vec::new(),
            });
            groups.len() - 1
        });
        let Some(group) = groups.get_mut(index) else { continue };
        for (column, _) in &fact.values {
            if !group.columns.contains(column) {
                group.columns.push(column.clone());
            }
        }
        group.facts.push(fact.clone());
    }
    groups
}

/// The facts in boxes of their own that scroll sideways.
#[component]
pub(super) fn FactsPreview(
    /// The file as understood.
    understood: Shared,
    /// How many facts of each kind are shown.
    n_rows: Signal<usize>,
) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let file = understood.get();
        fact_tables(i18n, &file.understood, &file.words, n_rows.get())
    }
}

/// Facts as tables, one for each kind, with so many rows each.
pub(super) fn fact_tables(
    i18n: I18n,
    facts: &[FactPreview],
    words: &Words,
    n_rows: usize,
) -> AnyView {
    let groups = groups(facts);
    if groups.is_empty() {
        return view! { <p class="muted">{t!(i18n, import.preview.no_facts)}</p> }.into_any();
    }
    groups.iter().map(|group| facts_table(i18n, words, group, n_rows)).collect_view().into_any()
}

fn facts_table(
    i18n: I18n,
    words: &Words,
    group: &FactGroup,
    n_rows: usize,
) -> impl IntoView + use<> {
    let head = group.columns.iter().map(|column| {
        view! { <th scope="col" data-state="used">{words::column(i18n, words, column)}</th> }
    });
    let rows = group.facts.iter().take(n_rows).map(|fact| {
        let cells = group.columns.iter().map(|column| {
            let value = fact.values.iter().find(|(name, _)| name == column);
            let value = value.map(|(_, value)| value.clone()).unwrap_or_default();
            let value = match column.as_str() {
                "channel" => channel_name(i18n, &value),
                "category" | "status" => code_text(i18n, &value),
                _ => value,
            };
            let full = value.clone();
            view! { <td data-state="used" title=full>{value}</td> }
        });
        view! { <tr><th scope="row">{fact.line}</th> {cells.collect_view()}</tr> }
    });
    let table = words::table(i18n, words, &group.table);
    let label = format!("{table}: {}", t_string!(i18n, import.preview.facts_label));
    view! {
        <div class="import-preview__box" tabindex="0" role="region" aria-label=label>
            <table class="data-table">
                <caption class="small muted">{table}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, import.preview.line)}</th>
                        {head.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_of_one_table_share_their_columns() {
        let fact = |line, table: &str, columns: &[&str]| FactPreview {
            line,
            table: table.to_owned(),
            values: columns.iter().map(|name| ((*name).to_owned(), String::new())).collect(),
        };
        let facts = [
            fact(2, "returns", &["sku"]),
            fact(2, "stock", &["sku"]),
            fact(3, "returns", &["day"]),
        ];
        let groups = groups(&facts);
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].columns, ["sku", "day"]);
        assert_eq!(groups[0].facts.len(), 2);
    }
}
