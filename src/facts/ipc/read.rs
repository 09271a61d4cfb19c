//! The record batches of an Arrow IPC file whose texts stand in dictionaries.
//!
//! Arrow's own reader of files can also put a dictionary together from several messages, which takes a
//! fourteenth of the engine's program and is never done here: the footer's blocks are walked instead, and
//! only record batches are left to it. Format: "IPC File Format" of Arrow's columnar specification.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_buffer::Buffer;
use arrow_ipc::{
    Block, Footer, Message, convert::try_fb_to_schema, reader::read_record_batch, root_as_footer,
    root_as_message,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

/// The end of a file: the footer's length, and this.
const MAGIC: &[u8] = b"ARROW1";
/// Before a message stand a mark of four bytes, and its length.
const N_PREFIX: usize = 8;

#[expect(clippy::disallowed_types, reason = "Arrow's own type for dictionaries")]
type Dictionaries = std::collections::HashMap<i64, ArrayRef>;

/// Schema and record batches of a file.
pub(super) fn read_file(bytes: &[u8]) -> Result<(SchemaRef, Vec<RecordBatch>), ArrowError> {
    let footer = footer(bytes)?;
    let schema = footer.schema().ok_or_else(|| broken("no schema"))?;
    let schema = Arc::new(try_fb_to_schema(schema)?);
    let file = Buffer::from_vec(bytes.to_vec());
    let mut dictionaries = Dictionaries::new();
    for block in footer.dictionaries().into_iter().flatten() {
        let (id, values) = dictionary(&file, block)?;
        dictionaries.insert(id, values);
    }
    let blocks = footer.recordBatches().into_iter().flatten();
    let batches = blocks.map(|block| {
        let (message, body) = message(&file, block)?;
        let batch = message.header_as_record_batch().ok_or_else(|| broken("no record batch"))?;
        let version = message.version();
        read_record_batch(&body, batch, Arc::clone(&schema), &dictionaries, None, &version)
    });
    let batches = batches.collect::<Result<Vec<_>, _>>()?;
    Ok((schema, batches))
}

fn broken(what: &str) -> ArrowError {
    ArrowError::ParseError(what.to_owned())
}

fn footer(bytes: &[u8]) -> Result<Footer<'_>, ArrowError> {
    let rest = bytes.strip_suffix(MAGIC).ok_or_else(|| broken("no end of a file"))?;
    let (rest, length) = rest.split_last_chunk::<4>().ok_or_else(|| broken("no footer"))?;
    let length = usize::try_from(i32::from_le_bytes(*length)).ok();
    let start = length.and_then(|length| rest.len().checked_sub(length));
    let footer = start.and_then(|start| rest.get(start..)).ok_or_else(|| broken("a cut footer"))?;
    root_as_footer(footer).map_err(|error| broken(&error.to_string()))
}

/// The message of a block, and what follows it.
fn message<'a>(file: &'a Buffer, block: &Block) -> Result<(Message<'a>, Buffer), ArrowError> {
    let number = |number: i64| {
        usize::try_from(number).map_err(|_negative| broken("a block before the file"))
    };
    let start = number(block.offset())?;
    let (head, body) = (number(block.metaDataLength().into())?, number(block.bodyLength())?);
    let middle = start.checked_add(head).ok_or_else(|| broken("a block behind the file"))?;
    let end = middle.checked_add(body).filter(|end| *end <= file.len());
    let head = file.as_slice().get(start..middle).and_then(|head| head.get(N_PREFIX..));
    let (Some(head), Some(_)) = (head, end) else { return Err(broken("a block behind the file")) };
    let message = root_as_message(head).map_err(|error| broken(&error.to_string()))?;
    Ok((message, file.slice_with_length(middle, body)))
}

/// A dictionary of texts with its id.
fn dictionary(file: &Buffer, block: &Block) -> Result<(i64, ArrayRef), ArrowError> {
    let (message, body) = message(file, block)?;
    let batch = message.header_as_dictionary_batch().ok_or_else(|| broken("no dictionary"))?;
    let data = batch.data().filter(|_| !batch.isDelta());
    let data = data.ok_or_else(|| broken("a dictionary in pieces"))?;
    let texts = Arc::new(Schema::new(vec![Field::new("texts", DataType::Utf8, true)]));
    let version = message.version();
    let values = read_record_batch(&body, data, texts, &Dictionaries::new(), None, &version)?;
    let values = values.columns().first().ok_or_else(|| broken("an empty dictionary"))?;
    Ok((batch.id(), Arc::clone(values)))
}
