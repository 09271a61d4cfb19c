//! JSON as tables: a list of objects is a sheet, its keys the header.
//!
//! Objects inside an object give columns by the path of their keys (`price.amount`). A list of objects
//! inside an object is a sheet of its own, whose rows have the columns of what they stand in, too. Several
//! values one after the other, as in JSON Lines, are one list.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Deserializer, Map, Value};

use super::table::{Budget, NoTables, Table, check_size};
use crate::domain::set_of_few;

/// As many as a workbook can have.
const MAX_COLUMNS: usize = 16_384;

/// The lists of objects in a JSON text, in the order of their names: the path of keys under which the
/// list stands, empty for the file itself.
pub(super) fn tables(bytes: &[u8]) -> Result<Vec<Table>, NoTables> {
    check_size(bytes)?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let values = Deserializer::from_slice(text).into_iter::<Value>();
    let mut values =
        values.collect::<Result<Vec<_>, _>>().map_err(|it| NoTables::Damaged(it.to_string()))?;
    let root = if values.len() == 1 { values.remove(0) } else { Value::Array(values) };
    let mut sheets = Sheets::default();
    sheets.take(&root)?;
    Ok(sheets.finish())
}

type Cells = Vec<(String, String)>;

#[derive(Default)]
struct Sheets {
    by_name: BTreeMap<String, Sheet>,
    budget: Budget,
}

#[derive(Default)]
struct Sheet {
    columns: Vec<String>,
    places: BTreeMap<String, usize>,
    rows: Vec<Vec<String>>,
}

/// A list of objects, where it stands, and what the columns of its objects begin with.
struct List<'v> {
    path: String,
    prefix: String,
    items: &'v [Value],
}

impl Sheets {
    /// Takes the file itself.
    fn take(&mut self, root: &Value) -> Result<(), NoTables> {
        match root {
            Value::Array(items) => {
                self.list(&List { path: String::new(), prefix: String::new(), items }, &[])
            }
            Value::Object(object) => {
                let (mut cells, mut lists) = (Vec::new(), Vec::new());
                self.flatten("", object, &mut cells, &mut lists)?;
                // What is around lists is no row of them, unless there is no list.
                if lists.is_empty() {
                    return self.row("", &cells, &[]);
                }
                lists.into_iter().try_for_each(|(path, items)| {
                    self.list(&List { path, prefix: String::new(), items }, &cells)
                })
            }
            _ => Ok(()),
        }
    }

    /// Takes the objects of a list; `around` are the cells of what it stands in.
    fn list(&mut self, list: &List<'_>, around: &[(String, String)]) -> Result<(), NoTables> {
        for object in list.items.iter().filter_map(Value::as_object) {
            let (mut own, mut lists) = (Vec::new(), Vec::new());
            self.flatten(&list.prefix, object, &mut own, &mut lists)?;
            self.row(&list.path, &own, around)?;
            if lists.is_empty() {
                continue;
            }
            let names: BTreeSet<&str> = set_of_few(own.iter().map(|(name, _)| name.as_str()));
            let inherited = around.iter().filter(|(name, _)| !names.contains(name.as_str()));
            let cells: Cells = own.iter().chain(inherited).cloned().collect();
            for (name, items) in lists {
                let path = if list.path.is_empty() {
                    name.clone()
                } else {
                    format!("{}.{name}", list.path)
                };
                // Its columns begin with its name, so that they and those around it can be told apart.
                self.list(&List { path, prefix: name, items }, &cells)?;
            }
        }
        Ok(())
    }

    fn row(
        &mut self,
        path: &str,
        own: &[(String, String)],
        around: &[(String, String)],
    ) -> Result<(), NoTables> {
        let names: BTreeSet<&str> = set_of_few(own.iter().map(|(name, _)| name.as_str()));
        let inherited = around.iter().filter(|(name, _)| !names.contains(name.as_str()));
        let sheet = self.by_name.entry(path.to_owned()).or_default();
        let row = sheet.row(own.iter().chain(inherited));
        let (n_cells, n_bytes) = (row.len(), row.iter().map(String::len).sum());
        sheet.rows.push(row);
        self.budget.take(n_cells.max(1), n_bytes)
    }

    /// Cells of an object by the path of their keys, and its lists of objects.
    fn flatten<'v>(
        &mut self,
        path: &str,
        object: &'v Map<String, Value>,
        cells: &mut Cells,
        lists: &mut Vec<(String, &'v [Value])>,
    ) -> Result<(), NoTables> {
        for (key, value) in object {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            // Before anything is kept: keys may be long and many.
            self.budget.take(0, path.len())?;
            match value {
                Value::Object(inner) => self.flatten(&path, inner, cells, lists)?,
                Value::Array(items) if items.iter().any(Value::is_object) => {
                    lists.push((path, items.as_slice()));
                }
                value => cells.push((path, text_of(value))),
            }
        }
        Ok(())
    }

