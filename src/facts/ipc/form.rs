//! A segment as an Arrow IPC file, and back.

use std::sync::Arc;

use super::{IpcError, read::read_file};
use crate::facts::{
    Segment, SegmentMeta, Table,
    segment::{Columns, TextColumn},
};
use arrow_array::{
    Array, ArrayRef, DictionaryArray, FixedSizeBinaryArray, Int64Array, RecordBatch, StringArray,
    UInt32Array, UInt64Array,
    cast::AsArray,
    types::{Int64Type, UInt32Type, UInt64Type},
};
use arrow_ipc::{
    CompressionType,
    writer::{FileWriter, IpcWriteOptions},
};
use arrow_schema::{DataType, Field, Schema};

/// The segment as an Arrow IPC file, LZ4-compressed.
pub(super) fn to_bytes(segment: &Segment) -> Result<Vec<u8>, IpcError> {
    let batch = record_batch(segment)?;
    let options =
        IpcWriteOptions::default().try_with_compression(Some(CompressionType::LZ4_FRAME))?;
    let mut writer = FileWriter::try_new_with_options(Vec::new(), &batch.schema(), options)?;
    writer.write(&batch)?;
    writer.finish()?;
    Ok(writer.into_inner()?)
}

/// Reads what `to_bytes` wrote.
pub(super) fn from_bytes(bytes: &[u8]) -> Result<Segment, IpcError> {
    let (schema, batches) = read_file(bytes)?;
    let metadata = schema.metadata();
    let describe = |key: &str| metadata.get(key).map_or("", String::as_str).to_owned();
    let name = describe("table");
    let table = Table::by_name(&name).ok_or(IpcError::Table { name })?;
    let meta: SegmentMeta = serde_json::from_str(&describe("meta"))?;
    let mut columns =
        Columns { numbers: vec![Vec::new(); table.numbers().len()], ..Columns::default() };
    let mut texts: Vec<TextColumn> = table.texts().map(|_| TextColumn::default()).collect();
    for batch in &batches {
        read_batch(batch, table, &mut columns, &mut texts)?;
    }
    Ok(Segment::new(table, meta, columns, texts))
}

#[expect(clippy::disallowed_types, reason = "Arrow's own type for metadata")]
fn record_batch(segment: &Segment) -> Result<RecordBatch, IpcError> {
    let columns = segment.columns();
    let keys = columns.key.iter().map(|key| key.to_le_bytes());
    let keys = FixedSizeBinaryArray::try_from_iter(keys).or_else(|_empty| {
        FixedSizeBinaryArray::try_from_sparse_iter_with_size(
            std::iter::empty::<Option<[u8; 16]>>(),
            16,
        )
    })?;
    let mut named: Vec<(String, ArrayRef)> = vec![
        ("at".to_owned(), Arc::new(Int64Array::from(columns.at.clone()))),
        ("n_days".to_owned(), Arc::new(UInt32Array::from(columns.n_days.clone()))),
        ("line".to_owned(), Arc::new(UInt64Array::from(columns.line.clone()))),
        ("key".to_owned(), Arc::new(keys)),
        ("as_of".to_owned(), Arc::new(Int64Array::from(columns.as_of.clone()))),
    ];
    for (name, column) in segment.table().texts().zip(segment.text_columns()) {
        let values: StringArray = column.index.texts().map(Some).collect();
        let ids = UInt32Array::from(column.ids.clone());
        let array = DictionaryArray::<UInt32Type>::try_new(ids, Arc::new(values))?;
        named.push((name.to_owned(), Arc::new(array)));
    }
    for (name, column) in segment.table().numbers().iter().zip(&columns.numbers) {
        named.push((number_name(name), Arc::new(Int64Array::from(column.clone()))));
    }
    let fields: Vec<Field> = named
        .iter()
        .map(|(name, array)| Field::new(name, array.data_type().clone(), false))
        .collect();
    let table = ("table".to_owned(), segment.table().name().to_owned());
    let meta = ("meta".to_owned(), serde_json::to_string(segment.meta())?);
    let schema = Schema::new_with_metadata(fields, std::collections::HashMap::from([table, meta]));
    let schema = Arc::new(schema);
    Ok(RecordBatch::try_new(schema, named.into_iter().map(|(_, array)| array).collect())?)
}

/// Number columns end in what they count in, so that one named like a text column stays apart.
fn number_name(name: &str) -> String {
    format!("{name}_e4")
}

