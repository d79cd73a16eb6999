//! The only code that knows the JSON of the export endpoint: bytes in, [`crate::domain::Export`] out.
//!
//! ```text
//! chunks ──scan──▶ elements ──check──▶ valid text ──cursor──▶ domain values and notices
//! ```
//!
//! [`Reader`] cuts the document into elements while it arrives (the project, one conversation, one key of a tier),
//! lets serde_json judge each one, and walks the valid text with a cursor that builds domain values directly.
//!
//! Belongs here: grammar, names of keys, tolerance, error bodies of the server. Does not belong here: anything that
//! is computed from the values (`logic`), anything that fetches bytes.
//!
//! Invariants: the result does not depend on where chunks are cut; nothing recurses on input; only a document that
//! is no export, or no JSON, is an error, all else is a notice; no string is changed.

mod annotations;
mod conversation;
mod cursor;
mod decoder;
mod error;
mod error_body;
mod fields;
mod media;
mod names;
mod number;
mod part;
mod path;
mod project;
mod reader;
mod scan;
mod unescape;

pub use error::{Found, ReadError};
pub use error_body::{ErrorBody, ValidationIssue, read_error_body};
pub use reader::Reader;
