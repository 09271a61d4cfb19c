//! A segment as the plain memory of its columns: how it goes from one worker of a page to another.

use bytemuck::{Pod, Zeroable, bytes_of, cast_slice, cast_slice_mut, try_pod_read_unaligned};
use serde::{Deserialize, Serialize};

use super::{
    Segment, SegmentMeta, Table, TextIndex,
    segment::{Columns, TextColumn},
};

/// A segment without its columns. Only for the program that made it: it says nothing about the order
/// of bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlatSegment {
    table: Table,
    meta: SegmentMeta,
    n_facts: usize,
    /// Per text column: distinct texts, and the bytes of all of them.
    texts: Vec<(usize, usize)>,
    /// Of the columns with a value for each fact, those that have one and the same: the value's bytes.
    /// Many have, and their memory need not be moved.
    repeated: Vec<Option<Vec<u8>>>,
}

impl Segment {
    /// The description, and the other columns' memory in a fixed order.
    pub fn flat(&self) -> (FlatSegment, Vec<&[u8]>) {
        let Columns { at, n_days, line, key, as_of, numbers } = self.columns();
        let mut flat = Flattened::default();
        flat.add(at);
        flat.add(n_days);
        flat.add(line);
        flat.add(key);
        flat.add(as_of);
        for column in numbers {
            flat.add(column);
        }
        let mut texts = Vec::new();
        for TextColumn { index, ids } in self.text_columns() {
            let (letters, ends) = index.parts();
            texts.push((ends.len(), letters.len()));
            flat.columns.extend([letters.as_bytes(), cast_slice(ends)]);
            flat.add(ids);
        }
        let (table, meta, n_facts) = (self.table(), self.meta().clone(), self.len());
        let Flattened { columns, repeated } = flat;
        (FlatSegment { table, meta, n_facts, texts, repeated }, columns)
    }
}

#[derive(Default)]
struct Flattened<'a> {
    columns: Vec<&'a [u8]>,
    repeated: Vec<Option<Vec<u8>>>,
}

impl<'a> Flattened<'a> {
    fn add<T: Pod + PartialEq>(&mut self, values: &'a [T]) {
        let first = values.first().filter(|first| values.iter().all(|value| value == *first));
        self.repeated.push(first.map(|first| bytes_of(first).to_vec()));
        if first.is_none() {
            self.columns.push(cast_slice(values));
        }
    }
}

impl FlatSegment {
    /// The segment again. `fill` is given the columns in the order of `flat`, to copy their memory
    /// into. `None`: a text is none.
    pub fn filled(self, mut fill: impl FnMut(&mut [u8])) -> Option<Segment> {
        let Self { table, meta, n_facts, texts, repeated } = self;
        let mut repeated = repeated.into_iter();
        let columns = Columns {
            at: repeated_or(n_facts, &mut repeated, &mut fill),
            n_days: repeated_or(n_facts, &mut repeated, &mut fill),
            line: repeated_or(n_facts, &mut repeated, &mut fill),
            key: repeated_or(n_facts, &mut repeated, &mut fill),
            as_of: repeated_or(n_facts, &mut repeated, &mut fill),
            numbers: {
                let numbers = table.numbers().iter();
                numbers.map(|_| repeated_or(n_facts, &mut repeated, &mut fill)).collect()
            },
        };
        let mut text = |(n_texts, n_letters)| {
            let letters = String::from_utf8(column(n_letters, &mut fill)).ok()?;
            let index = TextIndex::from_parts(letters, column(n_texts, &mut fill));
            Some(TextColumn { index, ids: repeated_or(n_facts, &mut repeated, &mut fill) })
        };
        let texts: Option<Vec<TextColumn>> = texts.into_iter().map(&mut text).collect();
        Some(Segment::new(table, meta, columns, texts?))
    }
}

/// A column of one value, or one that `fill` knows.
fn repeated_or<T: Pod + PartialEq>(
    n: usize,
    repeated: &mut impl Iterator<Item = Option<Vec<u8>>>,
    fill: &mut impl FnMut(&mut [u8]),
) -> Vec<T> {
    let value = repeated.next().flatten();
    match value.and_then(|bytes| try_pod_read_unaligned(&bytes).ok()) {
        // Fresh memory is zero by itself.
        Some(value) if value == T::zeroed() => vec![T::zeroed(); n],
        Some(value) => vec![value; n],
        None => column(n, fill),
    }
}

fn column<T: Pod + Zeroable>(n: usize, fill: &mut impl FnMut(&mut [u8])) -> Vec<T> {
    let mut values = vec![T::zeroed(); n];
    fill(cast_slice_mut(&mut values));
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::TableBuilder;

    fn costs() -> Segment {
        let mut builder = TableBuilder::new(Table::Costs);
        for line in 2..9_u64 {
            let texts: Vec<String> =
                Table::Costs.texts().map(|it| format!("{it} {line}")).collect();
            for (at, text) in texts.iter().enumerate() {
                let id = builder.text_id(at, if line % 2 == 0 { "成本" } else { text });
                builder.push_texts(at, &[id]);
            }
            for at in 0..Table::Costs.numbers().len() {
                builder.push_numbers(at, &[i64::try_from(line).unwrap() << at]);
            }
            builder.push_keys(&[u128::from(line) << 70]);
            builder.push_provenance([86_400], [3], [line], [-5]);
        }
        builder.finish(SegmentMeta {
            report: "user.costs".into(),
            group: String::new(),
            is_moment: false,
            zone: "America/New_York".into(),
            is_keyed: true,
            stated: vec![0],
        })
    }

    /// Places of the columns that have one value, but for those of texts.
    fn flat_repeated(segment: &Segment) -> Vec<usize> {
        let repeated = segment.flat().0.repeated.into_iter().take(5).enumerate();
        repeated.filter(|(_, value)| value.is_some()).map(|(place, _)| place).collect()
    }

    #[test]
    fn a_segment_is_the_same_elsewhere() {
        let segment = costs();
        let (flat, columns) = segment.flat();
        let mut columns = columns.into_iter();
        let back = flat.filled(|bytes| bytes.copy_from_slice(columns.next().unwrap())).unwrap();
        assert_eq!(columns.next(), None);
        assert_eq!(back.to_ipc().unwrap(), segment.to_ipc().unwrap());
        // `at`, `n_days` and `as_of` are the same of all facts: they are said once.
        assert_eq!(flat_repeated(&segment), [0, 1, 4]);
    }

    #[test]
    fn letters_that_are_none_are_refused() {
        let segment = costs();
        let (flat, columns) = segment.flat();
        assert!(columns.iter().any(|column| column.starts_with("成本".as_bytes())));
        assert_eq!(flat.filled(|bytes| bytes.fill(0xff)).map(|it| it.len()), None);
    }
}
