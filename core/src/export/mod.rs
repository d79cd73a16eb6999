//! The only code that knows the JSON of the export endpoint: bytes in, [`crate::domain::Export`] out.
//!
//! ```text
//! chunks ──tape──▶ elements of valid JSON ──decode──▶ domain values and notices
//! ```
//!
//! [`Reader`] cuts the document into elements while it arrives (the project, one conversation, one key of a tier):
//! one pass judges that an element is JSON, finds its end, and notes on a tape where its values begin and end. Domain
//! values are then built from tape and text directly.
//!
//! Belongs here: grammar, names of keys, tolerance, error bodies of the server. Does not belong here: anything that
//! is computed from the values (`logic`), anything that fetches bytes.
//!
//! Invariants: the result does not depend on where chunks are cut; nothing recurses on input; only a document that
//! is no export, or no JSON, is an error, all else is a notice; no string is changed.

mod annotations;
mod content;
mod conversation;
mod cut;
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
mod scan;
mod small;
mod tape;
mod token;
mod unescape;
mod value;

pub use content::{Content, read_content};
pub use error::{Found, ReadError};
pub use error_body::{ErrorBody, ValidationIssue, read_error_body};
pub use reader::Reader;
pub use small::{string_of_json, strings_of_json};
