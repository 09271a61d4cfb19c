//! What goes between the engine and its helpers: small things as bytes, columns as memory of the
//! browser that changes hands.

use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    facts::{FlatSegment, Segment},
    ingest::{FileName, FileRange, Part, ReadOptions},
};

/// To a helper.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Order {
    /// A file to read ranges of. The message has it beside this.
    File {
        name: FileName,
        options: Box<ReadOptions>,
        /// The report kind that it is, and the text of its recipe where a person made that one.
        report: String,
        own: Option<String>,
        head: Vec<u8>,
    },
    /// A range of that file.
    Range { index: usize, range: FileRange },
}

/// What a helper says.
#[derive(Debug)]
pub(super) enum Answer {
    /// It takes orders.
    Ready,
    /// What came of a range, and the place of that among all.
    Part(usize, Box<Part>),
}

/// An answer but for the segments' columns.
#[derive(Debug, Serialize, Deserialize)]
enum Body {
    Ready,
    Part {
        index: usize,
        part: Box<Part>,
        /// Table by table.
        segments: Vec<Vec<FlatSegment>>,
    },
}

/// A message and what of it changes hands.
pub(super) struct Parcel {
    pub(super) message: Object,
    pub(super) transferred: Array,
}

/// Whether it was understood.
type Made<T> = Result<T, JsValue>;

pub(super) fn order_to_js(order: &Order, file: Option<&JsValue>) -> Made<Parcel> {
    let parcel = parcel(order)?;
    if let Some(file) = file {
        Reflect::set(&parcel.message, &"file".into(), file)?;
    }
    Ok(parcel)
}

/// The order, and the file beside it.
pub(super) fn order_from_js(message: &JsValue) -> Made<(Order, JsValue)> {
    Ok((body(message)?, Reflect::get(message, &"file".into())?))
}

pub(super) fn answer_to_js(answer: Answer) -> Made<Parcel> {
    let Answer::Part(index, mut part) = answer else { return parcel(&Body::Ready) };
    let columns = Array::new();
    let tables = part.take_segments();
    let mut flat = |segment: &Segment| {
        let (flat, memory) = segment.flat();
        for column in memory {
            columns.push(&Uint8Array::from(column).buffer());
        }
        flat
    };
    let segments = tables.iter().map(|table| table.iter().map(&mut flat).collect()).collect();
    let parcel = parcel(&Body::Part { index, part, segments })?;
    Reflect::set(&parcel.message, &"columns".into(), &columns)?;
    Ok(Parcel { transferred: parcel.transferred.concat(&columns), ..parcel })
}

pub(super) fn answer_from_js(message: &JsValue) -> Made<Answer> {
    let Body::Part { index, mut part, segments } = body(message)? else { return Ok(Answer::Ready) };
    let columns: Array = Reflect::get(message, &"columns".into())?.dyn_into()?;
    let mut columns = columns.iter();
    let mut filled = |flat: FlatSegment| {
        flat.filled(|memory| {
            let column = Uint8Array::new(&columns.next().unwrap_or_default());
            // Of another length it would not be of this program.
            if column.length() as usize == memory.len() {
                column.copy_to(memory);
            }
        })
    };
    let table = |table: Vec<FlatSegment>| table.into_iter().map(&mut filled).collect();
    let segments: Option<Vec<Vec<Segment>>> = segments.into_iter().map(table).collect();
    part.put_segments(segments.ok_or("a text is none")?);
    Ok(Answer::Part(index, part))
}

fn parcel(body: &impl Serialize) -> Made<Parcel> {
    let bytes = postcard::to_allocvec(body).map_err(|error| error.to_string())?;
    let bytes = Uint8Array::from(bytes.as_slice());
    let message = Object::new();
    Reflect::set(&message, &"body".into(), &bytes)?;
    Ok(Parcel { message, transferred: Array::of1(&bytes.buffer()) })
}

fn body<T: DeserializeOwned>(message: &JsValue) -> Made<T> {
    let bytes: Uint8Array = Reflect::get(message, &"body".into())?.dyn_into()?;
    postcard::from_bytes(&bytes.to_vec()).map_err(|error| error.to_string().into())
}