    fn finish(self) -> Vec<Table> {
        let table = |(name, sheet): (String, Sheet)| {
            let header = std::iter::once(sheet.columns);
            Table { name, rows: (1..).zip(header.chain(sheet.rows)).collect() }
        };
        self.by_name.into_iter().map(table).collect()
    }
}

impl Sheet {
    /// The cells in the order of the sheet's columns; new ones are added to these.
    fn row<'c>(&mut self, cells: impl Iterator<Item = &'c (String, String)>) -> Vec<String> {
        let mut row = Vec::new();
        for (name, text) in cells {
            let place = match self.places.get(name) {
                Some(place) => *place,
                None if self.columns.len() == MAX_COLUMNS => continue,
                None => {
                    self.columns.push(name.clone());
                    self.places.insert(name.clone(), self.columns.len() - 1);
                    self.columns.len() - 1
                }
            };
            if row.len() <= place {
                row.resize(place + 1, String::new());
            }
            if let Some(cell) = row.get_mut(place) {
                cell.clone_from(text);
            }
        }
        row
    }
}

/// A value as a person would type it.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null | Value::Object(_) => String::new(),
        Value::Bool(is_true) => is_true.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let tables = tables(text.as_bytes()).unwrap();
        let row = |table: &Table, (line, row): &(u64, Vec<String>)| {
            format!("{}{line}: {}", table.name, row.join("|"))
        };
        tables.iter().flat_map(|table| table.rows.iter().map(|it| row(table, it))).collect()
    }

    #[test]
    fn a_list_of_objects_is_a_sheet() {
        let text = r#"[{"a":1,"b":{"c":"x","d":null}},{"a":2.50,"e":["p","q"]}]"#;
        assert_eq!(read(text), ["1: a|b.c|b.d|e", "2: 1|x|", "3: 2.5|||p, q"]);
    }

    #[test]
    fn lines_of_objects_are_one_list() {
        assert_eq!(read("{\"a\":1}\n{\"a\":2}\n"), ["1: a", "2: 1", "3: 2"]);
        assert_eq!(read("\u{feff}{\"a\":1}"), ["1: a", "2: 1"]);
    }

    #[test]
    fn a_list_inside_has_the_columns_of_what_it_stands_in() {
        let text = r#"{"shop":"S","orders":[{"id":7,"items":[{"sku":"A"},{"sku":"B"}]}]}"#;
        assert_eq!(
            read(text),
            [
                "orders1: id|shop",
                "orders2: 7|S",
                "orders.items1: items.sku|id|shop",
                "orders.items2: A|7|S",
                "orders.items3: B|7|S",
            ]
        );
    }

    #[test]
    fn what_is_too_much_is_refused_before_it_fills_the_memory() {
        // Rows that repeat a long beginning: each has all columns of what it stands in.
        let keys: Vec<String> = (0..2_000).map(|n| format!("\"k{n}\":1,")).collect();
        let around = keys.concat();
        let items = vec!["{\"a\":1}"; 6_000].join(",");
        let text = format!("{{{around}\"list\":[{items}]}}");
        assert!(matches!(tables(text.as_bytes()), Err(NoTables::TooLarge)));
        // Keys that all begin with a long one, and rows without cells.
        let long = "k".repeat(100_000);
        let keys: Vec<String> = (0..5_000).map(|n| format!("\"{n}\":1")).collect();
        let inside = format!("{{\"{long}\":{{{}}}}}", keys.join(","));
        assert!(matches!(tables(inside.as_bytes()), Err(NoTables::TooLarge)));
        let list = format!("{{\"{long}\":[{}]}}", vec!["{\"a\":1}"; 5_000].join(","));
        assert!(tables(list.as_bytes()).is_ok(), "outside of its list a name is in no column");
        let nested = format!("[{list}]");
        assert!(matches!(tables(nested.as_bytes()), Err(NoTables::TooLarge)));
        assert!(matches!(tables(b"{\"a\":"), Err(NoTables::Damaged(_))));
        assert!(tables(b"[1,2,\"x\"]").unwrap().is_empty());
        let deep = "[".repeat(100_000);
        assert!(matches!(tables(deep.as_bytes()), Err(NoTables::Damaged(_))));
    }
}
