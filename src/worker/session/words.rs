//! What the tables and columns of a file are called.

use crate::{
    catalog::words::{column_word, table_word},
    domain::map_of_few,
    ingest,
    worker::protocol::{ColumnName, Words},
};

/// The names of everything that the view of `reading` speaks of, as far as they are known.
pub(super) fn words_of(reading: &ingest::Reading) -> Words {
    let roles = reading.columns.iter().filter_map(|column| column.role.as_deref());
    let shown = reading.understood.iter().flat_map(|fact| &fact.values).map(|it| it.0.as_str());
    let summed = reading.sums.keys().filter_map(|sum| Some(sum.split_once('.')?.1));
    let columns = roles.chain(shown).chain(summed).filter_map(|id| {
        let word = column_word(id)?;
        let name = ColumnName { names: word.names.clone(), is_money: word.is_money };
        Some((id.to_owned(), name))
    });
    let tables = reading.segments.iter().filter_map(|segment| {
        let id = segment.table().name();
        Some((id.to_owned(), table_word(id)?.clone()))
    });
    Words { tables: map_of_few(tables), columns: map_of_few(columns) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{catalog::Catalog, facts::Table};

    #[test]
    fn every_table_and_every_column_has_a_name() {
        let tables = Table::ALL.iter().map(|table| table.name());
        let unnamed: Vec<&str> = tables.filter(|name| table_word(name).is_none()).collect();
        assert_eq!(unnamed, [""; 0]);
        let of_tables = Table::ALL
            .iter()
            .flat_map(|table| table.texts().chain(table.numbers().iter().copied()));
        let recipes = &Catalog::built_in().recipes;
        let of_recipes = recipes.iter().flat_map(|it| it.columns.keys().map(String::as_str));
        let used: BTreeSet<&str> = of_tables.chain(of_recipes).collect();
        let unnamed: Vec<&str> = used.into_iter().filter(|id| column_word(id).is_none()).collect();
        assert_eq!(unnamed, [""; 0]);
    }
}
