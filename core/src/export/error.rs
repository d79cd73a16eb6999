//! What stops the reader: a document that is no export, or no JSON. Everything else is a notice.

use super::error_body::{ErrorBody, ValidationIssue, error_of_json, is_markup};
use super::small::Small;
use crate::domain::Shape;
use std::fmt;

/// Why an export could not be read, or not to its end. Shown, it is one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The document is something else.
    NotAnExport {
        /// What it is instead.
        found: Found,
    },
    /// The JSON is broken.
    Syntax {
        /// The byte where that showed, counted from the first byte of the document.
        at: u64,
        /// What was expected or wrong there.
        message: String,
    },
    /// The bytes are not UTF-8.
    InvalidUtf8 {
        /// The first byte that is not.
        at: u64,
    },
    /// The document ends before its last bracket.
    CutOff {
        /// How many bytes there were.
        at: u64,
    },
}

/// What a document is that is no export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing, or white space.
    Empty,
    /// The body of a 422: the request was wrong in these fields.
    Validation(Vec<ValidationIssue>),
    /// An error body of the server with its words, or with the JSON that it put in their place.
    Detail(String),
    /// A page in HTML, or other markup.
    Html,
    /// One JSON value after another.
    JsonLines,
    /// A JSON array.
    Array,
    /// A JSON object without any key of an export; its first keys.
    Object(Vec<String>),
    /// A string, number, `true`, `false` or `null`.
    Scalar(Shape),
    /// Text that is no JSON; its beginning.
    Text(String),
    /// Bytes that are no UTF-8 text.
    Binary,
}

impl Found {
    /// What a server says in the value of `detail`, given as JSON.
    pub(super) fn detail(json: &str) -> Found {
        match Small::read(json) {
            Some(value) => match error_of_json(value.element().root()) {
                ErrorBody::Validation(issues) => Found::Validation(issues),
                ErrorBody::Detail(text) | ErrorBody::Text(text) => Found::Detail(text),
                ErrorBody::Html | ErrorBody::Empty => Found::Detail(String::new()),
            },
            None => Found::Detail(json.to_owned()),
        }
    }

    /// What a document is that begins with `head`, which is not the beginning of a JSON object or array.
    pub(super) fn beginning_with(head: &[u8]) -> Found {
        let text = match std::str::from_utf8(head) {
            Ok(text) => text,
            Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
                std::str::from_utf8(head.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or("")
            }
            Err(_) => return Found::Binary,
        };
        if text.contains('\0') {
            return Found::Binary;
        }
        if is_markup(text) {
            return Found::Html;
        }
        match Small::read(text).map(|value| value.element().root().shape()) {
            None | Some(Shape::Array | Shape::Object) => Found::Text(text.trim().to_owned()),
            Some(scalar) => Found::Scalar(scalar),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NotAnExport { found } => {
                write!(f, "This is not an export of a labeling project: {found}.")
            }
            ReadError::Syntax { at, message } => write!(f, "The JSON is broken at byte {at}: {message}."),
            ReadError::InvalidUtf8 { at } => write!(f, "The text is not UTF-8 at byte {at}."),
            ReadError::CutOff { at } => {
                write!(f, "The document is cut off: it ends after {at} bytes, before its last bracket.")
            }
        }
    }
}

impl std::error::Error for ReadError {}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Found::Empty => f.write_str("it is empty"),
            Found::Validation(issues) => {
                f.write_str("the server says that the request is wrong")?;
                for (index, issue) in issues.iter().enumerate() {
                    write!(f, "{}{issue}", if index == 0 { " (" } else { "; " })?;
                }
                f.write_str(if issues.is_empty() { "" } else { ")" })
            }
            Found::Detail(text) => write!(f, "the server says \u{201c}{text}\u{201d}"),
            Found::Html => f.write_str("it is a web page, perhaps one to log in"),
            Found::JsonLines => f.write_str("it holds one JSON value after another (JSON Lines)"),
            Found::Array => f.write_str("it is a JSON array"),
            Found::Object(keys) if keys.is_empty() => f.write_str("it is a JSON object without any key"),
            Found::Object(keys) => {
                write!(
                    f,
                    "it is a JSON object without project, conversations and annotations; its keys are {}",
                    keys.join(", ")
                )
            }
            Found::Scalar(shape) => write!(f, "all it holds is {}", shape.title()),
            Found::Text(text) => write!(f, "it is text that begins with \u{201c}{text}\u{201d}"),
            Found::Binary => f.write_str("it is not text in UTF-8"),
        }
    }
}