fn read_batch(
    batch: &RecordBatch,
    table: Table,
    columns: &mut Columns,
    texts: &mut [TextColumn],
) -> Result<(), IpcError> {
    columns.at.extend(int64(batch, "at")?.values());
    columns.as_of.extend(int64(batch, "as_of")?.values());
    let missing = |name: &str| IpcError::Column { name: name.to_owned() };
    let n_days = column(batch, "n_days")?.as_primitive_opt::<UInt32Type>();
    columns.n_days.extend(n_days.ok_or_else(|| missing("n_days"))?.values());
    let line = column(batch, "line")?.as_primitive_opt::<UInt64Type>();
    columns.line.extend(line.ok_or_else(|| missing("line"))?.values());
    let keys = column(batch, "key")?.as_fixed_size_binary_opt().ok_or_else(|| missing("key"))?;
    for key in keys.iter().flatten() {
        columns.key.push(u128::from_le_bytes(key.try_into().unwrap_or_default()));
    }
    // What the table did not have yet when the segment was written is empty.
    for (name, text) in table.texts().zip(texts) {
        match batch.column_by_name(name) {
            Some(array) => read_text(array, text).ok_or_else(|| missing(name))?,
            None => {
                let empty = text.index.intern("");
                text.ids.resize(columns.at.len(), empty);
            }
        }
    }
    for (name, numbers) in table.numbers().iter().zip(&mut columns.numbers) {
        match batch.column_by_name(&number_name(name)) {
            Some(_) => numbers.extend(int64(batch, &number_name(name))?.values()),
            None => numbers.resize(columns.at.len(), 0),
        }
    }
    Ok(())
}

/// Adds a batch's dictionary column; `None` when it is none.
fn read_text(array: &ArrayRef, text: &mut TextColumn) -> Option<()> {
    let DataType::Dictionary(_, _) = array.data_type() else { return None };
    let dictionary = array.as_dictionary_opt::<UInt32Type>()?;
    let values = dictionary.values().as_string_opt::<i32>()?;
    let ids: Vec<u32> = values.iter().map(|value| text.index.intern(value.unwrap_or(""))).collect();
    for key in dictionary.keys().values() {
        text.ids.push(*ids.get(*key as usize)?);
    }
    Some(())
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, IpcError> {
    batch.column_by_name(name).ok_or_else(|| IpcError::Column { name: name.to_owned() })
}

fn int64<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a Int64Array, IpcError> {
    let array = column(batch, name)?.as_primitive_opt::<Int64Type>();
    array.ok_or_else(|| IpcError::Column { name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::TableBuilder;

    fn returns(n_rows: u64) -> Segment {
        let mut builder = TableBuilder::new(Table::Returns);
        for line in 0..n_rows {
            let sku = format!("S{}", line % 3);
            let texts = ["amazon", "Amazon.com", &sku, "", "111-1", "B0", "Mat", "DEFECTIVE", ""];
            for (at, text) in texts.iter().enumerate() {
                let id = builder.text_id(at, text);
                builder.push_texts(at, &[id]);
            }
            builder.push_numbers(0, &[10_000]);
            builder.push_numbers(1, &[0]);
            builder.push_keys(&[u128::from(line) << 64 | 7]);
            builder.push_provenance([86_400], [1], [line], [5]);
        }
        builder.finish(SegmentMeta {
            report: "amazon.fba_returns".into(),
            group: String::new(),
            is_moment: true,
            zone: "America/Los_Angeles".into(),
            is_keyed: true,
            stated: vec![0],
        })
    }

    #[test]
    fn a_segment_comes_back_as_it_was_stored() {
        let segment = returns(10);
        let back = Segment::from_ipc(&segment.to_ipc().unwrap()).unwrap();
        assert_eq!(back.meta(), segment.meta());
        assert_eq!(back.len(), 10);
        assert_eq!(back.text("sku", 4), "S1");
        assert_eq!(back.columns().key, segment.columns().key);
        assert_eq!(back.columns().line, segment.columns().line);
        assert_eq!(back.numbers("units"), segment.numbers("units"));
        assert!(back.states("units"));
    }

    #[test]
    fn columns_that_came_later_are_empty_in_what_was_stored_before() {
        let batch = record_batch(&returns(4)).unwrap();
        let known = |field: &Arc<Field>| !matches!(field.name().as_str(), "refunded_e4" | "asin");
        let schema = batch.schema();
        let kept: Vec<usize> =
            (0..schema.fields().len()).filter(|at| known(&schema.fields()[*at])).collect();
        let older = batch.project(&kept).unwrap();
        let mut writer = FileWriter::try_new(Vec::new(), &older.schema()).unwrap();
        writer.write(&older).unwrap();
        let back = Segment::from_ipc(&writer.into_inner().unwrap()).unwrap();
        assert_eq!((back.len(), back.text("sku", 2), back.text("asin", 2)), (4, "S2", ""));
        assert_eq!(back.numbers("refunded"), [0; 4]);
        assert_eq!(back.numbers("units"), [10_000; 4]);
    }

    #[test]
    fn an_empty_segment_is_stored_too() {
        let back = Segment::from_ipc(&returns(0).to_ipc().unwrap()).unwrap();
        assert!(back.is_empty());
    }

    #[test]
    fn other_bytes_are_refused() {
        assert!(Segment::from_ipc(b"").is_err());
        assert!(Segment::from_ipc(b"ARROW1 and then nothing").is_err());
    }
}
