//! The only code that knows the JSON of the export endpoint: bytes in, [`crate::domain::Export`] out.
//!
//! ```text
//! chunks ──tape──▶ elements ──check──▶ valid text ──decode──▶ domain values and notices
//! ```
//!
//! [`Reader`] cuts the document into elements while it arrives (the project, one conversation, one key of a tier),
//! noting on a tape where their values begin and end, lets serde_json judge each one, and builds domain values from
//! tape and text directly.
//!
//! Belongs here: grammar, names of keys, tolerance, error bodies of the server. Does not belong here: anything that
//! is computed from the values (`logic`), anything that fetches bytes.
//!
//! Invariants: the result does not depend on where chunks are cut; nothing recurses on input; only a document that
//! is no export, or no JSON, is an error, all else is a notice; no string is changed.

mod annotations;
mod check;
mod content;
mod conversation;
mod decoder;
mod error;
mod error_body;
mod fields;
mod media;
mod names;
mod number;
mod outline;
mod part;
mod path;
mod project;
mod reader;
mod tape;
mod unescape;

pub use content::{Content, read_content};
pub use error::{Found, ReadError};
pub use error_body::{ErrorBody, ValidationIssue, read_error_body};
pub use reader::Reader;
