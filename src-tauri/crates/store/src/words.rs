//! Enumerations and records as they stand in columns: the words `serde` gives them.

use crate::trouble::Trouble;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The word of a unit variant, e.g. `needs_attention`.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String, Trouble> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(word) => Ok(word),
        _ => Err(Trouble::Other("a value is not a word".to_string())),
    }
}

/// The variant a word stands for.
pub(crate) fn variant<T: DeserializeOwned>(word: String) -> Result<T, Trouble> {
    Ok(serde_json::from_value(serde_json::Value::String(word))?)
}

/// A whole record as JSON.
pub(crate) fn record<T: Serialize>(value: &T) -> Result<String, Trouble> {
    Ok(serde_json::to_string(value)?)
}

/// A record read back.
pub(crate) fn read_record<T: DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    Ok(serde_json::from_str(text)?)
}
