//! A segment as the plain memory of its columns: how it goes from one worker of a page to another.

use bytemuck::{Pod, Zeroable, cast_slice, cast_slice_mut};
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
}

impl Segment {
    /// The description, and the columns' memory in a fixed order.
    pub fn flat(&self) -> (FlatSegment, Vec<&[u8]>) {
        let Columns { at, n_days, line, key, as_of, numbers } = self.columns();
        let mut columns: Vec<&[u8]> = vec![
            cast_slice(at),
            cast_slice(n_days),
            cast_slice(line),
            cast_slice(key),
            cast_slice(as_of),
        ];
        columns.extend(numbers.iter().map(|column| cast_slice::<i64, u8>(column)));
        let mut texts = Vec::new();
        for TextColumn { index, ids } in self.text_columns() {
            let (letters, ends) = index.parts();
            texts.push((ends.len(), letters.len()));
            columns.extend([letters.as_bytes(), cast_slice(ends), cast_slice(ids)]);
        }
        let (table, meta, n_facts) = (self.table(), self.meta().clone(), self.len());
        (FlatSegment { table, meta, n_facts, texts }, columns)
    }
}

impl FlatSegment {
    /// The segment again. `fill` is given the columns in the order of `flat`, to copy their memory
    /// into. `None`: a text is none.
    pub fn filled(self, mut fill: impl FnMut(&mut [u8])) -> Option<Segment> {
        let Self { table, meta, n_facts, texts } = self;
        let columns = Columns {
            at: column(n_facts, &mut fill),
            n_days: column(n_facts, &mut fill),
            line: column(n_facts, &mut fill),
            key: column(n_facts, &mut fill),
            as_of: column(n_facts, &mut fill),
            numbers: table.numbers().iter().map(|_| column(n_facts, &mut fill)).collect(),
        };
        let mut text = |(n_texts, n_letters)| {
            let letters = String::from_utf8(column(n_letters, &mut fill)).ok()?;
            let index = TextIndex::from_parts(letters, column(n_texts, &mut fill));
            Some(TextColumn { index, ids: column(n_facts, &mut fill) })
        };
        let texts: Option<Vec<TextColumn>> = texts.into_iter().map(&mut text).collect();
        Some(Segment::new(table, meta, columns, texts?))
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
            builder.push_key(u128::from(line) << 70);
            builder.push_provenance(86_400, 3, line, -5);
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

    #[test]
    fn a_segment_is_the_same_elsewhere() {
        let segment = costs();
        let (flat, columns) = segment.flat();
        let mut columns = columns.into_iter();
        let back = flat.filled(|bytes| bytes.copy_from_slice(columns.next().unwrap())).unwrap();
        assert_eq!(columns.next(), None);
        assert_eq!(back.to_ipc().unwrap(), segment.to_ipc().unwrap());
    }

    #[test]
    fn letters_that_are_none_are_refused() {
        let segment = costs();
        let (flat, columns) = segment.flat();
        assert!(columns.iter().any(|column| column.starts_with("成本".as_bytes())));
        assert_eq!(flat.filled(|bytes| bytes.fill(0xff)).map(|it| it.len()), None);
    }
}
