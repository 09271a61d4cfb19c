//! The form in which the log keeps an enum: one object, one of whose fields names the variant.
//!
//! What serde derives for this form reads every value twice, with a reader of its own for each type: a tenth
//! of the engine's program. Here an object is turned around first, and then read as any other. The fields of
//! what is written are in the order of their names.

use serde_json::{Map, Value};

/// `{"variant": {fields}}` or `"variant"` as `{tag: "variant", fields}`; `None` for what is no such enum.
pub(super) fn joined(tag: &str, value: Value) -> Option<Value> {
    let (variant, mut fields) = match value {
        Value::String(variant) => (variant, Map::new()),
        Value::Object(object) => match object.into_iter().next()? {
            (variant, Value::Object(fields)) => (variant, fields),
            _ => return None,
        },
        _ => return None,
    };
    fields.insert(tag.to_owned(), Value::String(variant));
    Some(Value::Object(fields))
}

/// The other way round.
pub(super) fn parted(tag: &str, value: Value) -> Option<Value> {
    let Value::Object(mut fields) = value else { return None };
    let Some(Value::String(variant)) = fields.remove(tag) else { return None };
    if fields.is_empty() {
        return Some(Value::String(variant));
    }
    let mut object = Map::new();
    object.insert(variant, Value::Object(fields));
    Some(Value::Object(object))
}

/// Gives an enum whose serde forms are derived for `remote = "Self"` the form of the log.
macro_rules! tagged {
    ($name:ident, $tag:literal) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let value = Self::serialize(self, serde_json::value::Serializer);
                let value = value.map_err(serde::ser::Error::custom)?;
                let joined = $crate::workbook::tagged::joined($tag, value);
                joined.ok_or_else(|| serde::ser::Error::custom("no variant"))?.serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let parted = $crate::workbook::tagged::parted($tag, value);
                let parted = parted.ok_or_else(|| serde::de::Error::custom("no variant"))?;
                Self::deserialize(parted).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(super) use tagged;
