//! Judges one key or element: is it JSON in UTF-8? serde_json says, and what it says is turned into a place in bytes.

use super::error::ReadError;
use serde_json::value::RawValue;

/// The text of a key or element, if it is valid JSON in UTF-8. serde_json is the judge.
pub(super) fn check(bytes: &[u8], start: u64) -> Result<&str, ReadError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ReadError::InvalidUtf8 { at: start + error.valid_up_to() as u64 })?;
    serde_json::from_str::<&RawValue>(text).map_err(|error| syntax_error(&error, text, start))?;
    Ok(text)
}

/// serde_json's error with its line and column turned into a byte.
fn syntax_error(error: &serde_json::Error, text: &str, start: u64) -> ReadError {
    let line_start =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let at = start + (line_start + error.column().saturating_sub(1)) as u64;
    let said = error.to_string();
    let message = match said.split_once(" at line ") {
        _ if error.is_eof() => "a value ends too early",
        Some((message, _)) => message,
        None => &said,
    };
    let message = message.to_owned();
    ReadError::Syntax { at, message }
}
